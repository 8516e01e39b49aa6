import type { HandoverRow } from '../database.ts'
import { newKeyId } from '../seal/random.ts'
import { sameBytes, textOf, utf8 } from '../seal/bytes.ts'
import type { Given, GiveTo } from './api.ts'
import { isStillHead, nextEntry, readHead } from './audit.ts'
import { isStillRow, readCase, circleOf, type ReadCase } from './cases.ts'
import { ownCircle, teamCircle } from './circle-kinds.ts'
import { commit, type Change } from './commit.ts'
import { handoverSchema, placeOutside, type Handover } from './payload.ts'
import { ciphertextHash, openRevision, sealRecord, sealRevision } from './rows.ts'
import { circleKey, type CircleKey, type Session } from './session.ts'
import { sumOf } from './summary.ts'
import { haveOwnCircle } from './team.ts'

/**
 * Gives a case away: to a circle that this account is in, or to another account of this tablet, which has it from its
 * next unlock on. Case, revisions and log move in one transaction; boxes that were sealed stay where they are.
 */
export async function giveCase(session: Session, id: string, rev: number, to: GiveTo): Promise<Given> {
  if ('circle' in to && to.circle === 'me') {
    const own = await haveOwnCircle(session)
    if (own.status === 'not-saved') return own
  }
  return commit<Given>(
    session,
    async () => {
      const read = await readCase(session, id)
      if (read.row.rev !== rev) return { stop: { status: 'changed' } }
      return 'accountId' in to ? toAccount(session, read, to) : toCircle(session, read, to)
    },
    circleOf(session, id),
  )
}

type Prepared = Change<Given> | { readonly stop: Given }

async function toCircle(session: Session, read: ReadCase, to: Extract<GiveTo, { circle: string }>): Promise<Prepared> {
  const circleId = to.circle === 'me' ? ownCircle(session) : teamCircle(session, to.which)
  if (circleId === undefined) return { stop: { status: 'no-circle' } }
  if (circleId === read.row.circleId) return { stop: { status: 'given', rev: read.row.rev } }
  const { database } = session.tools
  const { id, rev } = read.row
  const rows = await sealedInto(session, circleKey(session, circleId), await openedOf(session, read))
  const ctHash = await ciphertextHash(rows.record)
  const head = await readHead(session, circleId)
  const taken = await nextEntry(session, head, { action: 'take', target: id, rev: rev + 1, ctHash })
  return {
    result: { status: 'given', rev: rev + 1 },
    event: { action: 'give', target: id, rev },
    encryptions: 3 + rows.revisions.length,
    guard: async () => (await isStillRow(session, read)) && (await isStillHead(database, head)),
    async write() {
      await database.records.put(rows.record)
      await database.revisions.bulkPut(rows.revisions)
      await database.audit.put(taken)
    },
  }
}

async function toAccount(
  session: Session,
  read: ReadCase,
  to: Extract<GiveTo, { accountId: string }>,
): Promise<Prepared> {
  const { accounts, handovers, records, revisions } = session.tools.database
  const { sealTo } = await import('../seal/envelope.ts')
  if ((await accounts.get(to.accountId))?.recipient !== to.recipient) return { stop: { status: 'changed' } }
  const bytes = await sealTo([to.recipient], utf8(JSON.stringify(await openedOf(session, read))))
  const row: HandoverRow = { id: newKeyId(), accountId: to.accountId, bytes }
  return {
    result: { status: 'given', rev: read.row.rev },
    event: { action: 'give', target: read.row.id, rev: read.row.rev },
    encryptions: 0,
    guard: async () =>
      (await isStillRow(session, read)) && (await accounts.get(to.accountId))?.recipient === to.recipient,
    async write() {
      await handovers.add(row)
      await records.delete(read.row.id)
      await revisions.bulkDelete(read.body.finished.map((entry) => entry.row))
    },
  }
}

// Where its safety copies went, and where in a text somebody was, is of this tablet alone. A revision that does not open stays where it is: the case goes on without its text, as it would here.
export async function openedOf(session: Session, { row, body: whole }: ReadCase): Promise<Handover> {
  const { safety: _, ...others } = whole
  const body = { ...others, ...placeOutside(whole) }
  const revisions = await Promise.all(
    body.finished.map(async (entry) => ({
      row: entry.row,
      text: await openRevision(session, entry).catch(() => undefined),
    })),
  )
  return {
    v: 1,
    id: row.id,
    from: session.accountId,
    rev: row.rev,
    body,
    revisions: revisions.flatMap(({ row: name, text }) => (text === undefined ? [] : [{ row: name, text }])),
  }
}

/** Rows for a case that was opened elsewhere, one save later. */
export async function sealedInto(session: Session, key: CircleKey, { id, rev, body, revisions }: Handover) {
  const { upgradeDraft } = await import('../record/upgrades.ts')
  const sum = await sumOf(upgradeDraft(body.draft), body, session.tools.clock)
  return {
    record: await sealRecord(key, id, rev + 1, sum, body),
    revisions: await Promise.all(revisions.map(({ row, text }) => sealRevision(key, row, text))),
  }
}

/**
 * Takes what was handed to this account since it was last opened into the circle that nobody else is in, as whoever gave it
 * was told. One that does not open, or whose case is here already, stays as it is and is counted. Gives how many came, and
 * how many are left.
 */
export async function takeHandovers(session: Session): Promise<{ readonly taken: number; readonly left: number }> {
  const rows = await session.tools.database.handovers.where('accountId').equals(session.accountId).toArray()
  let taken = 0
  if (rows.length === 0 || (await haveOwnCircle(session)).status !== 'done') return { taken, left: rows.length }
  const own = circleKey(session, ownCircle(session) ?? '')
  for (const row of rows) if (await takeOne(session, row, own).catch(() => false)) taken++
  return { taken, left: rows.length - taken }
}

async function takeOne(session: Session, row: HandoverRow, own: CircleKey): Promise<boolean> {
  const { handovers, records, revisions } = session.tools.database
  const { openWith } = await import('../seal/envelope.ts')
  const read = handoverSchema.safeParse(JSON.parse(textOf(await openWith([session.ageIdentity], row.bytes))))
  if (!read.success) return false
  const done = await commit<{ status: 'taken' | 'here' }>(
    session,
    async () => {
      if (await records.get(read.data.id)) return { stop: { status: 'here' } }
      const sealed = await sealedInto(session, own, read.data)
      const { id, rev } = sealed.record
      return {
        result: { status: 'taken' },
        event: { action: 'take', target: id, rev, ctHash: await ciphertextHash(sealed.record) },
        encryptions: 2 + sealed.revisions.length,
        guard: async () => {
          const now = await handovers.get(row.id)
          return now !== undefined && sameBytes(now.bytes, row.bytes) && (await records.get(id)) === undefined
        },
        async write() {
          await records.add(sealed.record)
          await revisions.bulkPut(sealed.revisions)
          await handovers.delete(row.id)
        },
      }
    },
    async () => own.circleId,
  )
  return done.status === 'taken'
}
