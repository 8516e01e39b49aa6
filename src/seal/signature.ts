// Ed25519 (RFC 8032): the platform's where it has it, else @noble/curves. Both give the same signature for the same
// key and bytes, so nobody can tell which made it.

import { ed25519 } from '@noble/curves/ed25519.js'
import { toBase64Url } from './base64url.ts'
import { concatBytes, ownBytes, type Bytes } from './bytes.ts'
import { sha256 } from './digest.ts'
import { randomBytes } from './random.ts'
import { SealError } from './seal.ts'

/** `privateKey` is the 32-byte seed, `publicKey` the raw 32 bytes. */
export type SigningKey = { readonly privateKey: Bytes; readonly publicKey: Bytes }

type Ed25519 = {
  sign(privateKey: Bytes, bytes: Bytes): Promise<Bytes>
  verify(publicKey: Bytes, signature: Bytes, bytes: Bytes): Promise<boolean>
}

/** RFC 8410: what stands before the seed in PKCS #8. */
const pkcs8 = [0x30, 0x2e, 0x02, 0x01, 0x00, 0x30, 0x05, 0x06, 0x03, 0x2b, 0x65, 0x70, 0x04, 0x22, 0x04, 0x20]

/** Exported for the test that holds the two against each other; call `sign` and `verify`. */
export const platformEd25519: Ed25519 = {
  async sign(privateKey, bytes) {
    const encoded = concatBytes(new Uint8Array(pkcs8), privateKey)
    const key = await crypto.subtle.importKey('pkcs8', encoded, 'Ed25519', false, ['sign'])
    encoded.fill(0)
    return new Uint8Array(await crypto.subtle.sign('Ed25519', key, bytes))
  },
  async verify(publicKey, signature, bytes) {
    const key = await crypto.subtle.importKey('raw', publicKey, 'Ed25519', false, ['verify'])
    return crypto.subtle.verify('Ed25519', key, signature, bytes)
  },
}

/** Exported for the same test. `zip215: false` = as strict as RFC 8032, like the platforms. */
export const portableEd25519: Ed25519 = {
  async sign(privateKey, bytes) {
    return ownBytes(ed25519.sign(bytes, privateKey))
  },
  async verify(publicKey, signature, bytes) {
    return ed25519.verify(signature, bytes, publicKey, { zip215: false })
  },
}

let chosen: Promise<Ed25519> | undefined

const probe = (): Promise<Ed25519> =>
  platformEd25519.sign(new Uint8Array(32).fill(1), new Uint8Array(1)).then(
    () => platformEd25519,
    () => portableEd25519,
  )

const ours = (): Promise<Ed25519> => (chosen ??= probe())

export function newSigningKey(): SigningKey {
  const privateKey = randomBytes(32)
  return { privateKey, publicKey: publicKeyOf(privateKey) }
}

/** The public half of a 32-byte seed. Throws `bad-key` for another length. */
export function publicKeyOf(privateKey: Uint8Array): Bytes {
  if (privateKey.length !== 32) throw new SealError('bad-key')
  return ownBytes(ed25519.getPublicKey(privateKey))
}

/** 64 bytes, always the same for the same input. Throws `bad-key` where the seed is not 32 bytes. */
export async function sign(privateKey: Bytes, bytes: Bytes): Promise<Bytes> {
  if (privateKey.length !== 32) throw new SealError('bad-key')
  return (await ours()).sign(privateKey, bytes)
}

/** False for a wrong signature and for whatever is no key or no signature; never throws. */
export async function verify(publicKey: Bytes, signature: Bytes, bytes: Bytes): Promise<boolean> {
  if (publicKey.length !== 32 || signature.length !== 64) return false
  try {
    return await (await ours()).verify(publicKey, signature, bytes)
  } catch {
    return false
  }
}

/** keyId: base64url of the first 16 bytes of SHA-256 of the raw public key; 22 signs. */
export const keyIdOf = async (publicKey: Bytes): Promise<string> => toBase64Url((await sha256(publicKey)).slice(0, 16))
