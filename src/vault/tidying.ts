import type { RecordRow } from '../database.ts'
import type { Tidied } from './api.ts'
import { readAudit } from './audit.ts'
import { circleOf, isStillRow, ownRows, readCase, sealInto } from './cases.ts'
import { commit } from './commit.ts'
import { recordSchema, type AuditEntry } from './payload.ts'
import { removeOverdue } from './retention.ts'
import { ciphertextHash } from './rows.ts'
import type { Session } from './session.ts'
import { offerUnproven } from './unproven.ts'
import { VaultError } from './vault-error.ts'

/**
 * After an unlock, beside whatever somebody does: rows of older layouts are written in today's, one transaction each, what
 * the organisation no longer lets tablets keep goes, boxes that nobody has signed for are offered again, and every row is
 * held against the log. Nothing else is repaired or removed; what differs is said. Where the tablet is `short` of room,
 * sealed copies that the receiver has had for long make some.
 */
export async function tidy(session: Session, short = false): Promise<Tidied> {
  const migrated = await migrate(session)
  const overdue = await removeOverdue(session)
  // What the disk has no room for is left for the next time.
  await offerUnproven(session).catch(() => 0)
  const letGo = short ? await (await import('./making-room.ts')).makeRoom(session).catch(() => 0) : 0
  return { migrated, overdue, ...(letGo > 0 && { letGo }), ...(await sweep(session)) }
}

type Found = Omit<Tidied, 'migrated' | 'overdue' | 'letGo'>

/** A row that does not open, or that somebody is just writing, is left for the next time. Gives how many were written. */
async function migrate(session: Session): Promise<number> {
  let migrated = 0
  for (const { id } of (await ownRows(session)).filter(({ schema }) => schema < recordSchema))
    if (await migrateOne(session, id).catch(() => false)) migrated++
  return migrated
}

/** `rev` stays: nobody's open draft is overtaken by it. */
async function migrateOne(session: Session, id: string): Promise<boolean> {
  const done = await commit<{ readonly status: 'migrated' }>(
    session,
    async () => {
      const read = await readCase(session, id)
      const row = await sealInto(session, read, read.row.rev, read.draft, read.body)
      return {
        result: { status: 'migrated' },
        event: { action: 'migrate', target: id, rev: row.rev, ctHash: await ciphertextHash(row) },
        encryptions: 2,
        guard: () => isStillRow(session, read),
        write: () => session.tools.database.records.put(row),
      }
    },
    circleOf(session, id),
  )
  return done.status === 'migrated'
}

/**
 * The last entry of each case in the logs of its circles must be of the row that is there: same `rev`, same digest. The
 * rows are read before the logs, so what is saved meanwhile is newer in the log, and looked at once more.
 */
async function sweep(session: Session): Promise<Found> {
  const suspects = await differing(session)
  if (suspects.changed.length === 0 && suspects.gone.length === 0) return suspects
  const again = await differing(session)
  return {
    changed: again.changed.filter((id) => suspects.changed.includes(id)),
    gone: again.gone.filter((id) => suspects.gone.includes(id)),
    logIntact: again.logIntact,
  }
}

async function differing(session: Session): Promise<Found> {
  const rows = new Map((await ownRows(session)).map((row) => [row.id, row]))
  const { last, left, logIntact } = await lastEntries(session)
  const changed: string[] = []
  for (const row of rows.values()) if (!(await isAsLogged(row, last.get(row.id)))) changed.push(row.id)
  return { changed, gone: [...last.keys()].filter((id) => !rows.has(id) && !left.has(id)), logIntact }
}

const isAsLogged = async (row: RecordRow, entry: AuditEntry | undefined): Promise<boolean> =>
  entry?.rev === row.rev && entry.ctHash === (await ciphertextHash(row))

interface Logged {
  /** By case: the last entry that speaks of its row. */
  readonly last: ReadonlyMap<string, AuditEntry>
  /** Cases that were removed, given away or taken into another one. */
  readonly left: ReadonlySet<string>
  readonly logIntact: boolean
}

async function lastEntries(session: Session): Promise<Logged> {
  const circleIds = [...new Set([...session.circles.values()].map(({ circleId }) => circleId))]
  const logs = await Promise.all(circleIds.map((circleId) => readAudit(session, circleId)))
  const last = new Map<string, AuditEntry>()
  const left = new Set<string>()
  for (const { entries } of logs) {
    const here = new Map<string, AuditEntry>()
    for (const entry of entries) follow(here, left, entry)
    // A case that was given from one circle to another stands in both logs: the entry of the later row counts.
    for (const [id, entry] of here) if ((entry.rev ?? 0) >= (last.get(id)?.rev ?? 0)) last.set(id, entry)
  }
  return { last, left, logIntact: logs.every(({ intact }) => intact) }
}

const leaves: ReadonlySet<AuditEntry['action']> = new Set(['remove', 'overdue', 'give'])

function follow(here: Map<string, AuditEntry>, left: Set<string>, entry: AuditEntry): void {
  const gone = leaves.has(entry.action) ? entry.target : entry.from
  if (gone !== undefined) {
    here.delete(gone)
    left.add(gone)
  }
  if (entry.target !== undefined && entry.ctHash !== undefined) here.set(entry.target, entry)
}

/** Everything of rows that do not open, as it lies on the disk: for somebody who may be able to open it elsewhere. */
export async function unreadableRows(session: Session): Promise<readonly RecordRow[]> {
  const unreadable: RecordRow[] = []
  for (const row of await ownRows(session)) {
    const opens = await readCase(session, row.id).then(
      () => true,
      (error: unknown) => !(error instanceof VaultError),
    )
    if (!opens) unreadable.push(row)
  }
  return unreadable
}
