import { expect, test } from 'vitest'
import { aDraft, ids } from '../testing/a-case.ts'
import { confirm, withoutStaleConfirmations } from './confirmations.ts'
import { removePerpetrator, withAnswer } from './draft.ts'

const { worker, child, recruiter } = ids

const confirmed = confirm(confirm(confirm(aDraft(), 'R46', 'event'), 'R28', worker), 'R34', child)
const left = (after: typeof confirmed) => withoutStaleConfirmations(confirmed, after).confirmed.map(({ rule }) => rule)

test('a check is confirmed once', () => {
  expect(confirm(confirmed, 'R46', 'event')).toBe(confirmed)
})

test('a confirmation stays while other answers change', () => {
  expect(left(withAnswer(confirmed, 'event', 'cyb', 'nk'))).toEqual(['R46', 'R28', 'R34'])
})

test('a confirmation goes when a variable of its rule changes at its unit', () => {
  expect(left(withAnswer(confirmed, worker, 'ncv', 1))).toEqual(['R46', 'R34'])
  expect(left(withAnswer(confirmed, child, 'ncv', 1))).toEqual(['R46', 'R28', 'R34'])
  expect(left(withAnswer(confirmed, 'event', 'mocText', { other: 'another text' }))).toEqual(['R28', 'R34'])
})

test('a confirmation at a victim goes when what the victim has from the event changes', () => {
  const inherited = withAnswer(confirmed, child, 'sta', undefined)
  expect(withoutStaleConfirmations(inherited, withAnswer(inherited, 'event', 'sta', 'negated')).confirmed).toEqual([
    { rule: 'R46', at: 'event' },
    { rule: 'R28', at: worker },
  ])
})

test('a confirmation goes with its unit', () => {
  const young = confirm(withAnswer(aDraft(), recruiter, 'agp', 9), 'R20', recruiter)
  expect(withoutStaleConfirmations(young, removePerpetrator(young, recruiter)).confirmed).toEqual([])
})
