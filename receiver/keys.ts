import { link, mkdir, readFile, unlink } from 'node:fs/promises'
import { randomUUID } from 'node:crypto'
import { dirname, join } from 'node:path'
import { fromBase64Url, toBase64Url } from '../src/seal/base64url.ts'
import { newSigningKey, publicKeyOf, type SigningKey } from '../src/seal/signature.ts'
import { ReceiverError } from './receiver-error.ts'
import { flushFolder, writeThrough } from './to-the-disk.ts'

/** Signs receipts and refusals. The only private key that a receiver has; it opens nothing. */
export type ReceiptKey = SigningKey

const firstLine = 'receipt-key-v1 '

/** The public half as it stands in a configuration: base64url of 32 bytes. */
export function publicText(key: ReceiptKey): string {
  return toBase64Url(key.publicKey)
}

/**
 * Reads the receipt key of a data folder, and makes it where there is none: one file that only its owner may
 * read, whole or not there at all. Throws ReceiverError `key-damaged`.
 * @param announce is told a new key before its file is there
 */
export async function openReceiptKey(
  path: string,
  announce: (key: ReceiptKey) => Promise<void> = async () => undefined,
): Promise<ReceiptKey> {
  const found = await readFile(path, 'utf8').catch(notThere)
  if (found === undefined) return makeReceiptKey(path, announce)
  return keyFrom(found)
}

/** True if the file is there. */
export async function hasReceiptKey(path: string): Promise<boolean> {
  return (await readFile(path).catch(notThere)) !== undefined
}

function keyFrom(text: string): ReceiptKey {
  try {
    if (!text.startsWith(firstLine)) throw new Error('unknown first word')
    const privateKey = fromBase64Url(text.slice(firstLine.length).trim())
    return { privateKey, publicKey: publicKeyOf(privateKey) }
  } catch (cause) {
    throw new ReceiverError('key-damaged', cause)
  }
}

async function makeReceiptKey(path: string, announce: (key: ReceiptKey) => Promise<void>): Promise<ReceiptKey> {
  await mkdir(dirname(path), { recursive: true, mode: 0o700 })
  const key = newSigningKey()
  await announce(key)
  const draft = join(dirname(path), `.${randomUUID()}`)
  await writeThrough(draft, `${firstLine}${toBase64Url(key.privateKey)}\n`)
  try {
    await link(draft, path)
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'EEXIST') throw error
    return keyFrom(await readFile(path, 'utf8'))
  } finally {
    await unlink(draft)
  }
  await flushFolder(dirname(path))
  return key
}

function notThere(error: NodeJS.ErrnoException): undefined {
  if (error.code === 'ENOENT') return undefined
  throw error
}
