import { expect, test } from 'vitest'
import { afterKept, startingIn, startingPage } from './starting-page.ts'

const at = (address: string) => startingIn(new URL(address, 'https://app.example'))

test('knows its language and which try it is, and no other page', () => {
  expect(at(startingPage('ar-EG'))).toEqual({ locale: 'ar-EG', tried: 1 })
  expect(at(startingPage('fr', 2))).toEqual({ locale: 'fr', tried: 2 })
  expect(at('/starting')).toEqual({ locale: '', tried: 1 })
  expect(at('/starting#es.x')).toEqual({ locale: 'es', tried: 1 })
  expect(at('/#/kept')).toBeUndefined()
})

test('is loaded three times, and then the app opens as it was', () => {
  const ways = [1, 2, 3].map((tried) => afterKept({ locale: 'ru', tried }))
  expect(ways).toEqual(['/starting#ru.2', '/starting#ru.3', '/#/kept'])
})
