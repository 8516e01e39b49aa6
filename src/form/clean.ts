import type { Answers } from '../record/answers.ts'
import type { Draft } from '../record/draft.ts'
import { isEmpty, isObject, type Json } from '../record/json.ts'
import { isPresent } from '../record/units.ts'

function withoutEmptyParts(answer: Json): Json {
  if (!isObject(answer)) return answer
  return Object.fromEntries(Object.entries(answer).filter(([, part]) => !isEmpty(part)))
}

function cleanAnswers(answers: Answers): Answers {
  const kept = Object.entries(answers).filter(([, answer]) => !isEmpty(answer))
  const tidy = kept.map(([key, answer]) => [key, withoutEmptyParts(answer)] as const)
  return Object.fromEntries(tidy.filter(([, answer]) => !isEmpty(answer)))
}

function cleanConsent<C extends object>(consent: C): C {
  return Object.fromEntries(Object.entries(consent).filter(([, value]) => value)) as C
}

/** The form's values as a draft: what was taken back, and what is empty, is absent. Half-typed answers stay. */
export function cleanDraft(values: Draft): Draft {
  const cleanUnit = <U extends { answers: Answers }>(unit: U): U => ({ ...unit, answers: cleanAnswers(unit.answers) })
  const { kept = [], ...others } = values
  return {
    ...others,
    ...(kept.length > 0 && { kept }),
    event: cleanUnit(values.event),
    reportingEntity: cleanUnit(values.reportingEntity),
    victims: values.victims.map((victim) => {
      if (!isPresent(victim)) return victim
      const { overrides, ...rest } = victim
      const own = cleanAnswers(overrides ?? {})
      return {
        ...cleanUnit(rest),
        consent: cleanConsent(victim.consent),
        ...(Object.keys(own).length > 0 && { overrides: own }),
      }
    }),
    perpetrators: values.perpetrators.map(cleanUnit),
    links: values.links.map(cleanUnit),
  }
}

function nullsFor(answers: Answers, before: Answers | undefined): Answers {
  const gone = Object.keys(before ?? {}).filter((key) => !(key in answers))
  return { ...answers, ...Object.fromEntries(gone.map((key) => [key, null])) }
}

/** A draft for the form: answers that the same unit no longer has are `null`, so that their boxes are emptied. */
export function withNulls(next: Draft, before: Draft): Draft {
  const nulled = <U extends { answers: Answers }>(unit: U, old: U | undefined): U => ({
    ...unit,
    answers: nullsFor(unit.answers, old?.answers),
  })
  return {
    ...next,
    event: nulled(next.event, before.event),
    reportingEntity: nulled(next.reportingEntity, before.reportingEntity),
    victims: next.victims.map((victim) => {
      const old = before.victims.filter(isPresent).find(({ id }) => id === victim.id)
      if (!isPresent(victim) || !old) return victim
      return { ...nulled(victim, old), overrides: nullsFor(victim.overrides ?? {}, old.overrides) }
    }),
    perpetrators: next.perpetrators.map((one) =>
      nulled(
        one,
        before.perpetrators.find(({ id }) => id === one.id),
      ),
    ),
  }
}
