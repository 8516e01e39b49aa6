import type { Draft } from '../record/draft.ts'
import { isEmpty } from '../record/json.ts'
import type { Judgement } from '../record/rules.ts'
import { answerAt, isAsked, placesOf, sectionRefs, type Offer, type Place, type SectionRef } from './questions.ts'

/** The step-1 questions of a section that are asked and not answered, in their order on the page. */
export function openQuestions(section: SectionRef, draft: Draft, judgement: Judgement, offer: Offer): readonly Place[] {
  return placesOf(section, draft, offer).filter(
    (place) => place.variable.step === 1 && isAsked(place, judgement) && isEmpty(answerAt(draft, place)),
  )
}

/** Where Next leads: to a question of the same section, to another section, or to the end. */
export type Onward =
  | { readonly to: 'question'; readonly place: Place }
  | { readonly to: 'section'; readonly section: SectionRef }
  | { readonly to: 'end' }

/**
 * The next open step-1 question of this section, behind the one where somebody is (`field`, its code) and from the top
 * when there is none behind it. Only when none is left, the section after this one; from the last one, the first section
 * with an open question, before the end.
 */
export function onward(
  key: string,
  field: string | undefined,
  draft: Draft,
  judgement: Judgement,
  offer: Offer,
): Onward {
  const sections = sectionRefs(draft)
  const index = sections.findIndex((section) => section.key === key)
  const here = sections[index]
  if (!here) return { to: 'end' }
  const codes = placesOf(here, draft, offer).map(({ variable }) => variable.code)
  const place = (code: string | undefined) => (code === undefined ? -1 : codes.indexOf(code))
  const open = openQuestions(here, draft, judgement, offer).filter(({ variable }) => variable.code !== field)
  const next = open.find(({ variable }) => place(variable.code) > place(field)) ?? open[0]
  if (next) return { to: 'question', place: next }
  const after = sections[index + 1]
  if (after) return { to: 'section', section: after }
  const left = sections.find(
    (section) => section !== here && openQuestions(section, draft, judgement, offer).length > 0,
  )
  return left ? { to: 'section', section: left } : { to: 'end' }
}
