import { expect, test } from 'vitest'
import { variable } from '../codebook/codebook.ts'
import { aDraft, aPerpetrator, begun, ids } from '../testing/a-case.ts'
import { completeness, isAsked } from './completeness.ts'
import { newDraft, withAnswer, type Draft } from './draft.ts'
import { judge } from './rules.ts'
import { statusInCounts, summaryOf } from './summary-of.ts'

const { worker, child, recruiter } = ids
const judged = (draft: Draft) => judge(draft, { now: begun })
const counted = (draft: Draft, steps: (1 | 2 | 3)[]) => completeness(draft, judged(draft), steps)

test('step 1 of the example is complete, step 2 is not', () => {
  const { steps } = counted(aDraft(), [1, 2])
  expect(steps[1]?.answered).toBe(steps[1]?.asked)
  expect(steps[2]?.answered).toBeLessThan(steps[2]?.asked ?? 0)
  expect(steps[3]).toBeUndefined()
})

test('the counts of the units make the counts of the case', () => {
  const { steps, units } = counted(aDraft(), [1, 2, 3])
  expect(Object.keys(units)).toEqual([
    'event',
    'reportingEntity',
    worker,
    child,
    recruiter,
    `${worker}/${recruiter}`,
    `${child}/${recruiter}`,
  ])
  for (const step of [1, 2, 3] as const) {
    const asked = Object.values(units).reduce((sum, counts) => sum + (counts[step]?.asked ?? 0), 0)
    expect(asked).toBe(steps[step]?.asked)
  }
})

test('a closed variable is not asked, and what a rule set is answered', () => {
  const presumed = counted(withAnswer(aDraft(), 'event', 'sta', 'presumed'), [1]).units['reportingEntity']
  expect(presumed).toEqual({ 1: { answered: 1, asked: 1 } })
  expect(counted(aDraft(), [1]).units[worker]).toEqual({ 1: { answered: 5, asked: 5 } })
  const entity = withAnswer(aDraft({ perpetrators: [aPerpetrator()] }), recruiter, 'x3pls', '2a')
  expect(counted(entity, [1]).units[recruiter]).toEqual({ 1: { answered: 0, asked: 0 } })
})

test('a case just begun has little answered', () => {
  const { units } = counted(newDraft({ now: begun, victimIds: [worker] }), [1])
  expect(units[worker]).toEqual({ 1: { answered: 0, asked: 5 } })
  expect(units['event']?.[1]?.answered).toBe(1)
})

test('a variable is asked if its step is wanted, the kind of perpetrator always, and rvp never', () => {
  expect(isAsked(variable('moc'), [1])).toBe(false)
  expect(isAsked(variable('moc'), [1, 2])).toBe(true)
  expect(isAsked(variable('x3pls'), [1])).toBe(true)
  expect(isAsked(variable('x3mor'), [1, 2])).toBe(false)
  expect(isAsked(variable('rvp'), [1, 2])).toBe(false)
})

test('a list shows how many people and which types', () => {
  const draft = aDraft()
  expect(summaryOf(draft, judged(draft), '2024-05-03T09:00+02:00')).toEqual({
    victims: 2,
    perpetrators: 1,
    eventToe: ['1', '2.1', '6.5'],
    country: 'ES',
    status: 'confirmed',
    createdAt: begun,
    changedAt: '2024-05-03T09:00+02:00',
  })
})

test('the status of an event is the firmest of its victims', () => {
  const status = (draft: Draft) => statusInCounts(draft, judged(draft))
  const negated = withAnswer(aDraft(), 'event', 'sta', 'negated')
  expect(status(negated)).toBe('presumed')
  expect(status(withAnswer(negated, child, 'sta', 'nk'))).toBe('nk')
  expect(status(withAnswer(negated, child, 'sta', undefined))).toBe('negated')
  expect(status(newDraft({ now: begun }))).toBeUndefined()
})
