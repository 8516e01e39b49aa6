import type { Entry } from '../codebook/code-list.ts'
import { formsOfExploitation } from '../codebook/forms-of-exploitation.ts'
import { alpha3 } from '../codebook/lists/countries.ts'
import type { Variable } from '../codebook/variable.ts'

/**
 * The cell of a whole answer: empty for none, codes of a list joined by `;`, countries as alpha-3 (other programs read
 * the NA of Namibia as a missing value), everything else as it is stored, missing codes among it.
 */
export function cellOf(variable: Variable, answer: unknown): string {
  const codes = codesIn(answer)
  return (variable.kind === 'country' ? codes.map(countryCell) : codes).join(';')
}

/** The answer as a list of texts; empty for no answer. */
export function codesIn(answer: unknown): readonly string[] {
  if (answer === undefined || answer === '') return []
  return Array.isArray(answer) ? answer.map(String) : [String(answer)]
}

/**
 * A part of a structured answer; empty where it has none. A bare missing code is given back by the part that
 * `holdsMissing`, so that it stands in one column and not in all of them.
 */
export function part(answer: unknown, key: string, holdsMissing: boolean): string {
  if (typeof answer === 'string') return holdsMissing ? answer : ''
  return ownText(answer, key)
}

/** The text kept beside a code. */
export function textBeside(texts: unknown, code: string): string {
  return ownText(texts, code)
}

/** `ES` → `ESP`; a special or missing code stays as it is. */
export function countryCell(code: string): string {
  return alpha3.get(code) ?? code
}

/** The values of a variable, an organisation's own ones apart: listed, or for the long standard lists only the special ones, beside the list's name. */
export function entriesOf(variable: Variable): {
  values?: readonly Entry[]
  standard?: string
  own?: readonly Entry[]
} {
  switch (variable.kind) {
    case 'country':
      return { values: variable.list.entries, standard: 'ISO 3166-1 alpha-3' }
    case 'language':
      return { values: variable.list.entries, standard: 'ISO 639-1, else ISO 639-2' }
    case 'sectors':
      return { values: variable.list.entries, standard: 'ISIC Rev.5' }
    case 'exploitation':
      return { values: forms }
    default:
      return 'list' in variable && variable.list ? standardAndOwn(variable.list.entries) : {}
  }
}

function standardAndOwn(entries: readonly Entry[]) {
  const own = entries.filter((entry) => entry.own !== undefined)
  return own.length === 0 ? { values: entries } : { values: entries.filter((entry) => !entry.own), own }
}

const forms: readonly Entry[] = formsOfExploitation.entries
  .filter((form) => form.level > 0)
  .map(({ help, ...form }) => ({
    code: form.code,
    label: form.label,
    definition: help,
    ...('freeText' in form && { freeText: form.freeText }),
  }))

const isObject = (value: unknown): value is Readonly<Record<string, unknown>> =>
  typeof value === 'object' && value !== null && !Array.isArray(value)

function ownText(value: unknown, key: string): string {
  if (!isObject(value) || !Object.hasOwn(value, key) || value[key] === undefined) return ''
  return String(value[key])
}
