import { downloadZip } from 'client-zip'
import { codebook } from '../codebook/codebook.ts'
import type { CaseRecord } from '../record/case-record.ts'
import { codebookTable } from './codebook-table.ts'
import { tableNames } from './columns.ts'
import { csvOf } from './csv.ts'
import { dataPackage } from './data-package.ts'
import { withFoundValues } from './found-values.ts'
import { rowsOf, type RowOptions } from './rows.ts'

export interface ExportFile {
  readonly name: string
  readonly text: string
}

/**
 * The files of a submission: a CSV for each table, `codebook.csv`, and `datapackage.json` that describes them. The same
 * records give the same bytes, on the tablet and at the desk.
 */
export function exportFiles(records: readonly CaseRecord[], options: RowOptions = {}): ExportFile[] {
  const asked = withFoundValues(options.asked ?? codebook, records)
  const whole = { ...options, asked }
  const tables = rowsOf(records, whole)
  return [
    ...tableNames.map((name) => ({ name: `${name}.csv`, text: csvOf(tables[name]) })),
    { name: 'codebook.csv', text: csvOf(codebookTable(asked)) },
    { name: 'datapackage.json', text: dataPackage(whole) },
  ]
}

/** The files as one ZIP. `at` is the time that is written beside each; the default tells nothing about the day. */
export async function zipOf(files: readonly ExportFile[], at = new Date(1980, 0, 1)): Promise<Uint8Array<ArrayBuffer>> {
  const entries = files.map(({ name, text }) => ({ name, input: text, lastModified: at }))
  return new Uint8Array(await downloadZip(entries).arrayBuffer())
}
