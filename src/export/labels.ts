import { countryName, isCountryCode } from '../codebook/lists/countries.ts'
import { languageName, isLanguageCode } from '../codebook/lists/languages.ts'
import { sectionOf } from '../codebook/lists/industries.ts'
import { entriesOf } from './cells.ts'
import type { LabelOf } from './columns.ts'

/**
 * The codebook's own English words for codes, with the platform's English names of countries and languages. An
 * organisation's own value (`other/club`) has its English words, else those of the value it counts as, a division of ISIC those of its section.
 */
export const englishLabels: LabelOf = (variable, code) => {
  const counted = variable.kind === 'sectors' && /^[A-Z]/.test(code) ? sectionOf(code) : code.replace(/\/.*$/, '')
  const { values, own } = entriesOf(variable)
  const ownOne = own?.find((entry) => entry.code === code)
  if (ownOne) return ownOne.label
  const listed = values?.find((entry) => entry.code === counted)
  if (listed) return listed.label
  if (variable.kind === 'language') return isLanguageCode(code) ? languageName(code, 'en') : undefined
  return isCountryCode(code) ? countryName(code, 'en') : undefined
}
