import { codebook, type Codebook } from '../codebook/codebook.ts'
import type { Step, UnitName, Variable } from '../codebook/variable.ts'
import type { Draft } from './draft.ts'
import { isEmpty } from './json.ts'
import type { Judgement } from './rules.ts'
import { isPresent } from './units.ts'

export interface Count {
  answered: number
  asked: number
}

export type StepCounts = Partial<Record<Step, Count>>

export interface Completeness {
  /** Of the whole case, for each step that the organisation wants. */
  steps: StepCounts
  /** The same for `event`, `reportingEntity`, each victim and perpetrator by id, each link by `<victim>/<perpetrator>`. */
  units: Readonly<Record<string, StepCounts>>
}

/** Whether the organisation asks this variable: its step is wanted, or it is asked without being wanted (`x3pls`). */
export function isAsked(variable: Variable, enabledSteps: readonly Step[]): boolean {
  if (variable.stored === false || variable.off) return false
  return enabledSteps.includes(variable.step) || variable.enabledByDefault === true
}

/**
 * How much of what is asked has an answer, missing codes and derived values among them. Closed variables are not asked;
 * what a victim may answer otherwise is counted once, at the event.
 */
export function completeness(
  draft: Draft,
  judgement: Judgement,
  enabledSteps: readonly Step[],
  asked: Codebook = codebook,
): Completeness {
  const units: Record<string, StepCounts> = {}
  for (const { name, at, unit } of unitsOf(draft))
    units[name] = countsOf(judgement, at, asked.units[unit], enabledSteps)
  return { steps: total(Object.values(units), enabledSteps), units }
}

function unitsOf(draft: Draft): { name: string; at: string; unit: UnitName }[] {
  const named = (unit: UnitName) => (id: string) => ({ name: id, at: id, unit })
  return [
    { name: 'event', at: 'event', unit: 'event' },
    { name: 'reportingEntity', at: 'event', unit: 'reportingEntity' },
    ...draft.victims.filter(isPresent).map((one) => named('victim')(one.id)),
    ...draft.perpetrators.map((one) => named('perpetrator')(one.id)),
    ...draft.links.map((one) => named('link')(`${one.victim}/${one.perpetrator}`)),
  ]
}

function countsOf(judgement: Judgement, at: string, variables: readonly Variable[], steps: readonly Step[]) {
  const asked = variables.filter(
    (variable) =>
      variable.stored !== false &&
      !variable.off &&
      steps.includes(variable.step) &&
      judgement.isOpen(at, variable.code),
  )
  const counts = steps.map((step): [Step, Count] => {
    const here = asked.filter((variable) => variable.step === step)
    const answered = here.filter((variable) => !isEmpty(judgement.value(at, variable.code)))
    return [step, { answered: answered.length, asked: here.length }]
  })
  return Object.fromEntries(counts) as StepCounts
}

function total(all: readonly StepCounts[], steps: readonly Step[]): StepCounts {
  const sums = steps.map((step) => {
    const counts = all.map((one) => one[step] ?? { answered: 0, asked: 0 })
    const sum = (key: keyof Count) => counts.reduce((so, count) => so + count[key], 0)
    return [step, { answered: sum('answered'), asked: sum('asked') }]
  })
  return Object.fromEntries(sums) as StepCounts
}
