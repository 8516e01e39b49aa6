import { expect, it } from 'vitest'
import type { TeamView } from '../vault/api.ts'
import { receivers } from './receivers.ts'

const member = (accountId: string, label: string, me = false) =>
  ({ accountId, label, recipient: `to-${accountId}`, role: 'caseworker', me }) as const
const team: TeamView = {
  home: 'team',
  inTeam: true,
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
    ['team', ''],
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

it('offers nobody where there is no team and no other account', () => {
  expect(receivers({ ...team, inTeam: false, members: [], others: [] }, 'me')).toEqual([])
})
