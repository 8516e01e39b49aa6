// Answers that what is asked now has no place for: their variable is gone or switched off, or their value is. They leave
// the answers, and so every rule, count and finished revision; they stay in the draft, until a person removes them or
// what is asked takes them back.

import { codebook, type Codebook } from '../codebook/codebook.ts'
import { isCountryCode } from '../codebook/lists/countries.ts'
import { isLanguageCode } from '../codebook/lists/languages.ts'
import type { UnitName, Variable } from '../codebook/variable.ts'
import type { Answer, Answers } from './answers.ts'
import { inOrder } from './canonical.ts'
import { isExclusive, orderOf } from './codes.ts'
import type { Draft, KeptAnswer } from './draft.ts'
import { isEmpty } from './json.ts'
import { keysOf } from './unit-answers.ts'
import { isPresent } from './units.ts'

/** The draft as this codebook asks it: what does not fit is set aside in `kept`, what fits again comes back. */
export function underCodebook(draft: Draft, asked: Codebook = codebook): Draft {
  const { overlay: _, kept: before = [], ...others } = draft
  const stays: KeptAnswer[] = []
  const whole: Draft = { ...others, ...(asked.overlay !== undefined && { overlay: asked.overlay }) }
  const fitting = mapAnswers(whole, asked, (at, answers, variables) => {
    const here = before.filter((one) => one.at === at && variables.some(({ code }) => code === one.code))
    const parts = before.length === 0 ? { answers, stays: [] } : withReturned(answers, here, variables)
    const { fit, kept } = parted(at, parts.answers, variables)
    stays.push(...parts.stays, ...kept)
    return fit
  })
  const known = new Set(Object.values(asked.units).flatMap((unit) => unit.map(({ code }) => code)))
  const strangers = before.filter(({ code }) => !known.has(code))
  const kept = [...strangers, ...stays]
  return kept.length === 0 ? fitting : { ...fitting, kept }
}

/** The draft without something that was kept. */
export function withoutKept(draft: Draft, { at, code }: Pick<KeptAnswer, 'at' | 'code'>): Draft {
  return { ...draft, kept: (draft.kept ?? []).filter((one) => one.at !== at || one.code !== code) }
}

type OfUnit = (at: string, answers: Answers, variables: readonly Variable[]) => Answers

function mapAnswers(draft: Draft, { units }: Codebook, map: OfUnit): Draft {
  const stored = (unit: UnitName) => units[unit].filter((variable) => variable.stored !== false)
  const overridable = [...units.event, ...units.reportingEntity].filter((one) => one.perVictimOverride === true)
  return {
    ...draft,
    event: { answers: map('event', draft.event.answers, stored('event')) },
    reportingEntity: { answers: map('event', draft.reportingEntity.answers, stored('reportingEntity')) },
    victims: draft.victims.map((victim) => {
      if (!isPresent(victim)) return victim
      const { overrides = {}, ...person } = victim
      const own = map(victim.id, overrides, overridable)
      const one = { ...person, answers: map(victim.id, victim.answers, stored('victim')) }
      return Object.keys(own).length === 0 ? one : { ...one, overrides: own }
    }),
    perpetrators: draft.perpetrators.map((one) => ({
      ...one,
      answers: map(one.id, one.answers, stored('perpetrator')),
    })),
    links: draft.links.map((one) => ({
      ...one,
      answers: map(`${one.victim}/${one.perpetrator}`, one.answers, stored('link')),
    })),
  }
}

/** What fits, and what has to be kept: by variable, with its texts and marks where the variable itself is off. */
function parted(at: string, answers: Answers, variables: readonly Variable[]) {
  const fit: Answers = {}
  const kept = new Map<string, KeptAnswer>()
  const keep = (code: string, key: string, answer: Answer) => {
    const before = kept.get(code)?.answers ?? {}
    kept.set(code, { at, code, answers: { ...before, [key]: answer } })
  }
  for (const [key, answer] of Object.entries(answers)) {
    const variable = variables.find((one) => keysOf(one).includes(key))
    if (isEmpty(answer)) fit[key] = answer
    else if (variable === undefined || variable.off) keep(variable?.code ?? key, key, answer)
    else if (key !== variable.code) fit[key] = answer
    else {
      const parts = split(variable, answer)
      if (parts.fit !== undefined) fit[key] = parts.fit
      if (parts.unfit !== undefined) keep(key, key, parts.unfit)
    }
  }
  return { fit, kept: [...kept.values()] }
}

/** An answer that is chosen cannot be half typed: a code that its list does not have is one of before. */
function split(variable: Variable, answer: Answer): { fit?: Answer; unfit?: Answer } {
  const isCode = codesOf(variable)
  if (isCode === undefined) return { fit: answer }
  if (!holdsSeveral(variable)) return isCode(answer) ? { fit: answer } : { unfit: answer }
  if (!Array.isArray(answer)) return { unfit: answer }
  const [fit, unfit] = [answer.filter((code) => isCode(code)), answer.filter((code) => !isCode(code))]
  return { ...(fit.length > 0 && { fit }), ...(unfit.length > 0 && { unfit }) }
}

function codesOf(variable: Variable): ((code: Answer) => boolean) | undefined {
  const listed = (code: Answer) => typeof code === 'string' && orderOf(variable).includes(code)
  switch (variable.kind) {
    case 'coded':
    case 'codes':
    case 'exploitation':
    case 'sectors':
      return listed
    case 'country':
      return (code) => listed(code) || (typeof code === 'string' && isCountryCode(code))
    case 'language':
      return (code) => listed(code) || (typeof code === 'string' && isLanguageCode(code))
    default:
      return undefined
  }
}

function holdsSeveral(variable: Variable): boolean {
  return variable.kind === 'country' ? variable.multiple : !['coded', 'language'].includes(variable.kind)
}

/** What was kept and is asked again stands where it stood, unless something else was answered there meanwhile. */
function withReturned(answers: Answers, kept: readonly KeptAnswer[], variables: readonly Variable[]) {
  let result = answers
  const stays: KeptAnswer[] = []
  for (const one of kept) {
    const variable = variables.find(({ code }) => code === one.code)
    const next = variable && !variable.off ? returned(variable, result, one.answers) : undefined
    if (next === undefined) stays.push(one)
    else result = next
  }
  return { answers: result, stays }
}

function returned(variable: Variable, answers: Answers, kept: Answers): Answers | undefined {
  const [now, back] = [answers[variable.code], kept[variable.code]]
  if (isEmpty(back) || split(variable, back).unfit !== undefined) return undefined
  if (isEmpty(now)) return { ...answers, ...kept }
  if (!Array.isArray(now) || !Array.isArray(back) || variable.kind === 'country') return undefined
  const codes = [...new Set([...now, ...back])].filter((code) => typeof code === 'string')
  if (codes.some((code) => isExclusive(variable, code))) return undefined
  return { ...answers, [variable.code]: inOrder(variable, codes) }
}
