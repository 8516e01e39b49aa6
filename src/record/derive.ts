import { codebook } from '../codebook/codebook.ts'
import { formsOfExploitation, levelOneOf } from '../codebook/forms-of-exploitation.ts'
import type { Clause, Derivation, DerivingFunction, Rule } from '../codebook/rule.ts'
import { isMissing } from './codes.ts'
import type { Answers } from './answers.ts'
import type { Draft } from './draft.ts'
import { Facts, type Circumstances, type Unit } from './facts.ts'
import { isSame, type Json } from './json.ts'
import { dayOf } from './moment.ts'
import { monthsBetween } from './partial-date.ts'
import { truthOf, type Reader } from './rule-language.ts'
import { isPresent } from './units.ts'

const setting = codebook.rules.filter((rule) => rule.expr.some((clause) => clause.set !== undefined))

/** Two suffice for the rules of today's edition; a set that never came to rest would be a fault of the codebook. */
const mostPasses = 10

/**
 * A case with everything that rules set, in the order of rule ids, repeated until nothing changes (`ruleGrammar`, order).
 * A set value stands above the given one and goes when its condition stops holding.
 */
export function deriveFacts(draft: Draft, circumstances: Circumstances): Facts {
  const facts = new Facts(draft, circumstances)
  for (let pass = 0; pass < mostPasses; pass += 1) {
    const changed = setting.map((rule) => applySets(facts, rule))
    if (!changed.includes(true)) break
  }
  facts.settle()
  return facts
}

/** Whether anything changed. */
function applySets(facts: Facts, rule: Rule): boolean {
  const judged = facts.unitsFor(rule, 'all')
  const changes = facts
    .unitsIn(rule)
    .flatMap((unit) => rule.expr.map((clause) => applySet(facts, rule, clause, unit, judged.includes(unit))))
  return changes.includes(true)
}

function applySet(facts: Facts, rule: Rule, clause: Clause, unit: Unit, judged: boolean): boolean {
  const reader = facts.reader(unit, 'all', rule)
  const holds = judged && (clause.when === undefined || truthOf(clause.when, reader) === true)
  const changes = Object.entries(clause.set ?? {}).map(([key, derivation]) => {
    const before = facts.derivedAt(unit.at).get(key)
    const value = holds ? derived(derivation, reader, facts) : undefined
    if (value === undefined) {
      if (before?.rule !== rule.id) return false
      facts.unset(unit.at, key)
      return true
    }
    if (before?.rule === rule.id && isSame(before.value, value)) return false
    facts.set(unit.at, key, value, rule.id)
    return before === undefined || !isSame(before.value, value)
  })
  return changes.includes(true)
}

/** `null` removes; `undefined` sets nothing. */
function derived(derivation: Derivation, reader: Reader, facts: Facts): Json | undefined {
  if (derivation === null || typeof derivation === 'string') return derivation
  if ('fn' in derivation) return functions[derivation.fn](reader, facts)
  if ('if' in derivation) return truthOf(derivation.if, reader) === true ? derivation.then : derivation.else
  return [...derivation]
}

const functions: Readonly<Record<DerivingFunction, (reader: Reader, facts: Facts) => Json | undefined>> = {
  commonCode: (reader) => {
    const codes = listOf(reader.read('toe'))
    const shared = new Set(codes.map(levelOneOf))
    return codes.length === 1 ? codes[0] : shared.size === 1 ? [...shared][0] : undefined
  },
  unionOverVictims: (_, facts) => {
    const victims = facts.units.filter((unit) => unit.scope === 'victim')
    const codes = new Set(victims.flatMap((unit) => listOf(facts.own(unit, 'toe', 'all'))))
    return formsOfExploitation.entries.map((form) => form.code).filter((code) => codes.has(code))
  },
  months: (reader) => {
    const [from, end, recorded] = ['dab', 'dae', 'dat'].map((code) => reader.read(code))
    const to = end === 'ongoing' && typeof recorded === 'string' ? dayOf(recorded) : end
    return typeof from === 'string' && typeof to === 'string' ? monthsBetween(from, to) : undefined
  },
  national: (reader) => {
    const citizenships = listOf(reader.read('civ'))
    const here = reader.read('geo.country')
    if (typeof here !== 'string' || citizenships.every((code) => isMissing(code))) return 'nk'
    return citizenships.includes(here) ? 'national' : 'foreign'
  },
}

function listOf(value: Json | undefined): string[] {
  return Array.isArray(value) ? value.filter((code) => typeof code === 'string') : []
}

/**
 * On opening a draft, a key that a rule sets counts as the rule's, not as given: it goes when the rule stops holding.
 * So it is taken out, and judging sets it again.
 */
export function withoutDerived(draft: Draft): Draft {
  const facts = deriveFacts(draft, { now: draft.createdAt })
  const without = (at: string, answers: Answers): Answers => {
    const derived = facts.derivedAt(at)
    return Object.fromEntries(Object.entries(answers).filter(([key]) => !derived.has(key)))
  }
  return {
    ...draft,
    event: { answers: without('event', draft.event.answers) },
    reportingEntity: { answers: without('event', draft.reportingEntity.answers) },
    victims: draft.victims.map((victim) => {
      if (!isPresent(victim)) return victim
      const { overrides, ...person } = victim
      const own = without(victim.id, overrides ?? {})
      const kept = { ...person, answers: without(victim.id, victim.answers) }
      return Object.keys(own).length === 0 ? kept : { ...kept, overrides: own }
    }),
    perpetrators: draft.perpetrators.map((one) => ({ ...one, answers: without(one.id, one.answers) })),
  }
}
