import { codebook } from '../codebook/codebook.ts'
import { codebookTable, keyTitles } from './codebook-table.ts'
import { columnsOf, rowKeys, tableNames, type TableName } from './columns.ts'
import { headerOf, type RowOptions } from './rows.ts'

interface Field {
  readonly name: string
  readonly type: 'string' | 'integer' | 'boolean'
  readonly title: string
}

/**
 * `datapackage.json`: what the files are, in the shape of a Frictionless Data Package (specs.frictionlessdata.io,
 * version 1), so that statistics programs read the tables with types, keys and links between them.
 */
export function dataPackage(options: RowOptions = {}): string {
  const descriptor = {
    profile: 'tabular-data-package',
    name: 'ic-tip-records',
    title: `Records by ${codebook.standard.name}, codebook edition ${codebook.edition}`,
    description: codebook.disclaimer,
    resources: [
      ...tableNames.map((table) => resource(table, fieldsOf(table, options), keysAndLinks(table))),
      resource('codebook', codebookTable().columns.map(textField)),
    ],
  }
  return `${JSON.stringify(descriptor, undefined, 2)}\n`
}

function resource(name: string, fields: readonly Field[], more: object = {}): object {
  return {
    profile: 'tabular-data-resource',
    name,
    path: `${name}.csv`,
    format: 'csv',
    mediatype: 'text/csv',
    encoding: 'utf-8',
    dialect: { delimiter: ',', quoteChar: '"', doubleQuote: true, lineTerminator: '\r\n', header: true },
    schema: { fields, missingValues: [''], ...more },
  }
}

const textField = (name: string): Field => ({ name, type: 'string', title: name })

function fieldsOf(table: TableName, options: RowOptions): Field[] {
  const known = new Map<string, Field>(
    columnsOf(table, options.asked).map(({ name, type, title }) => [name, { name, type, title }]),
  )
  for (const key of rowKeys[table]) {
    known.set(key, { name: key, type: key === 'revision' ? 'integer' : 'string', title: keyTitles[key] ?? key })
  }
  return headerOf(table, options).map((name) => known.get(name) ?? textField(name))
}

const own = (table: TableName) => rowKeys[table].filter((key) => key !== 'revision')

function keysAndLinks(table: TableName): object {
  const parents =
    table === 'events' ? [] : table === 'links' ? (['victims', 'perpetrators'] as const) : (['events'] as const)
  return {
    primaryKey: own(table),
    ...(parents.length > 0 && { foreignKeys: parents.map(linkTo) }),
  }
}

const linkTo = (parent: TableName) => ({
  fields: own(parent),
  reference: { resource: parent, fields: own(parent) },
})
