import type { OutboxRow } from '../database.ts'
import type { Body } from './payload.ts'
import type { Session } from './session.ts'

/** The safety copy of a case that still waits, and what the next box of that case names in its place. */
export interface Superseded {
  /** Leaves the outbox when the next box comes. */
  readonly row?: OutboxRow
  readonly replaces: string[]
}

/**
 * A safety copy that did not arrive yet says less than the next box of its case, whatever that is, so it need not leave
 * any more, tried or not: where it had left all the same, the desk keeps the newer one.
 */
export async function supersededBy(session: Session, { safety }: Pick<Body, 'safety'>): Promise<Superseded> {
  const row = safety?.box && (await session.tools.database.outbox.get(safety.box.id))
  const gone = safety?.gone ?? []
  if (!row || (row.state !== 'waiting' && row.state !== 'refused')) return { replaces: gone }
  return { row, replaces: [...gone, ...(row.replaces ?? []), row.boxId] }
}

/** Inside a transaction: nobody has tried or settled it since. */
export async function isStillThere({ tools }: Session, { row }: Superseded): Promise<boolean> {
  if (!row) return true
  const now = await tools.database.outbox.get(row.boxId)
  return now?.attempts === row.attempts && now.state === row.state
}
