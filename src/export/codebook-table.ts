import type { Codebook } from '../codebook/codebook.ts'
import type { Entry } from '../codebook/code-list.ts'
import { columnsOf, rowKeys, tableNames, type Column, type TableName } from './columns.ts'

const header = [
  'table',
  'column',
  'unit',
  'step',
  'code',
  'label',
  'value',
  'value_label',
  'definition',
  'source',
  'confidence',
] as const

type Line = Readonly<Record<(typeof header)[number], string>>

/**
 * The codebook that goes beside the tables: a line for each column and, under it, a line for each value of a list.
 *
 * Long standard lists (countries, languages) are named and not repeated. `confidence` says how firmly the list, or the
 * value, stands: most lists are not the official ones, which are not public.
 */
export function codebookTable(asked?: Codebook): {
  readonly columns: readonly string[]
  readonly rows: readonly (readonly string[])[]
} {
  const lines = tableNames.flatMap((table) => [...keyLines(table), ...columnsOf(table, asked).flatMap(linesOf(table))])
  return { columns: header, rows: lines.map((line) => header.map((name) => line[name])) }
}

/** What stands in a column of keys. */
export const keyTitles: Readonly<Record<string, string>> = {
  case_id: 'The case: one event with everybody in it. Random; made on the tablet',
  victim_id: 'Pseudonym of the victim, the same in all their events',
  perpetrator_id: 'Pseudonym of the perpetrator',
  revision: 'Which finished state of the case this is: 1, 2, 3 …',
}

const blank = Object.fromEntries(header.map((name) => [name, ''])) as Line

const keyLines = (table: TableName): Line[] =>
  rowKeys[table].map((column) => ({ ...blank, table, column, label: column, definition: keyTitles[column] ?? '' }))

const linesOf =
  (table: TableName) =>
  (column: Column): Line[] => {
    const { variable, values = [] } = column
    const common = {
      ...blank,
      table,
      column: column.name,
      unit: variable.unit,
      step: String(variable.step),
      code: variable.code,
    }
    const source = (column.codedBy ?? variable).provenance.source
    const confidence = (column.codedBy ?? variable).provenance.confidence
    return [
      {
        ...common,
        label: column.title,
        value: column.standard ?? '',
        definition: variable.definition,
        source,
        confidence,
      },
      ...values.map((entry) => ({
        ...common,
        label: column.title,
        ...valueOf(entry),
        source,
        confidence: entry.confidence ?? confidence,
      })),
    ]
  }

const valueOf = (entry: Entry) => ({
  value: entry.code,
  value_label: entry.label,
  definition: entry.definition ?? '',
})
