import { codebook, isVariableCode, variable as variableOf } from '../codebook/codebook.ts'
import type { Clause, Rule, Severity } from '../codebook/rule.ts'
import type { Answer } from './answers.ts'
import { deriveFacts } from './derive.ts'
import type { Draft } from './draft.ts'
import type { Facts, Unit, View } from './facts.ts'
import { isEmpty } from './json.ts'
import { looksPersonal } from './looks-personal.ts'
import { truthOf } from './rule-language.ts'
import { ownerOf } from './unit-answers.ts'

/** Something a rule has to say about a unit. `rule` is a rule's id, or `shape` where the form of an answer is wrong. */
export interface Finding {
  rule: string
  severity: Severity
  /** `event` (with its reporting entity), the id of a victim or perpetrator, or `<victim>/<perpetrator>`. */
  at: string
  /** Codes of the variables it is about, those that this unit can hold. */
  variables: string[]
}

/** An answer that a rule offers and never gives. */
export interface Suggestion {
  at: string
  /** A variable's code, or a mark (`stvPresumed`). */
  code: string
  value: string | true
  rule: string
}

export interface Judgement {
  /** Whether the variable is asked at this unit. On a victim, also for what the victim may answer otherwise. */
  isOpen(at: string, code: string): boolean
  /** What a rule set here: locked while present, and shown in place of what was given. */
  derived(at: string, code: string): Answer | undefined
  /** What counts here: set by a rule, else given while open, else (on a victim) what it has from the event. */
  value(at: string, code: string): Answer | undefined
  /** Never stored: the one type of a victim (8 = mixed), and `national`, `foreign` or `nk`. */
  summary(victimId: string): { toe?: string; national?: string }
  /** Types of all victims, once each, in the order of the classification. */
  eventToe: string[]
  /** Rules that fire, in the order of the codebook, and unit by unit. */
  findings: Finding[]
  /** Closed but answered: kept and named while editing, left out of a finished revision. */
  hidden: { at: string; code: string }[]
  suggestions: Suggestion[]
}

export interface JudgeOptions {
  /** Moment of judging. */
  now: string
  /**
   * edit (default): answers of closed variables do not count, but for the rules that look after them. check: on import
   * and before finishing, they do. export: check, and what may leave the organisation.
   */
  stage?: 'edit' | 'check' | 'export'
  exportKind?: 'recordLevel' | 'aggregate' | 'own'
  /** Only variables that are asked are suggested; all are if this is left out. */
  enabled?: (code: string) => boolean
}

/** Runs the rules of the codebook over a draft or a complete record. Changes nothing, and never throws for an answer. */
export function judge(draft: Draft, options: JudgeOptions): Judgement {
  const facts = deriveFacts(draft, options)
  const stage = options.stage ?? 'edit'
  const judged = codebook.rules.filter((rule) => rule.stage === undefined || rule.stage === stage)
  return { ...readings(facts), ...outcomes(facts, judged, stage === 'edit' ? 'open' : 'all', options) }
}

function readings(facts: Facts) {
  const textAt = (at: string, key: string) => facts.derivedAt(at).get(key)?.value as string | undefined
  return {
    isOpen: (at: string, code: string) => {
      const unit = facts.unit(at)
      return unit !== undefined && isVariableCode(code) && mayHold(unit, code) && facts.isOpen(unit, variableOf(code))
    },
    derived: (at: string, code: string) => facts.derivedAt(at).get(code)?.value ?? undefined,
    value: (at: string, code: string) => {
      const unit = facts.unit(at)
      return unit === undefined ? undefined : facts.value(unit, code, 'open')
    },
    summary: (id: string) => {
      const [toe, national] = [textAt(id, 'toe.summary'), textAt(id, 'civ.national')]
      return { ...(toe === undefined ? {} : { toe }), ...(national === undefined ? {} : { national }) }
    },
    eventToe: (facts.derivedAt('event').get('event.toe')?.value ?? []) as string[],
    hidden: facts.units.flatMap((unit) => hiddenAt(facts, unit)),
  }
}

function hiddenAt(facts: Facts, unit: Unit) {
  const answered = Object.keys(unit.given).filter((key) => isVariableCode(key) && !isEmpty(unit.given[key]))
  return answered.filter((code) => !facts.isOpen(unit, variableOf(code))).map((code) => ({ at: unit.at, code }))
}

function outcomes(facts: Facts, rules: readonly Rule[], view: View, { enabled }: JudgeOptions) {
  const findings: Finding[] = []
  const suggestions: Suggestion[] = []
  for (const rule of rules) {
    const seen = rule.stage === 'edit' ? 'all' : view
    for (const unit of facts.unitsFor(rule, seen)) {
      if (rule.expr.some((clause) => fires(clause, facts, unit, seen, rule)))
        findings.push(findingOf(rule, facts, unit, seen))
      suggestions.push(
        ...suggestionsOf(rule, facts, unit, seen).filter(({ code }) => enabled?.(ownerOf(code)?.code ?? code) ?? true),
      )
    }
  }
  return { findings, suggestions }
}

/** A require is broken only if false; confirm and exclude fire if their condition is true (`ruleGrammar`, clause). */
function fires(clause: Clause, facts: Facts, unit: Unit, view: View, rule: Rule): boolean {
  if (clause.require === undefined && clause.confirm === undefined && clause.exclude === undefined) return false
  const reader = facts.reader(unit, view, rule)
  if (clause.when !== undefined && truthOf(clause.when, reader) !== true) return false
  if (clause.require !== undefined && truthOf(clause.require, reader) === false) return true
  return clause.when !== undefined && (clause.confirm !== undefined || clause.exclude !== undefined)
}

function suggestionsOf(rule: Rule, facts: Facts, unit: Unit, view: View): Suggestion[] {
  const reader = facts.reader(unit, view, rule)
  return rule.expr.flatMap(({ suggest, when }) => {
    if (suggest === undefined || (when !== undefined && truthOf(when, reader) !== true)) return []
    const offered = Object.entries(suggest).filter(([code]) => isEmpty(facts.own(unit, code, view)))
    return offered.map(([code, value]) => ({ at: unit.at, code, value, rule: rule.id }))
  })
}

function findingOf(rule: Rule, facts: Facts, unit: Unit, view: View): Finding {
  return { rule: rule.id, severity: rule.severity, at: unit.at, variables: variablesOf(rule, facts, unit, view) }
}

function variablesOf(rule: Rule, facts: Facts, unit: Unit, view: View): string[] {
  if (rule.variables.includes('freeText')) {
    const personal = facts.textsOf(unit, view).filter(({ text }) => looksPersonal(text))
    return [...new Set(personal.map(({ code }) => code))]
  }
  const all = rule.expr.some(({ require }) => require !== undefined && 'var' in require && require.var === '*')
  if (all) return facts.heldBy(unit, rule, view).filter((code) => isBroken(rule, code, facts, unit, view))
  return rule.variables.filter((code) => !isVariableCode(code) || mayHold(unit, code) || unit.scope === 'event')
}

function isBroken(rule: Rule, code: string, facts: Facts, unit: Unit, view: View): boolean {
  const reader = { ...facts.reader(unit, view, rule), held: () => [code] }
  return rule.expr.some(({ require }) => require !== undefined && truthOf(require, reader) === false)
}

/** Whether the variable lies on this unit, or on the event where a victim may answer it otherwise. */
function mayHold(unit: Unit, code: string): boolean {
  const variable = variableOf(code)
  const ofEvent = variable.unit === 'event' || variable.unit === 'reportingEntity'
  if (unit.scope === 'event') return ofEvent
  return variable.unit === unit.scope || (unit.scope === 'victim' && ofEvent && variable.perVictimOverride === true)
}
