/** One write after another, so that those of one tab never overtake each other; those of other tabs are compared. */
export class Writes {
  #last: Promise<unknown> = Promise.resolve()

  /** Runs `work` when the writes before it have ended, well or badly. */
  one<T>(work: () => Promise<T>): Promise<T> {
    const next = this.#last.then(work, work)
    this.#last = next.catch(() => undefined)
    return next
  }

  /** Resolves when nothing is under way any more, or after `ms` milliseconds. */
  async settled(ms: number): Promise<void> {
    let timer: ReturnType<typeof setTimeout> | undefined
    const late = new Promise<void>((resolve) => {
      timer = setTimeout(resolve, ms)
    })
    await Promise.race([this.#last, late])
    clearTimeout(timer)
  }
}
