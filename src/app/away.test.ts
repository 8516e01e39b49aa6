import { expect, test } from 'vitest'
import { stopwatch } from './away.ts'

const clocks = () => {
  const at = { wall: 1_000_000, steady: 500 }
  return { at, read: { wall: () => at.wall, steady: () => at.steady } }
}

test('the longer of the two clocks counts, so a tablet that slept is judged by the wall clock', () => {
  const { at, read } = clocks()
  const lasted = stopwatch(read)
  at.wall += 60_000
  at.steady += 10
  expect(lasted()).toBe(60_000)
})

test('a wall clock put forward counts, and one put back does not hide the time', () => {
  const { at, read } = clocks()
  const lasted = stopwatch(read)
  at.steady += 40_000
  expect(lasted()).toBe(40_000)
  at.wall -= 3_600_000
  expect(lasted()).toBe(Number.POSITIVE_INFINITY)
})
