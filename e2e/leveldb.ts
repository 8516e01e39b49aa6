import { uncompress } from 'snappyjs'

/** LevelDB as Chromium writes it: what lies in tables and logs, joined and inflated. Broken parts are left out. */
const footer = 48
const magic = Buffer.from('57fb808b247547db', 'hex')
const trailer = 5
const logBlock = 32 * 1024
const logHeader = 7

interface Place {
  readonly value: number
  readonly next: number
}

/** A number in seven bits a byte; `undefined` where the bytes end before it does. */
export function readVarint(bytes: Buffer, at: number): Place | undefined {
  let value = 0
  for (let shift = 0; shift < 8; shift++) {
    const byte = bytes[at + shift]
    if (byte === undefined) return undefined
    value += (byte & 0x7f) * 2 ** (7 * shift)
    if (byte < 0x80) return { value, next: at + shift + 1 }
  }
  return undefined
}

export const isTable = (file: Buffer): boolean => file.length > footer && file.subarray(-magic.length).equals(magic)

/** Every key and value of a table, deleted ones too, each as it is without compression of blocks and of keys. */
export function* tableParts(file: Buffer): Generator<Buffer> {
  const handles = file.subarray(-footer)
  const metaAt = readVarint(handles, 0)
  const metaSize = metaAt && readVarint(handles, metaAt.next)
  if (!metaSize) return
  for (const { value: handle } of entries(blockAt(file, handles, metaSize.next))) {
    for (const { key, value } of entries(blockAt(file, handle, 0))) yield* [key, value]
  }
}

function blockAt(file: Buffer, handle: Buffer, at: number): Buffer {
  const from = readVarint(handle, at)
  const size = from && readVarint(handle, from.next)
  if (!size || from.value + size.value + trailer > file.length) return Buffer.alloc(0)
  const block = file.subarray(from.value, from.value + size.value)
  if (file[from.value + size.value] !== 1) return block
  try {
    return Buffer.from(uncompress(block))
  } catch {
    return Buffer.alloc(0)
  }
}

function* entries(block: Buffer): Generator<{ key: Buffer; value: Buffer }> {
  if (block.length < 4) return
  const end = block.length - 4 - 4 * block.readUInt32LE(block.length - 4)
  let key = Buffer.alloc(0)
  for (let at = 0; at < end;) {
    const shared = readVarint(block, at)
    const own = shared && readVarint(block, shared.next)
    const size = own && readVarint(block, own.next)
    if (!size) return
    const valueAt = size.next + own.value
    key = Buffer.concat([key.subarray(0, shared.value), block.subarray(size.next, valueAt)])
    at = valueAt + size.value
    yield { key, value: block.subarray(valueAt, at) }
  }
}

/** Every record of a log, whose parts stand in blocks of 32 KiB; and the keys and values of those that are writes. */
export function* logParts(file: Buffer): Generator<Buffer> {
  let parts: Buffer[] = []
  for (let at = 0; at + logHeader <= file.length;) {
    const left = logBlock - (at % logBlock)
    const size = file.readUInt16LE(at + 4)
    const type = file[at + 6] ?? 0
    // The end of a block that no header fits into, and what was made room for and not written.
    if (left < logHeader || type === 0 || type > 4) {
      at += left
      continue
    }
    if (type === 1 || type === 2) parts = []
    parts.push(file.subarray(at + logHeader, at + logHeader + size))
    at += logHeader + size
    if (type === 2 || type === 3) continue
    const record = Buffer.concat(parts)
    yield record
    yield* writesIn(record)
  }
}

/** A record is a sequence number, a count, and then writes: 1, key, value; or deletions: 0, key. */
function* writesIn(record: Buffer): Generator<Buffer> {
  for (let at = 12; at < record.length;) {
    const isWrite = record[at] === 1
    at += 1
    for (let part = 0; part < (isWrite ? 2 : 1); part++) {
      const size = readVarint(record, at)
      if (!size) return
      at = size.next + size.value
      yield record.subarray(size.next, at)
    }
  }
}
