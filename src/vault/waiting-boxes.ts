import type { OutboxRow } from '../database.ts'
import type { BoxedLine, BoxList, WaitingBox } from './api.ts'
import { ownRows, readCase } from './cases.ts'
import { isRevoked } from './replacing.ts'
import { openSum } from './rows.ts'
import type { Session } from './session.ts'
import { settingsNow } from './settings.ts'
import { isUnderway, stateOfSent } from './summary.ts'
import { VaultError } from './vault-error.ts'

type Row = Omit<OutboxRow, 'bytes'>

/**
 * What the outbox holds and no receipt has settled, and what this account knows of it: the cases stand only inside
 * ciphertext, so that the boxes of others are a size and nothing else. The rows are read without their bytes.
 */
export async function waitingBoxes(session: Session): Promise<BoxList> {
  const rows: Row[] = []
  const copies = { count: 0, size: 0 }
  await session.tools.database.outbox
    .where('state')
    .anyOf('waiting', 'refused')
    .each((whole) => {
      const { bytes: _, ...row } = whole
      if (row.cases !== 0) rows.push(row)
      else {
        copies.count += 1
        copies.size += row.size
      }
    })
  const settings = await settingsNow(session)
  const isDead = (row: Row) => settings.status === 'verified' && isRevoked(row, settings.configuration)
  const { lines, opened } = await ownLines(session)
  const boxes = rows
    .sort((a, b) => a.seq - b.seq)
    .map((row) => boxOf(row, isDead(row), lines.get(row.boxId) ?? []))
    .toSorted((a, b) => Number(b.state === 'attention') - Number(a.state === 'attention'))
  return { boxes, copies, opened }
}

function boxOf(row: Row, revoked: boolean, holds: readonly BoxedLine[]): WaitingBox {
  const { boxId, size, lastCode, attempts, nextAt, savedOn, state, letGo, cases = 1 } = row
  return {
    boxId,
    state: state === 'refused' ? 'attention' : stateOfSent('ready', lastCode),
    size,
    lastCode,
    tried: attempts > 0,
    nextAt,
    ...(savedOn !== undefined && { savedOn }),
    revoked,
    ...(letGo && { letGo }),
    cases,
    holds,
  }
}

/** By box, what this account has sealed or can open; a case that does not open says nothing here. */
async function ownLines(session: Session) {
  const lines = new Map<string, BoxedLine[]>()
  const add = (boxId: string, line: BoxedLine) => lines.set(boxId, [...(lines.get(boxId) ?? []), line])
  let opened = 0
  for (const row of await ownRows(session)) {
    const sum = await orNothing(openSum(session, row))
    if (sum?.last?.state === 'opened') opened += 1
    const read = sum && sum.underway > 0 ? await orNothing(readCase(session, row.id)) : undefined
    for (const entry of read?.body.finished ?? []) {
      const { box, revision, at } = entry
      if (sum && box && isUnderway(entry)) add(box.id, { kind: 'case', id: row.id, code: sum.code, revision, at })
    }
  }
  for (const { box, code, at } of await ownChanges(session)) add(box.id, { kind: 'change', code, at })
  return { lines, opened }
}

async function ownChanges(session: Session) {
  const { changes } = session.tools.database
  if ((await changes.count()) === 0) return []
  const { openChange } = await import('./changes.ts')
  const sent = await Promise.all((await changes.toArray()).map((row) => openChange(session, row)))
  return sent.flatMap((one) =>
    one && isUnderway(one) ? [{ box: one.box, code: one.change.code, at: one.change.at }] : [],
  )
}

async function orNothing<T>(work: Promise<T>): Promise<T | undefined> {
  try {
    return await work
  } catch (error) {
    if (error instanceof VaultError) return undefined
    throw error
  }
}
