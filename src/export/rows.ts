import type { Codebook } from '../codebook/codebook.ts'
import type { Answers } from '../record/answers.ts'
import type { CaseRecord, CompleteRecord } from '../record/case-record.ts'
import { columnsOf, rowKeys, tableNames, type Column, type LabelOf, type TableName } from './columns.ts'
import { selectCases, type SelectedCase, type Sharing } from './selection.ts'
import { answersOfVictims } from './victim-answers.ts'

/** One table as text: `rows` have a cell for each of `columns`, in that order; an empty cell is an absent answer. */
export interface Table {
  readonly name: TableName
  readonly columns: readonly string[]
  readonly rows: readonly (readonly string[])[]
}

export type Tables = Readonly<Record<TableName, Table>>

export interface RowOptions {
  /** With it, each column of codes is followed by a column of their labels, `…_label`. */
  readonly labels?: LabelOf
  readonly sharing?: Sharing
  /** The codebook as the organisation asks it: its own values have columns of their own, `…_own`. */
  readonly asked?: Codebook
}

/**
 * The five tables of the cases, in the order given: one row for each event, victim, perpetrator, link and reporting
 * entity of the revision that counts (record-shape.md, "Doubles and exports").
 */
export function rowsOf(records: readonly CaseRecord[], options: RowOptions = {}): Tables {
  const { cases } = selectCases(records, options.sharing)
  const table = (name: TableName) => tableOf(name, cases.flatMap(unitsOf[name]), options)
  return Object.fromEntries(tableNames.map((name) => [name, table(name)])) as unknown as Tables
}

/** The header of a table. */
export function headerOf(name: TableName, { labels, asked }: RowOptions = {}): readonly string[] {
  const answers = columnsOf(name, asked).flatMap((column) =>
    labels && column.codes ? [column.name, `${column.name}_label`] : [column.name],
  )
  return [...rowKeys[name], ...answers]
}

/** One row to be: its keys in the order of `rowKeys`, and the answers that count for it. */
interface Unit {
  readonly keys: readonly string[]
  readonly answers: Answers
}

function tableOf(name: TableName, units: readonly Unit[], options: RowOptions): Table {
  const rows = units.map(({ keys, answers }) => [
    ...keys,
    ...columnsOf(name, options.asked).flatMap((column) => [
      column.cell(answers),
      ...labelCells(column, answers, options.labels),
    ]),
  ])
  return { name, columns: headerOf(name, options), rows }
}

function labelCells({ codes, codedBy, variable }: Column, answers: Answers, labels: LabelOf | undefined): string[] {
  if (!labels || !codes) return []
  return [
    codes(answers)
      .map((code) => labels(codedBy ?? variable, code) ?? '')
      .join('; '),
  ]
}

const unitsOf: Readonly<Record<TableName, (one: SelectedCase) => Unit[]>> = {
  events: ({ record }) => [{ keys: caseKeys(record), answers: record.event.answers }],
  victims: ({ record, victims }) => {
    const answersOf = answersOfVictims(record)
    return victims.map((victim) => ({ keys: unitKeys(record, victim.id), answers: answersOf(victim) }))
  },
  perpetrators: ({ record }) => record.perpetrators.map(({ id, answers }) => ({ keys: unitKeys(record, id), answers })),
  links: ({ record, victims }) =>
    record.links
      .filter((link) => victims.some(({ id }) => id === link.victim))
      .map(({ victim, perpetrator, answers }) => ({
        keys: unitKeys(record, victim, perpetrator),
        answers: fromBothSides(answers),
      })),
  reporting_entities: ({ record }) => [{ keys: caseKeys(record), answers: record.reportingEntity.answers }],
}

const caseKeys = (record: CompleteRecord) => [record.caseId, String(record.revision)]
const unitKeys = (record: CompleteRecord, ...ids: string[]) => [record.caseId, ...ids, String(record.revision)]

/** `rvp` is `rtv` seen from the other side: never stored, written out here (record-shape.md). */
function fromBothSides(answers: Answers): Answers {
  return answers['rtv'] === undefined ? answers : { ...answers, rvp: answers['rtv'] }
}
