import { t } from '@lingui/core/macro'
import { entryOf, type CodeList, type Entry } from '../codebook/code-list.ts'
import { codebook, variable as variableOf } from '../codebook/codebook.ts'
import type { ConsentField } from '../codebook/consent.ts'
import { shortForm, spokenConsent } from '../codebook/english-wording.ts'
import { formsOfExploitation } from '../codebook/forms-of-exploitation.ts'
import { countryName, isCountryCode } from '../codebook/lists/countries.ts'
import { isLanguageCode, languageName } from '../codebook/lists/languages.ts'
import { missingEntry } from '../codebook/lists/missing.ts'
import type { MissingCode, Variable, Words } from '../codebook/variable.ts'
import { formatList, formatMoment, formatNumber, formatPartialDate, formatParts } from '../i18n/format.ts'
import { i18n, wordingOf } from '../i18n/i18n.ts'
import type { Answer } from '../record/answers.ts'
import { countedAs } from '../record/codes.ts'
import { isObject } from '../record/json.ts'
import { codesIn } from './field-props.ts'

/**
 * What the codebook's items are called in the active language. Translations are keyed by code (`sxv.question`, `sex.f`,
 * `missing.nk`); for what has none, the English of the codebook is shown.
 */

/** What an organisation says in the active language; nothing where it says it in others only. */
function ownWords(words: Words | undefined): string | undefined {
  return words?.[i18n.locale]
}

/** The organisation's name of a value or an area: in the active language, else in English, else in any. */
function ownName(words: Words): string | undefined {
  return ownWords(words) ?? words['en'] ?? Object.values(words)[0]
}

/** As it is asked: in the organisation's own words, if it has some in this language. */
export function questionOf(variable: Variable): string {
  return ownQuestionOf(variable) ?? standardQuestionOf(variable)
}

export function ownQuestionOf({ own }: Variable): string | undefined {
  return ownWords(own?.label)
}

export function ownHelpOf({ own }: Variable): string | undefined {
  return ownWords(own?.help)
}

export function standardQuestionOf(variable: Variable): string {
  return wordingOf(`${variable.code}.question`) ?? variable.question
}

export function labelOf(variable: Variable): string {
  return wordingOf(`${variable.code}.label`) ?? variable.label
}

export function definitionOf(variable: Variable): string {
  return wordingOf(`${variable.code}.definition`) ?? variable.definition
}

/** @param english the codebook's own example (`codebook/examples.ts`), which is fetched apart */
export function exampleOf(variable: Variable, english: string): string {
  return wordingOf(`${variable.code}.example`) ?? english
}

export function entryLabel(list: CodeList, entry: Entry): string {
  if (entry.own) return ownName(entry.own) ?? entry.label
  const own = wordingOf(`${list.id}.${entry.code}`)
  const silence = entry.missing ? wordingOf(`missing.${entry.code}`) : undefined
  return own ?? silence ?? entry.display ?? entry.label
}

export function entryDefinition(list: CodeList, entry: Entry): string | undefined {
  const own = wordingOf(`${list.id}.${entry.code}.definition`)
  const silence = entry.missing ? wordingOf(`missing.${entry.code}.definition`) : undefined
  return own ?? silence ?? entry.definition
}

/** A form of exploitation without the words that all of them begin with; the full label stands behind the question. */
export function formLabel(code: string): string {
  const form = formsOfExploitation.entries.find((entry) => entry.code === code)
  if (!form) return code
  return wordingOf(`${formsOfExploitation.id}.${code}.short`) ?? shortForm(form.label)
}

/** Without what a name says in brackets at its end: where there is little room, and the whole stands at the question. */
export const inBrief = (label: string): string => label.replace(/\s*[(（][^()（）]*[)）]$/u, '')

/** A form of exploitation by its whole name. */
export function formFullLabel(code: string): string {
  const form = formsOfExploitation.entries.find((entry) => entry.code === code)
  return wordingOf(`${formsOfExploitation.id}.${code}`) ?? form?.label ?? code
}

/** What the codebook is not, and what it rests on. */
export function disclaimer(): string {
  return wordingOf('about.disclaimer') ?? codebook.disclaimer
}

/** What a form of exploitation means. */
export function formDefinition({ code, help }: { readonly code: string; readonly help: string }): string {
  return wordingOf(`${formsOfExploitation.id}.${code}.definition`) ?? help
}

export function silenceLabel(variable: Variable, code: MissingCode): string {
  const list = 'list' in variable ? variable.list : undefined
  const entry = list && entryOf(list, code)
  return list && entry ? entryLabel(list, entry) : (wordingOf(`missing.${code}`) ?? missingEntry[code].label)
}

/** Without the brackets in which the codebook speaks of the point itself: nobody is asked about these. */
export function consentText(field: ConsentField): string {
  return wordingOf(`consent.${field.id}`) ?? spokenConsent(field.text)
}

export function isMissingCode(value: unknown): value is MissingCode {
  return value === 'nk' || value === 'na' || value === 'ref'
}

/** What a code of this variable is called; a code that the edition does not know, as it is. */
export function valueLabel(variable: Variable, code: string): string {
  if (isMissingCode(code)) return silenceLabel(variable, code)
  if (variable.kind === 'exploitation') return formLabel(code)
  if (variable.kind === 'country' && isCountryCode(code)) return countryName(code, i18n.locale)
  if (variable.kind === 'language' && isLanguageCode(code)) return languageName(code, i18n.locale)
  return listedLabel(variable, code)
}

function listedLabel(variable: Variable, code: string): string {
  const list = 'list' in variable ? variable.list : undefined
  if (!list) return code
  const exact = entryOf(list, code)
  if (exact) return entryLabel(list, exact)
  const broader = entryOf(list, variable.kind === 'sectors' ? code.slice(0, 1) : countedAs(code))
  if (!broader) return code
  const label = entryLabel(list, broader)
  return t`${label} (${code})`
}

/** An answer in plain words, on one line. */
export function showAnswer(variable: Variable, answer: Answer): string {
  if (Array.isArray(answer)) return formatList(codesIn(answer).map((code) => valueLabel(variable, code)))
  if (isObject(answer)) return showParts(variable, answer)
  if (typeof answer === 'number') return formatNumber(answer)
  if (typeof answer !== 'string' || isMissingCode(answer)) return valueLabel(variable, String(answer))
  if (variable.kind === 'date') return /^\d/.test(answer) ? formatPartialDate(answer) : valueLabel(variable, answer)
  return variable.kind === 'moment' ? formatMoment(answer) : valueLabel(variable, answer)
}

/** An area by the organisation's name for it; any other text as it was written. */
export function areaLabel(variable: Variable, country: Answer | undefined, code: string): string {
  const areas = variable.kind === 'place' && typeof country === 'string' ? variable.areas?.[country] : undefined
  const area = areas?.find((one) => one.code === code)
  return (area && ownName(area.labels)) ?? code
}

function showParts(variable: Variable, parts: { readonly [part: string]: Answer }): string {
  if (parts['extraterritorial'] === true) return valueLabel(variable, 'extra')
  const shown = Object.entries(parts).map(([part, value]) => {
    if (typeof value !== 'string') return ''
    if (part === 'area') return areaLabel(variable, parts['country'], value)
    if (part === 'country') return countryName(value, i18n.locale)
    return part === 'orgType' ? valueLabel(variableOf('ret'), value) : value
  })
  return formatParts(shown)
}

/** What a number counts, said after the box. */
export function measureOf(variable: Variable): string | undefined {
  if (['agv', 'agp', 'x3aft'].includes(variable.code)) return t`years`
  return variable.code === 'x3dur' ? t`months` : undefined
}

/** Whether a part of the answer is a text that no record holds for its length alone. */
function isTooLong(answer: Answer | undefined): boolean {
  return (
    isObject(answer) && Object.values(answer).some((part) => typeof part === 'string' && Array.from(part).length > 120)
  )
}

/** What is wrong with an answer that its variable does not allow. */
export function problemText(variable: Variable, answer?: Answer): string {
  if (isTooLong(answer))
    return t`One of these texts is too long. It is kept, but it cannot be sent like this: shorten it.`
  if (variable.kind === 'count') {
    const [least, most] = [formatNumber(variable.range.min), formatNumber(variable.range.max)]
    return t`This has to be a whole number from ${least} to ${most}.`
  }
  if (variable.kind === 'date') return t`There is no such date. A year alone, or a month and a year, is enough.`
  if (variable.kind === 'moment') return t`The date and the time are both needed.`
  if (variable.kind === 'place') return t`A country is needed, unless the place is not known.`
  if (variable.kind === 'article') return t`The number of the article is needed, at most 120 signs.`
  if (variable.kind === 'organisation') return t`The code and the kind of the organisation are both needed.`
  return t`This answer does not fit the question in this edition. It is kept, but it cannot be sent.`
}
