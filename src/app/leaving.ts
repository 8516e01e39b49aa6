/**
 * What must be done before the screen is let go: unsaved writing goes to the vault first. Whoever holds something
 * unsaved joins; hiding, locking and updating wait for all, for half a second at most.
 */
type Flush = () => Promise<boolean>

const flushes = new Set<Flush>()
const patience = 500

/** Joins; gives what leaves again. `flush` says whether everything is on the disk afterwards. */
export function beforeLeaving(flush: Flush): () => void {
  flushes.add(flush)
  return () => flushes.delete(flush)
}

/** Resolves when all have flushed, or `within` that time: whether everything is on the disk. Never rejects. */
export async function flushAll(within = patience): Promise<boolean> {
  const all = Promise.all([...flushes].map(async (flush) => await flush())).then(
    (done) => done.every(Boolean),
    () => false,
  )
  const late = new Promise<false>((resolve) => setTimeout(() => resolve(false), within))
  return await Promise.race([all, late])
}
