// @vitest-environment happy-dom
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { countryCodes } from '../codebook/lists/countries.ts'
import { activate, locales } from '../i18n/i18n.ts'
import { found, plain, type SearchItem } from '../ui/search.ts'
import { countryItems, languageItems } from './names.ts'

beforeAll(() => activate('en'))

/** Rows that are seen without scrolling, on a telephone too. */
const firstRows = 6

const rowIn = (items: readonly SearchItem[], code: string, typed: string) =>
  found(items, typed).findIndex(({ value }) => value === code)
const rowOf = (code: string, typed: string) => rowIn(countryItems(), code, typed)

/** Countries that do not stand in the first rows after any of these typings. */
function hidden(typings: (name: string) => readonly string[]): readonly string[] {
  const labels = new Map(countryItems().map(({ value, label }) => [value, plain(label)]))
  return countryCodes.filter((code) => {
    const rows = typings(labels.get(code) ?? '').map((letters) => rowOf(code, letters))
    return !rows.some((row) => row !== -1 && row < firstRows)
  })
}

const shareThree = (label: string) => {
  const begin = plain([...label].slice(0, 3).join(''))
  return countryItems().filter((item) => plain(item.label).startsWith(begin))
}

/** In the first rows of a longer list: eight are seen without scrolling. */
const inFirst = (row: number) => row >= 0 && row < 8

/** Countries whose language of choice has more than eight labels with the same first three letters: islands, saints. */
const crowded = (label: string) => shareThree(label).length > 8

describe.each(locales)('in %s, of all 249 countries', (locale) => {
  beforeAll(() => activate(locale))
  afterAll(() => activate('en'))

  it('each is among the first eight rows after the first three letters of its label, unless more than eight share them', () => {
    expect(countryItems()).toHaveLength(249)
    const late = countryItems().filter(
      ({ value, label }) => !crowded(label) && !inFirst(rowOf(value, [...label].slice(0, 3).join(''))),
    )
    expect(late.map(({ label }) => label)).toEqual([])
  })

  it('those that share them with more stand before all others, by the alphabet, and three letters of a later word find them', () => {
    const collator = new Intl.Collator(locale)
    for (const { value, label } of countryItems().filter((item) => crowded(item.label))) {
      const same = shareThree(label).map((item) => item.label)
      const rows = found(countryItems(), [...label].slice(0, 3).join('')).map((item) => item.label)
      expect(rows.slice(0, same.length)).toEqual(same.toSorted(collator.compare))
      const later = plain(label).split(' ').slice(1)
      const seen = inFirst(same.indexOf(label)) || later.some((word) => inFirst(rowOf(value, word.slice(0, 3))))
      expect(seen, label).toBe(true)
    }
  })

  it('each is among them when one letter of its label was left out, but the few that are too short', () => {
    const typings = countryItems().flatMap(({ value, label }) => {
      const at = Math.ceil(label.length / 2)
      return plain(label).length < 6 ? [] : [[value, label.slice(0, at) + label.slice(at + 1)] as const]
    })
    expect(typings.filter(([value, typed]) => !inFirst(rowOf(value, typed)))).toEqual([])
  })
})

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

  it.each([
    ['zeland new', 'NZ'],
    ['guinea equatorial', 'GQ'],
    ['koria south', 'KR'],
    ['bosnia and herz', 'BA'],
    ['united kindom', 'GB'],
    ['ivory cost', 'CI'],
    ['sao tome', 'ST'],
    ['cote divoire', 'CI'],
    ['saint lucia', 'LC'],
    ['allemagne', 'DE'],
    ['germayn', 'DE'],
    ['сирия', 'SY'],
    ['德国', 'DE'],
    ['burma', 'MM'],
  ])('is found by %s: words in any order, slips, other languages, missing accents', (typed, code) => {
    expect(rowOf(code, typed)).toBe(0)
  })

  it.each([
    ['سودان', 'SD'],
    ['السودان', 'SD'],
    ['الامارات', 'AE'],
    ['أمارات', 'AE'],
    ['سوريه', 'SY'],
    ['موریتانیا', 'MR'],
    ['أوكـرانيا', 'UA'],
  ])('is found by %s: letters that Arabic writes one for another, with or without the article', (typed, code) => {
    const row = rowOf(code, typed)
    expect([row, row >= 0 && row < 2]).toEqual([row, true])
  })

  it('stands before what is only like it, and nothing is guessed by its first letter where it is found', () => {
    const labels = (typed: string) => found(countryItems(), typed).map(({ label }) => label)
    expect(labels('austra').slice(-1)).toEqual(['Austria'])
    expect(labels('iran')).toEqual(['Iran', 'Iraq', 'Ireland'])
    expect(labels('vrance')[0]).toBe('France')
  })

  it('is not guessed from three letters, nor from two slips', () => {
    expect(found(countryItems(), 'xqz')).toEqual([])
    expect(found(countryItems(), 'purtogul')).toEqual([])
  })
})

describe('a language', () => {
  /** Three letters of each word, with its Arabic article and without. */
  const ofWords = (name: string): readonly string[] =>
    name
      .split(/[^\p{L}\p{M}\p{N}]+/u)
      .flatMap((word) => [word.slice(0, 3), word.replace(/^ال(?=\p{L}{2})/u, '').slice(0, 3)])
  const isHidden = ({ value, label }: SearchItem): boolean =>
    !ofWords(label).some((typed) => {
      const row = rowIn(languageItems(), value, typed)
      return row !== -1 && row < firstRows
    })

  it.each(locales)('stands in the first rows in %s after letters of its name, its article aside', async (locale) => {
    await activate(locale)
    const hiddenCodes = languageItems().flatMap((item) => (isHidden(item) ? [item.value] : []))
    // Seven names begin with "старо": Old French is the last of them, and is found by the second part of the word.
    expect(hiddenCodes).toEqual(locale === 'ru' ? ['fro'] : [])
    if (locale === 'ru') expect(rowIn(languageItems(), 'fro', 'фра')).toBeLessThan(firstRows)
    await activate('en')
  })

  it('stands before those that only begin with the article and its first letter, and is found with its article', async () => {
    await activate('ar')
    expect(rowIn(languageItems(), 'sq', 'ألب')).toBe(0)
    expect(rowIn(languageItems(), 'sq', 'الألب')).toBe(0)
    expect(found(languageItems(), 'الب').length).toBeGreaterThan(firstRows)
    await activate('en')
  })
})
