import type { Answer, Answers } from '../record/answers.ts'
import type { CompleteRecord } from '../record/case-record.ts'
import { judge } from '../record/rules.ts'
import { overridable } from '../record/unit-answers.ts'
import type { Victim } from '../record/units.ts'

/**
 * What counts for each victim of a case: the victim's answers, and of the variables that may be overridden the victim's
 * own value, else the event's if the variable is open for this victim. Type 1 does not inherit `fls`; who decided (`ret`,
 * `dem`) goes with an own status and is not inherited beside it (record-shape.md, "Where each variable lies").
 */
export function answersOfVictims(record: CompleteRecord): (victim: Victim) => Answers {
  const judgement = judge(record, { now: record.finishedAt })
  const common: Answers = { ...record.event.answers, ...record.reportingEntity.answers }
  return ({ id, answers, overrides = {} }) => {
    const inherited = overridable
      .filter(({ code }) => overrides[code] === undefined)
      .flatMap(({ code, texts }) => present([code, judgement.value(id, code)], texts, common))
    return { ...answers, ...Object.fromEntries(inherited), ...overrides }
  }
}

type Given = readonly [key: string, answer: Answer]

/** The answer with its texts, if there is one. */
function present([code, answer]: [string, Answer | undefined], texts: string | undefined, from: Answers): Given[] {
  if (answer === undefined) return []
  const beside = texts === undefined ? undefined : from[texts]
  return [[code, answer], ...(texts !== undefined && beside !== undefined ? [[texts, beside] as const] : [])]
}
