import type { Draft } from './draft.ts'
import { isObject } from './json.ts'
import type { Judgement } from './rules.ts'
import { isPresent } from './units.ts'

/** What a list shows of a case. Kept under the case's own key: it says what happened. */
export interface CaseSummary {
  /** Victims that are no tombstones. */
  victims: number
  perpetrators: number
  /** Types of all victims, in the order of the classification. */
  eventToe: string[]
  /** Where it was recorded (alpha-2). */
  country?: string
  status?: string
  createdAt: string
  changedAt?: string
}

export function summaryOf(draft: Draft, judgement: Judgement, changedAt?: string): CaseSummary {
  const place = judgement.value('event', 'geo')
  const country = isObject(place) ? place['country'] : undefined
  const status = statusInCounts(draft, judgement)
  return {
    victims: draft.victims.filter(isPresent).length,
    perpetrators: draft.perpetrators.length,
    eventToe: judgement.eventToe,
    ...(typeof country === 'string' ? { country } : {}),
    ...(status === undefined ? {} : { status }),
    createdAt: draft.createdAt,
    ...(changedAt === undefined ? {} : { changedAt }),
  }
}

/** Of the event in counts: confirmed if any victim is, else presumed, else nk, else negated; `undefined` if none is said. */
export function statusInCounts(draft: Draft, judgement: Judgement): string | undefined {
  const said = draft.victims.filter(isPresent).map((victim) => judgement.value(victim.id, 'sta'))
  return ['confirmed', 'presumed', 'nk', 'negated'].find((status) => said.includes(status))
}
