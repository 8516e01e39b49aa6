/**
 * What must be done before the screen is let go: unsaved writing goes to the vault first. Whoever holds something
 * unsaved joins; hiding, locking and updating wait for all, for half a second at most.
 */
type Flush = () => Promise<unknown>

const flushes = new Set<Flush>()
const patience = 500

/** Joins; gives what leaves again. */
export function beforeLeaving(flush: Flush): () => void {
  flushes.add(flush)
  return () => flushes.delete(flush)
}

/** Resolves when all have flushed, or after 500 ms. Never rejects. */
export async function flushAll(): Promise<void> {
  const all = Promise.allSettled([...flushes].map(async (flush) => await flush()))
  const late = new Promise((resolve) => setTimeout(resolve, patience))
  await Promise.race([all, late])
}
