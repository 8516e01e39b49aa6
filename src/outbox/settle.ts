import type { Database, OutboxCode, OutboxRow } from '../database.ts'
import type { Consequence, DeliveryCode } from './answers.ts'
import { backoff, LONGEST_WAIT } from './backoff.ts'
import type { Line } from './line.ts'
import { writeLine } from './line-row.ts'

/** What a delivery code is called in a box's own row, and to a person who reads it out. */
export const codeOfRow: Record<DeliveryCode, OutboxCode> = {
  '': '',
  net: 'E-NET',
  portal: 'E-PORTAL',
  receipt: 'E-RECEIPT',
  device: 'E-DEVICE',
  endpoint: 'E-ENDPOINT',
  config: 'E-CONFIG',
  refused: 'E-REFUSED',
  'too-large': 'E-TOO-LARGE',
  full: 'E-FULL',
  busy: 'E-BUSY',
  'code-expired': 'E-CODE',
}

/** Boxes that were turned down on their own: each of them travels alone from then on. */
export const travelsAlone = (row: OutboxRow): boolean => row.lastCode === 'E-REFUSED' || row.lastCode === 'E-TOO-LARGE'

/** Why a box waits for itself, as the screen says it; turned down without proof it is said after the third time only. */
export function troubleOf({ lastCode, attempts }: OutboxRow): DeliveryCode {
  if (lastCode === 'E-TOO-LARGE') return 'too-large'
  if (lastCode === 'E-RECEIPT') return 'receipt'
  return lastCode === 'E-REFUSED' && attempts >= 3 ? 'refused' : ''
}

/** What is settled. `text` is the answer exactly as it came; `line` is what was learnt about the line. */
export interface Settlement {
  readonly boxIds: readonly string[]
  readonly consequence: Consequence
  readonly text: string
  readonly line: Line
  readonly now: number
  readonly random: () => number
}

/**
 * Writes down what became of the boxes of one request and of the line, in one transaction. Bytes stay where they are. A
 * box that has left the outbox in the meantime, or is already further, is left as it is.
 */
export function settle(database: Database, settlement: Settlement): Promise<void> {
  const { boxIds, consequence, line, now } = settlement
  return database.transaction('rw', database.outbox, database.device, async () => {
    const found = await database.outbox.bulkGet([...boxIds])
    const rows = found.flatMap((row) => (row?.state === 'waiting' ? [{ ...row, ...changeOf(row, settlement) }] : []))
    await database.outbox.bulkPut(rows)
    await writeLine(database, line)
    if (consequence.contact) await database.device.update('device', { lastContactAt: now })
  })
}

function changeOf(row: OutboxRow, { consequence, text, now, random }: Settlement): Partial<OutboxRow> {
  const fate = consequence.boxes.get(row.boxId)
  switch (fate?.fate) {
    case 'received':
      return { state: 'received', receipt: text, lastCode: '', nextAt: 0 }
    case 'refused':
      return { state: 'refused', receipt: text, lastCode: fate.reason, nextAt: 0 }
    case 'wait': {
      const wait = fate.wait === 'day' ? LONGEST_WAIT : backoff(row.attempts, random)
      return { nextAt: now + wait, lastCode: codeOfRow[fate.code] }
    }
    default:
      return travelsAlone(row) ? {} : { lastCode: codeOfRow[consequence.code] }
  }
}

/** Boxes whose bytes are not what was sealed: shown and kept, and never in the way of the others. */
export async function quarantine(database: Database, damaged: readonly OutboxRow[]): Promise<void> {
  const change = { state: 'refused', lastCode: 'unknown-format' } satisfies Partial<OutboxRow>
  await database.outbox.bulkPut(damaged.map((row) => ({ ...row, ...change })))
}

/** After a new configuration, token or code: what was refused only because this device was revoked is offered again. */
export async function offerAgain(database: Database): Promise<void> {
  const change = { state: 'waiting', lastCode: '', nextAt: 0 } satisfies Partial<OutboxRow>
  await database.outbox
    .where('state')
    .equals('refused')
    .filter(({ lastCode }) => lastCode === 'revoked')
    .modify(change)
}

/** Where there is no receiver any more, what the one before answered says nothing of what waits. */
export async function forgetTries(database: Database): Promise<void> {
  await database.outbox
    .where('state')
    .equals('waiting')
    .filter(({ lastCode, nextAt }) => lastCode !== '' || nextAt > 0)
    .modify({ lastCode: '', nextAt: 0 } satisfies Partial<OutboxRow>)
}
