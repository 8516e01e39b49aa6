// From what a person types to the bytes a key is made of. The words offered are the 2,048 English words of BIP-39:
// no two are alike after folding or in their first four letters.

import { wordlist } from '@scure/bip39/wordlists/english.js'
import { utf8, type Bytes } from './bytes.ts'
import { fold } from './fold.ts'
import { randomBytes } from './random.ts'

export { fold } from './fold.ts'

/** The bytes Argon2id gets: UTF-8 of the folded text. Zero them (`.fill(0)`) after use. */
export const passphraseBytes = (text: string): Bytes => utf8(fold(text))

/** Random words of the list, separated by a space: 11 bits a word, so six make 66 bits. */
export function generatePassphrase(words = 6): string {
  const bytes = randomBytes(words * 2)
  return Array.from({ length: words }, (_, i) => wordAt(((bytes[2 * i] ?? 0) << 8) | (bytes[2 * i + 1] ?? 0))).join(' ')
}

/** The word of the list that eleven bits name; higher bits are left out. */
export const wordAt = (index: number): string => wordlist[index & 2047] ?? ''

/** Words of the list that begin so, in the order of the list; none for an empty beginning. For entry word by word. */
export function completeWord(beginning: string, limit = 8): string[] {
  const start = fold(beginning)
  return start === '' ? [] : wordlist.filter((word) => word.startsWith(start)).slice(0, limit)
}
