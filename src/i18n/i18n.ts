// oxlint-disable-next-line typescript/triple-slash-reference -- an ambient declaration has nothing to import
/// <reference path="./po.d.ts" />
/**
 * The languages of the app. One language is loaded at a time: the app's own words (`locales/`), and the wording of the
 * codebook by key (`codebook/`). English wording of the codebook stands in the codebook itself, which is also what is
 * shown for a key that the active language does not have.
 */
import { i18n, setupI18n, type I18n, type Messages } from '@lingui/core'

export { i18n }

export const locales = ['en', 'fr', 'es', 'ar', 'ru', 'zh'] as const
export type Locale = (typeof locales)[number]

/** What each language calls itself; never translated. */
export const localeNames: Readonly<Record<Locale, string>> = {
  en: 'English',
  fr: 'Français',
  es: 'Español',
  ar: 'العربية',
  ru: 'Русский',
  zh: '中文',
}

type Wording = Readonly<Record<string, string>>

const catalogues: { readonly [L in Locale]: () => Promise<{ readonly messages: Messages }> } = {
  en: () => import('./locales/en.po'),
  fr: () => import('./locales/fr.po'),
  es: () => import('./locales/es.po'),
  ar: () => import('./locales/ar.po'),
  ru: () => import('./locales/ru.po'),
  zh: () => import('./locales/zh.po'),
}

/** The wording of the codebook in one language, by key; none for English, which stands in the codebook. */
export const wordings: { readonly [L in Locale]: () => Promise<{ readonly default: Wording }> } = {
  en: async () => ({ default: {} }),
  fr: () => import('./codebook/fr.json'),
  es: () => import('./codebook/es.json'),
  ar: () => import('./codebook/ar.json'),
  ru: () => import('./codebook/ru.json'),
  zh: () => import('./codebook/zh.json'),
}

const rightToLeft: readonly string[] = ['ar', 'ckb', 'dv', 'fa', 'he', 'ps', 'sd', 'ug', 'ur', 'yi']

let wording: Wording = {}
let wanted: Locale = 'en'

/** 'rtl' or 'ltr', from the language of a BCP 47 tag. */
export function directionOf(locale: string): 'ltr' | 'rtl' {
  return rightToLeft.includes(new Intl.Locale(locale).language) ? 'rtl' : 'ltr'
}

export function isLocale(tag: string): tag is Locale {
  return (locales as readonly string[]).includes(tag)
}

/** The first of the given tags (`navigator.languages`) whose language the app has, else English. */
export function localeFor(tags: readonly string[]): Locale {
  return tags.map((tag) => tag.split('-')[0] ?? '').find(isLocale) ?? 'en'
}

/**
 * Loads the language's catalogues, makes it the active one, and tells the document its language and direction. Of two
 * calls the later one wins. Rejects where the catalogues cannot be loaded; the language is then as it was.
 */
export async function activate(locale: Locale): Promise<void> {
  wanted = locale
  const [{ messages }, words] = await Promise.all([catalogues[locale](), wordings[locale]()])
  if (wanted !== locale) return
  wording = words.default
  i18n.loadAndActivate({ locale, messages })
  document.documentElement.lang = locale
  document.documentElement.dir = directionOf(locale)
}

/** The app's words in some language, which does not become the active one: for a text that somebody else reads. */
export async function wordsIn(locale: Locale): Promise<I18n> {
  const { messages } = await catalogues[locale]()
  return setupI18n({ locale, messages: { [locale]: messages } })
}

/** The active language's text for a key of the codebook, such as `sxv.question` or `sex.f`; undefined: say the English. */
export function wordingOf(key: string): string | undefined {
  return wording[key]
}
