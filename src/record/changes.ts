import { codebook } from '../codebook/codebook.ts'
import type { Variable } from '../codebook/variable.ts'
import type { Answers } from './answers.ts'
import type { CaseRecord } from './case-record.ts'
import type { Draft, DraftConsent } from './draft.ts'
import { isSame, type Json } from './json.ts'
import { settle } from './settle.ts'
import { keysOf, overridable } from './unit-answers.ts'
import { isPresent, type Units } from './units.ts'

/** An answer with what may stand beside it; absent where there is none. */
export interface Said {
  readonly answer: Json
  readonly texts?: Json
  readonly mark?: true
}

/** One thing in which the next version differs from the one that was sent. `at` as in `Judgement`. */
export type Change =
  | {
      readonly kind: 'answer'
      readonly at: string
      readonly variable: string
      readonly before?: Said
      readonly after?: Said
    }
  | { readonly kind: 'added' | 'removed'; readonly unit: 'victim' | 'perpetrator'; readonly id: string }
  /** A victim who is only a tombstone now. */
  | { readonly kind: 'withdrawn'; readonly id: string; readonly reason: 'consent' | 'error' }
  /** What a victim was told or agreed to; `field` is one of the codebook, or `withdrawn`. */
  | {
      readonly kind: 'consent'
      readonly at: string
      readonly field: string
      readonly before?: string
      readonly after?: string
    }
  | { readonly kind: 'linked' | 'unlinked'; readonly at: string }
  | { readonly kind: 'confirmed' | 'unconfirmed'; readonly at: string; readonly rule: string }
  | { readonly kind: 'reference' | 'withdrawn-before' }

/**
 * What sending `after` would change in what was sent as `before`, in the order of the case: event, reporting entity,
 * victims, perpetrators, links, checks. Both are compared as they are sent: with what rules fill in, and without answers
 * that are not asked any more. Of somebody added or taken out it says that alone.
 */
export function changesBetween(before: CaseRecord, after: Draft): Change[] {
  const next = settle(after, after.createdAt)
  if (before.state === 'withdrawn') return [{ kind: 'withdrawn-before' }]
  const others: Change[] = before.localReference === next.localReference ? [] : [{ kind: 'reference' }]
  return [
    ...answers('event', before.event.answers, next.event.answers, codebook.units.event),
    ...answers('event', before.reportingEntity.answers, next.reportingEntity.answers, codebook.units.reportingEntity),
    ...others,
    ...victims(before, next),
    ...perpetrators(before, next),
    ...links(before, next),
    ...confirmations(before, next),
  ]
}

type Whole = Pick<Draft, 'event' | 'reportingEntity' | 'victims' | 'perpetrators' | 'links' | 'confirmed'>

function answers(at: string, before: Answers, after: Answers, variables: readonly Variable[]): Change[] {
  return variables.flatMap((variable) => {
    const [was, is] = [saidOf(variable, before), saidOf(variable, after)]
    if (isSame(was as Json | undefined, is as Json | undefined)) return []
    return [{ kind: 'answer', at, variable: variable.code, ...(was && { before: was }), ...(is && { after: is }) }]
  })
}

function saidOf(variable: Variable, answers: Answers): Said | undefined {
  if (keysOf(variable).every((key) => answers[key] === undefined)) return undefined
  const texts = variable.texts === undefined ? undefined : answers[variable.texts]
  const marked = variable.mark !== undefined && answers[variable.mark.key] === true
  return {
    answer: answers[variable.code] ?? '',
    ...(texts !== undefined && { texts }),
    ...(marked && { mark: true }),
  }
}

function victims(before: Whole, after: Whole): Change[] {
  const gone = before.victims.filter(({ id }) => !after.victims.some((one) => one.id === id))
  return [
    ...gone.map(({ id }): Change => ({ kind: 'removed', unit: 'victim', id })),
    ...after.victims.flatMap((victim): Change[] => {
      const { id } = victim
      const old = before.victims.find((one) => one.id === id)
      if (!isPresent(victim))
        return old && isPresent(old) ? [{ kind: 'withdrawn', id, reason: victim.withdrawn.reason }] : []
      if (!old || !isPresent(old)) return [{ kind: 'added', unit: 'victim', id }]
      return [
        ...answers(id, old.answers, victim.answers, codebook.units.victim),
        ...answers(id, old.overrides ?? {}, victim.overrides ?? {}, overridable),
        ...consents(id, old.consent, victim.consent),
      ]
    }),
  ]
}

function consents(at: string, before: DraftConsent, after: DraftConsent): Change[] {
  const [was, is] = [valuesOf(before), valuesOf(after)]
  const fields = [...new Set([...Object.keys(was), ...Object.keys(is)])]
  return fields
    .filter((field) => was[field] !== is[field])
    .map((field) => ({
      kind: 'consent',
      at,
      field,
      ...(was[field] !== undefined && { before: was[field] }),
      ...(is[field] !== undefined && { after: is[field] }),
    }))
}

/** `yes`, `no`, or how far it was withdrawn; the day of it alone is no change worth a line. */
function valuesOf({ withdrawn, ...fields }: DraftConsent): Partial<Record<string, string>> {
  const given = Object.entries(fields).flatMap(([field, one]) => (one ? [[field, one.value] as const] : []))
  return { ...Object.fromEntries(given), ...(withdrawn && { withdrawn: withdrawn.scope }) }
}

function perpetrators(before: Whole, after: Whole): Change[] {
  const gone = before.perpetrators.filter(({ id }) => !after.perpetrators.some((one) => one.id === id))
  return [
    ...gone.map(({ id }): Change => ({ kind: 'removed', unit: 'perpetrator', id })),
    ...after.perpetrators.flatMap(({ id, answers: given }): Change[] => {
      const old = before.perpetrators.find((one) => one.id === id)
      if (!old) return [{ kind: 'added', unit: 'perpetrator', id }]
      return answers(id, old.answers, given, codebook.units.perpetrator)
    }),
  ]
}

type Link = Units<never>['links'][number]
const placeOf = ({ victim, perpetrator }: Link) => `${victim}/${perpetrator}`

/** Only between two who stood in both: the links of somebody added or taken out go without saying. */
function links(before: Whole, after: Whole): Change[] {
  const stayed = new Set(
    [...after.victims.filter(isPresent), ...after.perpetrators]
      .map(({ id }) => id)
      .filter((id) => [...before.victims.filter(isPresent), ...before.perpetrators].some((one) => one.id === id)),
  )
  const places = [...new Set([...before.links, ...after.links].map(placeOf))]
  return places
    .filter((at) => at.split('/').every((id) => stayed.has(id)))
    .flatMap((at): Change[] => {
      const [was, is] = [before, after].map(({ links }) => links.find((link) => placeOf(link) === at))
      const changed = answers(at, was?.answers ?? {}, is?.answers ?? {}, codebook.units.link)
      if (changed.length > 0 || (was === undefined) === (is === undefined)) return changed
      return [{ kind: was === undefined ? 'linked' : 'unlinked', at }]
    })
}

function confirmations(before: Whole, after: Whole): Change[] {
  const notIn = (here: Whole, there: Whole) =>
    here.confirmed.filter((one) => !there.confirmed.some(({ rule, at }) => rule === one.rule && at === one.at))
  return [
    ...notIn(after, before).map(({ rule, at }): Change => ({ kind: 'confirmed', at, rule })),
    ...notIn(before, after).map(({ rule, at }): Change => ({ kind: 'unconfirmed', at, rule })),
  ]
}
