import { codebook } from '../codebook/codebook.ts'
import type { CompleteRecord } from './case-record.ts'
import { deriveFacts } from './derive.ts'
import type { Facts } from './facts.ts'
import { compareDates } from './partial-date.ts'
import { truthOf } from './rule-language.ts'
import type { Finding, Suggestion } from './rules.ts'
import { isPresent } from './units.ts'

/** What the rules of stage `compare` say about two cases; proposed, never done. */
export interface Comparison {
  /** The same victim in overlapping periods: perhaps one event reported twice. `at` is the victim. */
  findings: Finding[]
  /** Periods known to be apart: offered on the later case. */
  suggestions: (Suggestion & { caseId: string })[]
}

interface Side {
  readonly record: CompleteRecord
  readonly facts: Facts
}

/** Compares two cases (not two revisions of one) victim by victim. `now` is the moment of judging. */
export function compareCases(first: CompleteRecord, second: CompleteRecord, now: string): Comparison {
  const sides = [first, second].map((record): Side => ({ record, facts: deriveFacts(record, { now }) }))
  const [one, other] = sides as [Side, Side]
  const shared = first.victims.filter(
    (victim) => isPresent(victim) && second.victims.some(({ id, ...rest }) => id === victim.id && 'answers' in rest),
  )
  const results = shared.map(({ id }) => compareVictim(one, other, id, now))
  return {
    findings: results.flatMap((result) => result.findings),
    suggestions: results.flatMap((result) => result.suggestions),
  }
}

function compareVictim(one: Side, other: Side, at: string, now: string): Comparison {
  const [period, another] = [periodOf(one, at), periodOf(other, at)]
  const apart = endsBefore(period, another) || endsBefore(another, period)
  const later = endsBefore(period, another) ? other.record : one.record
  const facts = deriveFacts(later, { now, pair: { sameVictim: true, periodsOverlap: !apart } })
  const result: Comparison = { findings: [], suggestions: [] }
  for (const rule of codebook.rules.filter((rule) => rule.stage === 'compare')) {
    const unit = facts.unit(at)
    if (unit === undefined) continue
    for (const { when, confirm, suggest = {} } of rule.expr) {
      if (when !== undefined && truthOf(when, facts.reader(unit, 'open', rule)) !== true) continue
      if (confirm === true) {
        result.findings.push({ rule: rule.id, severity: rule.severity, at, variables: ['dab', 'dae'] })
      }
      for (const [code, value] of Object.entries(suggest)) {
        if (facts.own(unit, code, 'open') !== undefined) continue
        result.suggestions.push({ caseId: later.caseId, at, code, value, rule: rule.id })
      }
    }
  }
  return result
}

interface Period {
  readonly from: unknown
  readonly to: unknown
}

/** Ongoing ends when it was recorded. */
function periodOf({ record, facts }: Side, at: string): Period {
  const unit = facts.unit(at)
  const read = (code: string) => (unit === undefined ? undefined : facts.value(unit, code, 'open'))
  const to = read('dae')
  return { from: read('dab'), to: to === 'ongoing' ? record.event.answers['dat'] : to }
}

/** Known to: what is not known may overlap. */
function endsBefore(one: Period, other: Period): boolean {
  if (typeof one.to !== 'string' || typeof other.from !== 'string') return false
  const order = compareDates(one.to, other.from)
  return order !== undefined && order < 0
}
