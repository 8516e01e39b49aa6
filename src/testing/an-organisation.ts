import { signConfiguration, type Configuration, type WithReceiver } from '../batch/configuration.ts'
import { signReceipt } from '../batch/receipt.ts'
import { toBase64Url } from '../seal/base64url.ts'
import { sha256Hex, sha256HexOf } from '../seal/digest.ts'
import { newRecipientPair } from '../seal/envelope.ts'
import { newSigningKey } from '../seal/signature.ts'

/** An invented organisation with all its private keys: what a desk and a receiver hold, for tests. */
export async function anOrganisation() {
  const config = newSigningKey()
  const successor = newSigningKey()
  const receiver = newSigningKey()
  const desk = newSigningKey()
  const work = await newRecipientPair({ kind: 'x25519' })
  const drawer = await newRecipientPair({ kind: 'x25519' })
  const profileText = JSON.stringify({
    v: 1,
    salt: 'AAAAAAAAAAAAAAAAAAAAAA',
    name: 'Harbour House (invented)',
    orgCode: 'NGO-14',
    orgType: 'ngo',
    country: 'ES',
  })
  const base: WithReceiver = {
    v: 1,
    version: 1,
    key: toBase64Url(config.publicKey),
    successor: await sha256Hex(successor.publicKey),
    label: 'our office',
    profile: await sha256HexOf(profileText),
    endpoint: 'https://receiver.example',
    recipients: [work.recipient, drawer.recipient],
    receiverKeys: [toBase64Url(receiver.publicKey)],
    deskKeys: [toBase64Url(desk.publicKey)],
    steps: [1, 2, 3],
    limits: { coverMinutes: 30, idleSeconds: 120, retentionDays: 90 },
    safetyCopies: true,
    circle: 'me',
  }
  const configuration = (change: Partial<Configuration> = {}, key = config) =>
    signConfiguration({ ...base, key: toBase64Url(key.publicKey), ...change }, key.privateKey)
  return {
    base,
    config,
    successor,
    receiver,
    desk,
    identities: [work.identity, drawer.identity],
    profileText,
    configuration,
    setup: async () => ({ configurationText: await configuration(), profileText, enrolCode: 'code-14' }),
    /** A signed answer of the receiver for boxes of `deviceId`. */
    stored: (deviceId: string, boxes: StoredBoxes, key = receiver) =>
      signReceipt(
        { v: 1, level: 'stored', batchId: 'a'.repeat(64), deviceId, at: '2024-05-02T10:00:00Z', boxes: [...boxes] },
        key.privateKey,
      ),
    /** A signed answer of the desk. */
    imported: (deviceId: string, boxes: ImportedBoxes, at = '2024-05-02T11:00:00Z', key = desk) =>
      signReceipt({ v: 1, level: 'imported', deviceId, at, boxes: [...boxes] }, key.privateKey),
  }
}

type Receipts = Parameters<typeof signReceipt>[0]
type StoredBoxes = Extract<Receipts, { level: 'stored' }>['boxes']
type ImportedBoxes = Extract<Receipts, { level: 'imported' }>['boxes']

export type AnOrganisation = Awaited<ReturnType<typeof anOrganisation>>
