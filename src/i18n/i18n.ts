// oxlint-disable-next-line typescript/triple-slash-reference -- an ambient declaration has nothing to import
/// <reference path="./po.d.ts" />
/**
 * The languages of the app. One catalogue is loaded at a time: the app's own words (`locales/`), and the wording of the
 * codebook by key. English wording of the codebook stands in the codebook itself, which is also what is shown for a key
 * that the active language does not have.
 */
import { i18n, type Messages } from '@lingui/core'

export { i18n }

export const locales = ['en'] as const
export type Locale = (typeof locales)[number]

type Wording = Readonly<Record<string, string>>

const catalogues: { readonly [L in Locale]: () => Promise<{ readonly messages: Messages }> } = {
  en: () => import('./locales/en.po'),
}

const wordings: { readonly [L in Locale]: () => Promise<Wording> } = {
  en: async () => ({}),
}

const rightToLeft: readonly string[] = ['ar', 'ckb', 'dv', 'fa', 'he', 'ps', 'sd', 'ug', 'ur', 'yi']

let wording: Wording = {}

/** 'rtl' or 'ltr', from the language of a BCP 47 tag. */
export function directionOf(locale: string): 'ltr' | 'rtl' {
  return rightToLeft.includes(new Intl.Locale(locale).language) ? 'rtl' : 'ltr'
}

/** The first of the given tags (`navigator.languages`) whose language the app has, else English. */
export function localeFor(wanted: readonly string[]): Locale {
  const languages = wanted.map((tag) => tag.split('-')[0])
  return locales.find((locale) => languages.includes(locale)) ?? 'en'
}

/** Loads the language's catalogues, makes it the active one, and tells the document its language and direction. */
export async function activate(locale: Locale): Promise<void> {
  const [{ messages }, words] = await Promise.all([catalogues[locale](), wordings[locale]()])
  wording = words
  i18n.loadAndActivate({ locale, messages })
  document.documentElement.lang = locale
  document.documentElement.dir = directionOf(locale)
}

/** The active language's text for a key of the codebook, such as `sxv.question` or `sex.f`; undefined: say the English. */
export function wordingOf(key: string): string | undefined {
  return wording[key]
}
