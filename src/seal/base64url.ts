import { base64urlnopad, hex } from '@scure/base'
import { ownBytes, type Bytes } from './bytes.ts'
import { SealError } from './seal.ts'

/** Base64url without padding (RFC 4648 section 5). */
export const toBase64Url = (bytes: Uint8Array): string => base64urlnopad.encode(bytes)

/** Throws `bad-text` unless the text is the one way of writing its bytes: no padding, no spare bits. */
export function fromBase64Url(text: string): Bytes {
  try {
    return ownBytes(base64urlnopad.decode(text))
  } catch (cause) {
    throw new SealError('bad-text', cause)
  }
}

/** True for base64url that decodes to exactly `size` bytes. */
export function isBase64Url(text: string, size: number): boolean {
  try {
    return fromBase64Url(text).length === size
  } catch {
    return false
  }
}

/** Lower-case hex. */
export const toHex = (bytes: Uint8Array): string => hex.encode(bytes)

/** Throws `bad-text` unless the text is lower-case hex. */
export function fromHex(text: string): Bytes {
  if (!/^(?:[0-9a-f]{2})*$/.test(text)) throw new SealError('bad-text')
  return ownBytes(hex.decode(text))
}
