import { codebook } from '../codebook/codebook.ts'
import type { Entry } from '../codebook/code-list.ts'
import type { Variable } from '../codebook/variable.ts'
import type { Answers } from '../record/answers.ts'
import { overridable } from '../record/unit-answers.ts'
import { cellOf, codesIn, countryCell, entriesOf, part, textBeside } from './cells.ts'

export const tableNames = ['events', 'victims', 'perpetrators', 'links', 'reporting_entities'] as const
export type TableName = (typeof tableNames)[number]

/** What a stored code is called in the reader's language; `undefined` leaves the label's cell empty. */
export type LabelOf = (variable: Variable, code: string) => string | undefined

/** A column that holds an answer or a part of one. */
export interface Column {
  readonly name: string
  readonly title: string
  readonly variable: Variable
  readonly type: 'string' | 'boolean'
  /** The values that may stand in it, where they are few enough to be listed; else `standard` names their list. */
  readonly values?: readonly Entry[]
  readonly standard?: string
  /** The variable whose list the codes are from, where it is another one. */
  readonly codedBy?: Variable
  /** The stored codes behind the cell, for labels. */
  readonly codes?: (answers: Answers) => readonly string[]
  /** The cell, from the answers that count for the unit; empty where nothing was answered. */
  readonly cell: (answers: Answers) => string
}

/** The columns that say which unit a row is about; they stand first. */
export const rowKeys: Readonly<Record<TableName, readonly string[]>> = {
  events: ['case_id', 'revision'],
  victims: ['case_id', 'victim_id', 'revision'],
  perpetrators: ['case_id', 'perpetrator_id', 'revision'],
  links: ['case_id', 'victim_id', 'perpetrator_id', 'revision'],
  reporting_entities: ['case_id', 'revision'],
}

const { event, victim, perpetrator, reportingEntity, link } = codebook.units

const variablesOf: Readonly<Record<TableName, readonly Variable[]>> = {
  events: event,
  victims: [...victim, ...overridable],
  perpetrators: perpetrator,
  links: link,
  reporting_entities: reportingEntity,
}

/**
 * The answer columns of a table in the codebook's order; they do not depend on any record, so that files of different
 * days and organisations have the same header. What the codebook marks as highly sensitive has no column at all.
 */
export function columnsOf(table: TableName): readonly Column[] {
  return columns[table]
}

function columnsOfVariable(variable: Variable): Column[] {
  switch (variable.kind) {
    case 'place':
      return placeColumns(variable)
    case 'article':
      return articleColumns(variable)
    case 'organisation':
      return organisationColumns(variable)
    case 'count':
    case 'moment':
      return [plainColumn(variable)]
    default:
      return [codeColumn(variable), ...flagColumns(variable), ...markColumns(variable), ...textColumns(variable)]
  }
}

const plainColumn = (variable: Variable): Column => ({
  name: variable.code,
  title: variable.label,
  variable,
  type: 'string',
  ...entriesOf(variable),
  cell: (answers) => cellOf(variable, answers[variable.code]),
})

const codeColumn = (variable: Variable): Column => ({
  ...plainColumn(variable),
  codes: (answers) => codesIn(answers[variable.code]),
})

/** IC-TIP asks for some answers as a flag: `exp_flag` is true where no exploitation is known to have taken place. */
function flagColumns(variable: Variable): Column[] {
  const flagged = entriesOf(variable).values?.filter((entry) => entry.flag !== undefined) ?? []
  if (flagged.length === 0) return []
  const flags = new Map(flagged.map((entry) => [entry.code, String(entry.flag)]))
  return [
    {
      name: `${variable.code}_flag`,
      title: `${variable.label}: flag`,
      variable,
      type: 'boolean',
      cell: (answers) => flags.get(codesIn(answers[variable.code])[0] ?? '') ?? '',
    },
  ]
}

function markColumns(variable: Variable): Column[] {
  const { mark } = variable
  if (!mark) return []
  return [
    {
      name: snake(mark.key),
      title: `${variable.label}: how it was come by`,
      variable,
      type: 'boolean',
      cell: (answers) => (answers[mark.key] === true ? 'true' : ''),
    },
  ]
}

/** One column for each value that a short text may stand beside: `toe_text_6_5`. */
function textColumns(variable: Variable): Column[] {
  const { texts } = variable
  if (!texts) return []
  const withText = entriesOf(variable).values?.filter((entry) => entry.freeText) ?? []
  return withText.map((entry) => ({
    name: `${snake(texts)}_${entry.code.replaceAll('.', '_')}`,
    title: `${variable.label}: text beside ${entry.code}`,
    variable,
    type: 'string',
    cell: (answers) => textBeside(answers[texts], entry.code),
  }))
}

/** A missing code stands in the part that an answer always has: country, article, code of the organisation. */
function placeColumns(variable: Variable): Column[] {
  const missing = entriesOf(variable).values?.filter((entry) => entry.missing) ?? []
  return [
    {
      ...partColumn(variable, 'country', 'country', countryCell, true),
      values: missing,
      standard: 'ISO 3166-1 alpha-3',
      codes: (answers) => codesIn(part(answers[variable.code], 'country', true)),
    },
    partColumn(variable, 'area', 'administrative area'),
    { ...partColumn(variable, 'extraterritorial', 'outside any national territory'), type: 'boolean' },
  ]
}

function articleColumns(variable: Variable): Column[] {
  return [
    {
      ...partColumn(variable, 'country', 'country of the law', countryCell),
      standard: 'ISO 3166-1 alpha-3',
      codes: (answers) => codesIn(part(answers[variable.code], 'country', false)),
    },
    partColumn(variable, 'law', 'law'),
    partColumn(variable, 'article', 'article', (text) => text, true),
  ]
}

function organisationColumns(variable: Variable): Column[] {
  const types = reportingEntity.find((other) => other.code === 'ret')
  return [
    partColumn(variable, 'orgCode', 'code of the organisation', (text) => text, true),
    {
      ...partColumn(variable, 'orgType', 'kind of organisation'),
      ...(types && { codedBy: types, ...entriesOf(types) }),
      codes: (answers) => codesIn(part(answers[variable.code], 'orgType', false)),
    },
  ]
}

function partColumn(
  variable: Variable,
  key: string,
  title: string,
  write: (text: string) => string = (text) => text,
  holdsMissing = false,
): Column {
  return {
    name: `${variable.code}_${snake(key)}`,
    title: `${variable.label}: ${title}`,
    variable,
    type: 'string',
    cell: (answers) => write(part(answers[variable.code], key, holdsMissing)),
  }
}

const snake = (name: string) => name.replace(/[A-Z]/g, (letter) => `_${letter.toLowerCase()}`)

const columns = Object.fromEntries(
  tableNames.map((table) => [
    table,
    variablesOf[table].filter((variable) => variable.sensitivity !== 'high').flatMap(columnsOfVariable),
  ]),
) as unknown as Readonly<Record<TableName, readonly Column[]>>
