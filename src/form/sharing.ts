import type { Answer } from '../record/answers.ts'
import { withAnswer, type Draft, type DraftVictim } from '../record/draft.ts'
import { isEmpty } from '../record/json.ts'
import { keysOf } from '../record/unit-answers.ts'
import { isPresent } from '../record/units.ts'
import { answerAt, overridePlaces, placesOf, type Offer, type Place } from './questions.ts'

/** Answers that people of one event often share. Never who somebody is, and never what somebody agreed to. */
const oftenShared = ['toe', 'civ', 'lcv', 'lpv', 'lsv']

function victimOf(draft: Draft, id: string): DraftVictim | undefined {
  return draft.victims.filter(isPresent).find((victim) => victim.id === id)
}

export function isUntouched(draft: Draft, id: string): boolean {
  const victim = victimOf(draft, id)
  return victim !== undefined && isEmpty(victim.answers) && isEmpty(victim.overrides)
}

/** What another victim could take over from this one: given answers that are often shared, and what differs from the case. */
export function shareable(draft: Draft, id: string, offer: Offer): readonly Place[] {
  const own = placesOf({ key: id, kind: 'victim' }, draft, offer).filter(({ variable }) =>
    oftenShared.includes(variable.code),
  )
  return [...own, ...overridePlaces(id, draft, offer)].filter((place) => !isEmpty(answerAt(draft, place)))
}

/** The victims that a victim could take something over from. */
export function lenders(draft: Draft, id: string, offer: Offer): readonly string[] {
  const others = draft.victims.filter(isPresent).filter((victim) => victim.id !== id)
  return others.filter((victim) => shareable(draft, victim.id, offer).length > 0).map((victim) => victim.id)
}

/** With the answers of these questions, and what stands beside them, given to another victim, too. */
export function shared(draft: Draft, places: readonly Place[], to: string): Draft {
  return places.reduce((next, { at, variable }) => {
    const from = victimOf(draft, at)
    const answers = (variable.unit === 'victim' ? from?.answers : from?.overrides) ?? {}
    return keysOf(variable).reduce((draftSoFar, key) => {
      const answer: Answer | undefined = answers[key]
      return isEmpty(answer) ? draftSoFar : withAnswer(draftSoFar, to, key, answer)
    }, next)
  }, draft)
}

/** Takes the answers of these questions back. */
export function unshared(draft: Draft, places: readonly Place[], from: string): Draft {
  const keys = places.flatMap(({ variable }) => keysOf(variable))
  return keys.reduce((next, key) => withAnswer(next, from, key, undefined), draft)
}
