// The words of a fingerprint in other languages: what stands at the same places of BIP-39's lists.

const lists: Readonly<Record<string, () => Promise<{ readonly wordlist: readonly string[] }>>> = {
  fr: () => import('@scure/bip39/wordlists/french.js'),
  es: () => import('@scure/bip39/wordlists/spanish.js'),
  zh: () => import('@scure/bip39/wordlists/simplified-chinese.js'),
}

/**
 * The same fingerprint in the words of another language, one for each English one; undefined where BIP-39 has no list of
 * that language, as for Arabic and Russian, and for English itself.
 * @param words of the English list
 * @param language such as `fr`
 */
export async function wordsIn(language: string, words: readonly string[]): Promise<string[] | undefined> {
  const load = lists[language]
  if (!load) return undefined
  const [english, other] = await Promise.all([import('@scure/bip39/wordlists/english.js'), load()])
  return words.map((word) => (other.wordlist[english.wordlist.indexOf(word)] ?? word).normalize('NFC'))
}
