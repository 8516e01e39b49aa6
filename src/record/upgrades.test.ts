import { expect, test } from 'vitest'
import { aDraft, ids } from '../testing/a-case.ts'
import { addPerpetrator, addVictim, newDraft, removeVictim, withAnswer } from './draft.ts'
import { upgradeDraft, upgradeRevision } from './upgrades.ts'

const { worker, child, recruiter } = ids

test('a draft that was kept comes back', () => {
  expect(upgradeDraft(JSON.parse(JSON.stringify(aDraft())))).toEqual(aDraft())
})

test('a half-typed answer and one that is closed come back, unknown members do not', () => {
  const draft = withAnswer(withAnswer(aDraft(), worker, 'agv', '2'), worker, 'toe', ['4'])
  expect(upgradeDraft({ ...draft, note: 'x' })).toEqual(draft)
})

test('a key that a rule sets counts as the rule’s when a draft is opened', () => {
  const draft = withAnswer(withAnswer(aDraft(), worker, 'stv', 'minor'), 'event', 'exp', 'noc')
  const opened = upgradeDraft(draft)
  expect(opened.victims[0]).not.toHaveProperty('answers.stv')
  expect(opened.event.answers).not.toHaveProperty('coe')
  expect(opened.event.answers).toHaveProperty('ssc')
})

test.each([[null], ['{}'], [[]], [{ ...aDraft(), victims: 'none' }]])('what is no draft is refused', (json) => {
  expect(() => upgradeDraft(json)).toThrow('record refused')
})

test('what a newer program wrote is refused, not guessed at', () => {
  expect(() => upgradeDraft({ ...aDraft(), schema: 2 })).toThrow('unknown-schema')
  expect(() => upgradeRevision({ schema: '1.5' })).toThrow('unknown-schema')
})

test('units are added, answered and removed with all that names them', () => {
  const begun = newDraft({ now: '2024-05-02T10:00+02:00', victimIds: [worker] })
  const two = addPerpetrator(addVictim(begun, child), recruiter)
  expect(two.victims.map(({ id }) => id)).toEqual([worker, child])
  const own = withAnswer(two, child, 'sta', 'nk')
  expect(own.victims[1]).toHaveProperty('overrides', { sta: 'nk' })
  expect(withAnswer(own, child, 'sta', undefined).victims[1]).not.toHaveProperty('overrides')
  const removed = removeVictim({ ...aDraft(), confirmed: [{ rule: 'R28', at: child }] }, child)
  expect(JSON.stringify(removed)).not.toContain(child)
})

test('an answer for a unit or key that is not there changes nothing', () => {
  expect(withAnswer(aDraft(), 'nobody', 'sxv', 'f')).toEqual(aDraft())
  expect(withAnswer(aDraft(), 'event', 'sxv', 'f')).toEqual(aDraft())
})
