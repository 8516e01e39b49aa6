import { expect, test } from 'vitest'
import { costOf, isMetered } from './network.ts'

test.each([
  [{ type: 'wifi', saveData: false }, 'free'],
  [{ type: 'ethernet' }, 'free'],
  [{ type: 'cellular' }, 'metered'],
  [{ type: 'wimax' }, 'metered'],
  [{ type: 'wifi', saveData: true }, 'metered'],
  [{ saveData: true }, 'metered'],
  [{ type: 'unknown' }, 'unknown'],
  [{ type: 'none' }, 'unknown'],
  [{ saveData: false }, 'unknown'],
  [undefined, 'unknown'],
] as const)('a connection of %j costs: %s', (connection, cost) => {
  expect(costOf({ connection })).toBe(cost)
})

test('where nothing is told, nothing is kept back', () => {
  expect(isMetered({})).toBe(false)
})
