import { describe, expect, test } from 'vitest'
import { saidIn, type ChangeEntry } from './change-entry.ts'

const at = '2024-09-02T10:00+02:00'
const empty: ChangeEntry = {
  code: '482913070',
  whom: 'event',
  victim: '',
  date: '2024-09-01',
  answers: {},
  variable: '',
  value: null,
  texts: {},
}
const said = (entry: Partial<ChangeEntry>) => saidIn({ ...empty, ...entry }, at)

describe('a change by code while it is entered', () => {
  test('says nothing until it is whole', () => {
    expect(said({})).toBeUndefined()
    expect(said({ kind: 'status' })).toBeUndefined()
    expect(said({ kind: 'consent' })).toBeUndefined()
    expect(said({ kind: 'correction', variable: 'cyb' })).toBeUndefined()
    expect(said({ kind: 'consent', scope: 'all', code: '482913075' })).toBeUndefined()
    for (const victim of ['', '0', '1000', 'x'])
      expect(said({ kind: 'consent', scope: 'all', whom: 'victim', victim })).toBeUndefined()
  })

  test('needs who decided of a decision, and leaves it out of what is presumed', () => {
    const decided = { kind: 'status', answers: { sta: 'confirmed', ret: 'police' } } as const
    expect(said(decided)).toBeUndefined()
    expect(said({ ...decided, answers: { ...decided.answers, dem: 'nk' } })).toEqual({
      kind: 'status',
      date: '2024-09-01',
      sta: 'confirmed',
      ret: 'police',
      dem: 'nk',
    })
    expect(said({ kind: 'status', answers: { sta: 'presumed', ret: 'police', dem: 'nk' } })).toEqual({
      kind: 'status',
      date: '2024-09-01',
      sta: 'presumed',
    })
  })

  test('names the victim where one is meant, and forgets what was chosen for something else', () => {
    const whole = { whom: 'victim', victim: '2', variable: 'agv', value: 17, scope: 'share' } as const
    expect(said({ ...whole, kind: 'correction' })).toEqual({
      kind: 'correction',
      victim: 2,
      variable: 'agv',
      value: 17,
    })
    expect(said({ ...whole, kind: 'consent' })).toEqual({
      kind: 'consent',
      victim: 2,
      date: '2024-09-01',
      scope: 'share',
    })
    expect(said({ ...whole, kind: 'correction', whom: 'event' })).toBeUndefined()
    expect(said({ ...whole, kind: 'proceedings', answers: { ces: 'convicted' } })).toEqual({
      kind: 'proceedings',
      date: '2024-09-01',
      ces: 'convicted',
    })
  })

  test('keeps the words beside a value while it is chosen', () => {
    const entry = { kind: 'correction', variable: 'moc', texts: { other: ' papers taken ' } } as const
    expect(said({ ...entry, value: ['other'] })).toMatchObject({ texts: { other: 'papers taken' } })
    expect(said({ ...entry, value: ['takes_earnings'] })).not.toHaveProperty('texts')
  })
})
