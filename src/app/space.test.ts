import { expect, test } from 'vitest'
import { spaceOf } from './space.ts'

const mega = 1_000_000

test('room is judged by what is left, at 200 and at 50 million bytes', () => {
  const left = (bytes: number) => spaceOf({ quota: 900 * mega + bytes, usage: 900 * mega })
  expect([left(200 * mega), left(200 * mega - 1), left(50 * mega), left(50 * mega - 1), left(-1)]).toEqual([
    'enough',
    'little',
    'little',
    'none',
    'none',
  ])
})

test('where the browser does not say, nothing is claimed', () => {
  expect([spaceOf(), spaceOf({}), spaceOf({ quota: 1 }), spaceOf({ usage: 1 })]).toEqual(Array(4).fill('enough'))
})
