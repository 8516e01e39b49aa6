// A row's secret column, closed under the circle's key and bound to the row's name. Moved, swapped, renamed or
// re-versioned it does not open. Sizes are rounded up, so that the length of a ciphertext tells little.

import { concatBytes, readUint32, uint32, utf8, zerosFrom, type Bytes } from './bytes.ts'
import { decrypt, encrypt } from './cipher.ts'
import { SealError } from './seal.ts'

/** Where a ciphertext lies. `circleId` is '' and `epoch` 0 for what belongs to an account or the device. */
export type RowName = {
  readonly table: string
  readonly column: string
  readonly circleId: string
  readonly epoch: number
  readonly id: string
  /** the row's count of saves, not the record's revision; 0 where a row is written once */
  readonly rev: number
  readonly schema: number
}

/** Step sizes in bytes: a ciphertext is 29 bytes longer than a multiple of its step. */
export type Padding = { readonly pad: number }
const usual: Padding = { pad: 512 }

/** The associated data: each part as UTF-8 behind its length (u32, big-endian), numbers in decimal. */
export function associatedData(name: RowName): Bytes {
  const { table, column, circleId, epoch, id, rev, schema } = name
  const texts = ['tip-rec-v1', table, column, circleId, String(epoch), id, String(rev), String(schema)]
  return concatBytes(...texts.map(utf8).flatMap((part) => [uint32(part.length), part]))
}

/**
 * @param key `dek` of the circle, or the account's `adk`
 * @returns 0x01, nonce, AES-256-GCM of (u32 length, bytes, zeros up to a multiple of `pad`)
 */
export const sealAtRest = (key: CryptoKey, name: RowName, plain: Uint8Array, padding = usual): Promise<Bytes> =>
  encrypt(key, associatedData(name), padded(plain, padding.pad))

/** For vectors only: a nonce used twice under one key gives both texts away. */
export const sealAtRestWithNonce = (key: CryptoKey, nonce: Bytes, name: RowName, plain: Uint8Array): Promise<Bytes> =>
  encrypt(key, associatedData(name), padded(plain, usual.pad), nonce)

/** Throws `unknown-layout`, `cannot-open` (wrong key, name or any changed byte) or `bad-padding`. */
export async function openAtRest(key: CryptoKey, name: RowName, sealed: Uint8Array): Promise<Bytes> {
  const plain = await decrypt(key, associatedData(name), new Uint8Array(sealed))
  const size = readUint32(plain, 0)
  if (size === undefined || size > plain.length - 4 || !zerosFrom(plain, 4 + size)) throw new SealError('bad-padding')
  return plain.slice(4, 4 + size)
}

function padded(plain: Uint8Array, step: number): Bytes {
  const whole = new Uint8Array(Math.ceil((4 + plain.length) / step) * step)
  whole.set(uint32(plain.length))
  whole.set(plain, 4)
  return whole
}
