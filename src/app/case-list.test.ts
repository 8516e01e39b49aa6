import { beforeAll, describe, expect, it, test } from 'vitest'
import { activate } from '../i18n/i18n.ts'
import type { CaseSummary } from '../vault/api.ts'
import { everything, find, linesOf, ordered, type Wish } from './case-list.ts'

// `activate` tells the document its language.
beforeAll(async () => {
  Object.assign(globalThis, { document: { documentElement: {} } })
  await activate('en')
})

const now = Date.parse('2024-06-01T12:00:00Z')
const aCase = (id: string, changes: Partial<CaseSummary> = {}): CaseSummary => ({
  id,
  code: `10000000${id}`,
  state: 'draft',
  changedSinceSent: false,
  createdAt: '2024-05-30T10:00+02:00',
  changedAt: '2024-05-30T10:00+02:00',
  victims: 1,
  perpetrators: 0,
  toe: [],
  circle: 'me',
  step1: { answered: 1, asked: 9 },
  ...changes,
})
const cases = [
  aCase('1', { country: 'ES', area: 'ES-AN', toe: ['2.1', '1'], recorded: '2024-03-02T10:00+01:00' }),
  aCase('2', { country: 'CI', toe: ['4'], state: 'received', changedAt: '2024-05-31T10:00+02:00' }),
  aCase('3', { country: 'ES', toe: ['1'], state: 'attention', createdAt: '2024-05-01T10:00+02:00' }),
  aCase('4', { createdAt: '2024-05-17T10:00+02:00', changedAt: '2024-05-31T11:00+02:00' }),
]
const words = { draft: 'Draft', received: 'Received', attention: 'Needs attention' } as Record<string, string>
const lines = () => linesOf(cases, (state) => words[state] ?? state, now)
const shown = (wish: Partial<Wish>) =>
  find(ordered(lines(), wish.order ?? 'changed'), { ...everything, ...wish }).lines.map(({ one }) => one.id)

describe('the search', () => {
  test.each([
    ['100 000 001', ['1']],
    ['٠٠٣', ['3']],
    ['spain', ['3', '1']],
    ['cote d’ivoire', ['2']],
    ['es-an', ['1']],
    ['march 2024', ['1']],
    ['2024-03', ['1']],
    ['begging', ['2']],
    ['labour spain', ['1']],
    ['attention', ['3']],
    ['nowhere', []],
    ['  ', ['4', '2', '3', '1']],
  ])('for %j finds %j', (text, ids) => {
    expect(new Set(shown({ text }))).toEqual(new Set(ids))
  })
})

describe('the filters', () => {
  it('narrow one another', () => {
    expect(shown({ country: 'ES', form: '1' })).toEqual(['1', '3'])
    expect(shown({ country: 'ES', form: '1', state: 'attention' })).toEqual(['3'])
    expect(shown({ month: '2024-03' })).toEqual(['1'])
  })

  it('say how many each value would show, beside the other filters and the search', () => {
    const { counts } = find(lines(), { ...everything, text: 'spain', form: '2' })
    expect(Object.fromEntries(counts.form)).toEqual({ 1: 2, 2: 1 })
    expect(Object.fromEntries(counts.state)).toEqual({ all: 1, draft: 1 })
    expect(Object.fromEntries(counts.country)).toEqual({ ES: 1 })
  })

  it('know a draft that was begun more than 14 days ago, and no other', () => {
    expect(shown({ state: 'old' })).toEqual(['4'])
  })
})

test.each([
  ['changed', ['4', '2', '1', '3']],
  ['created', ['1', '2', '4', '3']],
  ['code', ['1', '2', '3', '4']],
  ['state', ['3', '4', '1', '2']],
] as const)('the order %s is %j', (order, ids) => {
  expect(shown({ order })).toEqual(ids)
})
