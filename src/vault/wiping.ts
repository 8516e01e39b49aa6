import { casesIn, evenWithoutRoom, type AccountRow, type Database } from '../database.ts'
import { readHeader } from '../seal/keys.ts'
import type { BeforeWipe, Wiped } from './api.ts'
import { listCases } from './cases.ts'
import { wipeKeySlot } from './key-slot.ts'
import { logIfPossible } from './log.ts'
import { epochsOf, type Session } from './session.ts'
import { leads } from './team.ts'
import type { Tools } from './tools.ts'

/** What would be gone with the account, and what would stay: said before anything is. */
export async function beforeWipe(session: Session): Promise<BeforeWipe> {
  const { accounts } = session.tools.database
  const { cases } = (await listCases(session)).list
  const shared = await sharedCircles(session.tools.database, session.accountId)
  const rows = await session.tools.database.records.toArray()
  const team = new Set(rows.filter(({ circleId }) => shared.has(circleId)).map(({ id }) => id))
  const mine = cases.filter(({ id }) => !team.has(id))
  const arrived = ({ state, changedSinceSent }: (typeof cases)[number]) =>
    (state === 'received' || state === 'opened') && !changedSinceSent
  return {
    onlyMine: mine.length,
    unreceived: mine.filter((one) => !arrived(one)).length,
    team: cases.length - mine.length,
    waiting: await casesIn(session.tools.database, 'waiting'),
    accounts: await accounts.count(),
    lead: await leads(session),
  }
}

/** Circles that another account of this device is in, too. */
async function sharedCircles(database: Database, accountId: string): Promise<Set<string>> {
  const rows = await database.circles.toArray()
  return new Set(rows.filter((row) => row.accountId !== accountId).map(({ circleId }) => circleId))
}

/**
 * [Note: The key first]
 * A database does not forget what it deletes; a file that is overwritten in place does. So both key slots are
 * overwritten before any row goes: from then on the account is erased, even if the power fails, and what is left of its
 * rows opens for nobody.
 */
export async function wipeAccount(session: Session): Promise<Wiped> {
  const { tools, accountId } = session
  await tools.keySlots.open(accountId, (file) => wipeKeySlot(file))
  // Those who stay learn of it. The keys are still in memory, and what cannot be logged is erased all the same.
  for (const circleId of await sharedCircles(tools.database, accountId))
    if (epochsOf(session, circleId).length > 0)
      await logIfPossible(session, [{ action: 'wipe-account', target: accountId }], async () => circleId)
  await removeRows(tools.database, accountId, { account: true })
  await tools.keySlots.remove(accountId)
  return { status: 'wiped' }
}

/**
 * What the wipe passphrase does. The account's row stays, and its slot holds another secret: the right passphrase is
 * then as wrong as any, and nothing on the screen differs.
 */
export async function wipeBehind(tools: Tools, row: AccountRow): Promise<void> {
  const named = readHeader(row.header)
  await tools.keySlots.open(row.accountId, (file) => wipeKeySlot(file, named))
  tools.erased?.(row.accountId)
  await removeRows(tools.database, row.accountId, { account: false })
}

/** Rows of circles that only this account was in. What waits in the outbox is sealed, and stays. */
async function removeRows(database: Database, accountId: string, also: { readonly account: boolean }): Promise<void> {
  const { accounts, audit, changes, circles, handovers, records, revisions, rosters } = database
  await database.transaction(
    evenWithoutRoom,
    [accounts, audit, changes, circles, handovers, records, revisions, rosters],
    async () => {
      const shared = await sharedCircles(database, accountId)
      const own = await circles.where('accountId').equals(accountId).toArray()
      const alone = [...new Set(own.map(({ circleId }) => circleId))].filter((circleId) => !shared.has(circleId))
      for (const table of [records, revisions, changes]) await table.where('circleId').anyOf(alone).delete()
      for (const table of [audit, rosters]) await table.filter(({ circleId }) => alone.includes(circleId)).delete()
      await circles.where('accountId').equals(accountId).delete()
      await handovers.where('accountId').equals(accountId).delete()
      if (also.account) await accounts.delete(accountId)
    },
  )
}

/**
 * [Note: The key first], for every account; then the whole database, and the files. Boxes that wait go with it. The
 * lead's own key is the last: where the power fails between two, there is still somebody who can erase the rest.
 */
export async function wipeDevice(session: Session): Promise<Wiped> {
  if (!(await leads(session))) return { status: 'not-lead' }
  const { database, keySlots } = session.tools
  const accountIds = (await database.accounts.toCollection().primaryKeys()).map(String)
  const erase = (accountId: string) => keySlots.open(accountId, (file) => wipeKeySlot(file))
  await Promise.all(accountIds.filter((one) => one !== session.accountId).map(erase))
  await erase(session.accountId)
  await database.delete()
  for (const accountId of accountIds) await keySlots.remove(accountId)
  return { status: 'wiped' }
}
