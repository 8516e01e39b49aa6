import type { Limits } from './limits.ts'

const minute = 60_000
const day = 86_400_000

/**
 * Counts requests of each device in this process: a bucket that holds a minute's worth and fills steadily.
 * `take` returns 0 when the request may pass, else the seconds to wait; `wait` says the same and counts nothing.
 */
export class RequestQuota {
  readonly #perMinute: number
  readonly #buckets = new Map<string, { left: number; at: number }>()

  constructor(perMinute: number) {
    this.#perMinute = perMinute
  }

  take(device: string, now: number): number {
    const left = this.#left(device, now)
    this.#buckets.set(device, { left: left >= 1 ? left - 1 : left, at: now })
    if (this.#buckets.size > 50_000) this.#forgetFull(now)
    return this.#secondsAt(left)
  }

  wait(device: string, now: number): number {
    return this.#secondsAt(this.#left(device, now))
  }

  #left(device: string, now: number): number {
    const known = this.#buckets.get(device) ?? { left: this.#perMinute, at: now }
    const filled = known.left + (Math.max(0, now - known.at) / minute) * this.#perMinute
    return Math.min(this.#perMinute, filled)
  }

  #secondsAt(left: number): number {
    return left >= 1 ? 0 : Math.ceil(((1 - left) / this.#perMinute) * 60)
  }

  #forgetFull(now: number): void {
    for (const [device, { at }] of this.#buckets) if (now - at > minute) this.#buckets.delete(device)
  }
}

/** Seconds. Who failed is told to come again when a whole minute's worth may have filled up: nobody gains by hurry. */
const failureWait = 60

/**
 * Counts in this process what failed: by organisation, or together where none is known, and by the hash of what was tried.
 * Nobody's address is asked for: behind a proxy all have the same. One token or code that is tried over and over uses up
 * its own share and leaves that of others alone; what lies beyond makes no entry, so that guessing fills no memory.
 */
export class FailureQuota {
  readonly #together: RequestQuota
  readonly #same: RequestQuota

  constructor(limits: Pick<Limits, 'failuresPerMinute' | 'sameFailuresPerMinute'>) {
    this.#together = new RequestQuota(limits.failuresPerMinute)
    this.#same = new RequestQuota(limits.sameFailuresPerMinute)
  }

  /** 0 where it may be refused by a signature, else the seconds to wait. */
  take(org: string, secretHash: string, now: number): number {
    if (this.#same.wait(secretHash, now) > 0 || this.#together.take(org, now) > 0) return failureWait
    this.#same.take(secretHash, now)
    return 0
  }
}

/** The day of a moment, as a count of days since 1970 in UTC; quotas by size start anew with it. */
export function dayOf(now: number): number {
  return Math.floor(now / day)
}

/** Seconds until the next day begins, at least 1. */
export function secondsToNextDay(now: number): number {
  return Math.max(1, Math.ceil(((dayOf(now) + 1) * day - now) / 1000))
}
