import { statfs } from 'node:fs/promises'

/** Says which share of the disk under a folder is free for us, 0 to 1; asks the system at most once a second. */
export function freeShareOf(folder: string): () => Promise<number> {
  let asked = -Infinity
  let share: Promise<number> = Promise.resolve(1)
  return () => {
    const now = performance.now()
    if (now - asked > 1000) {
      asked = now
      share = statfs(folder).then(({ bavail, blocks }) => bavail / blocks)
    }
    return share
  }
}
