import { Encrypter } from 'age-encryption'
import { recipientKind } from './age-keys.ts'
import { SealError } from './seal.ts'

/**
 * Seals what flows, to age recipients of one kind, without ever having it whole; the standard age command opens it.
 * Nothing here can open. Throws SealError `bad-recipient` and `mixed-recipients`.
 */
export async function sealStream(
  recipients: readonly string[],
  plain: ReadableStream<Uint8Array>,
): Promise<ReadableStream<Uint8Array>> {
  const kinds = new Set(recipients.map(recipientKind))
  if (recipients.length === 0 || kinds.has(undefined)) throw new SealError('bad-recipient')
  if (kinds.size > 1) throw new SealError('mixed-recipients')
  const encrypter = new Encrypter()
  for (const recipient of recipients) encrypter.addRecipient(recipient)
  return await encrypter.encrypt(plain)
}
