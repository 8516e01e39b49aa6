import * as fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { backoff, isDue, retryAfter, sizeWithin, timeLimit } from './backoff.ts'

const now = Date.UTC(2026, 4, 2, 10, 0, 0)
const nearlyOne = (): number => 0.999999999

describe('backoff', () => {
  test('doubles from half a minute and stops at six hours', () => {
    const minutes = [1, 2, 3, 4, 10, 11, 12, 5_000].map((n) => Math.round(backoff(n, nearlyOne) / 1_000) / 60)
    expect(minutes).toEqual([0.5, 1, 2, 4, 256, 360, 360, 360])
  })

  test('spreads over the whole time, from nothing on', () => {
    expect(backoff(5, () => 0)).toBe(0)
    expect(backoff(5, () => 0.5)).toBe((30_000 * 16) / 2)
  })
})

describe('retryAfter', () => {
  test.each([
    ['120', 120_000],
    [' 7 ', 7_000],
    ['0', 1_000],
    ['999999999999999999999', 86_400_000],
    ['Sat, 02 May 2026 10:02:00 GMT', 120_000],
    ['Sat, 02 May 2020 10:02:00 GMT', 1_000],
    ['Sat, 02 May 2099 10:02:00 GMT', 86_400_000],
  ])('reads %j as %d milliseconds', (header, wait) => {
    expect(retryAfter(header, now)).toBe(wait)
  })

  test.each([undefined, '', 'soon', '-5', '1.5', '1e3', '2026-05-02T10:02:00Z', 'Sat, 99 May 2026 10:02:00 GMT'])(
    'does not take %j for a wait',
    (header) => {
      expect(retryAfter(header, now)).toBeUndefined()
    },
  )

  test('is never less than a second nor more than a day, whatever a server says', () => {
    fc.assert(
      fc.property(
        fc.oneof(
          fc.string(),
          fc.nat().map(String),
          fc.date({ noInvalidDate: true }).map((d) => d.toUTCString()),
        ),
        (header) => {
          const wait = retryAfter(header, now)
          return wait === undefined || (wait >= 1_000 && wait <= 86_400_000)
        },
      ),
    )
  })
})

describe('isDue', () => {
  test('comes at its moment and not before', () => {
    expect(isDue(0, now)).toBe(true)
    expect(isDue(now, now)).toBe(true)
    expect(isDue(now + 1, now)).toBe(false)
  })

  test('does not let a clock that was ten years ahead hold a box for ten years', () => {
    expect(isDue(now + 10 * 365 * 86_400_000, now)).toBe(true)
    expect(isDue(now + 86_400_000, now)).toBe(false)
  })
})

test('a body that fits a budget has a time limit within it', () => {
  expect(timeLimit(65_536)).toBe(126_000)
  expect(sizeWithin(150_000)).toBe(90_000)
  expect(sizeWithin(59_000)).toBe(0)
  for (const budget of [60_000, 61_500, 99_999, 150_000])
    expect(timeLimit(sizeWithin(budget))).toBeLessThanOrEqual(budget)
})
