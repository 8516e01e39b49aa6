import { readdir } from 'node:fs/promises'
import { join } from 'node:path'
import * as z from 'zod/mini'
import { base64UrlSchema, digestSchema } from '../../src/batch/signed-text.ts'
import { identityKind } from '../../src/seal/age-keys.ts'
import { fromBase64Url, toBase64Url } from '../../src/seal/base64url.ts'
import { textOf, utf8, type Bytes } from '../../src/seal/bytes.ts'
import {
  isAge,
  isRecipient,
  openWithPassphrase,
  sealWithPassphrase,
  type RecipientPair,
} from '../../src/seal/envelope.ts'
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
    [keyFiles.work]: identityFile('work', keys.work),
    [keyFiles.desk]: signingFile('desk', keys.desk.privateKey),
    [keyFiles.successor]: signingFile('successor', keys.successor.privateKey),
    [keyFiles.configuration]: configurationFile(room),
  }
  for (const [name, text] of Object.entries(secrets)) await writeSecret(join(folder, name), text, passphrase)
}

/**
 * Writes the drawer's key, which its words gave, as an identity file.
 * @param passphrase `undefined` writes it plain
 */
export async function writeDrawerKey(
  path: string,
  drawer: RecipientPair,
  passphrase: string | undefined,
): Promise<void> {
  await writeSecret(path, identityFile('drawer', drawer), passphrase)
}

async function writeSecret(path: string, text: string, passphrase: string | undefined): Promise<void> {
  await writeWhole(path, passphrase === undefined ? utf8(text) : await sealWithPassphrase(passphrase, utf8(text)))
}

export async function hasKeys(folder: string): Promise<boolean> {
  const names: string[] = await readdir(folder).catch(() => [])
  return Object.values(keyFiles).some((name) => names.includes(name))
}

/** Where the key for work is in a folder of keys. */
export const workKeyIn = (folder: string): string => join(folder, keyFiles.work)

/** The identities in a file. Throws DeskError `no-key`, `wrong-passphrase`, `damaged-key`. */
export async function readIdentityFile(path: string, ask: AskPassphrase): Promise<string[]> {
  const text = await readSecret(path, ask)
  const identities = text
    .split('\n')
    .map((line) => line.trim())
    .filter((line) => line !== '' && !line.startsWith('#'))
  if (identities.length === 0 || identities.some((one) => identityKind(one) === undefined))
    throw new DeskError('damaged-key', path)
  return identities
}

/** The private key that signs the desk's receipts. Throws as `readIdentityFile` does. */
export async function readDeskKey(folder: string, ask: AskPassphrase): Promise<Bytes> {
  const path = join(folder, keyFiles.desk)
  const text = await readSecret(path, ask)
  const file = signingFileSchema.safeParse(jsonOf(text)).data
  if (file?.for !== 'desk') throw new DeskError('damaged-key', path)
  return fromBase64Url(file.privateKey)
}

/** What signs configurations. Throws as `readIdentityFile` does. */
export async function readSigningRoom(folder: string, ask: AskPassphrase): Promise<SigningRoom> {
  const path = join(folder, keyFiles.configuration)
  const text = await readSecret(path, ask)
  const file = configurationFileSchema.safeParse(jsonOf(text)).data
  if (file === undefined) throw new DeskError('damaged-key', path)
  const privateKey = fromBase64Url(file.privateKey)
  const { recipients, successor, deskKey } = file
  return { privateKey, publicKey: publicKeyOf(privateKey), recipients, successor, deskKey }
}

async function readSecret(path: string, ask: AskPassphrase): Promise<string> {
  const bytes = await readIfThere(path)
  if (bytes === undefined) throw new DeskError('no-key', path)
  try {
    return textOf(isAge(bytes) ? await openWithPassphrase(await ask(), bytes) : bytes)
  } catch (cause) {
    if (!(cause instanceof SealError)) throw cause
    throw new DeskError(cause.reason === 'cannot-open' ? 'wrong-passphrase' : 'damaged-key', path, cause)
  }
}

const identityFile = (what: 'work' | 'drawer', { recipient, identity }: RecipientPair) =>
  `# The key for ${what === 'work' ? 'work' : 'the drawer'}: opens what tablets send. Whoever has it and the boxes can read everything.\n# public: ${recipient}\n${identity}\n`

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
