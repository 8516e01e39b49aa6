import { Dexie, type Table } from 'dexie'
import type { Database } from '../database.ts'

/** How an operation ends whose connection the browser closed under it: short of memory, or its storage restarted. */
const lost = [
  'AbortError',
  'DatabaseClosedError',
  'InvalidStateError',
  'PrematureCommitError',
  'TransactionInactiveError',
  'UnknownError',
]

/**
 * Does `work`, and once more where the browser closed the connection meanwhile: the next use opens it again. A full disk
 * is not tried again here, nor a connection that was let go of for a newer version.
 */
export async function onceMore<T>(work: () => Promise<T>): Promise<T> {
  try {
    return await work()
  } catch (error) {
    if (!isLost(error)) throw error
    return await work()
  }
}

function isLost(error: unknown): boolean {
  if (!(error instanceof Dexie.DexieError) && !(error instanceof DOMException)) return false
  return lost.includes(error.name) && !isFull(error)
}

/**
 * One transaction that reads and writes; where it fails, it fails with the error that says why. A request under way fails
 * first and knows no reason: that stands on the browser's transaction alone.
 */
export async function inOneTransaction<T>(
  database: Database,
  tables: readonly Table[],
  work: () => Promise<T>,
): Promise<T> {
  let under: IDBTransaction | undefined
  try {
    return await database.transaction('rw', [...tables], async () => {
      under = Dexie.currentTransaction.idbtrans
      return await work()
    })
  } catch (error) {
    if (error instanceof Dexie.AbortError && under?.error) throw under.error
    throw error
  }
}

/**
 * Also where it stands behind an abort. Chromium has the name for its own quota alone: where the disk itself has no byte
 * left, it closes the connection with an `UnknownError` whose text names the failure of the file.
 */
export function isFull(error: unknown): boolean {
  for (let at = error, depth = 0; at instanceof Error && depth < 4; depth++) {
    if (at.name === 'QuotaExceededError' || at.message.includes('FILE_ERROR_NO_SPACE')) return true
    at = 'inner' in at ? at.inner : at.cause
  }
  return false
}
