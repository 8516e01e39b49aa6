import { codebook, isVariableCode, variable as variableOf } from '../codebook/codebook.ts'
import { canonicalAnswer } from './canonical.ts'
import { deriveFacts } from './derive.ts'
import type { Draft } from './draft.ts'
import type { Facts } from './facts.ts'
import { isSame, type Json } from './json.ts'
import { tidyText } from './short-text.ts'
import { keysOf } from './unit-answers.ts'

/** Confirms a check at a unit; confirming twice changes nothing. */
export function confirm(draft: Draft, rule: string, at: string): Draft {
  const known = draft.confirmed.some((one) => one.rule === rule && one.at === at)
  return known ? draft : { ...draft, confirmed: [...draft.confirmed, { rule, at }] }
}

/**
 * The later draft without the confirmations that its change made stale: one is gone as soon as one of its rule's variables
 * is another for that unit (texts and marks with it, values from the event as well), or the unit is gone.
 */
export function withoutStaleConfirmations(before: Draft, after: Draft): Draft {
  if (after.confirmed.length === 0) return after
  const [old, now] = [before, after].map((draft) => deriveFacts(draft, { now: draft.createdAt })) as [Facts, Facts]
  const confirmed = after.confirmed.filter(({ rule, at }) => isSame(seen(old, rule, at), seen(now, rule, at)))
  return { ...after, confirmed: confirmed.filter(({ at }) => now.unit(at) !== undefined) }
}

/** What a rule looks at in a unit; answers of closed variables only where the rule looks after those. */
function seen(facts: Facts, id: string, at: string): Json {
  const unit = facts.unit(at)
  const rule = codebook.rules.find((rule) => rule.id === id)
  if (unit === undefined || rule === undefined) return null
  const view = rule.stage === 'edit' ? 'all' : 'open'
  return rule.variables.flatMap((code): Json[] => {
    if (code === 'freeText') return facts.textsOf(unit, view).map(({ code, text }) => [code, tidyText(text)])
    if (!isVariableCode(code)) return []
    const variable = variableOf(code)
    return keysOf(variable).map((key) => canonicalAnswer(variable, facts.value(unit, key, view)) ?? null)
  })
}
