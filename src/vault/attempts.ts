import type { Database } from '../database.ts'
import type { Clock } from './tools.ts'

const SECOND = 1_000
const delays = [0, 0, 0, 5 * SECOND, 30 * SECOND, 120 * SECOND, 600 * SECOND] as const

/** How long to wait after the nth failed attempt, in milliseconds: 0, 0, 0, 5 s, 30 s, 2 min, then 10 min each. */
export const delayAfter = (failed: number): number =>
  failed < 1 ? 0 : (delays[Math.min(failed, delays.length) - 1] ?? 0)

/**
 * The waits between attempts. The count is on the disk; the wait runs on the monotonic clock and starts again after a
 * reload, and when another tab has counted, so that neither helps. It slows a person only; Argon2 stops the machine.
 */
export class Attempts {
  readonly #database: Database
  readonly #clock: Clock
  readonly #waits = new Map<string, { failed: number; until: number }>()

  constructor(database: Database, clock: Clock) {
    this.#database = database
    this.#clock = clock
  }

  /** Milliseconds until the next attempt may be made. */
  waitMs(accountId: string, failed: number): number {
    const now = this.#clock.monotonic()
    let wait = this.#waits.get(accountId)
    if (wait?.failed !== failed) {
      wait = { failed, until: now + delayAfter(failed) }
      this.#waits.set(accountId, wait)
    }
    return Math.max(0, Math.ceil(wait.until - now))
  }

  /** Counts an attempt as failed, on the disk, before it is made: closing the tab in the middle saves nobody a wait. */
  async begin(accountId: string): Promise<number> {
    const { accounts } = this.#database
    return this.#database.transaction('rw', accounts, async () => {
      const failed = ((await accounts.get(accountId))?.failed ?? 0) + 1
      await accounts.update(accountId, { failed })
      return failed
    })
  }

  /** Takes back the one attempt that `begin` counted: it was not the passphrase that failed. */
  async takeBack(accountId: string): Promise<void> {
    const { accounts } = this.#database
    await accounts
      .where('accountId')
      .equals(accountId)
      .modify((row) => void (row.failed = Math.max(0, row.failed - 1)))
  }

  async succeeded(accountId: string): Promise<void> {
    this.#waits.delete(accountId)
    await this.#database.accounts.update(accountId, { failed: 0 })
  }
}
