import { toHex } from './base64url.ts'
import { concatBytes, utf8, type Bytes } from './bytes.ts'

export const sha256 = async (bytes: Bytes): Promise<Bytes> =>
  new Uint8Array(await crypto.subtle.digest('SHA-256', bytes))

/** Lower-case hex, 64 signs: the form of every digest and id that travels. */
export const sha256Hex = async (bytes: Bytes): Promise<string> => toHex(await sha256(bytes))

/** SHA-256 of a text's UTF-8 bytes, as hex. */
export const sha256HexOf = (text: string): Promise<string> => sha256Hex(utf8(text))

/** The head of an audit chain without entries: 32 zero bytes. */
export const emptyChain: Bytes = new Uint8Array(32)

/**
 * The next head of an audit chain: HMAC(audit key, previous head || SHA-256(entry)).
 * @param key `audit` of the circle's keys
 * @param entry the entry's exact bytes before they are sealed
 */
export async function nextInChain(key: CryptoKey, previous: Bytes, entry: Bytes): Promise<Bytes> {
  const mac = await crypto.subtle.sign('HMAC', key, concatBytes(previous, await sha256(entry)))
  return new Uint8Array(mac)
}
