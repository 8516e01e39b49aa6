import type { Database } from '../database.ts'
import { inOneTransaction, isFull } from './once-more.ts'
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
  /** Attempts that the disk had no room to count. */
  readonly #unwritten = new Map<string, number>()

  constructor(database: Database, clock: Clock) {
    this.#database = database
    this.#clock = clock
  }

  /** Milliseconds until the next attempt may be made. `failed` is what the disk has counted. */
  waitMs(accountId: string, failed: number): number {
    const now = this.#clock.monotonic()
    const all = failed + (this.#unwritten.get(accountId) ?? 0)
    let wait = this.#waits.get(accountId)
    if (wait?.failed !== all) {
      wait = { failed: all, until: now + delayAfter(all) }
      this.#waits.set(accountId, wait)
    }
    return Math.max(0, Math.ceil(wait.until - now))
  }

  /**
   * Counts an attempt as failed, on the disk, before it is made: closing the tab in the middle saves nobody a wait. Where
   * the disk has no room it counts in memory, since whoever cannot open the tablet cannot make room. Gives what the disk
   * has counted.
   */
  async begin(accountId: string): Promise<number> {
    const { accounts } = this.#database
    const count = async (): Promise<number> => {
      const failed = ((await accounts.get(accountId))?.failed ?? 0) + 1
      await accounts.update(accountId, { failed })
      return failed
    }
    const failed = await this.#ifThereIsRoom(count)
    if (failed !== undefined) return failed
    this.#unwritten.set(accountId, (this.#unwritten.get(accountId) ?? 0) + 1)
    return (await accounts.get(accountId))?.failed ?? 0
  }

  /** Takes back the one attempt that `begin` counted: it was not the passphrase that failed. */
  async takeBack(accountId: string): Promise<void> {
    const unwritten = this.#unwritten.get(accountId) ?? 0
    if (unwritten > 0) return void this.#unwritten.set(accountId, unwritten - 1)
    await this.#ifThereIsRoom(
      async () =>
        await this.#database.accounts
          .where('accountId')
          .equals(accountId)
          .modify((row) => void (row.failed = Math.max(0, row.failed - 1))),
    )
  }

  async succeeded(accountId: string): Promise<void> {
    this.#waits.delete(accountId)
    this.#unwritten.delete(accountId)
    if (((await this.#database.accounts.get(accountId))?.failed ?? 0) === 0) return
    await this.#ifThereIsRoom(async () => await this.#database.accounts.update(accountId, { failed: 0 }))
  }

  /** In one transaction; undefined, and nothing done, where the disk has no room. */
  async #ifThereIsRoom<T>(work: () => Promise<T>): Promise<T | undefined> {
    try {
      return await inOneTransaction(this.#database, [this.#database.accounts], work)
    } catch (error) {
      if (isFull(error)) return undefined
      throw error
    }
  }
}
