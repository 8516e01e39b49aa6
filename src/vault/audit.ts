import { Dexie } from 'dexie'
import type { AuditRow, Database } from '../database.ts'
import { openAtRest, sealAtRest, type RowName } from '../seal/at-rest.ts'
import { sameBytes, textOf, utf8, type Bytes } from '../seal/bytes.ts'
import { emptyChain, nextInChain } from '../seal/digest.ts'
import { momentNow } from '../record/moment.ts'
import { auditEntrySchema, payloadSchema, type AuditEntry } from './payload.ts'
import { circleKey, epochsOf, type CircleKey, type Session } from './session.ts'

/** The end of a circle's log as it was read; a change is committed only while it still is the end. */
export interface Head {
  readonly circleId: string
  readonly n: number
  readonly mac: Bytes
  /** Head before the last entry: what a rewritten last entry follows. */
  readonly previous: Bytes
  readonly last?: AuditEntry
}

export type AuditEvent = Omit<AuditEntry, 'n' | 'time' | 'who'>

/** The end of the log of a circle. An entry that does not open is never rewritten. */
export async function readHead(session: Session, circleId: string): Promise<Head> {
  const { database } = session.tools
  const last = await ofCircle(database, circleId).last()
  if (!last) return emptyLog(circleId)
  const before = await database.audit.get([circleId, last.n - 1])
  const head = { circleId, n: last.n, mac: last.mac, previous: before?.mac ?? emptyChain }
  const opened = await openEntry(session, last)
  return opened ? { ...head, last: opened.entry } : head
}

/** Before the first entry of a circle. */
export const emptyLog = (circleId: string): Head => ({ circleId, n: 0, mac: emptyChain, previous: emptyChain })

/**
 * The row that says `event`: one encryption. A run of autosaves of one record rewrites its last entry, else a day of
 * typing is thousands. (A head never leaves in a box without another entry following in the same transaction.)
 */
export async function nextEntry(session: Session, head: Head, event: AuditEvent): Promise<AuditRow> {
  const key = circleKey(session, head.circleId)
  const again = event.action === 'save' && head.last?.action === 'save' && head.last.target === event.target
  const n = again ? head.n : head.n + 1
  const entry: AuditEntry = { n, time: momentNow(session.tools.clock.now()), who: session.accountId, ...event }
  const bytes = utf8(JSON.stringify(entry))
  return {
    circleId: key.circleId,
    n,
    entry: await sealAtRest(key.dek, entryName(key, n), bytes),
    mac: await nextInChain(key.audit, again ? head.previous : head.mac, bytes),
  }
}

/** The rows that say `events`, one after the other: one encryption each. */
export async function nextEntries(session: Session, head: Head, events: readonly AuditEvent[]): Promise<AuditRow[]> {
  const rows: AuditRow[] = []
  for (const event of events) {
    const last = rows.at(-1)
    const { circleId, previous } = head
    rows.push(await nextEntry(session, last ? { circleId, n: last.n, mac: last.mac, previous } : head, event))
  }
  return rows
}

/** Inside a transaction: whether nothing was logged since `head` was read. */
export async function isStillHead(database: Database, head: Head): Promise<boolean> {
  const last = await ofCircle(database, head.circleId).last()
  return last ? last.n === head.n && sameBytes(last.mac, head.mac) : head.n === 0
}

/** The whole log of a circle, oldest first, and whether its chain holds without a gap. */
export async function readAudit(
  session: Session,
  circleId: string = session.pins.home.circleId,
): Promise<{ entries: AuditEntry[]; intact: boolean }> {
  const rows = await ofCircle(session.tools.database, circleId).toArray()
  const entries: AuditEntry[] = []
  let mac = emptyChain
  let intact = true
  for (const [at, row] of rows.entries()) {
    const opened = await openEntry(session, row)
    if (opened) entries.push(opened.entry)
    const expected = opened && (await nextInChain(opened.key.audit, mac, opened.bytes))
    intact &&= row.n === at + 1 && expected !== undefined && sameBytes(expected, row.mac)
    mac = row.mac
  }
  return { entries, intact }
}

/** The newest entry whose link of the chain is the one that is sought. */
export async function findInLog(
  session: Session,
  circleId: string,
  isSought: (mac: Bytes) => Promise<boolean>,
): Promise<AuditEntry | undefined> {
  for (const row of (await ofCircle(session.tools.database, circleId).toArray()).toReversed())
    if (await isSought(row.mac)) return (await openEntry(session, row))?.entry
  return undefined
}

const ofCircle = (database: Database, circleId: string) =>
  database.audit.where('[circleId+n]').between([circleId, Dexie.minKey], [circleId, Dexie.maxKey])

const entryName = (key: CircleKey, n: number): RowName => ({
  table: 'audit',
  column: 'entry',
  circleId: key.circleId,
  epoch: key.epoch,
  id: String(n),
  rev: 0,
  schema: payloadSchema,
})

/** An audit row does not say its epoch: the circle's keys are tried, latest first. */
async function openEntry(
  session: Session,
  row: AuditRow,
): Promise<{ entry: AuditEntry; bytes: Bytes; key: CircleKey } | undefined> {
  for (const key of epochsOf(session, row.circleId)) {
    try {
      const bytes = await openAtRest(key.dek, entryName(key, row.n), row.entry)
      const entry = auditEntrySchema.safeParse(JSON.parse(textOf(bytes)))
      if (entry.success && entry.data.n === row.n) return { entry: entry.data, bytes, key }
    } catch {
      // Not this epoch's, or damaged: the caller learns it from `undefined`.
    }
  }
  return undefined
}
