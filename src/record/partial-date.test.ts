import { expect, test } from 'vitest'
import { compareDates, isDay, monthsBetween, parsePartialDate, precisionOf } from './partial-date.ts'

test.each([
  ['2023', { year: 2023, about: false }],
  ['2023-04', { year: 2023, month: 4, about: false }],
  ['2024-02-29~', { year: 2024, month: 2, day: 29, about: true }],
])('%s is a partial date', (text, date) => {
  expect(parsePartialDate(text)).toEqual(date)
})

test.each([
  '',
  '23',
  '0000',
  '2023-13',
  '2023-00',
  '2023-04-31',
  '2023-02-29',
  '1900-02-29',
  '2023-4',
  '2023~-04',
  ' 2023',
  'ongoing',
  'nk',
])('%s is none', (text) => {
  expect(parsePartialDate(text)).toBeUndefined()
})

test.each([
  ['2023~', undefined],
  ['2023-04~', 'year'],
  ['2023-04-09~', 'month'],
  ['2023-04-09', 'day'],
  ['2024-05-02T10:00+02:00', 'day'],
  ['nk', undefined],
])('%s is as precise as a %s', (text, precision) => {
  expect(precisionOf(text)).toBe(precision)
})

test.each([
  ['2021', '2021-03', 0],
  ['2021-04', '2021-03-31', 1],
  ['2021-03-01', '2021-03-31', -1],
  ['2021-03-31~', '2021-03-01', 0],
  ['2022-03~', '2021-12', 1],
  ['2021~', '1999', undefined],
  ['2024-05-02T23:30+02:00', '2024-05-02', 0],
  ['2024-05-02T01:00+02:00', '2024-05-01T23:30+00:00', -1],
  ['ongoing', '2021', undefined],
  ['2021', 'nk', undefined],
])('%s and %s compare at the coarser precision', (first, second, order) => {
  const compared = compareDates(first, second)
  expect(compared === undefined ? undefined : Math.sign(compared)).toBe(order)
})

test('months are counted without their days, and not below 0', () => {
  expect(monthsBetween('2023-11-30', '2024-01-01')).toBe(2)
  expect(monthsBetween('2024-02', '2024-01')).toBe(0)
  expect(monthsBetween('2023', '2024-01')).toBeUndefined()
})

test('a day is whole and exists', () => {
  expect(['2024-02-29', '2024-02', '2024-02-30', '2024-02~'].map(isDay)).toEqual([true, false, false, false])
})
