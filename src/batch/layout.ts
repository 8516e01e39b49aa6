import { utf8, zerosFrom, type Bytes } from '../seal/bytes.ts'
import { BatchError } from './batch-error.ts'
import { gunzip, gzip } from './gzip.ts'

/** Size that a layout of so many bytes is padded to: 4, 8, 16 … 256 KiB, then steps of 256 KiB. */
export function paddedSize(size: number): number {
  const step = 256 * 1024
  if (size > step) return Math.ceil(size / step) * step
  let padded = 4096
  while (padded < size) padded *= 2
  return padded
}

/**
 * `<magic> <bytes of gzip>\n`, gzip, zeros: what age seals, so that its size says little.
 * @param magic five letters or digits that name the layout and its version
 */
export async function layOut(magic: string, content: Bytes): Promise<Bytes> {
  const packed = await gzip(content)
  const head = utf8(`${magic} ${packed.length}\n`)
  const whole = new Uint8Array(paddedSize(head.length + packed.length))
  whole.set(head)
  whole.set(packed, head.length)
  return whole
}

/** The content of a layout. Throws `unknown-layout`, `bad-padding`, or `too-large` beyond `limit` bytes inflated. */
export async function contentOf(magic: string, plain: Bytes, limit: number): Promise<Bytes> {
  const head = /^([A-Z0-9]{5}) ([1-9][0-9]{0,8})\n/.exec(asciiOf(plain.subarray(0, 16)))
  if (head === null || head[1] !== magic) throw new BatchError('unknown-layout')
  const end = head[0].length + Number(head[2])
  if (end > plain.length) throw new BatchError('unknown-layout')
  if (plain.length !== paddedSize(end) || !zerosFrom(plain, end)) throw new BatchError('bad-padding')
  return gunzip(plain.slice(head[0].length, end), limit)
}

const asciiOf = (bytes: Uint8Array): string => String.fromCharCode(...bytes)
