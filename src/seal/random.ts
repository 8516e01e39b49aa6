import { toBase64Url } from './base64url.ts'
import type { Bytes } from './bytes.ts'

/** `n` bytes from the platform's generator; 65,536 at most. */
export const randomBytes = (n: number): Bytes => crypto.getRandomValues(new Uint8Array(n))

/** A random id for an account, a circle or a device: 128 bits, base64url, 22 signs. Ids are never secrets. */
export const newKeyId = (): string => toBase64Url(randomBytes(16))

/** A token or code nobody can guess: 256 bits, base64url, 43 signs. */
export const newToken = (): string => toBase64Url(randomBytes(32))
