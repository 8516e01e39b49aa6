import { expect, test } from 'vitest'
import { aChild, aDraft, aFinishedCase, aVictim, begun, finishedAt, ids } from '../testing/a-case.ts'
import { draftOf } from './amend.ts'
import { parseRevision } from './case-record.ts'
import { addLink, newDraft, withAnswer, withdrawVictim, type Draft } from './draft.ts'
import { finish, withdraw } from './finish.ts'
import { RecordError } from './record-error.ts'

const { worker, child, recruiter } = ids
const beef = 'beef'.padStart(64, '0')
const second = { now: '2024-06-11T16:20+02:00', revision: 2, previous: beef }

const blockedBy = (draft: Draft) => {
  const result = finish(draft, { now: finishedAt, revision: 1, previous: null })
  return result.status === 'blocked' ? result.findings : 'finished'
}

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

test('the members stand in the documented order', () => {
  expect(Object.keys(aFinishedCase({ ...aDraft(), localReference: 'shelf 12' }).record)).toEqual(
    (
      'schema edition caseId code revision previous state origin createdAt finishedAt localReference ' +
      'event reportingEntity victims perpetrators links history confirmed'
    ).split(' '),
  )
})

test('finishing the same draft twice gives the same bytes, in whatever order it was answered', () => {
  const draft = aDraft()
  const turned = {
    ...draft,
    event: { answers: Object.fromEntries(Object.entries(draft.event.answers).toReversed()) },
  }
  expect(aFinishedCase(turned).text).toBe(aFinishedCase(draft).text)
})

test('what rules set is written out, and what is closed is left out', () => {
  const draft = withAnswer(withAnswer(aDraft(), 'event', 'sta', 'presumed'), worker, 'toe', ['1'])
  const { event, reportingEntity, victims } = aFinishedCase(draft).record
  expect(reportingEntity.answers).toMatchObject({ ret: 'na', dem: 'na' })
  expect(event.answers).not.toHaveProperty('fls')
  expect(victims[0]).toHaveProperty('answers.stv', 'adult')
})

test('lists, texts and types are tidied on the way', () => {
  const moc = { moc: ['other', 'threats', 'threats'], mocText: { other: '  e\u0301\n ', none: 'left over' } }
  const draft = { ...aDraft(), event: { answers: { ...aDraft().event.answers, ...moc, retText: {} } } }
  const { victims, event } = aFinishedCase(
    withAnswer(withoutKey(draft, 'retText'), worker, 'toe', ['2.1', '2', '1']),
  ).record
  expect(event.answers).toMatchObject({ moc: ['threats', 'other'], mocText: { other: 'é' } })
  expect(victims[0]).toHaveProperty('answers.toe', ['1', '2.1'])
})

function withoutKey(draft: Draft, key: string): Draft {
  const answers = Object.fromEntries(Object.entries(draft.event.answers).filter(([other]) => other !== key))
  return { ...draft, event: { answers } }
}

test('the texts of a code that is no longer chosen go', () => {
  const { event } = aFinishedCase(withAnswer(aDraft(), 'event', 'moc', ['threats'])).record
  expect(event.answers).not.toHaveProperty('mocText')
})

test('only what makes a record uncountable blocks: a case with nothing but types finishes', () => {
  const draft = newDraft({ now: begun, victimIds: [worker] })
  expect(blockedBy(draft)).toEqual([{ rule: 'R01', severity: 'error', at: worker, variables: ['toe'] }])
  expect(blockedBy(withAnswer(draft, worker, 'toe', ['7']))).toBe('finished')
})

test('a case without a victim is refused by its shape', () => {
  expect(blockedBy({ ...aDraft(), victims: [], links: [] })).toEqual([
    { rule: 'shape', severity: 'error', at: 'event', variables: ['victims'] },
  ])
})

test('an answer of a wrong form is named at its unit, without what it said', () => {
  expect(blockedBy(withAnswer(aDraft(), child, 'agv', 'twelve'))).toEqual([
    { rule: 'shape', severity: 'error', at: child, variables: ['agv'] },
  ])
  expect(blockedBy(withAnswer(aDraft(), `${worker}/${recruiter}`, 'rtv', 'aunt'))).toEqual([
    { rule: 'shape', severity: 'error', at: `${worker}/${recruiter}`, variables: ['rtv'] },
  ])
  expect(blockedBy(withAnswer(aDraft(), 'event', 'mocText', { other: 'x'.repeat(201) }))).toEqual([
    { rule: 'shape', severity: 'error', at: 'event', variables: ['moc'] },
  ])
})

test('a number that is none is named, and nothing hangs', () => {
  expect(blockedBy(withAnswer(aDraft(), child, 'agv', Number.NaN))).toEqual([
    { rule: 'R19', severity: 'error', at: child, variables: ['agv'] },
  ])
})

test('a value that only a rule may set is refused where no rule sets it', () => {
  expect(blockedBy(withAnswer(aDraft(), 'event', 'ret', 'na'))).toEqual([
    { rule: 'shape', severity: 'error', at: 'event', variables: ['ret'] },
  ])
})

test('what a rule says is not said again by the shape', () => {
  expect(blockedBy(withAnswer(aDraft(), worker, 'agv', 121))).toEqual([
    { rule: 'R19', severity: 'error', at: worker, variables: ['agv'] },
  ])
})

test('the history keeps every status with the day of finishing, unless the draft dates the decision', () => {
  const first = aFinishedCase().record
  expect(first.history).toEqual([
    { date: '2024-05-02', sta: 'confirmed', ret: 'police', dem: 'mandated_public' },
    { date: '2024-05-02', victim: child, sta: 'presumed', ret: 'na', dem: 'na' },
    { date: '2024-05-02', ces: 'investigation' },
  ])
  const changed = withAnswer(draftOf(first), 'event', 'ces', 'convicted')
  const dated = { ...changed, history: [...changed.history, { date: '2024-06', ces: 'convicted' }] }
  const finished = [changed, dated].map((draft) => finish(draft, second))
  const ends = finished.map(
    (result) => result.status === 'finished' && 'history' in result.record && result.record.history.slice(3),
  )
  expect(ends).toEqual([[{ date: '2024-06-11', ces: 'convicted' }], [{ date: '2024-06', ces: 'convicted' }]])
})

test('the history keeps an old status when it comes back', () => {
  const first = aFinishedCase().record
  const negated = finish(withAnswer(draftOf(first), 'event', 'sta', 'negated'), second)
  if (negated.status === 'blocked') throw new Error('blocked')
  const again = finish(withAnswer(draftOf(negated.record), 'event', 'sta', 'confirmed'), { ...second, revision: 3 })
  expect(again).toHaveProperty('record.history.length', 5)
})

test('a victim who withdrew everything leaves a tombstone, and no link, history or confirmation', () => {
  const consent = { withdrawn: { date: '2024-06-10', scope: 'all' as const } }
  const victims = [aVictim(), aChild({ consent })]
  const draft = { ...aDraft({ victims }), confirmed: [{ rule: 'R28', at: child }] }
  const { record } = aFinishedCase(draft)
  expect(record.victims[1]).toEqual({ id: child, withdrawn: { date: '2024-06-10', reason: 'consent' } })
  expect(JSON.stringify({ ...record, victims: [] })).not.toContain(child)
})

test('a case whose last victim withdrew becomes a tombstone, with nothing of the case left', () => {
  const gone = { date: '2024-06-10', reason: 'error' } as const
  const draft = withdrawVictim(withdrawVictim(draftOf(aFinishedCase().record), worker, gone), child, gone)
  const result = finish({ ...draft, localReference: 'shelf 12' }, second)
  expect(result).toMatchObject({ status: 'finished', record: { state: 'withdrawn', reason: 'error', revision: 2 } })
  expect(result.status === 'finished' && Object.keys(parseRevision(result.text))).toEqual(
    'schema edition caseId code revision previous state reason origin createdAt finishedAt'.split(' '),
  )
})

test('a first revision cannot be a tombstone', () => {
  const draft = withdrawVictim(newDraft({ now: begun, victimIds: [worker] }), worker, {
    date: '2024-05-02',
    reason: 'error',
  })
  expect(blockedBy(draft)).toEqual([{ rule: 'shape', severity: 'error', at: 'event', variables: ['victims'] }])
})

test('a duplicate names the other case', () => {
  const draft = draftOf(aFinishedCase().record)
  expect(withdraw(draft, { ...second, reason: 'duplicate' }).status).toBe('blocked')
  const mergedInto = 'exampleCase000000001gA'
  expect(withdraw(draft, { ...second, reason: 'duplicate', mergedInto })).toMatchObject({ record: { mergedInto } })
})

test('a tombstone is not amended', () => {
  const result = withdraw(aDraft(), { ...second, reason: 'consent' })
  expect(() => result.status === 'finished' && draftOf(result.record)).toThrow(RecordError)
})

test('amending without a change gives the same answers again', () => {
  const { record } = aFinishedCase()
  const result = finish(draftOf(record), { ...second, now: finishedAt })
  expect(result).toMatchObject({ record: { ...record, revision: 2, previous: beef } })
})

test('what a rule set is not taken for an answer when the case is opened again', () => {
  const draft = draftOf(aFinishedCase().record)
  expect(draft.victims[0]).not.toHaveProperty('answers.stv')
  expect(draft.victims[1]).not.toHaveProperty('overrides.ret')
  expect(draft.victims[1]).toHaveProperty('answers.stv', 'minor')
})

test('a confirmation goes with what it was about, pruning included', () => {
  const personal = withAnswer(aDraft(), 'event', 'mocText', { other: 'door code 445566' })
  const confirmed = { ...personal, confirmed: [{ rule: 'R46', at: 'event' }] }
  expect(aFinishedCase(confirmed).record.confirmed).toEqual([{ rule: 'R46', at: 'event' }])
  const pruned = withAnswer(withAnswer(confirmed, worker, 'toe', ['2.1']), 'event', 'sscText', { other: 'at 445566' })
  expect(aFinishedCase({ ...pruned, confirmed: [{ rule: 'R13', at: 'event' }] }).record.confirmed).toEqual([])
})

test('one link a pair', () => {
  expect(addLink(aDraft(), worker, recruiter)).toEqual(aDraft())
})
