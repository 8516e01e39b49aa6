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

type Catalogues = { readonly [L in Locale]: () => Promise<{ readonly messages: Messages }> }

/** The words of the lock screen; `lingui.config.ts` says whose they are. */
const lockWords: Catalogues = {
  en: () => import('./locales/lock/en.po'),
  fr: () => import('./locales/lock/fr.po'),
  es: () => import('./locales/lock/es.po'),
  ar: () => import('./locales/lock/ar.po'),
  ru: () => import('./locales/lock/ru.po'),
  zh: () => import('./locales/lock/zh.po'),
}

/** All others. */
const screenWords: Catalogues = {
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
/** Whether more than the lock screen is to be shown. */
let beyondLock = false
let turns = 0

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
  beyondLock = true
  await load(locale)
}

/** The same with no more words than the lock screen has, unless others were wanted before. */
export async function activateAtLock(locale: Locale): Promise<void> {
  await load(locale)
}

/** Loads the words of all other screens, in the language that was chosen last. To be awaited before one is drawn. */
export async function activateAll(): Promise<void> {
  beyondLock = true
  if (!(await load(wanted))) await activateAll()
}

/** False where another call has come in between. */
async function load(locale: Locale): Promise<boolean> {
  wanted = locale
  turns += 1
  const turn = turns
  const nothing = { messages: {}, default: {} }
  const [lock, screens, words] = await Promise.all([
    lockWords[locale](),
    beyondLock ? screenWords[locale]() : nothing,
    beyondLock ? wordings[locale]() : nothing,
  ])
  if (turn !== turns) return false
  wording = words.default
  i18n.loadAndActivate({ locale, messages: { ...lock.messages, ...screens.messages } })
  document.documentElement.lang = locale
  document.documentElement.dir = directionOf(locale)
  return true
}

/** The screens' words in some language, which does not become the active one: for a text that somebody else reads. */
export async function wordsIn(locale: Locale): Promise<I18n> {
  const { messages } = await screenWords[locale]()
  return setupI18n({ locale, messages: { [locale]: messages } })
}

/** The active language's text for a key of the codebook, such as `sxv.question` or `sex.f`; undefined: say the English. */
export function wordingOf(key: string): string | undefined {
  return wording[key]
}
