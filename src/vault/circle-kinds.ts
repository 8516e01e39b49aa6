import type { CircleKind } from './api.ts'
import type { Session } from './session.ts'

/** The circle that nobody else is in; undefined where the account has only ever worked in the team. */
export const ownCircle = ({ pins }: Pick<Session, 'pins'>): string | undefined =>
  pins.own ?? (pins.home.kind === 'me' ? pins.home.circleId : undefined)

type Known = Pick<Session, 'pins' | 'circles'>

/** The teams that the account is in, which are all circles that are not its own; the one that new cases go to first. */
export function teamCircles(session: Known): readonly string[] {
  const own = ownCircle(session)
  const { circleId: home } = session.pins.home
  const teams = new Set([...session.circles.values()].map(({ circleId }) => circleId).filter((one) => one !== own))
  return [...teams].toSorted((a, b) => Number(b === home) - Number(a === home))
}

/** That team if the account is in it; without a wish the one that new cases go to, or the only one. */
export function teamCircle(session: Known, wanted?: string): string | undefined {
  const teams = teamCircles(session)
  return wanted === undefined ? teams[0] : teams.find((circleId) => circleId === wanted)
}

export const kindOf = (session: Pick<Session, 'pins'>, circleId: string): CircleKind =>
  circleId === ownCircle(session) ? 'me' : 'team'
