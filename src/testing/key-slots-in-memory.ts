import type { KeySlotFile, KeySlots } from '../vault/key-slot.ts'

/** A file that forgets, in memory; `flushed` is what a power cut would leave. */
export class MemorySlotFile implements KeySlotFile {
  bytes = new Uint8Array(0)
  flushed = new Uint8Array(0)

  read(into: Uint8Array<ArrayBuffer>, at: number): number {
    const part = this.bytes.subarray(at, at + into.length)
    into.set(part)
    return part.length
  }
  write(bytes: Uint8Array<ArrayBuffer>, at: number): void {
    const whole = new Uint8Array(Math.max(this.bytes.length, at + bytes.length))
    whole.set(this.bytes)
    whole.set(bytes, at)
    this.bytes = whole
  }
  flush(): void {
    this.flushed = this.bytes.slice()
  }
}

/** Key slots for tests in Node; one user of a file at a time, as under the Web Lock. */
export class MemoryKeySlots implements KeySlots {
  readonly files = new Map<string, MemorySlotFile>()
  #last: Promise<unknown> = Promise.resolve()

  create<T>(accountId: string, work: (file: KeySlotFile) => Promise<T>): Promise<T> {
    const file = this.files.get(accountId) ?? new MemorySlotFile()
    this.files.set(accountId, file)
    return this.#locked(() => work(file))
  }
  open<T>(accountId: string, work: (file: KeySlotFile) => Promise<T>): Promise<T | undefined> {
    return this.#locked(async () => {
      const file = this.files.get(accountId)
      return file && work(file)
    })
  }
  remove(accountId: string): Promise<void> {
    return this.#locked(async () => void this.files.delete(accountId))
  }
  #locked<T>(work: () => Promise<T>): Promise<T> {
    const next = this.#last.then(work, work)
    this.#last = next.catch(() => undefined)
    return next
  }
}
