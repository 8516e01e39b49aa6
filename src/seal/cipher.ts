import { concatBytes, type Bytes } from './bytes.ts'
import { randomBytes } from './random.ts'
import { SealError } from './seal.ts'

/** First byte of everything under AES-256-GCM here: layout 1 = this byte, nonce (12), ciphertext and tag (16). */
const layout = 1
const nonceSize = 12

/** Inside this room only. A nonce is given in vectors and nowhere else: used twice it breaks the key. */
export async function encrypt(
  key: CryptoKey,
  aad: Bytes,
  plain: Bytes,
  nonce = randomBytes(nonceSize),
): Promise<Bytes> {
  const sealed = await crypto.subtle.encrypt({ name: 'AES-GCM', iv: nonce, additionalData: aad }, key, plain)
  return concatBytes(new Uint8Array([layout]), nonce, new Uint8Array(sealed))
}

/** Throws `unknown-layout` or `cannot-open`. */
export async function decrypt(key: CryptoKey, aad: Bytes, sealed: Bytes): Promise<Bytes> {
  const { nonce, body } = parts(sealed)
  try {
    return new Uint8Array(await crypto.subtle.decrypt({ name: 'AES-GCM', iv: nonce, additionalData: aad }, key, body))
  } catch (cause) {
    throw new SealError('cannot-open', cause)
  }
}

/** Opens a wrapped 32-byte secret straight into a key for HKDF: it never becomes a value. Throws as `decrypt` does. */
export async function decryptToHkdf(key: CryptoKey, aad: Bytes, sealed: Bytes): Promise<CryptoKey> {
  const { nonce, body } = parts(sealed)
  if (body.length !== 48) throw new SealError('unknown-layout')
  try {
    const algorithm = { name: 'AES-GCM', iv: nonce, additionalData: aad }
    return await crypto.subtle.unwrapKey('raw', body, key, algorithm, 'HKDF', false, ['deriveKey', 'deriveBits'])
  } catch (cause) {
    throw new SealError('cannot-open', cause)
  }
}

function parts(sealed: Bytes): { nonce: Bytes; body: Bytes } {
  if (sealed[0] !== layout || sealed.length < 1 + nonceSize + 16) throw new SealError('unknown-layout')
  return { nonce: sealed.slice(1, 1 + nonceSize), body: sealed.slice(1 + nonceSize) }
}
