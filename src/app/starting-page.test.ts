import { expect, test, vi } from 'vitest'
import { afterKept, leave, startingIn, startingPage } from './starting-page.ts'

const at = (address: string) => startingIn(new URL(address, 'https://app.example'))

test('knows its language and which try it is, and no other page', () => {
  expect(at(startingPage('ar-EG'))).toEqual({ locale: 'ar-EG', tried: 1 })
  expect(at(startingPage('fr', 2))).toEqual({ locale: 'fr', tried: 2 })
  expect(at('/starting')).toEqual({ locale: '', tried: 1 })
  expect(at('/starting#es.x')).toEqual({ locale: 'es', tried: 1 })
  expect(at('/#/kept')).toBeUndefined()
})

test('is loaded six times, and then the app opens as it was', () => {
  const ways = [1, 4, 5, 6].map((tried) => afterKept({ locale: 'ru', tried }))
  expect(ways).toEqual(['/starting#ru.2', '/starting#ru.5', '/starting#ru.6', '/#/kept'])
})

test('is left again where the browser has lost the way, and waits longer each time', async () => {
  vi.useFakeTimers()
  const start = Date.now()
  const left: number[] = []
  leave(async () => void left.push(Date.now() - start))
  await vi.advanceTimersByTimeAsync(40_000)
  expect(left).toEqual([0, 5_000, 15_000, 35_000])
  vi.useRealTimers()
})
