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

/** Those up to the first field of a case. */
const firstWords: Catalogues = {
  en: () => import('./locales/first/en.po'),
  fr: () => import('./locales/first/fr.po'),
  es: () => import('./locales/first/es.po'),
  ar: () => import('./locales/first/ar.po'),
  ru: () => import('./locales/first/ru.po'),
  zh: () => import('./locales/first/zh.po'),
}

/** All others. */
const otherWords: Catalogues = {
  en: () => import('./locales/en.po'),
  fr: () => import('./locales/fr.po'),
  es: () => import('./locales/es.po'),
  ar: () => import('./locales/ar.po'),
  ru: () => import('./locales/ru.po'),
  zh: () => import('./locales/zh.po'),
}

const catalogues = [lockWords, firstWords, otherWords]

/** How many of them are wanted: those of the lock screen, of what follows it, of everything. */
const depths = { lock: 1, first: 2, all: 3 }

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
let depth = depths.lock

interface Extent {
  readonly locale: Locale
  readonly depth: number
}
let loaded: Extent | undefined
let underway: (Extent & { done: Promise<void> }) | undefined

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
 * Loads all catalogues of the language, makes it the active one, and tells the document its language and direction. Of
 * two calls the later one wins. Rejects where the catalogues cannot be loaded; the language is then as it was.
 */
export async function activate(locale: Locale): Promise<void> {
  depth = depths.all
  await load(locale)
}

/** The same with no more words than the lock screen has, unless others were wanted before. */
export async function activateAtLock(locale: Locale): Promise<void> {
  await load(locale)
}

/** Loads the words up to the first field of a case, or of all screens, in the language that was chosen last. */
export async function activateMore(wantedDepth: 'first' | 'all'): Promise<void> {
  depth = Math.max(depth, depths[wantedDepth])
  const isEnough = (one: Extent | undefined) => one?.locale === wanted && one.depth >= depths[wantedDepth]
  // Whoever finds enough on its way waits for that: two who overtook each other could do so for ever.
  while (!isEnough(loaded)) await (underway && isEnough(underway) ? underway.done : load(wanted))
}

function load(locale: Locale): Promise<void> {
  wanted = locale
  const now = { locale, depth, done: Promise.resolve() }
  underway = now
  now.done = fetchWords(now).finally(() => {
    if (underway === now) underway = undefined
  })
  return now.done
}

/** Nothing is changed where another language or more words were wanted meanwhile. */
async function fetchWords(extent: Extent): Promise<void> {
  const { locale } = extent
  const [words, ...parts] = await Promise.all([
    extent.depth > depths.lock ? wordings[locale]() : { default: {} },
    ...catalogues.slice(0, extent.depth).map(async (catalogue) => await catalogue[locale]()),
  ])
  if (underway !== extent) return
  wording = words.default
  loaded = { locale, depth: extent.depth }
  i18n.loadAndActivate({ locale, messages: Object.assign({}, ...parts.map((part) => part.messages)) as Messages })
  document.documentElement.lang = locale
  document.documentElement.dir = directionOf(locale)
}

/** The words of all screens in some language, which does not become the active one: for a text that somebody else reads. */
export async function wordsIn(locale: Locale): Promise<I18n> {
  const parts = await Promise.all(catalogues.map(async (catalogue) => (await catalogue[locale]()).messages))
  return setupI18n({ locale, messages: { [locale]: Object.assign({}, ...parts) as Messages } })
}

/** The active language's text for a key of the codebook, such as `sxv.question` or `sex.f`; undefined: say the English. */
export function wordingOf(key: string): string | undefined {
  return wording[key]
}
