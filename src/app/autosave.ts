import type { Saved } from '../vault/api.ts'

/**
 * When a draft is saved (security design, section 6): 800 ms after the last change, 5 s after the first unsaved one at
 * most, at once when asked, and again every 10 s while the device refuses. One save at a time, never a lost change.
 */
export type SaveState =
  /** `changed`: it differs from the version that was sent. */
  | { readonly status: 'saved'; readonly at: string; readonly changed?: boolean }
  | { readonly status: 'unsaved' }
  | { readonly status: 'not-saved'; readonly reason: 'quota' | 'store' }

const afterLast = 800
const atMost = 5_000
const again = 10_000

export interface Saver {
  /** Stores what is on the screen now; resolves when the transaction is complete or refused. */
  readonly save: () => Promise<Saved>
  readonly onState: (state: SaveState) => void
  /** Somebody else saved this record meanwhile: both versions were kept, this one as a copy; saving goes on there. */
  readonly onConflict: (copyId: string) => void
}

export class Autosave {
  readonly #saver: Saver
  #timer: ReturnType<typeof setTimeout> | undefined
  #firstUnsaved: number | undefined
  #running: Promise<void> | undefined
  #refused = false
  #stopped = false

  constructor(saver: Saver) {
    this.#saver = saver
  }

  /** Something changed. */
  touch(): void {
    if (this.#stopped) return
    const now = Date.now()
    if (this.#firstUnsaved === undefined) {
      this.#firstUnsaved = now
      this.#saver.onState({ status: 'unsaved' })
    }
    this.#schedule(Math.min(afterLast, Math.max(0, this.#firstUnsaved + atMost - now)))
  }

  /** Saves what is unsaved now; resolves when nothing is left to try: whether it is all on the disk. */
  async flush(): Promise<boolean> {
    clearTimeout(this.#timer)
    await this.#running
    this.#refused = false
    // What is changed while it is being saved is saved, too; what is refused is tried again later.
    while (this.#firstUnsaved !== undefined && !this.#stopped && !this.#refused) await this.#run()
    // Somebody else who flushed at the same time may have begun it.
    await this.#running
    return !this.unsaved
  }

  /** No save after this; call `flush` first. */
  stop(): void {
    this.#stopped = true
    clearTimeout(this.#timer)
  }

  get unsaved(): boolean {
    return this.#firstUnsaved !== undefined || this.#running !== undefined
  }

  #schedule(delay: number): void {
    clearTimeout(this.#timer)
    this.#timer = setTimeout(() => void this.#run(), delay)
  }

  async #run(): Promise<void> {
    if (this.#running) {
      await this.#running
      if (this.#firstUnsaved === undefined || this.#stopped) return
    }
    const running = this.#once()
    this.#running = running
    await running
    if (this.#running === running) this.#running = undefined
  }

  async #once(): Promise<void> {
    this.#firstUnsaved = undefined
    const result = await this.#saver.save().catch((): Saved => ({ status: 'not-saved', reason: 'store' }))
    if (result.status === 'saved') {
      const { status, at, changed } = result
      if (this.#firstUnsaved === undefined) this.#saver.onState({ status, at, ...(changed && { changed }) })
    } else if (result.status === 'conflict') {
      this.#saver.onConflict(result.copyId)
      if (this.#firstUnsaved === undefined) this.#saver.onState({ status: 'saved', at: new Date().toISOString() })
    } else {
      this.#refused = true
      this.#firstUnsaved ??= Date.now()
      this.#saver.onState({ status: 'not-saved', reason: result.reason })
      if (!this.#stopped) this.#schedule(again)
    }
  }
}
