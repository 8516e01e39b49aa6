import { expect, test } from 'vitest'
import { locales } from '../i18n/i18n.ts'
import { allVariables, codebook } from './codebook.ts'
import { mayStandAbove, neverOff, variableIn, withOverlay, wordLanguages, type Overlay } from './overlay.ts'

const overlay: Overlay = {
  version: '4',
  variables: { off: ['x3mig'] },
  values: {
    moc: [{ code: 'door', parent: 'restricts_movement', labels: { en: 'Locked doors', ar: 'أبواب مقفلة' } }],
    sex: [{ code: 'x', parent: 'f', labels: { fr: 'Autre mention' } }],
  },
  areas: { ES: [{ code: 'north', labels: { en: 'North' } }] },
  words: { ces: { label: { en: 'Is there a file?' }, help: { en: 'Ask the legal team.' } } },
}
const asked = withOverlay(codebook, overlay)
const codes = (code: string) => {
  const one = variableIn(asked, code)
  return one && 'list' in one ? (one.list?.entries ?? []).map((entry) => entry.code) : []
}

test('without an overlay the codebook is asked as it is', () => {
  expect(withOverlay(codebook, undefined)).toBe(codebook)
})

test('a variable that is off says so, and no other one does', () => {
  const off = Object.values(asked.units).flatMap((unit) => unit.filter((one) => one.off))
  expect(off.map(({ code }) => code)).toEqual(['x3mig'])
})

test('an own value stands below the value that it counts as, with its own words', () => {
  const before = codes('moc').indexOf('restricts_movement')
  expect(codes('moc')[before + 1]).toBe('restricts_movement/door')
  const moc = variableIn(asked, 'moc')
  expect(moc?.kind === 'codes' && moc.list.entries[before + 1]).toEqual({
    code: 'restricts_movement/door',
    label: 'Locked doors',
    own: { en: 'Locked doors', ar: 'أبواب مقفلة' },
    parent: 'restricts_movement',
  })
})

test('a value given for a list stands in every variable that has the list', () => {
  expect(codes('sxv')).toContain('f/x')
  expect(codes('sxp')).toContain('f/x')
})

test('areas and words lie on their variables', () => {
  expect(variableIn(asked, 'geo')).toMatchObject({ areas: { ES: [{ code: 'north' }] } })
  expect(variableIn(asked, 'ces')).toMatchObject({ own: { help: { en: 'Ask the legal team.' } } })
  expect(variableIn(asked, 'ces')).toHaveProperty('label', variableIn(codebook, 'ces')?.label)
})

test('what is said of codes that this edition does not have is passed over', () => {
  const other = {
    version: '1',
    variables: { off: ['zzz'] },
    values: { moc: [{ code: 'a', parent: 'zzz', labels: {} }] },
  }
  expect(withOverlay(codebook, other).units).toEqual(codebook.units)
})

test('the codebook itself is never changed', () => {
  const before = JSON.stringify(codebook)
  withOverlay(codebook, overlay)
  expect(JSON.stringify(codebook)).toBe(before)
})

test('step 1 and what a link says cannot be switched off, and nothing else', () => {
  const must = allVariables.filter(({ step, unit }) => step === 1 || unit === 'link').map(({ code }) => code)
  expect(Object.keys(neverOff).toSorted()).toEqual(must.toSorted())
})

test('no own value counts as a silence, as an own value, or as what only a rule sets', () => {
  expect(mayStandAbove({ code: 'other', label: 'Other' })).toBe(true)
  expect(mayStandAbove({ code: 'nk', label: 'Not known', missing: true })).toBe(false)
  expect(mayStandAbove({ code: 'na', label: 'Not applicable', offered: false })).toBe(false)
  expect(mayStandAbove({ code: 'a/b', label: 'B', own: { en: 'B' } })).toBe(false)
})

test('an organisation speaks the languages of the app', () => {
  expect(wordLanguages).toEqual(locales)
})
