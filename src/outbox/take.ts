import { batchFrame } from '../batch/protocol.ts'
import type { Database, OutboxRow } from '../database.ts'
import type { DeliveryCode } from './answers.ts'
import { isDue } from './backoff.ts'
import { travelsAlone, troubleOf } from './settle.ts'

export interface Wish {
  /** Size in bytes that the body should not pass; a single box may. */
  readonly target: number
  /** Size in bytes that the body must not pass, not even with one box. */
  readonly most: number
  /** Boxes in one batch at most, so that its receipt can be read. */
  readonly count: number
  readonly now: number
  /** Take boxes that wait for themselves, too. */
  readonly early: boolean
  /** Boxes that had their turn in this pass. */
  readonly skip: ReadonlySet<string>
  /** Fingerprints of recipients to whom nothing may be sent any more. */
  readonly revoked: readonly string[]
}

export interface Taken {
  readonly rows: readonly OutboxRow[]
  /** When the next box that was passed over comes due (epoch milliseconds); 0 = none was. */
  readonly later: number
  /** Something was passed over only because it does not fit into `most`. */
  readonly unfit: boolean
  /** Why one of the boxes that were passed over waits; '' = there is nothing to say. */
  readonly trouble: DeliveryCode
}

/**
 * Chooses the boxes of the next batch and raises their `attempts`, in one transaction: when the promise resolves, the
 * disk knows that they are about to be tried, and a box that may have left is never replaced.
 */
export function takeBoxes(database: Database, wish: Wish): Promise<Taken> {
  return database.transaction('rw', database.outbox, async () => {
    const { rows, ...rest } = await choose(database, wish)
    const raised = rows.map((row) => ({ ...row, attempts: row.attempts + 1 }))
    await database.outbox.bulkPut(raised)
    return { ...rest, rows: raised }
  })
}

async function choose(database: Database, { target, most, count, now, early, skip, revoked }: Wish): Promise<Taken> {
  const rows: OutboxRow[] = []
  const later: number[] = []
  let trouble: DeliveryCode = ''
  let size: number = batchFrame.head
  let [full, unfit] = [false, false]
  const consider = (row: OutboxRow): void => {
    const own = batchFrame.box + row.bytes.byteLength
    const alone = travelsAlone(row)
    // It waits for its account, which seals it anew.
    if (row.letGo) return
    if (row.recipientFpr.split(' ').some((fingerprint) => revoked.includes(fingerprint))) return
    if (skip.has(row.boxId) || !(early || isDue(row.nextAt, now))) {
      trouble ||= troubleOf(row)
      if (row.nextAt > 0) later.push(row.nextAt)
    } else if (batchFrame.head + own > most) {
      unfit = true
    } else if (rows.length === 0 || (!alone && size + own <= target)) {
      rows.push(row)
      size += own
      full = alone || size >= target || rows.length >= count
    } else {
      full = !alone
    }
  }
  // In the order of sealing, so that the organisation sees few gaps.
  const waiting = database.outbox.where('[state+seq]').between(['waiting', 0], ['waiting', Number.MAX_SAFE_INTEGER])
  await waiting.until(() => full).each(consider)
  return { rows, later: later.length > 0 ? Math.min(...later) : 0, unfit, trouble }
}
