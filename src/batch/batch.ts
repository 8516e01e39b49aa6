// What travels: boxes sealed to an organisation, the batch they travel in, the receipts that come back, and the signed
// configuration that says where to. Layouts are to the byte in docs/batch-format.md; nothing here sends or stores.
// What arrives is parsed here, once: a wrong byte is a `BatchError`, never a guess.

import { concatBytes, readUint32, uint32, utf8, type Bytes } from '../seal/bytes.ts'
import { sha256Hex } from '../seal/digest.ts'
import { batchBoxLimit, batchMagic, batchSizeLimit, sealedSizeLimit } from './protocol.ts'
import { BatchError } from './batch-error.ts'

export { BatchError, type BatchReason } from './batch-error.ts'

const magic = utf8(batchMagic)

/**
 * Puts sealed boxes, in this order, into the body of one request. Its id is the hex SHA-256 of the body.
 * Throws `bad-lengths` for no box, an empty one or more than 256, `too-large` for one or for all together.
 */
export async function writeBatch(boxes: readonly Uint8Array[]): Promise<{ batchId: string; bytes: Bytes }> {
  const bytes = concatBytes(magic, ...boxes.flatMap((box) => [uint32(box.length), box]))
  readBatch(bytes)
  return { batchId: await sha256Hex(bytes), bytes }
}

/**
 * The boxes of a batch, as they are. Throws `unknown-layout` (another magic line), `bad-lengths` (they do not add up to
 * the end; none; more than 256; an empty one) or `too-large` (the body, or one box above `largest` bytes). A receiver
 * reads boxes of any size, to refuse the large one by name and keep the others.
 */
export function readBatch(bytes: Uint8Array, largest = sealedSizeLimit): Bytes[] {
  if (bytes.length > batchSizeLimit) throw new BatchError('too-large')
  if (!magic.every((byte, i) => bytes[i] === byte)) throw new BatchError('unknown-layout')
  const boxes: Bytes[] = []
  for (let at = magic.length; at < bytes.length || boxes.length === 0;) {
    const size = readUint32(bytes, at)
    if (size === undefined || size === 0 || at + 4 + size > bytes.length || boxes.length === batchBoxLimit)
      throw new BatchError('bad-lengths')
    if (size > largest) throw new BatchError('too-large')
    boxes.push(new Uint8Array(bytes.subarray(at + 4, at + 4 + size)))
    at += 4 + size
  }
  return boxes
}
