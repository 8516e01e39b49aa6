import type { Variable } from '../codebook/variable.ts'
import { formsOfExploitation } from '../codebook/forms-of-exploitation.ts'
import { divisionsOf } from '../codebook/lists/industries.ts'

/** Always lower case: `NA` is Namibia. */
const missingCodes: readonly unknown[] = ['nk', 'na', 'ref']

export function isMissing(value: unknown): boolean {
  return missingCodes.includes(value)
}

const ownValue = /^([^/]+)\/[A-Za-z0-9_-]{1,40}$/

/** An organisation's own value `other/club` counts as `other`; every other code as itself. */
export function countedAs(code: string): string {
  return ownValue.exec(code)?.[1] ?? code
}

const orders = new WeakMap<Variable, readonly string[]>()

/** Every code of a variable's list in the order of the codebook, the missing codes last; empty where it has no list. */
export function orderOf(variable: Variable): readonly string[] {
  const known = orders.get(variable)
  if (known !== undefined) return known
  const order = [...new Set([...listed(variable), ...variable.missing])]
  orders.set(variable, order)
  return order
}

function listed(variable: Variable): string[] {
  if (variable.kind === 'exploitation') return formsOfExploitation.entries.map((form) => form.code)
  const codes = 'list' in variable ? (variable.list?.entries ?? []).map((entry) => entry.code) : []
  return variable.kind === 'sectors'
    ? codes.flatMap((code) => [code, ...divisionsOf(code).map((division) => code + division)])
    : codes
}

/** Codes of this variable beside which a short text may stand. */
export function codesWithText(variable: Variable): string[] {
  return entriesOf(variable).flatMap((entry) => (entry.freeText === undefined ? [] : [entry.code]))
}

/** Whether a value of this variable stands alone in a list: a missing code, or marked exclusive. */
export function isExclusive(variable: Variable, code: string): boolean {
  return isMissing(code) || entriesOf(variable).some((entry) => entry.code === code && entry.exclusive === true)
}

/** Whether this value is stored only when a rule sets it. */
export function onlyByRule(variable: Variable, code: string): boolean {
  return (
    'list' in variable && (variable.list?.entries ?? []).some((entry) => entry.code === code && entry.offered === false)
  )
}

interface ListEntry {
  readonly code: string
  readonly freeText?: 'required' | 'optional'
  readonly exclusive?: true
}

function entriesOf(variable: Variable): readonly ListEntry[] {
  if (variable.kind === 'exploitation') return formsOfExploitation.entries
  return 'list' in variable ? (variable.list?.entries ?? []) : []
}
