// Sealing to somebody else, in age's format: what an organisation gets can be opened with the standard age command.
// This is the only file that knows age; import it where something is sealed or opened, not to look at a key's text.

import { Decrypter, Encrypter, identityToRecipient } from 'age-encryption'
import { identityKind, isAge, recipientKind, secretToIdentity, type RecipientKind } from './age-keys.ts'
import { ownBytes, type Bytes } from './bytes.ts'
import { randomBytes } from './random.ts'
import { SealError } from './seal.ts'

export { isAge, isRecipient, recipientFingerprint } from './age-keys.ts'

export type RecipientPair = { readonly identity: string; readonly recipient: string }

export async function newRecipientPair({ kind }: { kind: RecipientKind }): Promise<RecipientPair> {
  const identity = secretToIdentity(randomBytes(32), kind)
  return { identity, recipient: await recipientOf(identity) }
}

/** Throws `bad-identity`. */
export async function recipientOf(identity: string): Promise<string> {
  if (identityKind(identity) === undefined) throw new SealError('bad-identity')
  return identityToRecipient(identity)
}

/**
 * Seals for any of the recipients to open. Throws `bad-recipient` (one is none, or there are none) or
 * `mixed-recipients`: hybrid and classic ones are never put on one file, else the weaker decides.
 */
export async function sealTo(recipients: readonly string[], plain: Uint8Array): Promise<Bytes> {
  const kinds = recipients.map(recipientKind)
  if (kinds.length === 0 || kinds.includes(undefined)) throw new SealError('bad-recipient')
  if (new Set(kinds).size > 1) throw new SealError('mixed-recipients')
  const encrypter = new Encrypter()
  for (const recipient of recipients) encrypter.addRecipient(recipient)
  return ownBytes(await encrypter.encrypt(plain))
}

/** Throws `bad-identity`, `not-age` (another format) or `cannot-open` (for somebody else, or any changed byte). */
export async function openWith(identities: readonly string[], sealed: Uint8Array): Promise<Bytes> {
  if (identities.length === 0 || identities.some((identity) => identityKind(identity) === undefined))
    throw new SealError('bad-identity')
  const decrypter = new Decrypter()
  for (const identity of identities) decrypter.addIdentity(identity)
  return opened(decrypter, sealed)
}

/**
 * Seals to a passphrase (age's scrypt), as it stands: what `age -d` will ask for is exactly this text, so it is not
 * folded. Work factor 16 asks for 64 MiB, which the smallest tablet has; age reads any.
 */
export async function sealWithPassphrase(passphrase: string, plain: Uint8Array, workFactor = 16): Promise<Bytes> {
  const encrypter = new Encrypter()
  encrypter.setScryptWorkFactor(workFactor)
  encrypter.setPassphrase(passphrase)
  return ownBytes(await encrypter.encrypt(plain))
}

/** Throws `not-age` or `cannot-open`. */
export async function openWithPassphrase(passphrase: string, sealed: Uint8Array): Promise<Bytes> {
  const decrypter = new Decrypter()
  decrypter.addPassphrase(passphrase)
  return opened(decrypter, sealed)
}

async function opened(decrypter: Decrypter, sealed: Uint8Array): Promise<Bytes> {
  if (!isAge(sealed)) throw new SealError('not-age')
  try {
    return ownBytes(await decrypter.decrypt(sealed))
  } catch (cause) {
    throw new SealError('cannot-open', cause)
  }
}
