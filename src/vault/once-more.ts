import { Dexie } from 'dexie'

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

/** Also where it stands behind an abort. */
export function isFull(error: unknown): boolean {
  for (let at = error, depth = 0; at instanceof Error && depth < 4; depth++) {
    if (at.name === 'QuotaExceededError') return true
    at = 'inner' in at ? at.inner : at.cause
  }
  return false
}
