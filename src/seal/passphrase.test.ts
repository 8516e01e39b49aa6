import { wordlist } from '@scure/bip39/wordlists/english.js'
import { describe, expect, test } from 'vitest'
import { textOf } from './bytes.ts'
import { completeWord, fold, generatePassphrase, passphraseBytes } from './passphrase.ts'

describe('passphrases', () => {
  test('become the UTF-8 of their folded text', () => {
    expect(textOf(passphraseBytes('  Élan, ЁЖ ٣ '))).toBe('elan еж 3')
  })

  test('are made of six words of the list, each time others', () => {
    const made = Array.from({ length: 50 }, () => generatePassphrase())
    for (const phrase of made) {
      const words = phrase.split(' ')
      expect(words).toHaveLength(6)
      for (const word of words) expect(wordlist).toContain(word)
      expect(fold(phrase)).toBe(phrase)
    }
    expect(new Set(made).size).toBe(50)
    expect(generatePassphrase(5).split(' ')).toHaveLength(5)
  })

  test('draw from the whole list, its ends too', () => {
    const drawn = new Set(generatePassphrase(30_000).split(' '))
    expect(drawn.size).toBeGreaterThan(2040)
    expect(drawn).toContain('abandon')
    expect(drawn).toContain('zoo')
  })

  test('use words of which no two are alike after folding or in their first four letters', () => {
    expect(wordlist).toHaveLength(2048)
    expect(new Set(wordlist.map(fold)).size).toBe(2048)
    expect(new Set(wordlist.map((word) => word.slice(0, 4))).size).toBe(2048)
  })

  test('offer the words that begin so, however that was typed', () => {
    expect(completeWord('zo')).toEqual(['zone', 'zoo'])
    expect(completeWord(' ZO')).toEqual(['zone', 'zoo'])
    expect(completeWord('ｚｏ')).toEqual(['zone', 'zoo'])
    expect(completeWord('a')).toHaveLength(8)
    expect(completeWord('')).toEqual([])
    expect(completeWord('x1')).toEqual([])
  })
})
