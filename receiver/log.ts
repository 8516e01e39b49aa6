/**
 * One line for each answer: when, which device, what came of it. Never an address, a header, a body or
 * the message of an error (security.md section 10).
 */
export interface LogEntry {
  /** ISO 8601, UTC. */
  readonly time: string
  /** The enrolled device, or null where nobody enrolled has asked. */
  readonly device: string | null
  readonly status: number
  /** Bytes of the request's body as announced. */
  readonly size: number
  readonly code: string
}

export type Log = (entry: LogEntry) => void

/** Writes each entry as one line of JSON with exactly the members of `LogEntry`. */
export function logTo(write: (line: string) => void): Log {
  return ({ time, device, status, size, code }) => write(`${JSON.stringify({ time, device, status, size, code })}\n`)
}
