/**
 * What is asked: the International Classification for Administrative Data on Trafficking in Persons (IC-TIP) as data,
 * reconstructed from public material. Not an official publication, and not endorsed by UNODC or IOM; `docs/codebook.md`
 * says what is exact, adapted and proposed. English wording stands here to the letter; translations are keyed by code.
 * The sources, the crosswalks and the export targets are modules of their own, so that the form need not carry them.
 */

import type { Entry } from './code-list.ts'
import { consentFields } from './consent.ts'
import { about, edition } from './edition.ts'
import { event } from './event.ts'
import { formsOfExploitation } from './forms-of-exploitation.ts'
import { link } from './link.ts'
import { missingEntry } from './lists/missing.ts'
import { perpetrator } from './perpetrator.ts'
import { reportingEntity } from './reporting-entity.ts'
import type { Rule } from './rule.ts'
import { rules, type RuleId } from './rules.ts'
import type { UnitName, Variable } from './variable.ts'
import { victim } from './victim.ts'

const variables = [
  ...event.variables,
  ...victim.variables,
  ...perpetrator.variables,
  ...reportingEntity.variables,
  ...link.variables,
] as const

export type VariableCode = (typeof variables)[number]['code']

export const allVariables: readonly Variable[] = variables

const units: Readonly<Record<UnitName, readonly Variable[]>> = {
  event: event.variables,
  victim: victim.variables,
  perpetrator: perpetrator.variables,
  reportingEntity: reportingEntity.variables,
  link: link.variables,
}

export const codebook = {
  ...about,
  edition,
  units,
  classification: formsOfExploitation,
  rules: rules as readonly Rule[],
  consent: consentFields,
} as const

/** The codebook as it is asked: as it is, or as an organisation's overlay of this version has it (`overlay.ts`). */
export type Codebook = typeof codebook & { readonly overlay?: string }

const byCode: ReadonlyMap<string, Variable> = new Map(allVariables.map((one) => [one.code, one]))
const byId: ReadonlyMap<string, Rule> = new Map(codebook.rules.map((rule) => [rule.id, rule]))

/**
 * A variable, as `asked` has it where that is given. Throws a RangeError for a code that the codebook does not have; ask
 * `isVariableCode` first about a foreign one.
 */
export function variable(code: string, asked?: Codebook): Variable {
  const own = asked && asked.units !== units ? Object.values(asked.units).flat() : []
  const found = own.find((one) => one.code === code) ?? byCode.get(code)
  if (found === undefined) throw new RangeError('no such variable in this edition')
  return found
}

export function isVariableCode(code: string): code is VariableCode {
  return byCode.has(code)
}

/** Throws a RangeError for an id that the codebook does not have. */
export function ruleById(id: RuleId | (string & {})): Rule {
  const found = byId.get(id)
  if (found === undefined) throw new RangeError('no such rule in this edition')
  return found
}

/** The silences that a variable accepts, worded as its list words them; `offered: false` where only a rule sets one. */
export function missingEntriesOf(one: Variable): Entry[] {
  const listed = 'list' in one ? (one.list?.entries ?? []) : []
  return one.missing.map((code) => listed.find((entry) => entry.code === code) ?? missingEntry[code])
}
