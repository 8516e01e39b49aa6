import type { CircleKind } from './api.ts'
import type { Session } from './session.ts'

/** The circle that nobody else is in; undefined where the account has only ever worked in the team. */
export const ownCircle = ({ pins }: Pick<Session, 'pins'>): string | undefined =>
  pins.own ?? (pins.home.kind === 'me' ? pins.home.circleId : undefined)

/** The team of this tablet, if the account is in it: the one circle that is not its own. */
export function teamCircle(session: Pick<Session, 'pins' | 'circles'>): string | undefined {
  const own = ownCircle(session)
  return [...session.circles.values()].find(({ circleId }) => circleId !== own)?.circleId
}

export const kindOf = (session: Pick<Session, 'pins'>, circleId: string): CircleKind =>
  circleId === ownCircle(session) ? 'me' : 'team'
