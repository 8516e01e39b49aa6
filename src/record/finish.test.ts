import { expect, test } from 'vitest'
import { aDraft, aFinishedCase } from '../testing/a-case.ts'
import { parseRevision } from './case-record.ts'

test('a finished revision reads back as what was written', () => {
  const { record, text } = aFinishedCase()
  expect(parseRevision(text)).toEqual(record)
})

test('finishing leaves the draft as it was', () => {
  const draft = aDraft()
  const before = structuredClone(draft)
  aFinishedCase(draft)
  expect(draft).toEqual(before)
})
