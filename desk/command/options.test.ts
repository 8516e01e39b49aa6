import { expect, test } from 'vitest'
import { DeskError } from './desk-error.ts'
import { read, type Command } from './options.ts'

const token = `-${'A'.repeat(42)}`
const code = `--${'b'.repeat(20)}`

test('a token, key or code that begins with a hyphen is the value of the option before it', () => {
  const words = ['--keys', 'folder', '--token', token, '--receiver-key', token, '--receiver-key', token, '--code', code]
  expect(read('configure', words).values).toEqual({
    keys: 'folder',
    token,
    'receiver-key': [token, token],
    code,
  })
})

test('what is wrong is told in one line that names it', () => {
  const wrong: [Command, string, string][] = [
    ['open', '--keyz keys', '"open" has no option --keyz.'],
    ['open', '-k keys', '"open" has no option -k.'],
    ['open', '--keys', '--keys needs a value.'],
    ['open', '--keys --out opened', '--keys needs a value.'],
    ['open', '--boxes one two --labels=yes', '--labels takes no value.'],
    ['keygen', 'keys', '"keys" stands alone; each value comes after its option.'],
  ]
  for (const [command, words, sentence] of wrong) {
    expect(() => read(command, words.split(' '))).toThrow(expect.objectContaining({ reason: 'usage', about: sentence }))
  }
})

test('an option without its value, or one that there is not, is still refused', () => {
  expect(() => read('configure', ['--token', '--keys', 'folder'])).toThrow(DeskError)
  expect(() => read('open', ['--tokens', token])).toThrow(DeskError)
})
