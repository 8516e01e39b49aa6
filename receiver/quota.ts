const minute = 60_000
const day = 86_400_000

/**
 * Counts requests of each device in this process: a bucket that holds a minute's worth and fills steadily.
 * `take` returns 0 when the request may pass, else the seconds to wait.
 */
export class RequestQuota {
  readonly #perMinute: number
  readonly #buckets = new Map<string, { left: number; at: number }>()

  constructor(perMinute: number) {
    this.#perMinute = perMinute
  }

  take(device: string, now: number): number {
    const known = this.#buckets.get(device) ?? { left: this.#perMinute, at: now }
    const filled = known.left + (Math.max(0, now - known.at) / minute) * this.#perMinute
    const left = Math.min(this.#perMinute, filled)
    const allowed = left >= 1
    this.#buckets.set(device, { left: allowed ? left - 1 : left, at: now })
    if (this.#buckets.size > 50_000) this.#forgetFull(now)
    return allowed ? 0 : Math.ceil(((1 - left) / this.#perMinute) * 60)
  }

  #forgetFull(now: number): void {
    for (const [device, { at }] of this.#buckets) if (now - at > minute) this.#buckets.delete(device)
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
