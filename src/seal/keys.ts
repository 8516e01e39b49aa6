// The keys of an account and of a circle. All are non-extractable and live in the vault's worker alone; none is ever
// stored. Raw secrets are values only inside the functions here that make or hand over one, and are zeroed there.

import * as z from 'zod/mini'
import { secretToIdentity } from './age-keys.ts'
import { kdfLimits, withinKdfLimits } from './argon2.ts'
import { associatedData, type RowName } from './at-rest.ts'
import { isBase64Url } from './base64url.ts'
import { concatBytes, utf8, type Bytes } from './bytes.ts'
import { decrypt, decryptToHkdf, encrypt } from './cipher.ts'
import { randomBytes } from './random.ts'
import { SealError } from './seal.ts'

/** Plain beside the wrap, and authenticated by it: its exact text is the associated data. `salt` is base64url. */
export const accountHeaderSchema = z.strictObject({
  v: z.literal(1),
  accountId: z.string().check(z.minLength(1), z.maxLength(64)),
  kdf: z.strictObject({
    alg: z.literal('argon2id'),
    m: z.int(),
    t: z.int(),
    p: z.int(),
    salt: z.string().check(z.refine((salt) => isBase64Url(salt, kdfLimits.salt))),
  }),
  gen: z.int().check(z.nonnegative()),
  slot: z.union([z.literal(0), z.literal(1)]),
})
export type AccountHeader = z.infer<typeof accountHeaderSchema>

/** The header's one text: members in this order, no spaces. It is the associated data of the account's wrap. */
export const writeHeader = ({ v, accountId, kdf: { alg, m, t, p, salt }, gen, slot }: AccountHeader): string =>
  JSON.stringify({ v, accountId, kdf: { alg, m, t, p, salt }, gen, slot })

/** Throws `bad-header`, or `kdf-limits` before anything is computed from it. */
export function readHeader(text: string): AccountHeader {
  const read = accountHeaderSchema.safeParse(parsed(text))
  if (!read.success) throw new SealError('bad-header')
  if (!withinKdfLimits(read.data.kdf)) throw new SealError('kdf-limits')
  return read.data
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    return undefined
  }
}

/** KEK = HKDF(PK || deviceSecret, salt accountId (its UTF-8), "tip/kek/v1"). Both secrets are 32 bytes; zero them after. */
export async function deriveKek(pk: Bytes, deviceSecret: Bytes, accountId: string): Promise<CryptoKey> {
  if (pk.length !== 32 || deviceSecret.length !== 32) throw new SealError('bad-key')
  const input = concatBytes(pk, deviceSecret)
  const base = await hkdfKey(input)
  input.fill(0)
  return aesKey(base, 'tip/kek/v1', ['encrypt', 'decrypt', 'unwrapKey'], utf8(accountId))
}

/** What the wipe passphrase is compared with (`sameBytes`): HKDF(PK, "tip/wipe/v1"), 32 bytes. */
export const wipeVerifier = async (pk: Bytes): Promise<Bytes> => bits(await hkdfKey(pk), 'tip/wipe/v1')

/** A new account's MK: 32 random bytes, wrapped under the header's exact text, and as a key to derive from. */
export async function makeMasterKey(kek: CryptoKey, header: string): Promise<{ wrap: Bytes; master: CryptoKey }> {
  const secret = randomBytes(32)
  const made = { wrap: await encrypt(kek, utf8(header), secret), master: await hkdfKey(secret) }
  secret.fill(0)
  return made
}

/** Throws `cannot-open`: a wrong passphrase, another device secret, or a header that was changed. */
export const unwrapMasterKey = (kek: CryptoKey, wrap: Bytes, header: string): Promise<CryptoKey> =>
  decryptToHkdf(kek, utf8(header), wrap)

/** The same MK under a new passphrase, device secret or header: what changing a passphrase is. Throws `cannot-open`. */
export async function rewrapMasterKey(
  old: { kek: CryptoKey; wrap: Bytes; header: string },
  next: { kek: CryptoKey; header: string },
): Promise<Bytes> {
  const secret = await decrypt(old.kek, utf8(old.header), old.wrap)
  const wrap = await encrypt(next.kek, utf8(next.header), secret)
  secret.fill(0)
  return wrap
}

export type AccountKeys = {
  /** AES-256-GCM: what belongs to the account alone, and the wraps of its circles' keys */
  readonly adk: CryptoKey
  /** X25519 `AGE-SECRET-KEY-1…`; its recipient (`recipientOf`) is plain, so that others can hand things over */
  readonly ageIdentity: string
}

export async function accountKeys(master: CryptoKey): Promise<AccountKeys> {
  const secret = await bits(master, 'tip/age/v1')
  const ageIdentity = secretToIdentity(secret, 'x25519')
  secret.fill(0)
  return { adk: await aesKey(master, 'tip/account/v1', ['encrypt', 'decrypt', 'unwrapKey']), ageIdentity }
}

export type CircleKeys = {
  /** AES-256-GCM: the rows of the circle in this epoch */
  readonly dek: CryptoKey
  /** HMAC-SHA256: the chain of its audit log */
  readonly audit: CryptoKey
}

/** A new circle or epoch: 32 random bytes, wrapped for its first member under the name of the row that keeps it. */
export async function makeCircleKey(adk: CryptoKey, name: RowName): Promise<{ wrap: Bytes; keys: CircleKeys }> {
  const secret = randomBytes(32)
  const made = { wrap: await wrapCircleKey(adk, name, secret), keys: await circleKeys(await hkdfKey(secret)) }
  secret.fill(0)
  return made
}

/** Throws `cannot-open` or `unknown-layout`. */
export const openCircleKey = async (adk: CryptoKey, name: RowName, wrap: Bytes): Promise<CircleKeys> =>
  circleKeys(await decryptToHkdf(adk, associatedData(name), wrap))

/** CK as bytes, to be sealed at once to a new member's age recipient; zero it after. Throws as `openCircleKey` does. */
export const circleKeyBytes = (adk: CryptoKey, name: RowName, wrap: Bytes): Promise<Bytes> =>
  decrypt(adk, associatedData(name), wrap)

/** Wraps a CK of 32 bytes that came from another member; zero it after. */
export const wrapCircleKey = (adk: CryptoKey, name: RowName, secret: Bytes): Promise<Bytes> =>
  encrypt(adk, associatedData(name), secret)

async function circleKeys(circle: CryptoKey): Promise<CircleKeys> {
  return {
    dek: await aesKey(circle, 'tip/dek/v1', ['encrypt', 'decrypt']),
    audit: await crypto.subtle.deriveKey(
      hkdf('tip/audit/v1'),
      circle,
      { name: 'HMAC', hash: 'SHA-256', length: 256 },
      false,
      ['sign'],
    ),
  }
}

/** Imports a secret to derive from: HKDF-SHA256, non-extractable. */
export const hkdfKey = (secret: Bytes): Promise<CryptoKey> =>
  crypto.subtle.importKey('raw', secret, 'HKDF', false, ['deriveKey', 'deriveBits'])

const hkdf = (info: string, salt: Bytes = new Uint8Array(0)) => ({
  name: 'HKDF',
  hash: 'SHA-256',
  salt,
  info: utf8(info),
})

const aesKey = (
  base: CryptoKey,
  info: string,
  usages: ('encrypt' | 'decrypt' | 'unwrapKey')[],
  salt?: Bytes,
): Promise<CryptoKey> =>
  crypto.subtle.deriveKey(hkdf(info, salt), base, { name: 'AES-GCM', length: 256 }, false, usages)

const bits = async (base: CryptoKey, info: string): Promise<Bytes> =>
  new Uint8Array(await crypto.subtle.deriveBits(hkdf(info), base, 256))
