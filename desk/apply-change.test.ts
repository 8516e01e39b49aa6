import { describe, expect, test } from 'vitest'
import { caseRecordSchema, type CaseRecord, type CompleteRecord } from '../src/record/case-record.ts'
import type { ChangeSaid, CodeChange } from '../src/record/change-by-code.ts'
import { inspect } from '../src/record/inspect.ts'
import { aFinishedCase, ids } from '../src/testing/a-case.ts'
import { applyChange } from './apply-change.ts'

const { record: sent } = aFinishedCase()
const previous = 'a'.repeat(64)
const saying = (says: ChangeSaid, at = '2024-09-02T10:00+02:00'): CodeChange => ({
  v: 1,
  edition: '0.1.1',
  code: sent.code,
  at,
  says,
})
const apply = (says: ChangeSaid, { to = sent, at }: { to?: CaseRecord; at?: string } = {}) =>
  applyChange(to, saying(says, at), previous)

function applied(says: ChangeSaid, to: CaseRecord = sent): CompleteRecord {
  const outcome = apply(says, { to })
  if (outcome.status !== 'applied' || outcome.record.state !== 'complete') throw new Error(JSON.stringify(outcome))
  return outcome.record
}

describe('a change by code', () => {
  test('makes the next revision, which any reader of revisions accepts', () => {
    const record = applied({ kind: 'proceedings', date: '2024-08', ces: 'prosecuted' })
    expect(record).toMatchObject({ revision: 2, previous, finishedAt: '2024-09-02T10:00+02:00' })
    expect(caseRecordSchema.safeParse(record).success).toBe(true)
    expect(inspect(record, record.finishedAt)).toEqual([])
    expect(record.event.answers['ces']).toBe('prosecuted')
  })

  test('dates a decision by the decision', () => {
    const says = { kind: 'status', date: '2024-08', sta: 'confirmed', ret: 'court', dem: 'mandated_public' } as const
    const event = applied(says)
    expect(event.history.at(-1)).toEqual({ date: '2024-08', sta: 'confirmed', ret: 'court', dem: 'mandated_public' })
    const own = applied({ ...says, victim: 2 })
    expect(own.event.answers['sta']).toBe('confirmed')
    expect(own.victims[1]).toMatchObject({ overrides: { sta: 'confirmed', ret: 'court' } })
    expect(own.history.at(-1)).toMatchObject({ date: '2024-08', victim: ids.child, sta: 'confirmed' })
  })

  test('takes a decision back to presumed, whatever stood beside the old one', () => {
    const record = applied({ kind: 'status', date: '2024-08-30', sta: 'presumed' })
    expect(record.event.answers['sta']).toBe('presumed')
    expect(record.reportingEntity.answers).toMatchObject({ ret: 'na', dem: 'na' })
    expect(record.history.at(-1)).toEqual({ date: '2024-08-30', sta: 'presumed', ret: 'na', dem: 'na' })
  })

  test('corrects an answer of the victim with that number, with what follows from it', () => {
    const record = applied({ kind: 'correction', victim: 2, variable: 'agv', value: 20 })
    expect(record.victims[1]).toMatchObject({ id: ids.child, answers: { agv: 20, stv: 'adult' } })
    expect(record.victims[1]).not.toHaveProperty('answers.stvPresumed')
  })

  test('puts words beside a value, and takes the old ones away', () => {
    const value = ['takes_earnings', 'other']
    const texts = { other: 'papers were taken' }
    const record = applied({ kind: 'correction', variable: 'moc', value, texts })
    expect(record.event.answers).toMatchObject({ moc: value, mocText: texts })
    const without = applied({ kind: 'correction', variable: 'moc', value: ['takes_earnings'] })
    expect(without.event.answers['mocText']).toBeUndefined()
  })

  test('withdraws consent of one victim, of all, and of the whole case', () => {
    const date = '2024-09-01'
    const one = applied({ kind: 'consent', victim: 1, date, scope: 'all' })
    expect(one.victims[0]).toEqual({ id: ids.worker, withdrawn: { date, reason: 'consent' } })
    expect(one.links.map(({ victim }) => victim)).toEqual([ids.child])
    const shared = applied({ kind: 'consent', date, scope: 'share' })
    expect(shared.victims).toMatchObject([
      { consent: { withdrawn: { date, scope: 'share' } } },
      { consent: { withdrawn: { date, scope: 'share' } } },
    ])
    const whole = apply({ kind: 'consent', date, scope: 'all' })
    expect(whole).toMatchObject({ status: 'applied', record: { state: 'withdrawn', reason: 'consent', revision: 2 } })
    expect(JSON.stringify(whole)).not.toContain(ids.worker)
    const last = apply({ kind: 'consent', victim: 2, date, scope: 'all' }, { to: one })
    expect(last).toMatchObject({ status: 'applied', record: { state: 'withdrawn', reason: 'consent', revision: 3 } })
  })

  test('holds as a withdrawal even if a later version came, and is nothing new the second time', () => {
    const at = '2024-01-01T10:00+01:00'
    const says = { kind: 'consent', victim: 1, date: '2024-01-01', scope: 'all' } as const
    const outcome = apply(says, { at })
    expect(outcome).toMatchObject({ status: 'applied', record: { finishedAt: sent.finishedAt } })
    if (outcome.status !== 'applied') return
    expect(apply(says, { to: outcome.record })).toEqual({ status: 'applied', record: outcome.record })
  })
})

describe('a change by code asks', () => {
  const withdrawn = apply({ kind: 'consent', date: '2024-09-01', scope: 'all' })
  test.each<[string, ChangeSaid, { to?: CaseRecord; at?: string }]>([
    ['no-such-victim', { kind: 'correction', victim: 3, variable: 'agv', value: 17 }, {}],
    [
      'no-such-victim',
      { kind: 'correction', victim: 1, variable: 'agv', value: 17 },
      { to: applied({ kind: 'consent', victim: 1, date: '2024-09-01', scope: 'all' }) },
    ],
    ['later-version', { kind: 'proceedings', date: '2024', ces: 'prosecuted' }, { at: '2024-05-01T10:00+02:00' }],
    [
      'case-withdrawn',
      { kind: 'proceedings', date: '2024', ces: 'prosecuted' },
      withdrawn.status === 'applied' ? { to: withdrawn.record } : {},
    ],
    ['not-asked-here', { kind: 'correction', victim: 2, variable: 'fls', value: ['U'] }, {}],
    ['rule-broken', { kind: 'status', date: '2024', sta: 'confirmed' }, {}],
  ])('%s', (reason, says, options) => {
    expect(apply(says, options)).toMatchObject({ status: 'asks', reason })
  })
})
