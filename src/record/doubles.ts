import type { Answer } from './answers.ts'
import type { Draft } from './draft.ts'
import { compareDates } from './partial-date.ts'
import type { Judgement } from './rules.ts'
import { isPresent } from './units.ts'

/** What of a victim tells two cases about one person, as far as it is known: coarse, and no text among it. */
export interface DoubleKey {
  /** Pseudonym of the victim. */
  id: string
  sxv?: string
  /** ICCS band (`15-29`). */
  age?: string
  /** The first citizenship. */
  civ?: string
  /** The last country of exploitation. */
  coe?: string
  /** The one type of the victim; 8 = mixed. */
  toe?: string
  /** When it began and ended, as far as that is known; a moment where it was going on when it was recorded. */
  from?: string
  to?: string
}

/** `pseudonym`: the same victim · `alike`: another victim, and all that is compared is the same. */
export type DoubleReason = 'pseudonym' | 'alike'

const compared = ['sxv', 'age', 'civ', 'coe', 'toe'] as const

/** One key for each victim who is no tombstone. What is not known is absent: it makes nobody alike. */
export function doubleKeysOf(draft: Draft, judgement: Judgement): DoubleKey[] {
  return draft.victims.filter(isPresent).map(({ id }) => {
    const value = (code: string) => judgement.value(id, code)
    const to = value('dae') === 'ongoing' ? judgement.value('event', 'dat') : value('dae')
    const parts: Record<string, string | undefined> = {
      sxv: known(value('sxv')),
      age: bandOf(value('agv')),
      civ: known(listOf(value('civ'))[0]),
      coe: known(listOf(value('coe')).at(-1)),
      toe: known(judgement.summary(id).toe),
      from: dated(value('dab')),
      to: dated(to),
    }
    return { id, ...Object.fromEntries(Object.entries(parts).filter(([, part]) => part !== undefined)) }
  })
}

/**
 * Whether two cases may speak of one person (record shape, Doubles and exports): the same pseudonym, or all five of sex,
 * age band, first citizenship, last country of exploitation and type known and equal; and periods not known to be apart.
 */
export function possibleDouble(own: readonly DoubleKey[], other: readonly DoubleKey[]): DoubleReason | undefined {
  const pairs = own
    .flatMap((one) => other.map((another) => [one, another] as const))
    .filter((pair) => !areApart(...pair))
  if (pairs.some(([one, another]) => one.id === another.id)) return 'pseudonym'
  return pairs.some(([one, another]) => areAlike(one, another)) ? 'alike' : undefined
}

const areAlike = (one: DoubleKey, other: DoubleKey): boolean =>
  compared.every((part) => one[part] !== undefined && one[part] === other[part])

const areApart = (one: DoubleKey, other: DoubleKey): boolean =>
  endsBefore(one.to, other.from) || endsBefore(other.to, one.from)

function endsBefore(to: string | undefined, from: string | undefined): boolean {
  if (to === undefined || from === undefined) return false
  const order = compareDates(to, from)
  return order !== undefined && order < 0
}

const silent: readonly unknown[] = ['nk', 'na', 'ref', 'nodoc']

const known = (value: unknown): string | undefined =>
  typeof value === 'string' && !silent.includes(value) ? value : undefined

const dated = (value: unknown): string | undefined =>
  typeof value === 'string' && /^\d/.test(value) ? value : undefined

const listOf = (value: Answer | undefined): readonly Answer[] => (Array.isArray(value) ? value : [value ?? []])

/** ICCS bands: 0-14, fifteen years each up to 59, 60 and over. */
function bandOf(age: unknown): string | undefined {
  if (typeof age !== 'number' || !Number.isInteger(age) || age < 0) return undefined
  if (age >= 60) return '60+'
  const least = Math.floor(age / 15) * 15
  return `${least}-${least + 14}`
}
