// Signatures over exact text. Each kind of text has a domain of its own in front, so that none passes for another;
// nothing is canonicalised, so there is nothing to get wrong.

import * as z from 'zod/mini'
import { fromBase64Url, isBase64Url, toBase64Url } from '../seal/base64url.ts'
import { concatBytes, utf8, type Bytes } from '../seal/bytes.ts'
import { sign, verify } from '../seal/signature.ts'
import { digestPattern } from './protocol.ts'

/** Domains of signatures; a newline ends each. */
export const domains = {
  box: 'tip-box-v1\n',
  stored: 'tip-receipt-v1\n',
  imported: 'tip-imported-v1\n',
  refusal: 'tip-refusal-v1\n',
  resealed: 'tip-resealed-v1\n',
  configuration: 'conf-v1\n',
} as const
export type Domain = keyof typeof domains

/** The bytes a signature is over: domain, then the text's UTF-8. */
export const signedBytes = (domain: Domain, text: string): Bytes => concatBytes(utf8(domains[domain]), utf8(text))

/** Base64url of the signature, 86 signs. */
export const signText = async (domain: Domain, text: string, privateKey: Bytes): Promise<string> =>
  toBase64Url(await sign(privateKey, signedBytes(domain, text)))

/** True where `signature` (base64url) over the text is by one of the keys (base64url). Never throws. */
export async function isSignedBy(
  domain: Domain,
  text: string,
  signature: string,
  keys: readonly string[],
): Promise<boolean> {
  if (!isBase64Url(signature, 64)) return false
  const usable = keys.filter((key) => isBase64Url(key, 32))
  const bytes = signedBytes(domain, text)
  const verdicts = usable.map((key) => verify(fromBase64Url(key), fromBase64Url(signature), bytes))
  return (await Promise.all(verdicts)).includes(true)
}

/** Base64url of exactly so many bytes. */
export const base64UrlSchema = (size: number) => z.string().check(z.refine((text) => isBase64Url(text, size)))
export const publicKeySchema = base64UrlSchema(32)
export const digestSchema = z.string().check(z.regex(digestPattern))
/** An id of the house: 128 random bits, base64url. */
export const idSchema = base64UrlSchema(16)
/** A moment as the signer's clock had it: UTC, RFC 3339, with or without fractions of a second. */
export const momentSchema = z.string().check(z.regex(/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(\.\d{1,3})?Z$/))

/** The value of a JSON text, `undefined` where it is none. */
export function jsonOf(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    return undefined
  }
}
