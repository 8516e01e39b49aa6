import { assert, property, string } from 'fast-check'
import Papa from 'papaparse'
import { describe, expect, test } from 'vitest'
import { csvOf, harmless } from './csv.ts'
import { rowsOf } from './rows.ts'
import { theExample } from '../testing/the-example.ts'

const read = (text: string) => Papa.parse<string[]>(text, { skipEmptyLines: true }).data
const written = (...cells: string[]) => read(csvOf({ columns: cells.map((_, i) => `c${i}`), rows: [cells] }))[1]

describe('a table as CSV', () => {
  test('reads back as exactly the cells that were written', () => {
    for (const table of Object.values(rowsOf([theExample()]))) {
      expect(read(csvOf(table))).toEqual([table.columns, ...table.rows])
    }
  })

  test('keeps quotes, commas, line breaks and every script', () => {
    const cells = ['a "quoted" word', 'one, two', 'two\nlines', 'شارع ٤', '刘', '', 'nk', ';']
    expect(written(...cells)).toEqual(cells)
  })

  test('has every cell in quotes, so that an empty answer and a missing code stay apart', () => {
    expect(csvOf({ columns: ['a', 'b'], rows: [['', 'nk']] })).toBe('"a","b"\r\n"","nk"\r\n')
  })

  test('begins with the first column’s name and no byte order mark', () => {
    expect(csvOf({ columns: ['case_id'], rows: [] }).charCodeAt(0)).toBe('"'.charCodeAt(0))
  })
})

describe('what a spreadsheet could take for a formula', () => {
  const dangerous = [
    '=1+1',
    '+1',
    '-1',
    '@SUM(A1)',
    '\t=1',
    '\r=1',
    '\n=1',
    '\0=1',
    ' =1',
    '\u00A0\u3000=1',
    '\uFEFF=1',
    '\u200B\u202E=1',
    '\uFF1D1',
    '\uFF0B1',
    '\uFF0D1',
    '\uFF201',
    '\uFE661',
    '\u22121',
    '\u001B[31m',
  ]

  test.each(dangerous)('%j gets an apostrophe before it', (cell) => {
    expect(written(cell)).toEqual([`'${cell}`])
  })

  test.each(['1-2', '2024-05-02', 'a=b', 'x', '', ' ', '5.1', '~', 'yes', 'مرحبا', '２'])(
    '%j stays as it is',
    (cell) => {
      expect(harmless(cell)).toBe(cell)
    },
  )

  test('never stands first in a cell, whatever the text', () => {
    assert(
      property(string({ unit: 'binary', maxLength: 12 }), (text) => {
        const first = harmless(text).trimStart().at(0) ?? ''
        expect('=+-@\t\r\n\0＝＋－＠'.includes(first) && first !== '').toBe(false)
      }),
    )
  })
})
