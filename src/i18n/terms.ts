import type { Locale } from './i18n.ts'

/** A term that was found in another text, as it stands there. */
export interface Term {
  /** What it is a term for: `classification:2.1`, or a key of the same kind. */
  readonly key: string
  readonly en: string
  readonly term: string
  readonly source: string
  /** The official wording of the same concept, or of a neighbouring one. */
  readonly match: string
}

export interface Terms {
  readonly sources: readonly { readonly id: string; readonly title: string }[]
  readonly terms: readonly Term[]
}

const found: { readonly [L in Exclude<Locale, 'en'>]: () => Promise<{ readonly default: Terms }> } = {
  fr: () => import('./terms/fr.json'),
  es: () => import('./terms/es.json'),
  ar: () => import('./terms/ar.json'),
  ru: () => import('./terms/ru.json'),
  zh: () => import('./terms/zh.json'),
}

/** The sourced terms of a language; everything else in it is our own translation. Undefined for English. */
export async function termsOf(locale: Locale): Promise<Terms | undefined> {
  return locale === 'en' ? undefined : (await found[locale]()).default
}
