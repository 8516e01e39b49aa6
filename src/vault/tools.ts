import type { Database } from '../database.ts'
import type { KdfCost } from '../seal/argon2.ts'
import type { KeySlots } from './key-slot.ts'
import type { TrialLocks } from './trial.ts'

export interface Clock {
  now(): Date
  /** Milliseconds that never go back, whatever is done to the wall clock. */
  monotonic(): number
}

/** What the vault works with; the worker gives it the browser's, a test its own. */
export interface Tools {
  readonly database: Database
  readonly keySlots: KeySlots
  readonly clock: Clock
  /** For the trial of the browser alone, which finds them missing where they are not given. */
  readonly locks?: TrialLocks
  /** Finds what a passphrase of a new account costs on this device. */
  readonly tune: () => Promise<KdfCost>
  /** Told when a wipe passphrase has erased an account: other tabs may have it open. */
  readonly erased?: (accountId: string) => void
}

/** When a case was changed. Moments of a record end with their minute, in which more than one case may be changed. */
export const exactNow = (clock: Clock): string => clock.now().toISOString()

export const systemClock: Clock = { now: () => new Date(), monotonic: () => performance.now() }
