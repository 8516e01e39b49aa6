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
  readonly values: Values
  /** Epoch milliseconds. */
  readonly created: number
  readonly changed: number
}

/** What a case is found under: forms of the first level without repeats, the month in which it was recorded (`2024-05`). */
interface Values extends Readonly<Record<Facet, readonly string[]>> {
  /** What was withdrawn or closed keeps how far it has travelled. */
  readonly state: readonly StateFilter[]
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

/** Before this there was no Daybook: a clock that says so is wrong. */
const earliest = Date.UTC(2024, 0, 1)

/** Days since something in it waits to be sent, by `now`; 0 where nothing does, where it is closed, or nobody can say. */
export function daysUnsent(one: CaseSummary, now: number): number {
  if (one.closed || one.withdrawn || (one.state !== 'draft' && !one.changedSinceSent)) return 0
  const moments = one.state === 'draft' ? [one.createdAt, one.changedAt] : [one.changedAt]
  const since = moments.map((moment) => Date.parse(moment)).find((at) => at >= earliest)
  return since === undefined ? 0 : Math.max(0, (now - since) / day)
}

/** Never sent, not closed, and begun more than 14 days before `now` (product design, states a person sees). */
export const isOld = (one: CaseSummary, now: number): boolean => one.state === 'draft' && daysUnsent(one, now) > 14

/** Stands first at home: an old draft, or one that was sent and changed more than 30 days ago. */
export const standsFirst = (one: CaseSummary, now: number): boolean =>
  isOld(one, now) || daysUnsent(one, now) > remindAfter

/** Days after which somebody is reminded. */
export const remindAfter = 30

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
      created: Date.parse(one.createdAt),
      changed: Date.parse(one.changedAt),
      text: plain(words.filter(Boolean).join(' ')),
      values: {
        state: statesOf(one, isOld(one, now)),
        form: [...new Set(one.toe.map((code) => code.split('.')[0] ?? code))],
        country: one.country === undefined ? [] : [one.country],
        month: [month],
      },
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

const statesOf = (one: CaseSummary, old: boolean): readonly StateFilter[] => [
  'all',
  one.state,
  ...(old ? (['old'] as const) : []),
  ...(one.closed ? (['closed'] as const) : []),
  ...(one.withdrawn ? (['withdrawn'] as const) : []),
]

/** @param lines in the order in which they are to be found: see `ordered` */
export function find(lines: readonly Line[], wish: Wish): Found {
  const fitsText = textTest(wish.text)
  const counts = { state: new Map(), form: new Map(), country: new Map(), month: new Map() } as Record<
    Facet,
    Map<string, number>
  >
  const narrowed = facets.filter((facet) => wish[facet] !== '')
  const misses = ({ values }: Line, facet: Facet) => !(values[facet] as readonly string[]).includes(wish[facet])
  const fitting = lines.filter((line) => {
    if (!fitsText(line)) return false
    const other = narrowed.find((facet) => misses(line, facet))
    const counted =
      other === undefined ? facets : narrowed.some((facet) => facet !== other && misses(line, facet)) ? [] : [other]
    for (const facet of counted)
      for (const value of line.values[facet]) counts[facet].set(value, (counts[facet].get(value) ?? 0) + 1)
    return other === undefined
  })
  return { lines: fitting, counts }
}

/** Every word has to be there; digits alone are looked for in the code, too. */
function textTest(typed: string): (line: Line) => boolean {
  const words = plain(latinDigits(typed)).split(' ').filter(Boolean)
  const digits = words.join('')
  const isCode = /^\d+$/.test(digits)
  return ({ one, text }) => (isCode && one.code.includes(digits)) || words.every((word) => text.includes(word))
}

const states: readonly CaseState[] = ['attention', 'draft', 'tablet-only', 'ready', 'received', 'opened']
const newest = (a: Line, b: Line): number => b.changed - a.changed

const orders: { readonly [O in Order]: (a: Line, b: Line) => number } = {
  changed: newest,
  created: (a, b) => b.created - a.created,
  code: (a, b) => (a.one.code < b.one.code ? -1 : Number(a.one.code > b.one.code)),
  state: (a, b) => states.indexOf(a.one.state) - states.indexOf(b.one.state) || newest(a, b),
}

/** All lines in an order, sorted once for whatever is looked for in them. */
export function ordered(lines: readonly Line[], order: Order): readonly Line[] {
  return lines.toSorted(orders[order])
}
