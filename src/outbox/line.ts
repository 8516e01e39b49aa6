import { batchSizes } from '../batch/protocol.ts'
import type { Consequence, DeliveryCode, Method } from './answers.ts'
import { backoff, isDue, PROBE_WAIT } from './backoff.ts'

/**
 * The state of the line to the receiver: how much it bears, and when it may be tried again. Pure transitions; the
 * clock and the random numbers are handed in. One row beside the device's own, so that page and service worker share it.
 */
export interface Line {
  readonly key: 'line'
  /** Why nothing leaves before `nextAt`: growing waits, an hourly probe, or a wait that we were told. */
  readonly hold: 'none' | 'backoff' | 'probe' | 'told'
  /** Epoch milliseconds; while `hold` is 'none' it is when the next box that waits for itself comes due, 0 = none does. */
  readonly nextAt: number
  readonly code: DeliveryCode
  /** Failures in a row; they end with the receiver's own word. */
  readonly failures: number
  /** Unreadable answers in a row to `method`. */
  readonly doubts: number
  /** Boxes in a row that were turned down without proof, each on its own. */
  readonly turnedDown: number
  readonly method: Method
  /** Size in bytes of the next batch. */
  readonly target: number
  /** Largest size in bytes that was not called too large. */
  readonly ceiling: number
  /** `changes` of the device's row when this was written. */
  readonly changes: number
  /** Epoch milliseconds of the last request that was answered or given up; absent before the first. */
  readonly triedAt?: number
}

/** A line of which nothing is known yet. */
export const freshLine = (changes: number): Line => ({
  key: 'line',
  hold: 'none',
  nextAt: 0,
  code: '',
  failures: 0,
  doubts: 0,
  turnedDown: 0,
  method: 'PUT',
  target: batchSizes.first,
  ceiling: batchSizes.most,
  changes,
})

/** Why somebody asks to send: `timer` respects every wait, `woken` no growing one, `start` no probe, `person` none. */
export type Trigger = 'timer' | 'woken' | 'start' | 'person'

const ignores: Record<Trigger, readonly Line['hold'][]> = {
  timer: [],
  woken: ['backoff'],
  start: ['backoff', 'probe'],
  person: ['backoff', 'probe', 'told'],
}

/** Whether a request may leave now. */
export function mayTry(line: Line, trigger: Trigger, now: number): boolean {
  return line.hold === 'none' || isDue(line.nextAt, now) || ignores[trigger].includes(line.hold)
}

/** The line at the beginning of a pass: never more than the first size, and the limit of yesterday is tried again. */
export function beginPass(line: Line): Line {
  return { ...line, target: Math.min(line.target, batchSizes.first), ceiling: batchSizes.most, turnedDown: 0 }
}

/** The line after an answer. `sent` is the size in bytes of the body that was answered. */
export function advance(line: Line, consequence: Consequence, sent: number, now: number, random: () => number): Line {
  const sized = resize(turn(line, consequence), consequence, sent)
  const after = { ...sized, code: consequence.code, triedAt: now }
  const { next } = consequence
  if (typeof next === 'object') return { ...after, hold: 'told', nextAt: now + next.told }
  if (next === 'probe') return { ...after, hold: 'probe', nextAt: now + PROBE_WAIT, failures: after.failures + 1 }
  if (next === 'backoff') return holdBack(after, now, random)
  if (consequence.contact) return { ...after, hold: 'none', nextAt: 0, failures: 0, turnedDown: 0 }
  return after.turnedDown >= 3 ? holdBack({ ...after, turnedDown: 0 }, now, random) : { ...after, hold: 'none' }
}

function holdBack(line: Line, now: number, random: () => number): Line {
  const failures = line.failures + 1
  return { ...line, hold: 'backoff', failures, nextAt: now + backoff(failures, random) }
}

function turn(line: Line, { method, boxes, contact }: Consequence): Line {
  const turnedDown = !contact && boxes.size > 0 ? line.turnedDown + 1 : line.turnedDown
  const doubts = method === 'doubt' ? line.doubts + 1 : 0
  if (method !== 'other' && doubts < 2) return { ...line, turnedDown, doubts }
  return { ...line, turnedDown, doubts: 0, method: line.method === 'PUT' ? 'POST' : 'PUT' }
}

function resize(line: Line, { size, next }: Consequence, sent: number): Line {
  const tried = Math.min(line.target, Math.max(sent, 1))
  if (size === 'same') return line
  if (size === 'one') return { ...line, target: 1 }
  if (size === 'double') return { ...line, target: Math.min(Math.max(line.target, sent) * 2, line.ceiling) }
  const target = Math.max(1, Math.floor(tried / 2))
  return { ...line, target, ceiling: next === 'at-once' ? target : line.ceiling }
}
