import { expect, test } from 'vitest'
import { harmless } from '../export/csv.ts'
import { isCaseCode, isId, newCaseCode, newId, showCaseCode } from './ids.ts'
import { isMoment, momentNow } from './moment.ts'

test('ids are 22 signs, and no two are the same', () => {
  const ids = Array.from({ length: 200 }, () => newId())
  expect(ids.every(isId)).toBe(true)
  expect(new Set(ids).size).toBe(200)
})

test('no id begins with what a table must put an apostrophe before', () => {
  const ids = Array.from({ length: 2_000 }, () => newId())
  expect(ids.filter((id) => harmless(id) !== id)).toEqual([])
})

test('a case code is nine digits of which one wrong digit is noticed', () => {
  for (const code of Array.from({ length: 50 }, newCaseCode)) {
    expect(isCaseCode(code)).toBe(true)
    for (const [place, digit] of [...code].entries()) {
      const other = String((Number(digit) + 1) % 10)
      expect(isCaseCode(code.slice(0, place) + other + code.slice(place + 1))).toBe(false)
    }
  }
})

test('a case code is shown in threes', () => {
  expect(showCaseCode('482913070')).toBe('482 913 070')
})

test.each(['', '48291307', '4829130700', '48291307x', '٤٨٢٩١٣٠٧٠'])('%s is no case code', (text) => {
  expect(isCaseCode(text)).toBe(false)
})

test('now is a moment of the record, and the same minute', () => {
  const now = new Date()
  const moment = momentNow(now)
  expect(isMoment(moment)).toBe(true)
  expect(Date.parse(moment)).toBe(Math.floor(now.getTime() / 60_000) * 60_000)
})

test.each([
  '2024-05-02T10:00Z',
  '2024-05-02T24:00+02:00',
  '2024-05-02T10:00:00+02:00',
  '2024-02-30T10:00+02:00',
  '2024-05-02',
])('%s is no moment of the record', (text) => {
  expect(isMoment(text)).toBe(false)
})
