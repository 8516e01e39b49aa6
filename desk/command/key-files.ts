import { readdir } from 'node:fs/promises'
import { join } from 'node:path'
import * as z from 'zod/mini'
import { digestOfKey } from '../../src/batch/configuration.ts'
import { base64UrlSchema, digestSchema } from '../../src/batch/signed-text.ts'
import { identityKind } from '../../src/seal/age-keys.ts'
import { fromBase64Url, toBase64Url } from '../../src/seal/base64url.ts'
import { textOf, utf8, type Bytes } from '../../src/seal/bytes.ts'
import {
  isAge,
  isRecipient,
  openWithPassphrase,
  recipientFingerprint,
  sealWithPassphrase,
  type RecipientPair,
} from '../../src/seal/envelope.ts'
import { publicKeyOf } from '../../src/seal/signature.ts'
import { SealError } from '../../src/seal/seal.ts'
import { fingerprintWords } from '../../src/seal/words.ts'
import { signingRoomOf, type KeptKeys, type SigningRoom } from '../organisation.ts'
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

const secretFiles = [keyFiles.work, keyFiles.configuration, keyFiles.successor, keyFiles.desk] as const

/** Asks for the passphrase of the folder, once, and only if a file wants it. */
export type AskPassphrase = () => Promise<string>

/**
 * Writes the secrets of an organisation, but for the drawer's, which stays on paper. Throws DeskError `keys-exist` where
 * the folder holds a key already.
 * @param passphrase `undefined` writes them plain
 * @param former identities of keys for work before this one, which open what was sealed to them
 */
export async function writeKeys(
  folder: string,
  keys: KeptKeys,
  passphrase: string | undefined,
  former: readonly string[] = [],
): Promise<void> {
  if (await hasKeys(folder)) throw new DeskError('keys-exist', folder)
  await makeFolder(folder)
  const room = await signingRoomOf(keys)
  const secrets = {
    [keyFiles.work]: identityFile('work', keys.work, former),
    [keyFiles.desk]: signingFile('desk', keys.desk.privateKey),
    [keyFiles.successor]: signingFile('successor', keys.successor.privateKey),
    [keyFiles.configuration]: configurationFile(room),
  }
  for (const [name, text] of Object.entries(secrets)) await writeSecret(join(folder, name), text, passphrase)
  await writeWhole(join(folder, keyFiles.about), await aboutText(keys))
}

/** What may be known by anybody. */
async function aboutText(keys: KeptKeys): Promise<string> {
  const about = {
    recipients: { work: keys.work.recipient, drawer: keys.drawer.recipient },
    fingerprints: {
      work: await recipientFingerprint(keys.work.recipient),
      drawer: await recipientFingerprint(keys.drawer.recipient),
    },
    configurationKey: toBase64Url(keys.configuration.publicKey),
    configurationWords: (await fingerprintWords(keys.configuration.publicKey)).join(' '),
    successor: await digestOfKey(toBase64Url(keys.successor.publicKey)),
    deskKey: toBase64Url(keys.desk.publicKey),
  }
  return `${JSON.stringify(about, undefined, 2)}\n`
}

/**
 * The secrets of a folder as they stand there, each opened where it is sealed. Throws as `readIdentityFile` does.
 * @returns the text of each key file that is there, by its name
 */
export async function readSecrets(folder: string, ask: AskPassphrase): Promise<ReadonlyMap<string, string>> {
  const found = new Map<string, string>()
  for (const name of secretFiles) {
    const path = join(folder, name)
    if ((await readIfThere(path)) !== undefined) found.set(name, await readSecret(path, ask))
  }
  return found
}

/** Writes such texts, sealed to a passphrase. Throws DeskError `keys-exist` where the folder holds a key already. */
export async function writeSecrets(
  folder: string,
  secrets: ReadonlyMap<string, string>,
  passphrase: string | undefined,
): Promise<void> {
  if (await hasKeys(folder)) throw new DeskError('keys-exist', folder)
  await makeFolder(folder)
  for (const [name, text] of secrets) await writeSecret(join(folder, name), text, passphrase)
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
export const readDeskKey = (folder: string, ask: AskPassphrase): Promise<Bytes> =>
  readSigningKey(join(folder, keyFiles.desk), 'desk', ask)

/** The private key that may sign configurations next, from the drawer. Throws as `readIdentityFile` does. */
export const readSuccessorKey = (path: string, ask: AskPassphrase): Promise<Bytes> =>
  readSigningKey(path, 'successor', ask)

async function readSigningKey(path: string, what: 'desk' | 'successor', ask: AskPassphrase): Promise<Bytes> {
  const file = signingFileSchema.safeParse(jsonOf(await readSecret(path, ask))).data
  if (file?.for !== what) throw new DeskError('damaged-key', path)
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

function identityFile(
  what: 'work' | 'drawer',
  { recipient, identity }: RecipientPair,
  former: readonly string[] = [],
): string {
  const lines = [
    `# The key for ${what === 'work' ? 'work' : 'the drawer'}: opens what tablets send. Whoever has it and the boxes can read everything.`,
    `# public: ${recipient}`,
    identity,
    ...(former.length > 0 ? ['# Keys before it, for what was sealed to them:', ...former] : []),
  ]
  return `${lines.join('\n')}\n`
}

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
