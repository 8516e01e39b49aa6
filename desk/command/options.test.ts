import { expect, test } from 'vitest'
import { DeskError } from './desk-error.ts'
import { read } from './options.ts'

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

test('an option without its value, or one that there is not, is still refused', () => {
  expect(() => read('configure', ['--token', '--keys', 'folder'])).toThrow(DeskError)
  expect(() => read('open', ['--tokens', token])).toThrow(DeskError)
})
