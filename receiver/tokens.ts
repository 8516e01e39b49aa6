import { createHash, randomBytes, timingSafeEqual } from 'node:crypto'

/** A secret of 256 random bits, base64url. Only its hash is ever stored. */
export function newToken(): string {
  return randomBytes(32).toString('base64url')
}

/** An enrolment code of 128 random bits, base64url, short enough for a QR code. */
export function newCode(): string {
  return randomBytes(16).toString('base64url')
}

/** SHA-256 of a token or code, hex. */
export function hashOf(secret: string): string {
  return createHash('sha256').update(secret, 'utf8').digest('hex')
}

/** The name of what is kept for one organisation: others on the same receiver see another one. 22 signs, base64url. */
export function storeFor(org: string, { storeId }: { readonly storeId: string }): string {
  return createHash('sha256').update(`${storeId} ${org}`, 'utf8').digest('base64url').slice(0, 22)
}

/** The part of a hash by which a row is found; the whole is then compared with `sameHash`. */
export function shelfOf(hash: string): string {
  return hash.slice(0, 16)
}

/** Compares two hashes in a time that does not depend on where they differ. */
export function sameHash(one: string, other: string): boolean {
  const [a, b] = [Buffer.from(one, 'utf8'), Buffer.from(other, 'utf8')]
  return a.length === b.length && timingSafeEqual(a, b)
}
