import type { CaseSummary, LongWaits } from '../vault/api.ts'
import { daysUnsent } from './case-list.ts'

/** Days after which somebody is asked what becomes of a case, and asked again. */
export const decideAfter = 90
const askAgainAfter = 30

const day = 86_400_000

/**
 * Whether somebody is asked what becomes of it. `now` is when the screen was opened, so a case may have been put off since;
 * what was put off by a clock that ran ahead by more than a day counts as not put off.
 */
export function isToDecide(one: CaseSummary, now: number, { putOff }: Pick<LongWaits, 'putOff'>): boolean {
  const since = now - (putOff[one.id] ?? 0)
  return daysUnsent(one, now) > decideAfter && (since < -day || since > askAgainAfter * day)
}
