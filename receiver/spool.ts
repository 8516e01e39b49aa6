import { randomUUID } from 'node:crypto'
import { mkdirSync } from 'node:fs'
import { type FileHandle, open, unlink } from 'node:fs/promises'
import { join } from 'node:path'
import type { Limits } from './limits.ts'

/**
 * Room for bodies that are still coming in: memory for short ones, temporary files for long ones, and a cap
 * over all of them, so that many slow senders cannot use up the machine.
 */
export class Spool {
  readonly #folder: string
  readonly #limits: Limits
  #inMemory = 0
  #inFiles = 0
  #last: Promise<unknown> = Promise.resolve()

  constructor(folder: string, limits: Limits) {
    this.#folder = folder
    this.#limits = limits
    mkdirSync(folder, { recursive: true, mode: 0o700 })
  }

  get bytesHeld(): number {
    return this.#inMemory + this.#inFiles
  }

  open(): SpooledBody {
    return new SpooledBody(this, join(this.#folder, randomUUID()), this.#limits.memoryBytes)
  }

  takeMemory(bytes: number): boolean {
    if (this.#inMemory + bytes > this.#limits.memoryBytesOfAll) return false
    this.#inMemory += bytes
    return true
  }

  takeFile(bytes: number): boolean {
    if (this.#inFiles + bytes > this.#limits.fileBytesOfAll) return false
    this.#inFiles += bytes
    return true
  }

  giveBack(memory: number, files: number): void {
    this.#inMemory -= memory
    this.#inFiles -= files
  }

  /** Runs one piece of work on a whole long body at a time, so that only one of them is in memory. */
  oneAtATime<T>(work: () => Promise<T>): Promise<T> {
    const turn = this.#last.then(work, work)
    this.#last = turn.catch(() => undefined)
    return turn
  }
}

/** One body on its way in. */
export class SpooledBody {
  readonly #spool: Spool
  readonly #path: string
  readonly #memoryBytes: number
  #chunks: Uint8Array[] = []
  #inMemory = 0
  #inFile = 0
  #file: FileHandle | undefined

  constructor(spool: Spool, path: string, memoryBytes: number) {
    this.#spool = spool
    this.#path = path
    this.#memoryBytes = memoryBytes
  }

  get size(): number {
    return this.#inMemory + this.#inFile
  }

  /** False when there is no room left over all requests. */
  async add(chunk: Uint8Array): Promise<boolean> {
    const short = !this.#file && this.#inMemory + chunk.length <= this.#memoryBytes
    if (short && this.#spool.takeMemory(chunk.length)) {
      this.#chunks.push(chunk)
      this.#inMemory += chunk.length
      return true
    }
    return this.#write([...this.#chunks, chunk])
  }

  /** The whole body, and what `work` makes of it; a long one waits until no other long one is being read. */
  async read<T>(work: (bytes: Uint8Array<ArrayBuffer>) => Promise<T>): Promise<T> {
    const file = this.#file
    if (!file) return work(joined(this.#chunks, this.#inMemory))
    return this.#spool.oneAtATime(async () => {
      const bytes = new Uint8Array(this.#inFile)
      let at = 0
      while (at < bytes.length) {
        const { bytesRead } = await file.read(bytes, at, bytes.length - at, at)
        if (bytesRead === 0) throw new Error('short temporary file')
        at += bytesRead
      }
      return work(bytes)
    })
  }

  /** Gives the room back; the file goes with its handle. */
  async discard(): Promise<void> {
    this.#spool.giveBack(this.#inMemory, this.#inFile)
    this.#chunks = []
    this.#inMemory = this.#inFile = 0
    const file = this.#file
    this.#file = undefined
    await file?.close()
  }

  async #write(chunks: readonly Uint8Array[]): Promise<boolean> {
    const size = chunks.reduce((total, { length }) => total + length, 0)
    if (!this.#spool.takeFile(size)) return false
    this.#spool.giveBack(this.#inMemory, 0)
    this.#chunks = []
    this.#inMemory = 0
    this.#inFile += size
    this.#file ??= await openNameless(this.#path)
    for (const chunk of chunks) await this.#file.appendFile(chunk)
    return true
  }
}

/** A file without a name: a crash leaves nothing behind that somebody would have to clear away. */
async function openNameless(path: string): Promise<FileHandle> {
  const file = await open(path, 'wx+', 0o600)
  await unlink(path)
  return file
}

function joined(chunks: readonly Uint8Array[], size: number): Uint8Array<ArrayBuffer> {
  const whole = new Uint8Array(size)
  let at = 0
  for (const chunk of chunks) {
    whole.set(chunk, at)
    at += chunk.length
  }
  return whole
}
