import { newKeyId } from '../seal/random.ts'
import { ownCircle, teamCircle } from './circle-kinds.ts'
import { newCircle } from './circles.ts'
import { profileFits } from './device.ts'
import { readRoster } from './roster.ts'
import { circleKey, keyName, type Session } from './session.ts'
import { settingsNow } from './settings.ts'
import { repin } from './team.ts'

/**
 * At unlock: follows what others did meanwhile. Somebody who was let in keeps new cases with the team, if that was
 * the wish; somebody who was taken out goes on in a circle of their own. A store that refuses changes nothing, and the
 * next unlock tries again; nothing is settled where the account's own memory is damaged.
 */
export async function settleHome(session: Session): Promise<void> {
  const { wantsTeam, ...pins } = session.pins
  if (pins.deviceId === '') return
  const own = ownCircle(session)
  const team = teamCircle(session)
  const kept = { ...pins, ...(own !== undefined && { own }) }
  if (wantsTeam && team !== undefined) await repin(session, { ...kept, home: { circleId: team, kind: 'team' } })
  else if (!(await isIn(session, pins.home.circleId))) await goHome(session)
  await learnProfile(session)
}

// An account that came to a tablet already set up never saw who the organisation is; the team it was let into knows.
async function learnProfile(session: Session): Promise<void> {
  const { configuration } = session.pins
  const team = teamCircle(session)
  if (!configuration || configuration.profile !== undefined || team === undefined) return
  const settings = await settingsNow(session)
  const { profile } = await readRoster(session, circleKey(session, team))
  if (settings.status !== 'verified' || profile === undefined) return
  if (!(await profileFits(profile, settings.configuration))) return
  await repin(session, { ...session.pins, configuration: { ...configuration, profile } })
}

// A key that is here and does not open is damage, and no reason to begin anew.
async function isIn({ accountId, tools }: Session, circleId: string): Promise<boolean> {
  const rows = await tools.database.circles.where('accountId').equals(accountId).toArray()
  return rows.some((row) => row.circleId === circleId)
}

async function goHome(session: Session): Promise<void> {
  const { home: _, ...pins } = session.pins
  const own = pins.own
  if (own !== undefined && (await isIn(session, own))) {
    await repin(session, { ...pins, home: { circleId: own, kind: 'me' } })
    return
  }
  const circleId = newKeyId()
  const { row, key } = await newCircle(session.adk, circleId, session.accountId)
  session.circles.set(keyName(circleId, row.epoch), key)
  await repin(session, { ...pins, own: circleId, home: { circleId, kind: 'me' } }, { row })
}
