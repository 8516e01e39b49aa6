import Papa from 'papaparse'
import { expect, test } from 'vitest'
import { codebook } from '../codebook/codebook.ts'
import { withOverlay } from '../codebook/overlay.ts'
import type { CompleteRecord } from '../record/case-record.ts'
import { theExample } from '../testing/the-example.ts'
import { exportFiles } from './bundle.ts'
import { columnsOf } from './columns.ts'
import { englishLabels } from './labels.ts'

const asked = withOverlay(codebook, {
  version: '2',
  variables: { off: ['ces'] },
  values: {
    moc: [{ code: 'door', parent: 'restricts_movement', labels: { en: 'Locked doors', ar: 'أبواب مقفلة' } }],
    exp: [{ code: 'farm', parent: 'occ', labels: { ar: 'في مزرعة' } }],
  },
})

function withMeans(...moc: string[]): CompleteRecord {
  const record = theExample()
  record.event.answers = { ...record.event.answers, exp: 'occ/farm', moc }
  return record
}

function read(records: CompleteRecord[], options: Parameters<typeof exportFiles>[1], name: string) {
  const file = exportFiles(records, options).find((one) => one.name === name)
  return Papa.parse<Record<string, string>>((file?.text ?? '').replace(/^\uFEFF/, ''), {
    header: true,
    skipEmptyLines: true,
  }).data
}

test('an own value stands as its parent in the standard column, once, and to the letter beside it', () => {
  const [row] = read([withMeans('restricts_movement', 'restricts_movement/door')], { asked }, 'events.csv')
  expect(row).toMatchObject({ moc: 'restricts_movement', moc_own: 'restricts_movement/door' })
  expect(row).toMatchObject({ exp: 'occ', exp_flag: 'false', exp_own: 'occ/farm' })
})

test('its label is the organisation’s', () => {
  const [row] = read([withMeans('restricts_movement/door')], { asked, labels: englishLabels }, 'events.csv')
  expect(row).toMatchObject({ moc_own_label: 'Locked doors', exp_own_label: 'في مزرعة' })
  expect(row?.['moc_label']).not.toContain('Locked')
})

test('the codebook beside the tables names own values at their own column alone', () => {
  const lines = read([], { asked }, 'codebook.csv').filter(({ value }) => value === 'restricts_movement/door')
  expect(lines.map(({ table, column, value_label: label }) => [table, column, label])).toEqual([
    ['events', 'moc_own', 'Locked doors'],
    ['victims', 'moc_own', 'Locked doors'],
  ])
})

test('an own value that no overlay at hand knows is not lost', () => {
  const [row] = read([withMeans('other/club')], {}, 'events.csv')
  expect(row).toMatchObject({ moc: 'other', moc_own: 'other/club' })
  const described = exportFiles([withMeans('other/club')]).find(({ name }) => name === 'datapackage.json')
  expect(described?.text).toContain('"moc_own"')
})

test('without own values the header is the same as ever', () => {
  const names = (one?: typeof asked) => columnsOf('events', one).map(({ name }) => name)
  expect(names().filter((name) => name.endsWith('_own'))).toEqual([])
  expect(names(asked).filter((name) => !name.endsWith('_own'))).toEqual(names())
})
