import { expect, test } from 'vitest'
import { sha256HexOf } from '../seal/digest.ts'
import { lostNumberOf, readLostNumber } from './lost-number.ts'

test('a lost tablet has the same nine digits at the desk and at the receiver, and they end in a check digit', async () => {
  const hash = await sha256HexOf('QkZGRkZGRkZGRkZGRkZGRg')
  expect(lostNumberOf(hash)).toMatch(/^[0-9]{9}$/)
  expect(lostNumberOf(hash)).toBe(lostNumberOf(hash))
  expect(lostNumberOf('0'.repeat(64)).slice(0, 8)).toBe('00000000')
})

test('the number is read as people say it, and a digit heard wrongly is no number', async () => {
  const number = lostNumberOf(await sha256HexOf('another'))
  const spoken = `${number.slice(0, 3)} ${number.slice(3, 6)}-${number.slice(6)}`
  expect(readLostNumber(spoken)).toBe(number)
  for (let at = 0; at < 9; at++) {
    const heard = number.slice(0, at) + ((Number(number[at]) + 1) % 10) + number.slice(at + 1)
    expect(readLostNumber(heard)).toBeUndefined()
  }
  for (const text of ['', '12345678', 'abcdefghi', '٤٨٢٩١٣٠٧٠']) expect(readLostNumber(text)).toBeUndefined()
})
