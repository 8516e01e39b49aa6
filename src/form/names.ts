import { countryCodes, countryName } from '../codebook/lists/countries.ts'
import { languageCodes, languageName } from '../codebook/lists/languages.ts'
import type { CountryVariable } from '../codebook/variable.ts'
import { i18n } from '../i18n/i18n.ts'
import type { SearchItem } from '../ui/search.ts'
import { countrySynonyms, languageSynonyms } from './synonyms.ts'
import { entryLabel } from './wording.ts'

/** The languages in whose names a country or a language is found, whatever the language of the app. */
const spoken = ['en', 'fr', 'es', 'ar', 'ru', 'zh']

const made = new Map<string, readonly SearchItem[]>()

function kept(key: string, make: () => readonly SearchItem[]): readonly SearchItem[] {
  const items = made.get(key) ?? make()
  made.set(key, items)
  return items
}

function words(listed: string | undefined): readonly string[] {
  return listed?.split(', ') ?? []
}

function byLabel(items: readonly SearchItem[]): readonly SearchItem[] {
  const collator = new Intl.Collator(i18n.locale)
  return [...items].sort((one, other) => collator.compare(one.label, other.label))
}

function countries(): readonly SearchItem[] {
  return kept(`country ${i18n.locale}`, () =>
    byLabel(
      countryCodes.map((code) => ({
        value: code,
        label: countryName(code, i18n.locale),
        also: [...spoken.map((locale) => countryName(code, locale)), ...words(countrySynonyms[code])],
      })),
    ),
  )
}

/** Countries by name, then what the variable knows beside countries (outside any territory, stateless). */
export function countryItems(variable?: CountryVariable): readonly SearchItem[] {
  if (!variable) return countries()
  const special = variable.list.entries.filter((entry) => !entry.missing && entry.offered !== false)
  return kept(`${variable.code} ${i18n.locale}`, () => [
    ...countries(),
    ...special.map((entry) => ({ value: entry.code, label: entryLabel(variable.list, entry) })),
  ])
}

/** Languages by name; those that the platform has no name for stand last, by their code. */
export function languageItems(): readonly SearchItem[] {
  return kept(`language ${i18n.locale}`, () => {
    const items = languageCodes.map((code) => ({
      value: code,
      label: languageName(code, i18n.locale),
      also: [...spoken.map((locale) => languageName(code, locale)), ...own(code), ...words(languageSynonyms[code])],
    }))
    return [...byLabel(items.filter(isNamed)), ...items.filter((item) => !isNamed(item))]
  })
}

function isNamed(item: SearchItem): boolean {
  return item.label !== item.value
}

/** What a language calls itself. */
function own(code: string): readonly string[] {
  try {
    return [languageName(code, code)]
  } catch {
    return []
  }
}
