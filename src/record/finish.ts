import {
  caseRecordSchema,
  schemaVersion,
  type CaseRecord,
  type CompleteRecord,
  type WithdrawnRecord,
} from './case-record.ts'
import { currentStatuses, lastEntry } from './coherence.ts'
import { withoutStaleConfirmations } from './confirmations.ts'
import type { Draft } from './draft.ts'
import { inspect } from './inspect.ts'
import { isSame } from './json.ts'
import { dayOf } from './moment.ts'
import type { Finding } from './rules.ts'
import { settle } from './settle.ts'
import { findingsOfShape } from './shape-findings.ts'
import { isPresent, type HistoryEntry, type Victim } from './units.ts'

export interface FinishOptions {
  /** Moment of finishing. */
  now: string
  revision: number
  /** SHA-256 of the revision before, as it was written; `null` in revision 1. */
  previous: string | null
}

export type Finished =
  /** `text` is the revision as it travels and is digested: JSON with its members in the documented order. */
  | { status: 'finished'; record: CaseRecord; text: string }
  /** What must be mended first: rules of severity error, and `shape`. */
  | { status: 'blocked'; findings: Finding[] }

/**
 * Makes a revision of a draft: derive, prune, keep the history, and then nothing of strength "must" may be broken.
 * A case whose last victim withdrew becomes a tombstone. The draft itself stays as it is.
 */
export function finish(draft: Draft, options: FinishOptions): Finished {
  const settled = settle(draft, options.now)
  const reasons = settled.victims.flatMap((victim) => (isPresent(victim) ? [] : [victim.withdrawn.reason]))
  if (reasons.length > 0 && reasons.length === settled.victims.length && options.revision > 1) {
    return withdraw(draft, { ...options, reason: reasons.every((reason) => reason === 'error') ? 'error' : 'consent' })
  }
  const record = recordOf(withoutStaleConfirmations(draft, settled), options)
  const findings = inspect(record, options.now)
  return findings.length > 0 ? { status: 'blocked', findings } : finished(record)
}

/**
 * The draft as a record would have it now, judged by nobody: for somebody to read what was not finished, never to be
 * sent. Victims that withdraw everything are tombstones in it.
 */
export function asItStands(draft: Draft, options: FinishOptions): CompleteRecord {
  return recordOf(settle(draft, options.now), options)
}

export interface WithdrawOptions extends FinishOptions {
  reason: WithdrawnRecord['reason']
  /** The other caseId, where this case was entered twice. */
  mergedInto?: string
}

/** The tombstone of a case: a next revision without units, history or confirmations. Blocked as a first revision. */
export function withdraw(draft: Draft, options: WithdrawOptions): Finished {
  const { reason, mergedInto, now: finishedAt } = options
  const { origin, createdAt } = draft
  const merged = mergedInto === undefined ? {} : { mergedInto }
  const record: WithdrawnRecord = {
    ...headOf(draft, options),
    state: 'withdrawn',
    reason,
    ...merged,
    origin,
    createdAt,
    finishedAt,
  }
  const result = caseRecordSchema.safeParse(record)
  return result.success
    ? finished(record)
    : { status: 'blocked', findings: findingsOfShape(result.error.issues, draft) }
}

function finished(record: CaseRecord): Finished {
  return { status: 'finished', record, text: JSON.stringify(record) }
}

function headOf({ edition, overlay, caseId, code }: Draft, { revision, previous }: FinishOptions) {
  const own = overlay === undefined ? {} : { overlay }
  return { schema: schemaVersion, edition, ...own, caseId, code, revision, previous } as const
}

/** The members in the documented order. Victims that still withdraw everything have become tombstones before. */
function recordOf(draft: Draft, options: FinishOptions): CompleteRecord {
  const { origin, createdAt, localReference, event, reportingEntity, perpetrators, links, confirmed } = draft
  const victims = draft.victims as CompleteRecord['victims'] & Victim[]
  return {
    ...headOf(draft, options),
    state: 'complete',
    origin,
    createdAt,
    finishedAt: options.now,
    ...(localReference === undefined ? {} : { localReference }),
    event,
    reportingEntity,
    victims,
    perpetrators,
    links,
    history: historyOf(draft, dayOf(options.now)),
    confirmed,
  }
}

/** Every value that `sta` and `ces` ever had; what is new gets the day of finishing, unless the draft dates it already. */
export function historyOf(draft: Draft, day: string): HistoryEntry[] {
  const news = currentStatuses(draft, day).filter((now) => {
    const last = lastEntry(draft.history, now)
    return last === undefined || !isSame({ ...last, date: day }, { ...now })
  })
  return [...draft.history, ...news]
}
