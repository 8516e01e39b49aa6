import type { Database } from '../database.ts'
import type { Trouble } from '../troubles/codes.ts'
import { withTrouble } from '../troubles/counted.ts'
import { keepTroubles, keptTroubles } from '../troubles/kept.ts'
import { diagnostics, hearDiagnostics } from './diagnostics.ts'

export interface KeptDiagnostics {
  /** All that is kept on this device, and what could not be kept yet. */
  readonly all: () => Promise<readonly Trouble[]>
}

/**
 * Keeps what this page counts on the disk, where it stays after a lock. That the page was opened is kept with the first
 * trouble alone. What cannot be kept now is kept with the next one.
 */
export function keepDiagnostics(database: Database): KeptDiagnostics {
  let unkept = diagnostics()
  let writing = Promise.resolve()
  const keepNow = async () => {
    const lines = unkept
    if (!lines.some(({ code }) => code !== 'start')) return
    unkept = []
    await keepTroubles(database, lines).catch(() => {
      unkept = unkept.reduce(withTrouble, lines)
    })
  }
  const keep = () => (writing = writing.then(keepNow))
  hearDiagnostics((line) => {
    unkept = withTrouble(unkept, line)
    void keep()
  })
  void keep()
  return {
    all: async () => {
      await keep()
      return unkept.reduce(withTrouble, await keptTroubles(database))
    },
  }
}

/** The file that is handed out: plain, one line for each. */
export const diagnosticsText = (lines: readonly Trouble[]): string =>
  lines.map(({ ms, code, count }) => `${ms} ${code} ${count}\n`).join('')
