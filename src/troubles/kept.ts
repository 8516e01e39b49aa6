import type { Database } from '../database.ts'
import { type Trouble, troubleCodes } from './codes.ts'
import { withTrouble } from './counted.ts'

interface KeptTroubles {
  readonly key: 'troubles'
  readonly lines: readonly Trouble[]
}

// A row of its own beside the device's, as that of the line is.
const rowsOf = (database: Database) => database.table<KeptTroubles, string>('device')

/** Adds these lines to those on the disk, in one transaction: pages and workers add theirs side by side. */
export async function keepTroubles(database: Database, lines: readonly Trouble[]): Promise<void> {
  const rows = rowsOf(database)
  await database.transaction('rw', rows, async () => {
    const before = await keptTroubles(database)
    await rows.put({ key: 'troubles', lines: lines.reduce(withTrouble, before) })
  })
}

/** Whatever else somebody wrote there is left out: what is handed out has codes of the list and numbers alone. */
export async function keptTroubles(database: Database): Promise<readonly Trouble[]> {
  const lines = (await rowsOf(database).get('troubles'))?.lines
  return Array.isArray(lines) ? lines.filter(isTrouble).map(({ code, count, ms }) => ({ code, count, ms })) : []
}

function isTrouble(line: unknown): line is Trouble {
  const { code, count, ms } = (line ?? {}) as Partial<Trouble>
  return troubleCodes.some((one) => one === code) && Number.isFinite(count) && Number.isFinite(ms)
}
