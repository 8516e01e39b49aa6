import type { Variable } from '../codebook/variable.ts'
import type { Answers } from './answers.ts'
import { canonicalAnswer, canonicalTexts } from './canonical.ts'
import { deriveFacts } from './derive.ts'
import { withdrawVictim, type Draft, type DraftConsent } from './draft.ts'
import type { Facts, Unit } from './facts.ts'
import { isSame, type Json } from './json.ts'
import { keysOf, overridable, storedVariables } from './unit-answers.ts'
import { isPresent } from './units.ts'

/** Leaving an answer out may close another; what has not come to rest by then, `inspect` names. */
const mostPasses = 5

/**
 * The draft as its finished revision will say it: victims who withdrew everything as tombstones, values that rules set
 * written out, answers of closed variables and texts of codes not chosen left out, lists in the codebook's order.
 * A key that is no variable of its unit stays, for the schema to name.
 */
export function settle(draft: Draft, now: string): Draft {
  let settled = withTombstones(draft)
  for (let pass = 0; pass < mostPasses; pass += 1) {
    const before = settled
    settled = settleOnce(before, deriveFacts(before, { now }))
    if (isSame(settled as unknown as Json, before as unknown as Json)) break
  }
  return settled
}

function withTombstones(draft: Draft): Draft {
  return draft.victims.filter(isPresent).reduce((result, { id, consent }) => {
    if (consent.withdrawn?.scope !== 'all') return result
    return withdrawVictim(result, id, { date: consent.withdrawn.date, reason: 'consent' })
  }, draft)
}

function settleOnce(draft: Draft, facts: Facts): Draft {
  const at = (key: string, given: Answers, variables: readonly Variable[]) => {
    const unit = facts.unit(key)
    return unit === undefined ? given : answersOf(facts, unit, given, variables)
  }
  return {
    ...draft,
    event: { answers: at('event', draft.event.answers, storedVariables('event')) },
    reportingEntity: { answers: at('event', draft.reportingEntity.answers, storedVariables('reportingEntity')) },
    victims: draft.victims.map((victim) => {
      if (!isPresent(victim)) return victim
      const answers = at(victim.id, victim.answers, storedVariables('victim'))
      const overrides = at(victim.id, victim.overrides ?? {}, overridable)
      const own = Object.keys(overrides).length === 0 ? {} : { overrides }
      return { id: victim.id, consent: inFieldOrder(victim.consent), answers, ...own }
    }),
    perpetrators: draft.perpetrators.map(({ id, answers }) => ({
      id,
      answers: at(id, answers, storedVariables('perpetrator')),
    })),
    links: draft.links.map(({ victim, perpetrator, answers }) => ({
      victim,
      perpetrator,
      answers: at(`${victim}/${perpetrator}`, answers, storedVariables('link')),
    })),
  }
}

function answersOf(facts: Facts, unit: Unit, given: Answers, variables: readonly Variable[]): Answers {
  const known = new Set(variables.flatMap(keysOf))
  const strangers = Object.entries(given).filter(([key]) => !known.has(key))
  return Object.fromEntries([...variables.flatMap((variable) => membersOf(facts, unit, variable)), ...strangers])
}

/** The answer, and beside it its texts and its mark while they have something to stand beside. */
function membersOf(facts: Facts, unit: Unit, variable: Variable): [string, Json][] {
  const own = (key: string | undefined) => (key === undefined ? undefined : facts.own(unit, key, 'open'))
  const answer = canonicalAnswer(variable, own(variable.code))
  const texts = canonicalTexts(variable, own(variable.texts), answer)
  const marked = own(variable.mark?.key) === true && own('stv') === 'minor' && typeof own('agv') !== 'number'
  const members: [string | undefined, Json | undefined][] = [
    [variable.code, answer],
    [variable.texts, texts],
    [variable.mark?.key, marked ? true : undefined],
  ]
  return members.filter((member): member is [string, Json] => member[0] !== undefined && member[1] !== undefined)
}

function inFieldOrder(consent: DraftConsent): DraftConsent {
  const { withdrawn, ...fields } = consent
  const given = Object.entries(fields).filter(([, answer]) => answer !== undefined)
  return { ...Object.fromEntries(given), ...(withdrawn === undefined ? {} : { withdrawn }) }
}
