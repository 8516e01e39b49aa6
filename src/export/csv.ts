import Papa from 'papaparse'
import type { Table } from './rows.ts'

/**
 * One table as CSV: UTF-8 without a byte order mark, comma, CRLF, every cell in double quotes, the header first.
 *
 * No byte order mark: statistics programs (and the Frictionless readers) would make it part of the first column's name.
 * A spreadsheet is served by the workbook, not by this file.
 */
export function csvOf(table: Pick<Table, 'columns' | 'rows'>): string {
  const fields = table.columns.map(harmless)
  const data = table.rows.map((row) => row.map(harmless))
  return Papa.unparse({ fields, data }, { quotes: true, escapeFormulae: true, newline: '\r\n' }) + '\r\n'
}

/**
 * The cell with `'` before it if a spreadsheet could take it for a formula, otherwise unchanged.
 *
 * Wider than papaparse's own rule, which looks only at the plain first character: leading spaces and invisible signs
 * are looked through, and full-width, small and superscript forms count (security.md, section 11).
 */
export function harmless(cell: string): string {
  return startsFormula(cell) ? `'${cell}` : cell
}

function startsFormula(cell: string): boolean {
  const first = cell.replace(/^[\p{Zs}\p{Zl}\p{Zp}\p{Cf}]+/u, '').at(0)
  if (first === undefined) return false
  return /\p{Cc}/u.test(first) || /[=+\-@\u2212]/.test(first.normalize('NFKC'))
}
