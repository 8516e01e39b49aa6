import { join } from 'node:path'
import * as z from 'zod/mini'
import { digestPattern } from '../../src/batch/protocol.ts'
import { sha256Hex } from '../../src/seal/digest.ts'
import type { Bytes } from '../../src/seal/bytes.ts'
import type { ArrivedBox } from '../open-boxes.ts'
import { knownSchema, nothingKnown, type Known, type KnownRevision } from '../known.ts'
import { DeskError } from './desk-error.ts'
import { makeFolder, readIfThere, remove, writeWhole } from './files.ts'

const digest = z.string().check(z.regex(digestPattern))

const memorySchema = z.strictObject({
  v: z.literal(1),
  /** Number of the last box that the receiver listed. */
  after: z.int().check(z.nonnegative()),
  /** What the receiver calls the store that it counts in. */
  store: z.optional(z.string()),
  /**
   * Boxes in the order of coming; `from` is the device whose token brought it, `sealed` the digest of the bytes where they
   * were sealed anew.
   */
  boxes: z.array(z.strictObject({ id: digest, from: z.optional(z.string()), sealed: z.optional(digest) })),
  known: knownSchema,
  /** Boxes that have the desk's receipt. */
  receipted: z.array(z.string()),
  /** Public key of those receipts, base64url. */
  receiptKey: z.optional(z.string()),
})
type Memory = z.infer<typeof memorySchema>
type Entry = Memory['boxes'][number]

/**
 * What the desk keeps between runs, in one folder: the boxes, sealed as they came, and what is known from them. The
 * order of coming is kept, because of two states of one revision the one that came first counts.
 */
export class BoxStore {
  readonly folder: string
  #memory: Memory

  private constructor(folder: string, memory: Memory) {
    this.folder = folder
    this.#memory = memory
  }

  /** Opens the folder, making it where it is missing. Throws DeskError `damaged-memory`, `cannot-read`, `cannot-write`. */
  static async open(folder: string): Promise<BoxStore> {
    await makeFolder(join(folder, 'boxes'))
    const path = join(folder, memoryFile)
    const bytes = await readIfThere(path)
    if (bytes === undefined)
      return new BoxStore(folder, { v: 1, after: 0, boxes: [], known: nothingKnown, receipted: [] })
    const memory = memorySchema.safeParse(jsonOf(bytes)).data
    if (memory === undefined) throw new DeskError('damaged-memory', path)
    return new BoxStore(folder, memory)
  }

  get after(): number {
    return this.#memory.after
  }

  /** Whether another store counts there, or the same one was set back: then what was listed is listed again. */
  isSetBack({ store, last }: { readonly store?: string | undefined; readonly last?: number | undefined }): boolean {
    const { after, store: known } = this.#memory
    return (known !== undefined && store !== undefined && known !== store) || (last !== undefined && last < after)
  }

  get known(): Known {
    return this.#memory.known
  }

  /** Boxes that have a receipt by this key: after another took its place, tablets believe only the new one's. */
  receipted(receiptKey: string): ReadonlySet<string> {
    return new Set(this.#memory.receiptKey === receiptKey ? this.#memory.receipted : [])
  }

  /** Boxes that were listed and whose bytes are not here, or are not what their name says. */
  async missing(): Promise<string[]> {
    const { boxes } = this.#memory
    const here = await Promise.all(boxes.map((entry) => this.#bytesOf(entry)))
    return boxes.filter((_, i) => here[i] === undefined).map(({ id }) => id)
  }

  /** Remembers that boxes were listed, before their bytes are here. */
  async expect(boxes: readonly { id: string; from: string }[], after: number, store?: string): Promise<void> {
    const here = new Set(this.#memory.boxes.map(({ id }) => id))
    const added = boxes.filter(({ id }) => !here.has(id)).map(({ id, from }) => ({ id, from }))
    await this.#remember({ after, ...(store !== undefined && { store }), boxes: [...this.#memory.boxes, ...added] })
  }

  /** Keeps the bytes of a box; `false` where they are not the ones its name says. */
  async keep(id: string, bytes: Bytes): Promise<boolean> {
    if ((await sha256Hex(bytes)) !== id) return false
    await this.#write(id, bytes)
    const isAnew = (entry: Entry) => entry.id === id && entry.sealed !== undefined
    if (this.#memory.boxes.some(isAnew))
      await this.#remember({ boxes: this.#memory.boxes.map((entry) => (isAnew(entry) ? asItCame(entry) : entry)) })
    return true
  }

  /** Keeps bytes of a box that were sealed anew, for `rememberResealed`. Gives their digest. */
  async keepResealed(bytes: Bytes): Promise<string> {
    const sealed = await sha256Hex(bytes)
    await this.#write(sealed, bytes)
    return sealed
  }

  /**
   * From now on these bytes stand for these boxes: digest by id. What stood for them before goes, once that is on the disk.
   */
  async rememberResealed(digests: ReadonlyMap<string, string>): Promise<void> {
    if (digests.size === 0) return
    const before = this.#memory.boxes.filter(({ id, sealed }) => digests.has(id) && digests.get(id) !== (sealed ?? id))
    const boxes = this.#memory.boxes.map((entry) => {
      const sealed = digests.get(entry.id)
      return sealed === undefined ? entry : { ...entry, sealed }
    })
    await this.#remember({ boxes })
    for (const entry of before) await remove(this.#path(entry.sealed ?? entry.id))
  }

  /** Of each box that was sealed anew and whose bytes are here, these and their digest. */
  async *resealed(): AsyncGenerator<{ readonly id: string; readonly sealed: string; readonly bytes: Bytes }> {
    for (const entry of this.#memory.boxes) {
      const { id, sealed } = entry
      const bytes = sealed === undefined ? undefined : await this.#bytesOf(entry)
      if (sealed !== undefined && bytes !== undefined) yield { id, sealed, bytes }
    }
  }

  /** Keeps boxes that came as files. Gives their ids. */
  async keepFiles(boxes: readonly Bytes[]): Promise<ReadonlySet<string>> {
    const here = new Map(this.#memory.boxes.map((entry) => [entry.id, entry]))
    const brought = new Set<string>()
    for (const bytes of boxes) {
      const id = await sha256Hex(bytes)
      const entry = here.get(id)
      const isAnew = entry?.sealed !== undefined && (await this.#bytesOf(entry)) !== undefined
      if (!isAnew) await this.keep(id, bytes)
      brought.add(id)
    }
    const added = [...brought].filter((id) => !here.has(id)).map((id) => ({ id }))
    if (added.length > 0) await this.#remember({ boxes: [...this.#memory.boxes, ...added] })
    return brought
  }

  /** Ids of all boxes but these. */
  othersThan(ids: ReadonlySet<string>): ReadonlySet<string> {
    return new Set(this.#memory.boxes.flatMap(({ id }) => (ids.has(id) ? [] : [id])))
  }

  /** All boxes whose bytes are here, in the order of coming. */
  async all(): Promise<ArrivedBox[]> {
    const boxes: ArrivedBox[] = []
    for (const entry of this.#memory.boxes) {
      const { id, from, sealed } = entry
      const bytes = await this.#bytesOf(entry)
      if (bytes === undefined) continue
      boxes.push({ bytes, ...(from !== undefined && { from }), ...(sealed !== undefined && { id }) })
    }
    return boxes
  }

  /**
   * Remembers what is known after a run. Revisions that were known before and are not any more, because somebody removed
   * their boxes, stay known and are given back.
   */
  async rememberKnown(known: Known): Promise<KnownRevision[]> {
    const here = new Set(known.revisions.map(({ sha256 }) => sha256))
    const gone = this.known.revisions.filter(({ sha256 }) => !here.has(sha256))
    await this.#remember({ known: { ...known, revisions: [...known.revisions, ...gone] } })
    return gone
  }

  async rememberReceipts(boxIds: readonly string[], receiptKey: string): Promise<void> {
    await this.#remember({ receipted: [...new Set([...this.receipted(receiptKey), ...boxIds])], receiptKey })
  }

  /** A file is called by the digest of its bytes, which is the box's own name unless they were sealed anew. */
  async #bytesOf({ id, sealed = id }: Pick<Entry, 'id' | 'sealed'>): Promise<Bytes | undefined> {
    const bytes = await readIfThere(this.#path(sealed))
    return bytes !== undefined && (await sha256Hex(bytes)) === sealed ? bytes : undefined
  }

  async #write(name: string, bytes: Bytes): Promise<void> {
    await writeWhole(this.#path(name), bytes)
  }

  #path(name: string): string {
    return join(this.folder, 'boxes', name)
  }

  async #remember(changes: Partial<Memory>): Promise<void> {
    this.#memory = { ...this.#memory, ...changes }
    await writeWhole(join(this.folder, memoryFile), `${JSON.stringify(this.#memory)}\n`)
  }
}

const asItCame = ({ id, from }: Entry): Entry => ({ id, ...(from !== undefined && { from }) })

const memoryFile = 'desk-memory.json'

function jsonOf(bytes: Uint8Array): unknown {
  try {
    return JSON.parse(new TextDecoder('utf-8', { fatal: true }).decode(bytes))
  } catch {
    return undefined
  }
}
