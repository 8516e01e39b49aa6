import { expect, test } from 'vitest'
import { options as ofTheReceiver } from '../../receiver/command-words.ts'
import { optionsOf } from '../../desk/command/options.ts'
import { hyphenedCode, hyphenedKey, withHyphened } from './hyphened-words.ts'

const key = `-${'A'.repeat(42)}`
const isKey = (word: string) => hyphenedKey.test(word)

test('a value that looks like an option goes to the option before it, and to nothing else', () => {
  expect(withHyphened(['--token', key, '--out', 'folder'], isKey)).toEqual([`--token=${key}`, '--out', 'folder'])
  expect(withHyphened(['open', key], isKey)).toEqual(['open', key])
  expect(withHyphened(['--keys', '--token', key], isKey)).toEqual(['--keys', `--token=${key}`])
})

test('no option of a command is as long as a code or a key, else it would be taken for one', () => {
  const names = [ofTheReceiver, ...Object.values(optionsOf)].flatMap((options) => Object.keys(options))
  const words = names.map((name) => `--${name}`)
  expect(words.filter((word) => hyphenedCode.test(word) || hyphenedKey.test(word))).toEqual([])
})
