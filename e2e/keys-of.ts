import { hkdfSync } from 'node:crypto'
import type { Page } from '@playwright/test'
import * as z from 'zod/mini'
import { passphraseKey } from '../src/seal/argon2.ts'
import { fromBase64Url } from '../src/seal/base64url.ts'
import { type Bytes, ownBytes, utf8 } from '../src/seal/bytes.ts'
import { decrypt, encrypt } from '../src/seal/cipher.ts'
import { accountKeys, circleKeyBytes, hkdfKey, openCircleKey, readHeader } from '../src/seal/keys.ts'
import { passphraseBytes } from '../src/seal/passphrase.ts'
import { circleName } from '../src/vault/circles.ts'
import { openSigningKey } from '../src/vault/own-columns.ts'

/** Every key of an account as bytes, computed outside the browser: what must be on no disk. */
export interface KeysOnDisk {
  readonly secret: Readonly<Record<string, Bytes>>
  /** Lies in its slot on purpose, and nowhere else. */
  readonly deviceSecret: Bytes
}

const kept = z.object({
  account: z.object({
    accountId: z.string(),
    header: z.string(),
    wrap: z.string(),
    signingKey: z.string(),
  }),
  circles: z.array(
    z.object({ circleId: z.string(), epoch: z.number(), accountId: z.string(), form: z.string(), wrapped: z.string() }),
  ),
  slots: z.string(),
})

/** What the tablet keeps of its only account, read by a page of the app. */
async function keptIn(page: Page) {
  const read = await page.evaluate(async () => {
    const asked = <T>(request: IDBRequest<T>) =>
      new Promise<T>((resolve, reject) => {
        request.addEventListener('success', () => resolve(request.result))
        request.addEventListener('error', () => reject(new Error('refused')))
      })
    const base64 = (bytes: Uint8Array) => btoa(String.fromCodePoint(...bytes))
    const written = (row: Record<string, unknown>) =>
      Object.fromEntries(
        Object.entries(row).map(([name, value]) => [name, value instanceof Uint8Array ? base64(value) : value]),
      )
    const database = await asked(indexedDB.open('daybook'))
    const all = async (table: string): Promise<Record<string, unknown>[]> =>
      await asked(database.transaction(table).objectStore(table).getAll())
    const [account = {}] = await all('accounts')
    const circles = await all('circles')
    database.close()
    const folder = await navigator.storage.getDirectory()
    const file = await (await folder.getFileHandle(`slot-${String(account['accountId'])}`)).getFile()
    return {
      account: written(account),
      circles: circles.map(written),
      slots: base64(new Uint8Array(await file.arrayBuffer())),
    }
  })
  return kept.parse(read)
}

const bytesOf = (base64: string): Bytes => ownBytes(Buffer.from(base64, 'base64'))
const derived = (from: Bytes, info: string, salt: Bytes = new Uint8Array(0)): Bytes =>
  new Uint8Array(hkdfSync('sha256', from, salt, utf8(info), 32))
const aes = async (raw: Bytes): Promise<CryptoKey> =>
  await crypto.subtle.importKey('raw', raw, 'AES-GCM', false, ['encrypt', 'decrypt', 'unwrapKey'])

/** Each key opens what it ought to; with a wrong passphrase this throws. */
export async function keysOf(page: Page, passphrase: string): Promise<KeysOnDisk> {
  const { account, circles, slots } = await keptIn(page)
  const header = readHeader(account.header)
  const deviceSecret = bytesOf(slots).slice(header.slot * 2048, header.slot * 2048 + 32)
  const PK = await passphraseKey(passphraseBytes(passphrase), { ...header.kdf, salt: fromBase64Url(header.kdf.salt) })
  const KEK = derived(ownBytes(Buffer.concat([PK, deviceSecret])), 'tip/kek/v1', utf8(account.accountId))
  const MK = await decrypt(await aes(KEK), utf8(account.header), bytesOf(account.wrap))
  const ADK = derived(MK, 'tip/account/v1')
  const AID = derived(MK, 'tip/age/v1')
  const adk = await aes(ADK)
  const SIG = await openSigningKey(adk, { ...account, signingKey: bytesOf(account.signingKey) })
  const secret: Record<string, Bytes> = { PK, KEK, MK, ADK, AID, SIG }
  const { ageIdentity } = await accountKeys(await hkdfKey(MK))
  secret['AID as text'] = utf8(ageIdentity)
  for (const circle of circles.filter(({ form }) => form === 'own')) {
    const CK = await circleKeyBytes(adk, circleName(circle), bytesOf(circle.wrapped))
    const DEK = derived(CK, 'tip/dek/v1')
    const { dek } = await openCircleKey(adk, circleName(circle), bytesOf(circle.wrapped))
    await decrypt(await aes(DEK), utf8('trial'), await encrypt(dek, utf8('trial'), utf8('the same key')))
    const name = `of circle ${circle.circleId} ${circle.epoch}`
    Object.assign(secret, {
      [`CK ${name}`]: CK,
      [`DEK ${name}`]: DEK,
      [`AUD ${name}`]: derived(CK, 'tip/audit/v1'),
    })
  }
  return { secret, deviceSecret }
}
