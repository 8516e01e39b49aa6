import type { CircleKind, GiveTo, TeamView } from '../vault/api.ts'
import { teamName } from './team-names.ts'

/** Somebody a case can be given to. */
export interface Receiver {
  readonly kind: 'team' | 'me' | 'account'
  /** Nickname of the account, or what the team is called, or ''. */
  readonly label: string
  readonly to: GiveTo
  /** Six words of an account that nobody has compared yet. */
  readonly words?: readonly string[]
}

/**
 * Who a case in this circle can be given to: the account's other circles, then accounts of this tablet. A case of the
 * team goes to whoever is outside of it; members have it already.
 * @param team that of the case, where it is in one
 */
export function receivers(team: TeamView, circle: CircleKind): Receiver[] {
  const itsOwn = circle === 'team' ? team.circleId : undefined
  const circles: Receiver[] = [
    ...team.teams
      .filter(({ circleId }) => circleId !== itsOwn)
      .map(
        ({ circleId }) =>
          ({ kind: 'team', label: teamName(team, circleId), to: { circle: 'team', which: circleId } }) as const,
      ),
    ...(circle === 'team' ? [{ kind: 'me', label: '', to: { circle: 'me' } } as const] : []),
  ]
  const members = circle === 'team' ? [] : team.members.filter(({ me, label }) => !me && label !== '')
  return [
    ...circles,
    ...members.map((member) => account(member)),
    ...team.others.map((other) => ({ ...account(other), words: other.words })),
  ]
}

const account = ({ accountId, label, recipient }: Omit<TeamView['others'][number], 'words'>): Receiver => ({
  kind: 'account',
  label,
  to: { accountId, recipient },
})

/** Tells receivers apart: nicknames may be alike. */
export const keyOfReceiver = ({ to }: Receiver): string =>
  'accountId' in to ? to.accountId : to.circle === 'me' ? 'me' : (to.which ?? 'team')
