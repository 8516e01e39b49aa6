import type { Draft } from '../record/draft.ts'
import { isPresent } from '../record/units.ts'
import { markNames } from './mark-names.ts'

/** How a victim was told what they agree to. Neither is part of the record. */
export interface Told {
  /** Entered from a file: nobody could be asked. */
  readonly absent?: true
  readonly interpreter?: true
}

/** What is kept on this tablet beside the draft, by the id of a victim or perpetrator; it is in no finished version. */
export interface Aside {
  readonly marks: Readonly<Record<string, string>>
  readonly told: Readonly<Record<string, Told>>
}

export const noAside: Aside = { marks: {}, told: {} }

function peopleOf(draft: Draft): readonly string[] {
  return [...draft.victims.filter(isPresent), ...draft.perpetrators].map(({ id }) => id)
}

/**
 * A mark for everybody in the case: the kept one, else the first that nobody in the case has. Another case begins at
 * another picture. With more people than pictures, pictures come twice.
 */
export function withMarks(kept: Aside['marks'], draft: Draft): Aside['marks'] {
  const marks = { ...kept }
  const begin = [...draft.caseId].reduce((sum, sign) => sum + (sign.codePointAt(0) ?? 0), 0)
  const turned = markNames.map((_, index) => markNames[(begin + index) % markNames.length] ?? 'leaf')
  for (const [nth, id] of peopleOf(draft).entries()) {
    if (id in marks) continue
    const taken = new Set(Object.values(marks))
    marks[id] = turned.find((name) => !taken.has(name)) ?? turned[nth % turned.length] ?? 'leaf'
  }
  return marks
}

/** What is kept: nothing of anybody who is no longer in the case. */
export function tidyAside({ marks, told }: Aside, draft: Draft): Aside {
  const people = new Set(peopleOf(draft))
  const ofPeople = <T>(by: Readonly<Record<string, T>>) =>
    Object.fromEntries(Object.entries(by).filter(([id]) => people.has(id)))
  return { marks: ofPeople(withMarks(marks, draft)), told: ofPeople(told) }
}
