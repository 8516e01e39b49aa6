import { Dexie } from 'dexie'
import type { Database } from '../database.ts'
import type { NotSaved } from './api.ts'
import { isStillHead, nextEntries, readHead, type AuditEvent, type Head } from './audit.ts'
import { inOneTransaction, isFull, onceMore } from './once-more.ts'
import type { Session } from './session.ts'
import { VaultError } from './vault-error.ts'

/** One change, sealed and ready; only database calls are left to do in it. */
export interface Change<T> {
  readonly result: T
  readonly event: AuditEvent
  /** What else it says to the log, after `event`. */
  readonly also?: readonly AuditEvent[]
  /** Encryptions under the circle's key, the log's own not counted. */
  readonly encryptions: number
  /** Inside the transaction: whether what the change was made from still stands. */
  readonly guard: () => PromiseLike<boolean>
  readonly write: () => PromiseLike<unknown>
}

/** Random nonces allow 2^32; we stop at 2^28 encryptions under one key. */
const mostEncryptions = 2 ** 28
const mostTries = 12

/**
 * [Note: Seal before the transaction]
 * `prepare` reads and seals, outside any transaction, since one closes while crypto is awaited. What it read is compared
 * again inside the one strict transaction that holds the change and its audit entry; where something moved in between,
 * it is prepared again. The entry goes into the log of the circle that `circleOf` names, the account's home by itself.
 * `prepare` answers `{stop}` where there is nothing to change. The promise resolves when the transaction
 * is complete, and only then.
 */
export async function commit<T>(
  session: Session,
  prepare: (head: Head) => Promise<Change<T> | { readonly stop: T }>,
  circleOf: () => Promise<string> = async () => session.pins.home.circleId,
): Promise<T | NotSaved> {
  const { database } = session.tools
  try {
    const done = await onceMore(() => tryToCommit(session, prepare, circleOf))
    withoutRoom.delete(database)
    return done
  } catch (error) {
    return notSaved(error, database)
  }
}

async function tryToCommit<T>(
  session: Session,
  prepare: (head: Head) => Promise<Change<T> | { readonly stop: T }>,
  circleOf: () => Promise<string>,
): Promise<T> {
  for (let tries = 0; tries < mostTries; tries++) {
    const head = await readHead(session, await circleOf())
    const change = await prepare(head)
    if ('stop' in change) return change.stop
    if (await transact(session, head, change)) return change.result
  }
  throw new VaultError('busy')
}

async function transact<T>(session: Session, head: Head, change: Change<T>): Promise<boolean> {
  const { database } = session.tools
  const { accounts, audit, changes, circles, device, handovers, outbox, records, revisions, rosters } = database
  await refuseWornOut(session)
  const entries = await nextEntries(session, head, [change.event, ...(change.also ?? [])])
  const all = [accounts, audit, changes, circles, device, handovers, outbox, records, revisions, rosters]
  return inOneTransaction(database, all, async () => {
    if (!(await isStillHead(database, head)) || !(await change.guard())) return false
    await change.write()
    await audit.bulkPut(entries)
    await accounts
      .where('accountId')
      .equals(session.accountId)
      .modify((row) => void (row.writes += change.encryptions + entries.length))
    return true
  })
}

// Accounts of one circle share its key, and each counts its own: all are added up.
async function refuseWornOut(session: Session): Promise<void> {
  const accounts = await session.tools.database.accounts.toArray()
  if (accounts.reduce((sum, { writes }) => sum + writes, 0) >= mostEncryptions) throw new VaultError('worn-out')
}

/** Databases whose last write found no room. The browser says so once; after that they do not even open, without a reason. */
const withoutRoom = new WeakSet<Database>()

/** What the screen says of a store that refused; whatever did not come from the store is thrown on. */
export function notSaved(error: unknown, database: Database): NotSaved {
  if (!(error instanceof Dexie.DexieError) && !(error instanceof DOMException)) throw error
  if (isFull(error)) withoutRoom.add(database)
  return { status: 'not-saved', reason: withoutRoom.has(database) ? 'quota' : 'store' }
}
