import { describe, expect, test } from 'vitest'
import { parseRevision, type CaseRecord, type CompleteRecord } from '../record/case-record.ts'
import { englishLabels } from './labels.ts'
import type { TableName } from './columns.ts'
import { rowsOf, type RowOptions } from './rows.ts'
import { theExample } from '../testing/the-example.ts'

const cells = (records: CaseRecord[], table: TableName, options: RowOptions = {}) => {
  const { columns, rows } = rowsOf(records, options)[table]
  return rows.map((row) => Object.fromEntries(columns.map((column, i) => [column, row[i]])))
}
const [first = '', second = ''] = theExample().victims.map(({ id }) => id)

describe('tables', () => {
  test('the example of the record is a finished revision', () => {
    expect(parseRevision(JSON.stringify(theExample()))).toEqual(theExample())
  })

  test('have a row for each unit that is no tombstone', () => {
    const tables = rowsOf([theExample()])
    const sizes = Object.values(tables).map(({ name, rows }) => [name, rows.length])
    expect(sizes).toEqual([
      ['events', 1],
      ['victims', 2],
      ['perpetrators', 2],
      ['links', 1],
      ['reporting_entities', 1],
    ])
  })

  test('begin with the keys and have no column for what is never exported', () => {
    const { victims, links } = rowsOf([theExample()])
    expect(victims.columns.slice(0, 4)).toEqual(['case_id', 'victim_id', 'revision', 'toe'])
    expect(links.columns).toEqual(['case_id', 'victim_id', 'perpetrator_id', 'revision', 'rtv', 'rvp'])
    const all = Object.values(rowsOf([theExample()])).flatMap(({ columns }) => columns)
    for (const never of ['x3mig', 'x3ips', 'consent', 'localReference', 'code', 'history'])
      expect(all).not.toContain(never)
  })

  test('have the same header whatever the records are', () => {
    const header = (records: CaseRecord[]) => Object.values(rowsOf(records)).map(({ columns }) => columns)
    expect(header([theExample()])).toEqual(header([]))
  })
})

describe('a cell', () => {
  const [event = {}] = cells([theExample()], 'events')
  const [adult = {}, child = {}] = cells([theExample()], 'victims')

  test('is empty for no answer and holds a missing code as it is', () => {
    expect([adult['lcv'], adult['msv'], child['agv'], child['civ']]).toEqual(['', 'ref', 'nk', 'nk'])
  })

  test('joins lists with semicolons and writes countries as alpha-3', () => {
    expect([adult['toe'], adult['civ'], event['coe']]).toEqual(['1;2.1', 'COL;ESP', 'MAR;ESP'])
  })

  test('keeps Namibia apart from not applicable', () => {
    const record = theExample()
    record.event.answers['coe'] = ['NA']
    expect(cells([record], 'events')[0]?.['coe']).toBe('NAM')
  })

  test('holds one part of a structured answer', () => {
    expect([event['geo_country'], event['geo_area'], event['geo_extraterritorial']]).toEqual(['ESP', 'ES-AN', ''])
    const [entity = {}] = cells([theExample()], 'reporting_entities')
    expect([entity['rer_org_code'], entity['rer_org_type'], entity['dem']]).toEqual([
      'NGO-14',
      'ngo',
      'mandated_public',
    ])
  })

  test('holds a missing code of a structured answer once, in the part that an answer always has', () => {
    const record = theExample()
    record.event.answers['geo'] = 'nk'
    record.event.answers['cca'] = 'na'
    const [row = {}] = cells([record], 'events')
    expect([row['geo_country'], row['geo_area'], row['cca_country'], row['cca_law'], row['cca_article']]).toEqual([
      'nk',
      '',
      '',
      '',
      'na',
    ])
  })

  test('says outside any territory in a column of its own', () => {
    const record = theExample()
    record.event.answers['geo'] = { extraterritorial: true }
    const [row = {}] = cells([record], 'events')
    expect([row['geo_country'], row['geo_extraterritorial']]).toEqual(['', 'true'])
  })

  test('holds the text beside a code, by code', () => {
    expect(child['toe_text_6_5']).toBe('made to carry messages for a cult')
    expect(event['moc_text_other']).toBe('door code 445566 was kept from her')
  })

  test('holds numbers, partial dates and moments as they were entered', () => {
    expect([adult['agv'], adult['ncv'], event['dab'], event['dae'], event['dat']]).toEqual([
      '24',
      '0',
      '2023',
      'ongoing',
      '2024-05-02T10:00+02:00',
    ])
  })

  test('gives the flag of a value, and marks a presumed minor', () => {
    const flags = ['occ', 'noc', 'nkn'].map((exp) => {
      const record = theExample()
      record.event.answers['exp'] = exp
      return cells([record], 'events')[0]?.['exp_flag']
    })
    expect(flags).toEqual(['false', 'true', 'true'])
    expect([adult['stv_presumed'], child['stv_presumed']]).toEqual(['', 'true'])
  })
})

describe('the victims table has what counts for the victim', () => {
  const [adult = {}, child = {}] = cells([theExample()], 'victims')

  test('the own value, else the event’s', () => {
    expect([adult['sta'], child['sta']]).toEqual(['confirmed', 'presumed'])
    expect([adult['dab'], child['dab'], adult['dae'], child['dae']]).toEqual(['2023', '2023', 'ongoing', '2024-04~'])
    expect([adult['moc'], child['moc_text_other']]).toEqual([
      'takes_earnings;restricts_movement;other',
      'door code 445566 was kept from her',
    ])
  })

  test('who decided goes with the own status', () => {
    expect([adult['ret'], adult['dem'], child['ret'], child['dem']]).toEqual(['police', 'mandated_public', 'na', 'na'])
  })

  test('what is not asked of the victim is not inherited: only type 2 has a sector, only type 1 a setting', () => {
    expect([adult['fls'], adult['ssc'], child['fls'], child['ssc']]).toEqual(['U', 'prostitution', '', ''])
  })
})

describe('links', () => {
  test('say the relationship from both sides', () => {
    expect(cells([theExample()], 'links')).toEqual([
      expect.objectContaining({ victim_id: first, rtv: 'ex_partner', rvp: 'ex_partner' }),
    ])
  })
})

describe('what counts', () => {
  const tombstone = (record: CompleteRecord, revision: number): CaseRecord => {
    const { schema, edition, caseId, code, origin, createdAt, finishedAt } = record
    return {
      schema,
      edition,
      caseId,
      code,
      revision,
      previous: 'b'.repeat(64),
      state: 'withdrawn',
      reason: 'consent',
      origin,
      createdAt,
      finishedAt,
    }
  }

  test('is the highest revision, in whatever order they come', () => {
    const [older, newer] = [theExample(), { ...theExample(), revision: 3, previous: 'a'.repeat(64) }]
    expect(cells([newer, older], 'events').map((row) => row['revision'])).toEqual(['3'])
    expect(rowsOf([newer, older])).toEqual(rowsOf([older, newer]))
  })

  test('is nothing of a case that was withdrawn', () => {
    const tables = rowsOf([theExample(), tombstone(theExample(), 3)])
    expect(Object.values(tables).every(({ rows }) => rows.length === 0)).toBe(true)
  })

  test('is a negated case, too, marked as such', () => {
    const record = theExample()
    record.event.answers['sta'] = 'negated'
    expect(cells([record], 'events')[0]?.['sta']).toBe('negated')
  })

  test('is, where data are passed on, only who agreed: not who took it back or was never asked', () => {
    const rows = cells([theExample()], 'victims', { sharing: 'agreed' })
    expect(rows.map((row) => row['victim_id'])).toEqual([first])
    const unasked = theExample()
    for (const victim of unasked.victims) if ('consent' in victim) victim.consent = {}
    expect(Object.values(rowsOf([unasked], { sharing: 'agreed' })).every(({ rows }) => rows.length === 0)).toBe(true)
    expect(cells([theExample()], 'victims').map((row) => row['victim_id'])).toEqual([first, second])
  })
})

describe('labels', () => {
  test('stand in a column after each column of codes', () => {
    const [event = {}] = cells([theExample()], 'events', { labels: englishLabels })
    const [adult = {}] = cells([theExample()], 'victims', { labels: englishLabels })
    const [entity = {}] = cells([theExample()], 'reporting_entities', { labels: englishLabels })
    expect(event['coe_label']).toBe('Morocco; Spain')
    expect(event['geo_country_label']).toBe('Spain')
    expect(adult['sxv_label']).toBe('Female')
    expect(adult['msv_label']).toBe('Declined to answer')
    expect(adult['lpv_label']).toBe('Spanish')
    expect(adult['toe_label']).toContain('sexual exploitation; ')
    expect(entity['rer_org_type_label']).toBe('Civil society organisation (NGO)')
  })
})
