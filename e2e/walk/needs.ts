import { allVariables, codebook, isVariableCode, variable as variableOf } from '../../src/codebook/codebook.ts'
import type { Comparison, Condition } from '../../src/codebook/rule.ts'
import type { Variable } from '../../src/codebook/variable.ts'
import { offeredOf } from './words-of.ts'

/** An answer that has to stand so that some question is asked, and is not filled in by the program. */
export interface Need {
  readonly code: string
  readonly answer: string
}

/** What stands in every case of the walk: a perpetrator beside the victim, and the screen of their link. */
const there = ['perpetrators', 'link']

/** The first of the alternatives, since one is enough. */
function holding(condition: Condition): readonly Need[] {
  if ('all' in condition) return condition.all.flatMap(holding)
  if ('any' in condition) return condition.any.slice(0, 1).flatMap(holding)
  if ('not' in condition) return failing(condition.not)
  const { var: code } = condition
  if (there.includes(code)) return []
  if (condition.op === 'in') return condition.value.slice(0, 1).map((answer) => ({ code, answer }))
  if ((condition.op === 'eq' || condition.op === 'includesL1') && typeof condition.value === 'string')
    return [{ code, answer: condition.value }]
  throw new RangeError(`the walk knows no answer that makes ${condition.op} hold for ${code}`)
}

function failing(condition: Condition): readonly Need[] {
  if ('all' in condition) return condition.all.slice(0, 1).flatMap(failing)
  if ('any' in condition) return condition.any.flatMap(failing)
  if ('not' in condition) return holding(condition.not)
  return [{ code: condition.var, answer: another(condition) }]
}

/** An answer that the comparison does not hold for. */
function another(comparison: Comparison): string {
  const one = variableOf(comparison.var)
  if (comparison.op === 'isNumber') return one.missing[0] ?? ''
  const named = comparison.op === 'in' ? comparison.value : comparison.op === 'eq' ? [comparison.value] : undefined
  const other = named && offeredOf(one.code).find(({ code }) => !named.includes(code))
  if (other) return other.code
  throw new RangeError(`the walk knows no answer that keeps ${comparison.op} from holding for ${comparison.var}`)
}

/** Asked at all (`askedWhen`), and left to the person by every rule that would set it. */
function needsOf({ code, askedWhen: { expr } }: Variable): readonly Need[] {
  const setting = codebook.rules.flatMap((rule) => rule.expr.filter(({ set }) => set !== undefined && code in set))
  return [...(expr === true ? [] : holding(expr)), ...setting.flatMap(({ when }) => (when ? failing(when) : []))]
}

/**
 * The answers, by variable, that bring every question of the codebook on the screen at once. Throws where two questions
 * want different answers of one variable that takes only one: the walk then needs a second case.
 */
export function answersThatAskAll(): ReadonlyMap<string, readonly string[]> {
  const wanted = new Map<string, readonly string[]>()
  const asked = allVariables.filter(({ question, stored }) => question !== '(derived)' && stored !== false)
  for (const { code, answer } of asked.flatMap(needsOf)) {
    if (!isVariableCode(code)) throw new RangeError(`${code} is nothing that is asked`)
    const before = wanted.get(code) ?? []
    if (before.includes(answer)) continue
    if (before.length > 0 && variableOf(code).kind === 'coded')
      throw new RangeError(`two answers are wanted of ${code}`)
    wanted.set(code, [...before, answer])
  }
  return wanted
}
