import { writeBatch } from '../batch/batch.ts'
import { openConfiguration } from '../batch/configuration.ts'
import { batchBoxLimit, batchFrame, batchSizeLimit } from '../batch/protocol.ts'
import type { Bytes, Database, OutboxRow } from '../database.ts'
import { isWhole } from './exchange.ts'

export type BoxesAsFile =
  | {
      readonly status: 'made'
      /** The body of a batch: what a receiver and the desk take. */
      readonly bytes: Bytes
      readonly boxIds: readonly string[]
      /** Cases in them; a safety copy is none. */
      readonly cases: number
      /** Boxes that did not fit, for a next file. */
      readonly left: number
      /** Number of the last box in the file. */
      readonly last: number
    }
  | { readonly status: 'nothing' }
  /** The settings are not what was signed: nothing leaves, not by hand either. */
  | { readonly status: 'settings' }

/**
 * Sealed boxes as one file, in the order of sealing, from the one after number `after`: what waits, and what was refused
 * by a receiver. They stay where they are. `attempts` is on the disk before the file is given away, as before a request,
 * so that no box in it is ever replaced by another as if nobody had it. What is sealed to a revoked recipient is left out,
 * and what has to be sealed anew because its bytes made room.
 */
export async function boxesAsFile(database: Database, after = 0): Promise<BoxesAsFile> {
  const device = await database.device.get('device')
  const configuration = await openConfiguration(device?.configuration ?? '').catch(() => undefined)
  if (!configuration) return { status: 'settings' }
  const { revoked = [] } = configuration
  const fits = await database.transaction('rw', database.outbox, async () => {
    const { names, left } = await choose(database, after, revoked)
    const rows = (await database.outbox.bulkGet(names)).filter((row) => row !== undefined)
    const raised = rows.map((row) => ({ ...row, attempts: Math.max(row.attempts, 1) }))
    await database.outbox.bulkPut(raised)
    return { rows: raised, left }
  })
  const whole = await Promise.all(fits.rows.map(isWhole))
  const rows = fits.rows.filter((_, i) => whole[i])
  if (rows.length === 0) return { status: 'nothing' }
  const { bytes } = await writeBatch(rows.map((row) => row.bytes))
  return {
    status: 'made',
    bytes,
    boxIds: rows.map(({ boxId }) => boxId),
    cases: rows.reduce((sum, { cases = 1 }) => sum + cases, 0),
    left: fits.left,
    last: Math.max(...rows.map(({ seq }) => seq)),
  }
}

/** A person has seen the file where it should be: `day` is said beside its boxes until they are known to be opened. */
export async function noteSaved(database: Database, boxIds: readonly string[], day: string): Promise<void> {
  await database.outbox
    .where('boxId')
    .anyOf([...boxIds])
    .modify({ savedOn: day })
}

/** Without their bytes, which may be many. */
async function choose(database: Database, after: number, revoked: readonly string[]) {
  const all: Pick<OutboxRow, 'boxId' | 'seq' | 'size'>[] = []
  await database.outbox
    .where('state')
    .anyOf('waiting', 'refused')
    .each((row) => {
      const { boxId, seq, size } = row
      if (seq > after && goes(row, revoked)) all.push({ boxId, seq, size })
    })
  all.sort((a, b) => a.seq - b.seq)
  const names: string[] = []
  let room = batchSizeLimit - batchFrame.head
  for (const { boxId, size } of all) {
    room -= batchFrame.box + size
    if (names.length === batchBoxLimit || room < 0) break
    names.push(boxId)
  }
  return { names, left: all.length - names.length }
}

/** The desk has what it rejected. */
const goes = ({ recipientFpr, lastCode, letGo }: OutboxRow, revoked: readonly string[]): boolean =>
  !letGo && lastCode !== 'rejected' && !recipientFpr.split(' ').some((fingerprint) => revoked.includes(fingerprint))
