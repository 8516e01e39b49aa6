const SECOND = 1_000
const HOUR = 3_600 * SECOND

/** Longest wait that a receiver may ask for, and the longest that the outbox ever waits: 24 h in milliseconds. */
export const LONGEST_WAIT = 24 * HOUR
/** Between two tries on a line that refuses us without proof: 1 h in milliseconds. */
export const PROBE_WAIT = HOUR
const FIRST_WAIT = 30 * SECOND
const LONGEST_BACKOFF = 6 * HOUR

/**
 * How long to wait after the nth failure in a row, in milliseconds: full jitter over 30 s × 2^(n-1), at most 6 h.
 * `failures` counts from 1; `random` gives a number in [0, 1). Never says "give up".
 */
export function backoff(failures: number, random: () => number): number {
  const doublings = Math.min(Math.max(failures - 1, 0), 32)
  return Math.round(random() * Math.min(FIRST_WAIT * 2 ** doublings, LONGEST_BACKOFF))
}

/**
 * The wait that a `Retry-After` header asks for, in milliseconds, held between 1 s and 24 h; undefined when it is
 * neither whole seconds nor an HTTP date (RFC 9110, 10.2.3).
 */
export function retryAfter(header: string | undefined, now: number): number | undefined {
  const text = header?.trim() ?? ''
  if (/^\d+$/.test(text)) return held(Number(text) * SECOND)
  if (!/^[A-Z][a-z]{2}, \d{2} [A-Z][a-z]{2} \d{4} \d{2}:\d{2}:\d{2} GMT$/.test(text)) return undefined
  const date = Date.parse(text)
  return Number.isNaN(date) ? undefined : held(date - now)
}

/**
 * Whether a planned moment has come. One that lies further ahead than we ever wait was written by a clock that was
 * wrong, and counts as come.
 */
export function isDue(nextAt: number, now: number): boolean {
  return nextAt <= now || nextAt - now > LONGEST_WAIT
}

/** The time limit of one request in milliseconds: 60 s, and a second for each kB, so that a 2G line can bear it. */
export function timeLimit(size: number): number {
  return 60 * SECOND + Math.ceil(size / 1_000) * SECOND
}

/** The largest body, in bytes, whose time limit fits into what is left of a budget of milliseconds. */
export function sizeWithin(budget: number): number {
  return Math.max(0, Math.floor((budget - 60 * SECOND) / SECOND) * 1_000)
}

function held(wait: number): number {
  return Math.min(Math.max(wait, SECOND), LONGEST_WAIT)
}
