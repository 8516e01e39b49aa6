import { draftOf } from '../src/record/amend.ts'
import type { CaseRecord } from '../src/record/case-record.ts'
import type { ChangeSaid, CodeChange } from '../src/record/change-by-code.ts'
import { variable as variableOf } from '../src/codebook/codebook.ts'
import { withAnswer, withdrawVictim, type Draft } from '../src/record/draft.ts'
import { finish, historyOf, withdraw } from '../src/record/finish.ts'
import { settle } from '../src/record/settle.ts'
import { isPresent } from '../src/record/units.ts'

/** Why a change by code needs somebody to decide. */
export const askReasons = [
  'no-such-case',
  'several-cases',
  'no-such-victim',
  'later-version',
  'case-withdrawn',
  'not-asked-here',
  'rule-broken',
] as const
export type AskReason = (typeof askReasons)[number]

export type Application =
  /** The next revision of the case; the same one where it says so already. */
  | { readonly status: 'applied'; readonly record: CaseRecord }
  | { readonly status: 'asks'; readonly reason: AskReason; readonly rules?: readonly string[] }

/**
 * The revision that a change by code makes of the one that counts. It never guesses: what does not fit the case, or was
 * said before a later version was finished, asks. Only a withdrawal of consent holds whatever came later.
 * @param previous digest of the record's text
 */
export function applyChange(record: CaseRecord, change: CodeChange, previous: string): Application {
  const { says, at } = change
  if (record.state === 'withdrawn') {
    const said = says.kind === 'consent' && says.scope === 'all'
    return said ? { status: 'applied', record } : asks('case-withdrawn')
  }
  if (says.kind !== 'consent' && Date.parse(at) < Date.parse(record.finishedAt)) return asks('later-version')
  const options = { now: later(at, record.finishedAt), revision: record.revision + 1, previous }
  const draft = draftOf(record)
  const victim = 'victim' in says && says.victim !== undefined ? record.victims[says.victim - 1] : undefined
  if ('victim' in says && says.victim !== undefined && victim === undefined) return asks('no-such-victim')
  if (victim !== undefined && !isPresent(victim)) {
    return says.kind === 'consent' ? { status: 'applied', record } : asks('no-such-victim')
  }
  if (says.kind === 'consent' && says.scope === 'all' && victim === undefined) {
    return outcomeOf(withdraw(draft, { ...options, reason: 'consent' }))
  }
  const edited = edit(draft, says, victim?.id)
  if (!holds(settle(edited, options.now), says, victim?.id)) return asks('not-asked-here')
  return outcomeOf(finish(withHistory(edited, says, options.now), options))
}

const asks = (reason: AskReason) => ({ status: 'asks', reason }) as const

function outcomeOf(finished: ReturnType<typeof finish>): Application {
  if (finished.status === 'finished') return { status: 'applied', record: finished.record }
  return { ...asks('rule-broken'), rules: [...new Set(finished.findings.map(({ rule }) => rule))] }
}

const later = (one: string, other: string): string => (Date.parse(one) < Date.parse(other) ? other : one)

function edit(draft: Draft, says: ChangeSaid, victim: string | undefined): Draft {
  const at = victim ?? 'event'
  switch (says.kind) {
    case 'status':
      return (['sta', 'ret', 'dem'] as const).reduce((next, code) => withAnswer(next, at, code, says[code]), draft)
    case 'proceedings':
      return withAnswer(draft, at, 'ces', says.ces)
    case 'correction': {
      const { texts } = variableOf(says.variable)
      const answered = withAnswer(draft, at, says.variable, says.value)
      return texts === undefined ? answered : withAnswer(answered, at, texts, says.texts)
    }
    case 'consent':
      return withConsentBack(draft, says, victim)
  }
}

/** Of one victim, or of everybody who is still there. */
function withConsentBack(
  draft: Draft,
  { scope, date }: ChangeSaid & { kind: 'consent' },
  victim: string | undefined,
): Draft {
  if (scope === 'all' && victim !== undefined) return withdrawVictim(draft, victim, { date, reason: 'consent' })
  const victims = draft.victims.map((one) =>
    isPresent(one) && (victim === undefined || one.id === victim)
      ? { ...one, consent: { ...one.consent, withdrawn: { date, scope: 'share' as const } } }
      : one,
  )
  return { ...draft, victims }
}

/** The decision has its own day, which is not the one on which it was told. */
function withHistory(draft: Draft, says: ChangeSaid, now: string): Draft {
  if (says.kind !== 'status' && says.kind !== 'proceedings') return draft
  return { ...draft, history: historyOf(settle(draft, now), says.date) }
}

/** Whether what was said stands in the case after its rules were applied: else the question is not asked there. */
function holds(settled: Draft, says: ChangeSaid, victim: string | undefined): boolean {
  if (says.kind === 'consent') return true
  const code = says.kind === 'status' ? 'sta' : says.kind === 'proceedings' ? 'ces' : says.variable
  const one = settled.victims.filter(isPresent).find(({ id }) => id === victim)
  const given =
    victim === undefined
      ? { ...settled.event.answers, ...settled.reportingEntity.answers }
      : { ...one?.overrides, ...one?.answers }
  return given[code] !== undefined
}
