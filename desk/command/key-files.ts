import { readdir } from 'node:fs/promises'
import { join } from 'node:path'
import * as z from 'zod/mini'
import { base64UrlSchema, digestSchema } from '../../src/batch/signed-text.ts'
import { identityKind } from '../../src/seal/age-keys.ts'
import { fromBase64Url, toBase64Url } from '../../src/seal/base64url.ts'
import { textOf, utf8, type Bytes } from '../../src/seal/bytes.ts'
import { isAge, isRecipient, openWithPassphrase, sealWithPassphrase } from '../../src/seal/envelope.ts'
import { publicKeyOf } from '../../src/seal/signature.ts'
import { SealError } from '../../src/seal/seal.ts'
import { signingRoomOf, type OrganisationKeys, type SigningRoom } from '../organisation.ts'
import { DeskError } from './desk-error.ts'
import { makeFolder, readIfThere, writeWhole } from './files.ts'

/**
 * The files of a folder of keys. Each secret one is sealed to the passphrase by age's scrypt, or plain where that was
 * asked for by name; `work.key` is an identity file that the standard age command reads, too.
 */
export const keyFiles = {
  work: 'work.key',
  configuration: 'configuration.key',
  successor: 'successor.key',
  desk: 'desk.key',
  about: 'organisation.json',
} as const

const seed = base64UrlSchema(32)
const signingFileSchema = z.strictObject({ v: z.literal(1), for: z.enum(['successor', 'desk']), privateKey: seed })
const recipient = z.string().check(z.refine(isRecipient))
const configurationFileSchema = z.strictObject({
  v: z.literal(1),
  for: z.literal('configuration'),
  privateKey: seed,
  recipients: z.tuple([recipient, recipient]),
  successor: digestSchema,
  deskKey: seed,
})

/** Asks for the passphrase of the folder, once, and only if a file wants it. */
export type AskPassphrase = () => Promise<string>

/**
 * Writes the secrets of an organisation, but for the drawer's, which stays on paper. Throws DeskError `keys-exist` where
 * the folder holds a key already.
 * @param passphrase `undefined` writes them plain
 */
export async function writeKeys(folder: string, keys: OrganisationKeys, passphrase: string | undefined): Promise<void> {
  if (await hasKeys(folder)) throw new DeskError('keys-exist', folder)
  await makeFolder(folder)
  const room = await signingRoomOf(keys)
  const secrets = {
    [keyFiles.work]: identityFile(keys),
    [keyFiles.desk]: signingFile('desk', keys.desk.privateKey),
    [keyFiles.successor]: signingFile('successor', keys.successor.privateKey),
    [keyFiles.configuration]: configurationFile(room),
  }
  for (const [name, text] of Object.entries(secrets)) {
    const content = passphrase === undefined ? utf8(text) : await sealWithPassphrase(passphrase, utf8(text))
    await writeWhole(join(folder, name), content)
  }
}

export async function hasKeys(folder: string): Promise<boolean> {
  const names: string[] = await readdir(folder).catch(() => [])
  return Object.values(keyFiles).some((name) => names.includes(name))
}

/** The identities in `work.key`. Throws DeskError `no-key`, `wrong-passphrase`, `damaged-key`. */
export async function readIdentities(folder: string, ask: AskPassphrase): Promise<string[]> {
  const { path, text } = await readSecret(folder, keyFiles.work, ask)
  const identities = text
    .split('\n')
    .map((line) => line.trim())
    .filter((line) => line !== '' && !line.startsWith('#'))
  if (identities.length === 0 || identities.some((one) => identityKind(one) === undefined))
    throw new DeskError('damaged-key', path)
  return identities
}

/** The private key that signs the desk's receipts. Throws as `readIdentities` does. */
export async function readDeskKey(folder: string, ask: AskPassphrase): Promise<Bytes> {
  const { path, text } = await readSecret(folder, keyFiles.desk, ask)
  const file = signingFileSchema.safeParse(jsonOf(text)).data
  if (file?.for !== 'desk') throw new DeskError('damaged-key', path)
  return fromBase64Url(file.privateKey)
}

/** What signs configurations. Throws as `readIdentities` does. */
export async function readSigningRoom(folder: string, ask: AskPassphrase): Promise<SigningRoom> {
  const { path, text } = await readSecret(folder, keyFiles.configuration, ask)
  const file = configurationFileSchema.safeParse(jsonOf(text)).data
  if (file === undefined) throw new DeskError('damaged-key', path)
  const privateKey = fromBase64Url(file.privateKey)
  const { recipients, successor, deskKey } = file
  return { privateKey, publicKey: publicKeyOf(privateKey), recipients, successor, deskKey }
}

async function readSecret(folder: string, name: string, ask: AskPassphrase): Promise<{ path: string; text: string }> {
  const path = join(folder, name)
  const bytes = await readIfThere(path)
  if (bytes === undefined) throw new DeskError('no-key', path)
  try {
    return { path, text: textOf(isAge(bytes) ? await openWithPassphrase(await ask(), bytes) : bytes) }
  } catch (cause) {
    if (!(cause instanceof SealError)) throw cause
    throw new DeskError(cause.reason === 'cannot-open' ? 'wrong-passphrase' : 'damaged-key', path, cause)
  }
}

const identityFile = ({ work }: OrganisationKeys) =>
  `# The key for work: opens what tablets send. Whoever has it and the boxes can read everything.\n# public: ${work.recipient}\n${work.identity}\n`

const signingFile = (what: 'successor' | 'desk', privateKey: Bytes) =>
  `${JSON.stringify({ v: 1, for: what, privateKey: toBase64Url(privateKey) })}\n`

const configurationFile = ({ privateKey, recipients, successor, deskKey }: SigningRoom) =>
  `${JSON.stringify({ v: 1, for: 'configuration', privateKey: toBase64Url(privateKey), recipients, successor, deskKey })}\n`

function jsonOf(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    return undefined
  }
}
