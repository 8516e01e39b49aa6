import { describe, expect, test } from 'vitest'
import { currentRevisions } from './current.ts'
import { theExample } from '../testing/the-example.ts'

const revision = (number: number, previous: string, area = 'ES-AN') => {
  const record = { ...theExample(), revision: number, previous: previous.repeat(64) }
  record.event.answers['geo'] = { country: 'ES', area }
  return record
}

describe('of the revisions of a case', () => {
  test('the highest counts, and one that comes later does not change that', () => {
    const { records, conflicts, forks } = currentRevisions([revision(3, 'b'), revision(2, 'a')])
    expect(records.map((record) => record.revision)).toEqual([3])
    expect([conflicts, forks]).toEqual([[], []])
  })

  test('an equal one is a repeat', () => {
    expect(currentRevisions([revision(2, 'a'), revision(2, 'a')])).toMatchObject({ conflicts: [], forks: [] })
  })

  test('two that differ and claim one place are a conflict, and the one given first counts', () => {
    const { records, conflicts } = currentRevisions([revision(2, 'a', 'ES-AN'), revision(2, 'b', 'ES-CT')])
    expect(records[0]).toEqual(revision(2, 'a', 'ES-AN'))
    expect(conflicts).toEqual([{ caseId: theExample().caseId, code: theExample().code, revision: 2 }])
  })

  test('two that go on from one state are a fork', () => {
    const { forks } = currentRevisions([revision(2, 'a', 'ES-AN'), revision(2, 'a', 'ES-CT')])
    expect(forks).toMatchObject([{ previous: 'a'.repeat(64), revisions: [2, 2] }])
  })

  test('different cases have nothing to do with each other', () => {
    const other = { ...revision(2, 'a'), caseId: 'exampleCase000000000hA' }
    expect(currentRevisions([revision(2, 'a'), other])).toMatchObject({ conflicts: [], forks: [], records: [{}, {}] })
  })
})
