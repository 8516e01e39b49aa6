import * as z from 'zod/mini'
import { edition } from '../codebook/edition.ts'
import { consentFields } from '../codebook/consent.ts'
import type { Answer, Answers } from './answers.ts'
import { newCaseCode, newId } from './ids.ts'
import { isEmpty, type Json } from './json.ts'
import { ownerOf } from './unit-answers.ts'
import { isPresent, type Consent, type Units, type VictimTombstone } from './units.ts'

/** `withdrawn` may have scope `all` while a draft lasts; finishing makes a tombstone of that victim. */
export type DraftConsent = Omit<Consent, 'withdrawn'> & { withdrawn?: { date: string; scope: 'share' | 'all' } }

export interface DraftVictim {
  id: string
  consent: DraftConsent
  answers: Answers
  overrides?: Answers
}

/** Something that was answered and has no place any more (`kept.ts`): by variable code, with the keys that it stood under. */
export interface KeptAnswer {
  at: string
  code: string
  answers: Answers
}

/**
 * A case that is being written: the members of a revision, leniently. It may hold answers of closed variables, half-typed
 * ones, and given answers beneath the ones that rules derive. Plain data: every function here returns a new draft.
 */
export interface Draft extends Units<DraftVictim> {
  schema: 1
  edition: string
  overlay?: string
  caseId: string
  code: string
  origin: 'form' | 'import'
  createdAt: string
  localReference?: string
  /** Shown to the person; no rule reads it, and no finished revision holds it. */
  kept?: KeptAnswer[]
}

const answers = z.record(z.string(), z.json())
const consentAnswer = z.object({ value: z.enum(['yes', 'no']), date: z.string() })
const consent = z.object({
  ...Object.fromEntries(consentFields.map((field) => [field.id, z.exactOptional(consentAnswer)])),
  withdrawn: z.exactOptional(z.object({ date: z.string(), scope: z.enum(['share', 'all']) })),
})
const victim = z.object({ id: z.string(), consent, answers, overrides: z.exactOptional(answers) })
const tombstone = z.object({
  id: z.string(),
  withdrawn: z.object({ date: z.string(), reason: z.enum(['consent', 'error']) }),
})
const historyEntry = z.union([
  z.object({
    date: z.string(),
    victim: z.exactOptional(z.string()),
    sta: z.string(),
    ret: z.exactOptional(z.string()),
    dem: z.exactOptional(z.string()),
  }),
  z.object({ date: z.string(), victim: z.exactOptional(z.string()), ces: z.string() }),
])

/** What a draft was kept as. Unknown members are dropped; answers are looked at when the draft is finished. */
export const draftSchema = z.object({
  schema: z.literal(1),
  edition: z.string(),
  overlay: z.exactOptional(z.string()),
  caseId: z.string(),
  code: z.string(),
  origin: z.enum(['form', 'import']),
  createdAt: z.string(),
  localReference: z.exactOptional(z.string()),
  event: z.object({ answers }),
  reportingEntity: z.object({ answers }),
  victims: z.array(z.union([victim, tombstone])),
  perpetrators: z.array(z.object({ id: z.string(), answers })),
  links: z.array(z.object({ victim: z.string(), perpetrator: z.string(), answers })),
  history: z.array(historyEntry),
  confirmed: z.array(z.object({ rule: z.string(), at: z.string() })),
  kept: z.exactOptional(z.array(z.object({ at: z.string(), code: z.string(), answers }))),
}) as unknown as z.ZodMiniType<Draft>

export interface NewDraft {
  /** Ids and code are made here unless given. */
  caseId?: string
  code?: string
  /** Moment at which the case is begun; it becomes `dat`, too. */
  now: string
  /** From the device's profile. */
  reporting?: { orgCode: string; orgType: string }
  place?: { country: string; area?: string }
  victimIds?: readonly string[]
}

/** A case just begun: one victim unless told otherwise, nothing answered but what the device knows. */
export function newDraft({ caseId, code, now, reporting, place, victimIds }: NewDraft): Draft {
  return {
    schema: 1,
    edition,
    caseId: caseId ?? newId(),
    code: code ?? newCaseCode(),
    origin: 'form',
    createdAt: now,
    event: { answers: { ...(place === undefined ? {} : { geo: { ...place } }), dat: now } },
    reportingEntity: { answers: reporting === undefined ? {} : { rer: { ...reporting } } },
    victims: (victimIds ?? [newId()]).map(newVictim),
    perpetrators: [],
    links: [],
    history: [],
    confirmed: [],
  }
}

function newVictim(id: string): DraftVictim {
  return { id, consent: {}, answers: {} }
}

export function addVictim(draft: Draft, id: string = newId()): Draft {
  return { ...draft, victims: [...draft.victims, newVictim(id)] }
}

export function addPerpetrator(draft: Draft, id: string = newId()): Draft {
  return { ...draft, perpetrators: [...draft.perpetrators, { id, answers: {} }] }
}

/** One link a pair: linking twice changes nothing. */
export function addLink(draft: Draft, victim: string, perpetrator: string): Draft {
  const known = draft.links.some((link) => link.victim === victim && link.perpetrator === perpetrator)
  return known ? draft : { ...draft, links: [...draft.links, { victim, perpetrator, answers: {} }] }
}

export function removeLink(draft: Draft, victim: string, perpetrator: string): Draft {
  return {
    ...draft,
    links: draft.links.filter((link) => link.victim !== victim || link.perpetrator !== perpetrator),
    ...keptBut(draft, (at) => at === `${victim}/${perpetrator}`),
  }
}

/** With the links, history and confirmations of that victim. For one already sent, see `withdrawVictim`. */
export function removeVictim(draft: Draft, id: string): Draft {
  return { ...withoutTraces(draft, id), victims: draft.victims.filter((victim) => victim.id !== id) }
}

export function removePerpetrator(draft: Draft, id: string): Draft {
  return { ...withoutTraces(draft, id), perpetrators: draft.perpetrators.filter((one) => one.id !== id) }
}

/** One place earlier (-1) or later (1) among its like; at the end of the row nothing changes. What was taken out is skipped. */
export function moveUnit(draft: Draft, id: string, by: -1 | 1): Draft {
  return {
    ...draft,
    victims: moved(draft.victims, id, by, isPresent),
    perpetrators: moved(draft.perpetrators, id, by, () => true),
  }
}

function moved<T extends { id: string }>(list: readonly T[], id: string, by: -1 | 1, counts: (one: T) => boolean): T[] {
  const index = list.findIndex((one) => one.id === id)
  const others = list.flatMap((one, place) => (counts(one) ? [place] : []))
  const other = others[others.indexOf(index) + by]
  const [mine, theirs] = [list[index], other === undefined ? undefined : list[other]]
  return mine && theirs && other !== undefined ? list.with(index, theirs).with(other, mine) : [...list]
}

/** Leaves a tombstone in the victim's place, and nothing else of that victim. */
export function withdrawVictim(draft: Draft, id: string, withdrawn: VictimTombstone['withdrawn']): Draft {
  return {
    ...withoutTraces(draft, id),
    victims: draft.victims.map((victim) => (victim.id === id ? { id, withdrawn } : victim)),
  }
}

function withoutTraces(draft: Draft, id: string): Draft {
  return {
    ...draft,
    links: draft.links.filter((link) => link.victim !== id && link.perpetrator !== id),
    history: draft.history.filter((entry) => entry.victim !== id),
    confirmed: draft.confirmed.filter(({ at }) => at !== id && !at.split('/').includes(id)),
    ...keptBut(draft, (at) => at.split('/').includes(id)),
  }
}

function keptBut({ kept }: Draft, isGone: (at: string) => boolean): Pick<Draft, 'kept'> {
  return kept === undefined ? {} : { kept: kept.filter(({ at }) => !isGone(at)) }
}

/**
 * Gives an answer, or takes it back (`undefined` or empty). `at` is `event` (with its reporting entity), the id of a
 * victim or perpetrator, or `<victim>/<perpetrator>`. On a victim, a variable of the event is that victim's own value.
 * A unit or key that is not there changes nothing.
 */
export function withAnswer(draft: Draft, at: string, key: string, answer: Answer | undefined): Draft {
  const variable = ownerOf(key)
  const unit = variable?.unit
  const eventLevel = unit === 'event' || unit === 'reportingEntity'
  const ofUnit = (one: { answers: Answers }) => ({ answers: withKey(one.answers, key, answer) })
  if (at === 'event') return eventLevel ? { ...draft, [unit]: ofUnit(draft[unit]) } : draft
  if (unit === 'perpetrator') {
    const perpetrators = draft.perpetrators.map((one) => (one.id === at ? { ...one, ...ofUnit(one) } : one))
    return { ...draft, perpetrators }
  }
  if (unit === 'link') {
    const links = draft.links.map((one) =>
      `${one.victim}/${one.perpetrator}` === at ? { ...one, ...ofUnit(one) } : one,
    )
    return { ...draft, links }
  }
  if (unit !== 'victim' && variable?.perVictimOverride !== true) return draft
  const victims = draft.victims.map((victim) => {
    if (victim.id !== at || !isPresent(victim)) return victim
    if (unit === 'victim') return { ...victim, ...ofUnit(victim) }
    return withOverrides(victim, withKey(victim.overrides ?? {}, key, answer))
  })
  return { ...draft, victims }
}

function withOverrides(victim: DraftVictim, own: Answers): DraftVictim {
  const { overrides: _, ...person } = victim
  return Object.keys(own).length === 0 ? person : { ...person, overrides: own }
}

function withKey(answers: Answers, key: string, answer: Json | undefined): Answers {
  const { [key]: _, ...others } = answers
  return isEmpty(answer) ? others : { ...others, [key]: answer }
}
