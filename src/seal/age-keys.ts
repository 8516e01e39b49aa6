// The text of age's keys, without age itself: cheap enough for the service worker.

import { bech32 } from '@scure/base'
import { toBase64Url } from './base64url.ts'
import { ownBytes, utf8, type Bytes } from './bytes.ts'
import { sha256 } from './digest.ts'
import { SealError } from './seal.ts'

/** `hybrid` = ML-KEM-768 with X25519 (`age1pq1…`, needs age 1.3), `x25519` = classic (`age1…`). */
export type RecipientKind = 'hybrid' | 'x25519'

/** What every sealed file begins with (binary form, as ours all are). */
const magic = utf8('age-encryption.org/v1\n')
export const isAge = (bytes: Uint8Array): boolean => magic.every((byte, i) => bytes[i] === byte)

const recipients = { hybrid: ['age1pq', 1216], x25519: ['age', 32] } as const
const identities = { hybrid: 'AGE-SECRET-KEY-PQ-', x25519: 'AGE-SECRET-KEY-' } as const
const kinds = ['hybrid', 'x25519'] as const

function decoded(text: string): { prefix: string; bytes: Bytes } | undefined {
  try {
    const { prefix, words } = bech32.decode(text as `${string}1${string}`, false)
    return { prefix, bytes: ownBytes(bech32.fromWords(words)) }
  } catch {
    return undefined
  }
}

/** The kind of a recipient, in lower case as age writes it; `undefined` for any other text. */
export function recipientKind(text: string): RecipientKind | undefined {
  const read = decoded(text)
  if (read === undefined || text !== text.toLowerCase()) return undefined
  return kinds.find((kind) => read.prefix === recipients[kind][0] && read.bytes.length === recipients[kind][1])
}

export const isRecipient = (text: string): boolean => recipientKind(text) !== undefined

/** The kind of an identity, in upper case as age writes it; `undefined` for any other text. */
export function identityKind(text: string): RecipientKind | undefined {
  const read = decoded(text)
  if (read === undefined || text !== text.toUpperCase() || read.bytes.length !== 32) return undefined
  return kinds.find((kind) => read.prefix.toUpperCase() === identities[kind])
}

/** The 32 secret bytes of an identity. Throws `bad-identity`. */
export function identityToSecret(identity: string): Bytes {
  const read = decoded(identity)
  if (identityKind(identity) === undefined || read === undefined) throw new SealError('bad-identity')
  return read.bytes
}

/** The identity that 32 secret bytes are. Throws `bad-identity` for another length. */
export function secretToIdentity(secret: Uint8Array, kind: RecipientKind): string {
  if (secret.length !== 32) throw new SealError('bad-identity')
  return bech32.encode(identities[kind], bech32.toWords(secret), false).toUpperCase()
}

/** A short name of a recipient for comparing and for rows: base64url of the first 16 bytes of SHA-256 of its text. */
export const recipientFingerprint = async (recipient: string): Promise<string> =>
  toBase64Url((await sha256(utf8(recipient))).slice(0, 16))
