import { base32nopad } from '@scure/base'
import { ownBytes, type Bytes } from './bytes.ts'
import { SealError } from './seal.ts'

/** Base32 without padding (RFC 4648 section 6): a QR code keeps capitals and digits in five and a half bits a sign. */
export const toBase32 = (bytes: Uint8Array): string => base32nopad.encode(bytes)

/** Throws `bad-text` unless the text is the one way of writing its bytes. */
export function fromBase32(text: string): Bytes {
  try {
    return ownBytes(base32nopad.decode(text))
  } catch (cause) {
    throw new SealError('bad-text', cause)
  }
}
