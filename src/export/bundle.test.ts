import { unzipSync } from 'fflate'
import Papa from 'papaparse'
import { describe, expect, test } from 'vitest'
import { allVariables } from '../codebook/codebook.ts'
import { exportFiles, zipOf } from './bundle.ts'
import { columnsOf, rowKeys, tableNames } from './columns.ts'
import { englishLabels } from './labels.ts'
import { theExample } from '../testing/the-example.ts'

const files = (options = {}) => new Map(exportFiles([theExample()], options).map(({ name, text }) => [name, text]))
const rowsIn = (text = '') => Papa.parse<Record<string, string>>(text, { header: true, skipEmptyLines: true }).data
type Descriptor = { resources: { name: string; path: string; schema: { fields: { name: string }[] } }[] }
const descriptor = (text = '{}') => JSON.parse(text) as Descriptor

describe('the files of a submission', () => {
  test('are the five tables, their codebook and their description', () => {
    expect([...files().keys()]).toEqual([
      'events.csv',
      'victims.csv',
      'perpetrators.csv',
      'links.csv',
      'reporting_entities.csv',
      'codebook.csv',
      'datapackage.json',
    ])
  })

  test('hold nothing that is never exported', () => {
    const record = { ...theExample(), localReference: 'shelf 7' }
    const all = exportFiles([record], { labels: englishLabels })
      .map(({ text }) => text)
      .join('')
    for (const never of ['shelf 7', '482913070', '2024-06-10']) expect(all).not.toContain(never)
  })

  test('are the same bytes for the same records', async () => {
    expect(await zipOf(exportFiles([theExample()]))).toEqual(await zipOf(exportFiles([theExample()])))
  })

  test('come out of the ZIP as they went in', async () => {
    const entries = Object.entries(unzipSync(await zipOf(exportFiles([theExample()]))))
    const texts = new Map(entries.map(([name, bytes]) => [name, new TextDecoder().decode(bytes)]))
    expect(texts).toEqual(files())
  })
})

describe('the codebook beside the tables', () => {
  test('explains every column of every table', () => {
    const explained = new Set(rowsIn(files().get('codebook.csv')).map(({ table, column }) => `${table} ${column}`))
    for (const table of tableNames) {
      for (const column of [...rowKeys[table], ...columnsOf(table).map(({ name }) => name)]) {
        expect(explained).toContain(`${table} ${column}`)
      }
    }
  })

  test('gives each value with its words, its source and how firmly it stands', () => {
    const lines = rowsIn(files().get('codebook.csv')).filter(
      ({ table, column }) => table === 'victims' && column === 'sxv',
    )
    expect(lines.map(({ value }) => value)).toEqual(['', 'm', 'f', 'x', 'nodoc', 'nk', 'na', 'ref'])
    expect(lines[3]).toMatchObject({
      unit: 'victim',
      step: '1',
      code: 'sxv',
      source: 'iccs-2015',
      confidence: 'proposed',
    })
  })

  test('has every stored variable that may be exported, once in its own table', () => {
    const codes = new Set(rowsIn(files().get('codebook.csv')).map(({ code }) => code))
    const missing = allVariables.filter(({ code, sensitivity }) => sensitivity !== 'high' && !codes.has(code))
    expect(missing).toEqual([])
    expect([...codes].filter((code) => code === 'x3mig' || code === 'x3ips')).toEqual([])
  })
})

describe('the description', () => {
  test.each([{}, { labels: englishLabels }])('names the columns of each file in their order, with %o', (options) => {
    const made = files(options)
    for (const { path, schema } of descriptor(made.get('datapackage.json')).resources) {
      const header = Papa.parse<string[]>(made.get(path) ?? '', { preview: 1 }).data[0]
      expect(schema.fields.map(({ name }) => name)).toEqual(header)
    }
  })

  test('has keys, and links from each table to the units it is about', () => {
    const links = descriptor(files().get('datapackage.json')).resources.find(({ name }) => name === 'links')
    expect(links?.schema).toMatchObject({
      primaryKey: ['case_id', 'victim_id', 'perpetrator_id'],
      foreignKeys: [
        { fields: ['case_id', 'victim_id'], reference: { resource: 'victims' } },
        { fields: ['case_id', 'perpetrator_id'], reference: { resource: 'perpetrators' } },
      ],
      missingValues: [''],
    })
  })
})
