import type { LongWaits } from './api.ts'
import { readAudit } from './audit.ts'
import type { AuditEntry } from './payload.ts'
import type { Session } from './session.ts'

const day = 86_400_000

/** A tablet may lie in a drawer for so long before its date is asked about; a clock may be set back by a day. */
const longestPause = 45 * day
const longestStepBack = day

const follows = (at: number, seen: number): boolean => at >= seen - longestStepBack && at <= seen + longestPause

/** What the logs say of putting off and of the clock: see `longWaits` of the api. */
export async function longWaits(session: Session, now: number): Promise<LongWaits> {
  const circleIds = [...new Set([...session.circles.values()].map(({ circleId }) => circleId))]
  const logs = await Promise.all(circleIds.map(async (circleId) => (await readAudit(session, circleId)).entries))
  const home = logs[circleIds.indexOf(session.pins.home.circleId)] ?? []
  const seen = lastBelieved(home)
  return {
    putOff: putOffIn(logs.flat()),
    ...(seen !== undefined && !follows(now, seen) && { jumpedFrom: seen }),
  }
}

// Unlocks are logged, so a clock that walks as clocks do is believed from unlock to unlock. One that jumped is not, nor
// is anything that is written by it, until somebody says that its date is right or it is back.
function lastBelieved(entries: readonly AuditEntry[]): number | undefined {
  let seen: number | undefined
  for (const { time, action } of entries) {
    const at = Date.parse(time)
    if (seen === undefined || action === 'clock') seen = at
    else if (follows(at, seen)) seen = Math.max(seen, at)
  }
  return seen
}

function putOffIn(entries: readonly AuditEntry[]): Record<string, number> {
  const last: Record<string, number> = {}
  for (const { action, target, time } of entries) {
    if (action === 'put-off' && target !== undefined) last[target] = Math.max(last[target] ?? 0, Date.parse(time))
  }
  return last
}
