import { codebook, type Codebook } from '../codebook/codebook.ts'
import type { Entry } from '../codebook/code-list.ts'
import type { Variable } from '../codebook/variable.ts'
import type { Answers } from '../record/answers.ts'
import { countedAs } from '../record/codes.ts'
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

function variablesOf({ units }: Codebook, table: TableName): readonly Variable[] {
  const { event, victim, perpetrator, reportingEntity, link } = units
  const overridable = [...event, ...reportingEntity].filter((variable) => variable.perVictimOverride === true)
  const all: Readonly<Record<TableName, readonly Variable[]>> = {
    events: event,
    victims: [...victim, ...overridable],
    perpetrators: perpetrator,
    links: link,
    reporting_entities: reportingEntity,
  }
  return all[table]
}

const known = new WeakMap<Codebook, ReadonlyMap<TableName, readonly Column[]>>()

/**
 * The answer columns of a table in the codebook's order, so that files of different days and organisations have the same
 * header; only `…_own` is there where an organisation has own values alone. What the codebook marks as highly sensitive
 * has no column at all, and what is switched off keeps its own, which other records fill.
 */
export function columnsOf(table: TableName, asked: Codebook = codebook): readonly Column[] {
  const made = known.get(asked) ?? new Map(tableNames.map((name) => [name, columnsFor(asked, name)]))
  known.set(asked, made)
  return made.get(table) ?? []
}

function columnsFor(asked: Codebook, table: TableName): readonly Column[] {
  return variablesOf(asked, table)
    .filter((variable) => variable.sensitivity !== 'high')
    .flatMap((variable) => columnsOfVariable(variable, asked))
}

function columnsOfVariable(variable: Variable, { units }: Codebook): Column[] {
  switch (variable.kind) {
    case 'place':
      return placeColumns(variable)
    case 'article':
      return articleColumns(variable)
    case 'organisation':
      return organisationColumns(variable, units.reportingEntity)
    case 'count':
    case 'moment':
      return [plainColumn(variable)]
    default:
      return [
        codeColumn(variable),
        ...ownColumns(variable),
        ...flagColumns(variable),
        ...markColumns(variable),
        ...textColumns(variable),
      ]
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

/** Standard codes: an own value stands here as the value that it counts as. */
const codeColumn = (variable: Variable): Column => ({
  ...plainColumn(variable),
  cell: (answers) => cellOf(variable, standardCodes(variable, answers)),
  codes: (answers) => standardCodes(variable, answers),
})

/** The own values to the letter, where the organisation has some. */
function ownColumns(variable: Variable): Column[] {
  const values = entriesOf(variable).own ?? []
  if (values.length === 0) return []
  const own = (answers: Answers) => codesIn(answers[variable.code]).filter((code) => code !== countedAs(code))
  return [
    {
      name: `${variable.code}_own`,
      title: `${variable.label}: the organisation's own value`,
      variable,
      type: 'string',
      values,
      codes: own,
      cell: (answers) => own(answers).join(';'),
    },
  ]
}

function standardCodes(variable: Variable, answers: Answers): readonly string[] {
  const codes = codesIn(answers[variable.code])
  const chosen = variable.kind === 'coded' || variable.kind === 'codes'
  return chosen ? [...new Set(codes.map(countedAs))] : codes
}

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
      cell: (answers) => flags.get(standardCodes(variable, answers)[0] ?? '') ?? '',
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

function organisationColumns(variable: Variable, entity: readonly Variable[]): Column[] {
  const types = entity.find((other) => other.code === 'ret')
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
