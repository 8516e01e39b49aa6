import type { RosterRow } from '../database.ts'
import type { RowName } from '../seal/at-rest.ts'
import { sameBytes } from '../seal/bytes.ts'
import { payloadSchema, rosterSchema, type Member } from './payload.ts'
import { openJson, sealJson } from './rows.ts'
import type { CircleKey, Session } from './session.ts'
import { accountRow } from './account-row.ts'

const rosterName = ({ circleId, epoch }: Pick<RosterRow, 'circleId' | 'epoch'>): RowName => ({
  table: 'rosters',
  column: 'body',
  circleId,
  epoch,
  id: '',
  rev: 0,
  schema: payloadSchema,
})

/** A roster as it was read; `row` is absent before the second member. */
export interface Roster {
  readonly row: RosterRow | undefined
  readonly members: readonly Member[]
  readonly profile: string | undefined
}

/**
 * Who is in a circle. It lies under the circle's own key, so that nobody else can write somebody into the next epoch.
 * Before there is a list, or where it does not open, the account is alone in it.
 */
export async function readRoster(session: Session, key: CircleKey): Promise<Roster> {
  const row = await session.tools.database.rosters.get([key.circleId, key.epoch])
  const alone = async (): Promise<readonly Member[]> => {
    const { recipient } = await accountRow(session.tools, session.accountId)
    return [{ accountId: session.accountId, recipient, role: session.pins.role ?? 'lead' }]
  }
  const profile = session.pins.configuration?.profile
  if (!row) return { row, members: await alone(), profile }
  const read = await openJson(key.dek, rosterName(row), row.body, rosterSchema).catch(() => undefined)
  return { row, members: read?.members ?? (await alone()), profile: profile ?? read?.profile }
}

/** One encryption. */
export async function sealRoster(
  { circleId, epoch, dek }: CircleKey,
  { members, profile }: Pick<Roster, 'members' | 'profile'>,
): Promise<RosterRow> {
  const name = { circleId, epoch }
  const roster = { v: 1, members, ...(profile !== undefined && { profile }) }
  return { ...name, body: await sealJson(dek, rosterName(name), roster) }
}

/** Inside a transaction: whether the list still is the one that was read. */
export async function isStillRoster(session: Session, key: CircleKey, { row }: Roster): Promise<boolean> {
  const now = await session.tools.database.rosters.get([key.circleId, key.epoch])
  return now === undefined || row === undefined ? now === row : sameBytes(now.body, row.body)
}
