// @vitest-environment happy-dom
import { afterEach, expect, test, vi } from 'vitest'
import { stopwatch, watchForTurningAway } from './away.ts'

afterEach(() => vi.useRealTimers())

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

test('two minutes without a touch are told, and a sleep as long as the cover may last; a clock set back is no sleep', () => {
  vi.useFakeTimers()
  const told: string[] = []
  const tell = (what: string) => () => void told.push(what)
  const stop = watchForTurningAway({
    idleMs: 120_000,
    coverMs: 30 * 60_000,
    onIdle: tell('idle'),
    onSlept: tell('slept'),
    onHidden: tell('hidden'),
    onVisible: tell('visible'),
  })
  vi.advanceTimersByTime(119_000)
  document.dispatchEvent(new Event('keydown'))
  vi.advanceTimersByTime(119_000)
  expect(told).toEqual([])
  vi.advanceTimersByTime(1_000)
  expect(told).toEqual(['idle'])
  document.dispatchEvent(new Event('pointerdown'))
  vi.setSystemTime(Date.now() + 8 * 3_600_000)
  vi.advanceTimersByTime(1_000)
  expect(told).toEqual(['idle', 'slept'])
  document.dispatchEvent(new Event('pointerdown'))
  vi.setSystemTime(Date.now() - 3_600_000)
  vi.advanceTimersByTime(1_000)
  expect(told).toEqual(['idle', 'slept', 'idle'])
  stop()
  vi.advanceTimersByTime(10_000)
  expect(told).toHaveLength(3)
})
