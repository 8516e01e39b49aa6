import { countryName } from '../codebook/lists/countries.ts'
import { formLabel } from '../form/wording.ts'
import { formatPartialDate } from '../i18n/format.ts'
import { i18n } from '../i18n/i18n.ts'
import { plain } from '../ui/search.ts'
import { latinDigits } from '../ui/text-input.tsx'
import type { CaseState, CaseSummary } from '../vault/api.ts'

/** A case of the list with what it is found by, made once for the whole list. */
export interface Line {
  readonly one: CaseSummary
  /** Lower case, without accents: place, month in words, forms of exploitation, state. */
  readonly text: string
  /** Forms of the first level, without repeats. */
  readonly forms: readonly string[]
  /** `2024-05`: when it was recorded. */
  readonly month: string
  readonly old: boolean
}

export type StateFilter = 'all' | 'old' | 'closed' | 'withdrawn' | CaseState
export type Order = 'changed' | 'created' | 'code' | 'state'

/** What is looked for; an empty text lets everything through. */
export interface Wish {
  readonly text: string
  readonly state: StateFilter
  readonly form: string
  readonly country: string
  readonly month: string
  readonly order: Order
}

export const everything: Wish = { text: '', state: 'all', form: '', country: '', month: '', order: 'changed' }

const day = 86_400_000

/** Never sent, not closed, and begun more than 14 days before `now` (product design, states a person sees). */
export const isOld = (one: CaseSummary, now: number): boolean =>
  one.state === 'draft' && !one.closed && now - Date.parse(one.createdAt) > 14 * day

/** @param stateWord what a state is called in the active language */
export function linesOf(cases: readonly CaseSummary[], stateWord: (state: CaseState) => string, now: number): Line[] {
  const months = new Map<string, string>()
  const monthWord = (month: string) => {
    const word = months.get(month) ?? formatPartialDate(month)
    months.set(month, word)
    return word
  }
  return cases.map((one) => {
    const month = (one.recorded ?? one.createdAt).slice(0, 7)
    const place = [one.country && countryName(one.country, i18n.locale), one.area]
    const words = [...place, monthWord(month), month, ...one.toe.map(formLabel), stateWord(one.state)]
    return {
      one,
      month,
      text: plain(words.filter(Boolean).join(' ')),
      forms: [...new Set(one.toe.map((code) => code.split('.')[0] ?? code))],
      old: isOld(one, now),
    }
  })
}

/** The lines that fit, in order; and how many each value of a filter would show beside the other filters. */
export interface Found {
  readonly lines: readonly Line[]
  readonly counts: { readonly [F in Facet]: ReadonlyMap<string, number> }
}

const facets = ['state', 'form', 'country', 'month'] as const
export type Facet = (typeof facets)[number]

/** Every state that a case is found under: what was withdrawn or closed keeps how far it has travelled. */
export const statesOf = ({ one, old }: Line): readonly StateFilter[] => [
  'all',
  one.state,
  ...(old ? (['old'] as const) : []),
  ...(one.closed ? (['closed'] as const) : []),
  ...(one.withdrawn ? (['withdrawn'] as const) : []),
]

const valuesOf: { readonly [F in Facet]: (line: Line) => readonly string[] } = {
  state: statesOf,
  form: (line) => line.forms,
  country: (line) => (line.one.country === undefined ? [] : [line.one.country]),
  month: (line) => [line.month],
}

export function find(lines: readonly Line[], wish: Wish): Found {
  const fitsText = textTest(wish.text)
  const counts = { state: new Map(), form: new Map(), country: new Map(), month: new Map() } as Record<
    Facet,
    Map<string, number>
  >
  const fitting = lines.filter((line) => {
    if (!fitsText(line)) return false
    const missed = facets.filter((facet) => wish[facet] !== '' && !valuesOf[facet](line).includes(wish[facet]))
    const other = missed[0]
    if (missed.length < 2)
      for (const facet of other === undefined ? facets : [other])
        for (const value of valuesOf[facet](line)) counts[facet].set(value, (counts[facet].get(value) ?? 0) + 1)
    return other === undefined
  })
  return { lines: fitting.toSorted(orders[wish.order]), counts }
}

/** Every word has to be there; digits alone are looked for in the code, too. */
function textTest(typed: string): (line: Line) => boolean {
  const words = plain(latinDigits(typed)).split(' ').filter(Boolean)
  const digits = words.join('')
  const isCode = /^\d+$/.test(digits)
  return ({ one, text }) => (isCode && one.code.includes(digits)) || words.every((word) => text.includes(word))
}

const states: readonly CaseState[] = ['attention', 'draft', 'tablet-only', 'ready', 'received', 'opened']
const newest = (a: Line, b: Line): number => Date.parse(b.one.changedAt) - Date.parse(a.one.changedAt)

const orders: { readonly [O in Order]: (a: Line, b: Line) => number } = {
  changed: newest,
  created: (a, b) => Date.parse(b.one.createdAt) - Date.parse(a.one.createdAt),
  code: (a, b) => (a.one.code < b.one.code ? -1 : Number(a.one.code > b.one.code)),
  state: (a, b) => states.indexOf(a.one.state) - states.indexOf(b.one.state) || newest(a, b),
}
