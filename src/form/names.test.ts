// @vitest-environment happy-dom
import { beforeAll, describe, expect, it } from 'vitest'
import { countryCodes } from '../codebook/lists/countries.ts'
import { activate, locales } from '../i18n/i18n.ts'
import { found, plain } from '../ui/search.ts'
import { countryItems } from './names.ts'

beforeAll(() => activate('en'))

/** Rows that are seen without scrolling, on a telephone too. */
const firstRows = 6

const rowOf = (code: string, typed: string) => found(countryItems(), typed).findIndex(({ value }) => value === code)

/** Countries that do not stand in the first rows after any of these typings. */
function hidden(typings: (name: string) => readonly string[]): readonly string[] {
  const labels = new Map(countryItems().map(({ value, label }) => [value, plain(label)]))
  return countryCodes.filter((code) => {
    const rows = typings(labels.get(code) ?? '').map((letters) => rowOf(code, letters))
    return !rows.some((row) => row !== -1 && row < firstRows)
  })
}

describe('a country', () => {
  it('stands in the first rows after three letters of a word of its name', () => {
    const ofWords = (name: string) => name.split(' ').flatMap((word) => (word.length < 3 ? [] : [word.slice(0, 3)]))
    expect(hidden(ofWords)).toEqual([])
  })

  it('does so after its first three letters, but for St. Vincent, which is found by its next word', () => {
    expect(hidden((name) => [name.slice(0, 3)])).toEqual(['VC'])
    expect(rowOf('VC', 'vin')).toBe(0)
  })

  it.each(locales)('does so in %s, after letters of any word of its name, without its article', async (locale) => {
    await activate(locale)
    const ofWords = (name: string) =>
      name.split(' ').flatMap((word) => [word.slice(0, 3), word.replace(/^ال(?=\p{L}{3})/u, '').slice(0, 3)])
    expect(hidden(ofWords)).toEqual([])
    await activate('en')
  })

  it.each([
    ['porugal', 'PT'],
    ['germny', 'DE'],
    ['etihopia', 'ET'],
    ['nigerria', 'NG'],
    ['colonbia', 'CO'],
    ['uzbekstan', 'UZ'],
  ])('is found by %s, with one slip of the finger', (typed, code) => {
    const row = rowOf(code, typed)
    expect(row).toBeGreaterThanOrEqual(0)
    expect(row).toBeLessThan(firstRows)
  })

  it('is not guessed from three letters, nor from two slips', () => {
    expect(found(countryItems(), 'xqz')).toEqual([])
    expect(found(countryItems(), 'purtogul')).toEqual([])
  })
})
