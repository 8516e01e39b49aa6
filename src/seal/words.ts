// Keys as words: a fingerprint to compare aloud, and the key for the drawer to write down.

import { entropyToMnemonic, mnemonicToEntropy } from '@scure/bip39'
import { wordlist } from '@scure/bip39/wordlists/english.js'
import { identityToSecret, secretToIdentity, type RecipientKind } from './age-keys.ts'
import { ownBytes } from './bytes.ts'
import { sha256 } from './digest.ts'
import { fold, wordAt } from './passphrase.ts'
import { SealError } from './seal.ts'

/**
 * The first `n` times 11 bits of SHA-256(bytes), as indexes into the list of 2,048 words; 6 words = 66 bits.
 * @param n 23 at most
 */
export async function fingerprintWords(publicKey: Uint8Array, n = 6): Promise<string[]> {
  const digest = await sha256(ownBytes(publicKey))
  return Array.from({ length: n }, (_, i) => wordAt(elevenBits(digest, i * 11)))
}

function elevenBits(bytes: Uint8Array, from: number): number {
  let value = 0
  for (let bit = from; bit < from + 11; bit++) value = (value << 1) | (((bytes[bit >> 3] ?? 0) >> (7 - (bit & 7))) & 1)
  return value
}

/** The 32 secret bytes of an identity of either kind as 24 words with BIP-39's checksum; the kind is said separately. */
export const identityToWords = (identity: string): string[] =>
  entropyToMnemonic(identityToSecret(identity), wordlist as string[]).split(' ')

/**
 * Reads the words back, however they were typed; four letters of a word are enough.
 * Throws `bad-words`: not 24 words of the list, or the checksum does not agree.
 */
export function wordsToIdentity(words: readonly string[], kind: RecipientKind): string {
  try {
    return secretToIdentity(mnemonicToEntropy(words.map(wholeWord).join(' '), wordlist as string[]), kind)
  } catch (cause) {
    throw new SealError('bad-words', cause)
  }
}

function wholeWord(typed: string): string {
  const word = fold(typed)
  if (wordlist.includes(word) || word.length < 4) return word
  return wordlist.find((candidate) => candidate.startsWith(word)) ?? word
}
