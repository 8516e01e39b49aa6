import { beforeAll, expect, it } from 'vitest'
import { activate } from '../i18n/i18n.ts'
import type { TeamView } from '../vault/api.ts'
import { receivers } from './receivers.ts'

// `activate` tells the document its language.
beforeAll(async () => {
  Object.assign(globalThis, { document: { documentElement: {} } })
  await activate('en')
})

const member = (accountId: string, label: string, me = false) =>
  ({ accountId, label, recipient: `to-${accountId}`, role: 'caseworker', me }) as const
const team: TeamView = {
  home: 'team',
  inTeam: true,
  circleId: 'port',
  teams: [{ circleId: 'port', home: true, others: ['Green'] }],
  waits: false,
  lead: true,
  words: [],
  members: [member('mine', 'Blue', true), member('other', 'Green'), member('gone', '')],
  others: [{ accountId: 'outside', label: 'Grey', recipient: 'to-outside', words: ['oak'] }],
}
const named = (found: ReturnType<typeof receivers>) => found.map(({ kind, label }) => [kind, label])

it('offers a case of my own to the team, to each member and to accounts outside, whose words are to be compared', () => {
  const found = receivers(team, 'me')
  expect(named(found)).toEqual([
    ['team', 'The team of this tablet'],
    ['account', 'Green'],
    ['account', 'Grey'],
  ])
  expect(found.map(({ words }) => words)).toEqual([undefined, undefined, ['oak']])
})

it('offers a case of the team to me alone and to accounts outside: members have it already', () => {
  expect(named(receivers(team, 'team'))).toEqual([
    ['me', ''],
    ['account', 'Grey'],
  ])
})

it('offers each team that the case is not in, by its number and its members', () => {
  const teams = [
    { circleId: 'port', home: true, others: ['Green', 'Grey'] },
    { circleId: 'quay', home: false, others: [] },
  ]
  const two = { ...team, teams }
  expect(receivers(two, 'me').map(({ to }) => to)).toMatchObject([{ which: 'port' }, { which: 'quay' }, {}, {}])
  const [first, second] = receivers(two, 'me').map(({ label }) => label.replaceAll(/[\u2068\u2069]/g, ''))
  expect([first, second]).toEqual(['Team 1: you, Green, Grey', 'Team 2: only you'])
  expect(receivers({ ...two, circleId: 'quay' }, 'team').map(({ to }) => to)).toMatchObject([
    { which: 'port' },
    { circle: 'me' },
    { accountId: 'outside' },
  ])
})

it('offers nobody where there is no team and no other account', () => {
  expect(receivers({ ...team, inTeam: false, teams: [], members: [], others: [] }, 'me')).toEqual([])
})
