/**
 * The small declarative form in which the codebook's rules are written (its `ruleGrammar`), so that the same rules run
 * in the form, on import and in tests. Types only: `record/rules.ts` gives them their meaning.
 */

import type { SourceId } from './sources.ts'

/**
 * error blocks finishing, never saving · warning is confirmed with one tap, the confirmation travels · info is shown,
 * nothing to confirm, also where the action is `confirm` · derive is computed, locked and shown.
 */
export type Severity = 'error' | 'warning' | 'info' | 'derive'

/**
 * The unit that is judged, once for each: event (with its reporting entity), victim, perpetrator, link; table, record
 * and pair are outside one unit. In scope event, `toe` means `event.toe`. In scope victim, an event-level variable means
 * the victim's own value if there is one (own `ret` and `dem` go with an own `sta` and are never inherited beside it),
 * else the event's value if the variable applies to this victim. In scope perpetrator and link, event-level variables
 * mean the event's. A rule with several scopes is judged for a unit only if that unit itself holds a value for one of
 * the rule's variables.
 */
export type Scope = 'event' | 'victim' | 'perpetrator' | 'link' | 'table' | 'record' | 'pair'

/**
 * Absent: whenever a record is checked (editing, finishing, import). edit: only while editing, before hidden answers are
 * pruned. export: on the way out. store: a promise of the program, no expression to evaluate. compare: on two records.
 */
export type Stage = 'edit' | 'export' | 'store' | 'compare'

/** How firmly the rule stands: stated by its source, following from a definition or a name, or our decision. */
export type RuleBasis =
  'exact' | 'exact (regional law)' | 'exact (treaty)' | 'exact (practice)' | 'implied' | 'proposed'

/**
 * `var` of a condition or operand names a variable of the unit; `name[code]` the free text kept beside that code; `a.b`
 * a part of a structured or derived value; `*` each of the rule's variables that the unit holds. Pseudo-variables:
 * perpetrators (list), link, freeText (each free text of the unit), event.toe, event.victimIds, record.origin (form or
 * import), now (moment of judging), consent.share (no after withdrawal), export.kind (recordLevel to anyone outside,
 * aggregate, own), pair.sameVictim, pair.periodsOverlap (false only if one period is known to end before the other
 * begins; ongoing ends at dat). An organisation's own value `<value>/<own>` counts as `<value>`.
 */
export type VariableRef = string
export interface OtherVariable {
  readonly var: VariableRef
}

/** What stands on the right of an operator. */
export type Operand =
  string | number | boolean | readonly string[] | readonly [least: number, most: number] | OtherVariable

/**
 * eq: equals; false when a side is empty; a missing code is an ordinary value here and in the list operators.
 * in: value is one of; false when empty. includes: list contains. includesAny: list contains one of.
 * includesL1: list has a code whose part before the dot equals the value.
 */
type Equality =
  | { readonly op: 'eq'; readonly value: string | number | boolean | OtherVariable }
  | { readonly op: 'in' | 'includesAny'; readonly value: readonly string[] }
  | { readonly op: 'includes' | 'includesL1'; readonly value: string }

/**
 * countEq, countGte: number of items; empty counts 0.
 * countL1Gte, countL1Lte: number of different level-1 codes, not counting 7 and 8.
 */
interface Count {
  readonly op: 'countEq' | 'countGte' | 'countL1Gte' | 'countL1Lte'
  readonly value: number
}

/**
 * lt, lte, gt, between: numbers; between includes both ends. Ordering operators (these and the date operators) give
 * unknown when a side is empty, a missing code or ongoing.
 * dateLte, dateGt: partial dates, compared at the coarser precision (a date and time has day precision by its own local
 * date; two of them compare as instants). A date marked about (~) counts one step coarser; about a year is unknown.
 * precisionGte: year < month < day; a date marked about counts one step coarser.
 */
type Ordering =
  | { readonly op: 'lt' | 'lte' | 'gt'; readonly value: number | OtherVariable }
  | { readonly op: 'between'; readonly value: readonly [least: number, most: number] }
  | { readonly op: 'dateLte' | 'dateGt'; readonly value: string | OtherVariable }
  | { readonly op: 'precisionGte'; readonly value: 'year' | 'month' | 'day' }

/**
 * empty, notEmpty: no value, empty text, empty list; a missing code is not empty. exists: the unit or record is there.
 * exclusiveAlone: in a list, a missing code or a value marked exclusive is the only item; true when empty.
 * single: not a list. unique: no item twice. isNumber: a JSON number. isCode: a value that is neither empty nor a
 * missing code. looksPersonal: at least an e-mail address, a web address or @handle, 6 or more digits (spaces, dots,
 * dashes, slashes, brackets between them allowed; digits of any script), a mixed letter-digit token of 6 or more
 * characters, a title followed by a capitalised word, a house number beside a street word. Bare names cannot be told
 * for certain and are a hint at most.
 */
interface Property {
  readonly op:
    'empty' | 'notEmpty' | 'exists' | 'exclusiveAlone' | 'single' | 'unique' | 'isNumber' | 'isCode' | 'looksPersonal'
}

export type Comparison = { readonly var: VariableRef } & (Equality | Count | Ordering | Property)
export type Operator = Comparison['op']

/**
 * Three values. all: false if one is false, else unknown if one is unknown; any: true if one is true, else unknown if
 * one is unknown; not unknown is unknown.
 */
export type Condition =
  | Comparison
  | { readonly all: readonly Condition[] }
  | { readonly any: readonly Condition[] }
  | { readonly not: Condition }

/**
 * commonCode: the code if there is one; the level-1 code that all share; nothing when toe is empty or they share none.
 * unionOverVictims: toe codes of all victims, once each, in the order of the classification.
 * months: 12 x years + months between dab and dae (dat when ongoing), days ignored, not below 0.
 * national: nk if civ is nk or ref, or geo has no country; national if civ contains geo.country; else foreign (also
 * stateless).
 */
export type DerivingFunction = 'commonCode' | 'unionOverVictims' | 'months' | 'national'

/** What `set` gives. `null` removes. */
export type Derivation =
  | string
  | readonly string[]
  | null
  | { readonly if: Condition; readonly then: string; readonly else: string }
  | { readonly fn: DerivingFunction }

export interface Actions {
  /** Must hold (when `when` holds); broken only if false. */
  readonly require?: Condition
  /** Derived value by variable, part or mark: replaces the given answer, is locked, goes when its `when` stops holding. */
  readonly set?: Readonly<Record<VariableRef, Derivation>>
  /** Offered, not set; only while its target has no answer. */
  readonly suggest?: Readonly<Record<VariableRef, string | true>>
  /** Show the rule's text, let the user go on. */
  readonly confirm?: true
  /** Left out of counts. */
  readonly exclude?: 'counts'
  /** Counts below the number are not shown, nor cells that give them away. */
  readonly suppressBelow?: number
  /** Values that stay distinct. */
  readonly noMerge?: readonly string[]
  /** Documentation only. */
  readonly noEffect?: true
}
export type Action = keyof Actions

/**
 * One or more actions and at most one `when` (absent: always; holds only if true). A rule fires when a require is broken,
 * or when confirm, suggest or exclude has a `when` that holds. set, noEffect, suppressBelow and noMerge never fire.
 * A rule never fires on an empty value unless it tests for emptiness (empty, notEmpty, not eq).
 */
export interface Clause extends Actions {
  readonly when?: Condition
}

/**
 * Order of judging: 1 derive: every `set` whose `when` holds, in the order of rule ids, repeated until nothing changes
 * (two passes suffice). 2 appliesWhen (here: `askedWhen`). 3 all other actions.
 */
export interface Rule {
  readonly id: `R${string}`
  readonly severity: Severity
  readonly scope: readonly Scope[]
  readonly stage?: Stage
  /** Codes of variables; a few rules name a subject that is none (export, freeText, victimId, dedup, all). */
  readonly variables: readonly string[]
  readonly expr: readonly Clause[]
  readonly basis: RuleBasis
  readonly source: SourceId
}
