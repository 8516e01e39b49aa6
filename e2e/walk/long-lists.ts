import { expect, type Locator, type Page } from '@playwright/test'
import { countryCodes } from '../../src/codebook/lists/countries.ts'
import { languageCodes } from '../../src/codebook/lists/languages.ts'
import type { Variable } from '../../src/codebook/variable.ts'
import type { Words } from '../words.ts'
import { offeredOf, wordsOfValue } from './words-of.ts'
import { answered } from './shown.ts'

/** Lists that are searched by typing, walked by sample: what the platform calls everything comes from the browser itself. */

export interface Names {
  readonly countries: readonly string[]
  readonly languages: readonly string[]
  readonly months: readonly string[]
}

/** Names in the order of the language; languages without a name stand last, by their code. */
export async function platformNames(page: Page, locale: string): Promise<Names> {
  return await page.evaluate(
    ([tag, regions, tongues]) => {
      const nameIn = (type: 'region' | 'language') => {
        const names = new Intl.DisplayNames(tag, { type, fallback: 'none' })
        return (code: string) => names.of(code)
      }
      const inOrder = (names: readonly string[]) => [...names].sort(new Intl.Collator(tag).compare)
      const named = (codes: readonly string[], nameOf: (code: string) => string | undefined) => [
        ...inOrder(codes.flatMap((code) => nameOf(code) ?? [])),
        ...codes.filter((code) => nameOf(code) === undefined),
      ]
      const month = new Intl.DateTimeFormat(`${tag}-u-ca-gregory-nu-latn`, { month: 'long', timeZone: 'UTC' })
      return {
        countries: named(regions, nameIn('region')),
        languages: named(tongues, nameIn('language')),
        months: Array.from({ length: 12 }, (_, at) => month.format(Date.UTC(2024, at, 15))),
      }
    },
    [locale, countryCodes, languageCodes] as const,
  )
}

/** First, last, and six between them that are others for every variable. */
function sampleOf(names: readonly string[], seed: string): readonly string[] {
  const start = [...seed].reduce((sum, letter) => sum + letter.charCodeAt(0), 0)
  const between = Array.from({ length: 6 }, (_, nth) => names[(start * 7 + nth * 41) % names.length] ?? '')
  return [...new Set([names[0] ?? '', ...between, names.at(-1) ?? ''])]
}

/** What is chosen of a long list in the walk: a sample, and everything that the variable knows beside it. */
export function namesToChoose(words: Words, one: Variable, { countries, languages }: Names): readonly string[] {
  const own = offeredOf(one.code).map(({ code }) => wordsOfValue(words, one.code, code))
  if (one.kind === 'sectors') return own
  const names = one.kind === 'language' ? languages : countries
  return [...sampleOf(names, one.code), ...(one.kind === 'country' ? own : [])]
}

/** Rows that are seen without scrolling, on a telephone too. */
const firstRows = 6

/** The first three letters of each of its words, the Arabic article aside where it stands; shorter words as they are. */
export function typings(label: string): readonly string[] {
  const words = label.split(/[^\p{L}\p{M}\p{N}]+/u).filter((word) => word !== '')
  const bare = words.flatMap((word) => (/^ال\p{L}{3}/u.test(word) ? [word.slice(2), word] : [word]))
  const long = bare.filter((word) => word.length >= 3)
  return [...new Set((long.length > 0 ? long : bare).map((word) => word.slice(0, 3)))]
}

/** Types a little of the name and chooses it out of the first rows. */
async function findAndChoose(question: Locator, label: string, typed: readonly string[]): Promise<void> {
  const box = question.getByRole('combobox').first()
  const options = question.getByRole('listbox').getByRole('option')
  for (const letters of typed) {
    await box.fill(letters)
    const rows = await options.evaluateAll(
      (all, most) => all.slice(0, most).map((row) => row.querySelector('span')?.textContent),
      firstRows,
    )
    const at = rows.indexOf(label)
    if (at === -1) continue
    await options.nth(at).click()
    return
  }
  throw new Error(`${typed.join(', ')} do not bring ${label} into the first rows`)
}

/** Every name is found and chosen, and stands there by its name; where one alone fits, it is taken back again. */
export async function walkSearch(one: Variable, question: Locator, words: Words, all: Names): Promise<void> {
  const several = one.kind === 'sectors' || (one.kind === 'country' && one.multiple)
  for (const label of namesToChoose(words, one, all)) {
    // Three letters are promised of countries; of other lists the whole name may be needed.
    const isCountry = one.kind !== 'language' && one.kind !== 'sectors'
    await findAndChoose(question, label, isCountry ? typings(label) : [...typings(label), label])
    await answered(question, ({ chips }) => expect(chips).toContain(label))
    if (!several)
      await question.getByRole('button', { name: words.say('Remove {label}', { label }), exact: true }).click()
  }
}
