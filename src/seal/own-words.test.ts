import { wordlist as english } from '@scure/bip39/wordlists/english.js'
import { expect, test } from 'vitest'
import { wordsIn } from './own-words.ts'

test.each([
  ['fr', ['abaisser', 'zoologie']],
  ['es', ['ábaco', 'zurdo']],
  ['zh', ['的', '歇']],
])('in %s the words stand at the same places of the list', async (language, words) => {
  expect(await wordsIn(language, [english[0] ?? '', english[2047] ?? ''])).toEqual(words)
})

test.each(['fr', 'es', 'zh'])('in %s no two fingerprints have the same words', async (language) => {
  expect(new Set(await wordsIn(language, english)).size).toBe(2048)
})

test.each(['en', 'ar', 'ru'])('in %s there are none beside the English ones', async (language) => {
  expect(await wordsIn(language, ['abandon'])).toBeUndefined()
})
