import { variable as variableOf, isVariableCode } from '../codebook/codebook.ts'
import type { Rule, Scope } from '../codebook/rule.ts'
import type { Variable } from '../codebook/variable.ts'
import type { Answers } from './answers.ts'
import { canonicalAnswer, canonicalTexts } from './canonical.ts'
import { countedAs } from './codes.ts'
import type { Draft, DraftVictim } from './draft.ts'
import { isEmpty, isObject, type Json } from './json.ts'
import { truthOf, type Reader } from './rule-language.ts'
import { goesWith, ownerOf } from './unit-answers.ts'
import { isPresent } from './units.ts'

/** One unit that rules look at; the reporting entity belongs to `event`. */
export interface Unit {
  /** `event`, the id of a victim or perpetrator, or `<victim>/<perpetrator>`. */
  readonly at: string
  readonly scope: 'event' | 'victim' | 'perpetrator' | 'link'
  /** What was given here; on a victim, own values of the event's variables as well. */
  readonly given: Answers
}

const scopes: readonly Unit['scope'][] = ['event', 'victim', 'perpetrator', 'link']

/** Moment and purpose of judging, for the pseudo-variables of `ruleGrammar`. */
export interface Circumstances {
  readonly now: string
  readonly exportKind?: 'recordLevel' | 'aggregate' | 'own'
  readonly pair?: { readonly sameVictim: boolean; readonly periodsOverlap: boolean | undefined }
}

/** Given answers of closed variables are kept while editing: they count (`all`) or do not (`open`). */
export type View = 'all' | 'open'

interface Derived {
  /** `null`: the rule removes the answer. */
  readonly value: Json
  readonly rule: string
}

/** What a case says about each of its units: given answers, what rules set above them, and what a victim inherits. */
export class Facts {
  readonly units: readonly Unit[]
  readonly #draft: Draft
  readonly #circumstances: Circumstances
  readonly #victims: ReadonlyMap<string, DraftVictim>
  readonly #byAt: ReadonlyMap<string, Unit>
  readonly #byScope: ReadonlyMap<Scope, readonly Unit[]>
  readonly #derived = new Map<string, Map<string, Derived>>()
  #open: Map<Unit, Map<Variable, boolean>> | undefined

  constructor(draft: Draft, circumstances: Circumstances) {
    this.#draft = draft
    this.#circumstances = circumstances
    this.units = unitsOf(draft)
    this.#byAt = new Map(this.units.map((unit) => [unit.at, unit]))
    this.#byScope = new Map(scopes.map((scope) => [scope, this.units.filter((unit) => unit.scope === scope)]))
    this.#victims = new Map(draft.victims.filter(isPresent).map((victim) => [victim.id, victim]))
  }

  /** From now on nothing is set any more, so what is open is worked out once. */
  settle(): void {
    this.#open = new Map(this.units.map((unit) => [unit, new Map<Variable, boolean>()]))
  }

  unit(at: string): Unit | undefined {
    return this.#byAt.get(at)
  }

  /** Units that a rule is judged for. With several scopes, only those that hold a value of one of its variables. */
  unitsFor(rule: Rule, view: View): readonly Unit[] {
    const inScope = this.unitsIn(rule)
    return rule.scope.length === 1 ? inScope : inScope.filter((unit) => this.heldBy(unit, rule, view).length > 0)
  }

  /** Units of a rule's scopes; none for what lies outside one case. */
  unitsIn(rule: Rule): readonly Unit[] {
    return rule.scope.flatMap((scope) => this.#byScope.get(scope) ?? [])
  }

  /** The rule's variables that the unit itself holds, `freeText` among them. */
  heldBy(unit: Unit, rule: Rule, view: View): string[] {
    return rule.variables.filter((code) =>
      code === 'freeText' ? this.textsOf(unit, view).length > 0 : !isEmpty(this.#ownOrUnion(unit, code, view)),
    )
  }

  set(at: string, key: string, value: Json, rule: string): void {
    const here = this.#derived.get(at) ?? new Map<string, Derived>()
    this.#derived.set(at, here.set(key, { value, rule }))
  }

  unset(at: string, key: string): void {
    this.#derived.get(at)?.delete(key)
  }

  /** What rules set on a unit, by key; summaries (`toe.summary`) among them. */
  derivedAt(at: string): ReadonlyMap<string, Derived> {
    return this.#derived.get(at) ?? new Map<string, Derived>()
  }

  /** Whether the variable is asked here: on a victim, also a variable of the event that the victim may answer otherwise. */
  isOpen(unit: Unit, variable: Variable): boolean {
    const here = this.#open?.get(unit)
    const known = here?.get(variable)
    if (known !== undefined) return known
    const open = this.#applies(unit, variable) && !this.#lacksLeader(unit, variable)
    here?.set(variable, open)
    return open
  }

  /** What stands on the unit itself: set by a rule, else given. */
  own(unit: Unit, key: string, view: View): Json | undefined {
    const derived = this.#derived.get(unit.at)?.get(key)
    if (derived !== undefined) return derived.value ?? undefined
    const given = unit.given[key]
    if (isEmpty(given)) return undefined
    const variable = ownerOf(key)
    if (variable !== undefined && this.#lacksLeader(unit, variable)) return undefined
    return view === 'all' || (variable !== undefined && this.isOpen(unit, variable)) ? given : undefined
  }

  /** What counts for the unit: its own value, else what it has from the event (`ruleGrammar`, scope). */
  value(unit: Unit, key: string, view: View): Json | undefined {
    const variable = ownerOf(key)
    if (variable === undefined) return undefined
    if (variable.code === 'rvp') return this.own(unit, 'rvp', view) ?? this.own(unit, 'rtv', view)
    const ofEvent = variable.unit === 'event' || variable.unit === 'reportingEntity'
    if (variable.code === 'toe' && unit.scope !== 'victim') return key === 'toe' ? this.#eventToe() : undefined
    if (!ofEvent || unit.scope === 'event') return this.own(unit, key, view)
    if (unit.scope !== 'victim') return this.#ofEvent(key, view)
    const leader = goesWith.get(variable.code) ?? variable.code
    if (!isEmpty(this.own(unit, leader, view))) return this.own(unit, key, view)
    const derived = this.derivedAt('event').get(key)
    return derived !== undefined || this.#applies(unit, variable) ? this.#ofEvent(key, view) : undefined
  }

  /** Each free text of the unit with the code of its variable. */
  textsOf(unit: Unit, view: View): { code: string; text: string }[] {
    return Object.keys(unit.given).flatMap((key) => {
      const variable = ownerOf(key)
      if (variable === undefined || !(key === variable.texts || variable.kind === 'article')) return []
      const parts = this.own(unit, key, view)
      const kept = key === variable.texts ? canonicalTexts(variable, parts, this.own(unit, variable.code, view)) : parts
      if (!isObject(kept)) return []
      const texts = Object.entries(kept).filter(([part]) => part !== 'country')
      return texts.flatMap(([, text]) => (typeof text === 'string' ? [{ code: variable.code, text }] : []))
    })
  }

  reader(unit: Unit, view: View, rule?: Rule): Reader {
    return {
      read: (ref) => this.#read(unit, ref, view),
      held: () => (rule === undefined ? [] : this.heldBy(unit, rule, view)),
    }
  }

  #applies(unit: Unit, variable: Variable): boolean {
    const { expr } = variable.askedWhen
    return expr === true || truthOf(expr, this.reader(unit, 'all')) === true
  }

  /** A victim's own `ret` and `dem` are nothing without an own `sta`. */
  #lacksLeader(unit: Unit, variable: Variable): boolean {
    const leader = unit.scope === 'victim' ? goesWith.get(variable.code) : undefined
    return leader !== undefined && isEmpty(this.own(unit, leader, 'all'))
  }

  #ofEvent(key: string, view: View): Json | undefined {
    const event = this.#byAt.get('event')
    return event === undefined ? undefined : this.own(event, key, view)
  }

  #eventToe(): Json | undefined {
    return this.derivedAt('event').get('event.toe')?.value
  }

  /** In scope event, `toe` means `event.toe`. */
  #ownOrUnion(unit: Unit, code: string, view: View): Json | undefined {
    if (code === 'toe' && unit.scope === 'event') return this.#eventToe()
    return isVariableCode(code) ? this.own(unit, code, view) : undefined
  }

  #read(unit: Unit, ref: string, view: View): Json | undefined {
    if (ref in pseudo) return this.#pseudo(unit, ref as keyof typeof pseudo, view)
    const derived = this.derivedAt(unit.at).get(ref)
    if (derived !== undefined) return derived.value ?? undefined
    const { key, part } = partsOf(ref)
    const value = this.value(unit, key, view)
    if (part !== undefined) return isObject(value) ? value[part] : undefined
    return isVariableCode(key) ? counted(variableOf(key), value) : value
  }

  #pseudo(unit: Unit, ref: keyof typeof pseudo, view: View): Json | undefined {
    const { now, exportKind, pair } = this.#circumstances
    switch (ref) {
      case 'link':
        return unit.scope === 'link' ? true : undefined
      case 'perpetrators':
        return this.#draft.perpetrators.map((one) => one.id)
      case 'freeText':
        return this.textsOf(unit, view).map(({ text }) => text)
      case 'event.toe':
        return this.#eventToe()
      case 'event.victimIds':
        return this.#draft.victims.map((victim) => victim.id)
      case 'record.origin':
        return this.#draft.origin
      case 'now':
        return now
      case 'consent.share':
        return shareOf(this.#victims.get(unit.at))
      case 'export.kind':
        return exportKind
      case 'pair.sameVictim':
        return pair?.sameVictim
      case 'pair.periodsOverlap':
        return pair?.periodsOverlap
    }
  }
}

const pseudo = {
  link: true,
  perpetrators: true,
  freeText: true,
  'event.toe': true,
  'event.victimIds': true,
  'record.origin': true,
  now: true,
  'consent.share': true,
  'export.kind': true,
  'pair.sameVictim': true,
  'pair.periodsOverlap': true,
}

function unitsOf(draft: Draft): Unit[] {
  return [
    { at: 'event', scope: 'event', given: { ...draft.event.answers, ...draft.reportingEntity.answers } },
    ...draft.victims.filter(isPresent).map((victim): Unit => {
      const given = { ...victim.overrides, ...victim.answers }
      const types = canonicalAnswer(variableOf('toe'), given['toe'])
      return { at: victim.id, scope: 'victim', given: types === undefined ? given : { ...given, toe: types } }
    }),
    ...draft.perpetrators.map((one): Unit => ({ at: one.id, scope: 'perpetrator', given: one.answers })),
    ...draft.links.map((link): Unit => ({
      at: `${link.victim}/${link.perpetrator}`,
      scope: 'link',
      given: link.answers,
    })),
  ]
}

/** `no` after withdrawal; `undefined` while not asked. */
export function shareOf(victim: Pick<DraftVictim, 'consent'> | undefined): 'yes' | 'no' | undefined {
  return victim?.consent.withdrawn === undefined ? victim?.consent.share?.value : 'no'
}

/** `toeText[6.5]` is the text beside a code, `geo.country` a part of a value. */
function partsOf(ref: string): Parts {
  const known = parts.get(ref)
  if (known !== undefined) return known
  const [, key = ref, code, part] = /^(\w+)(?:\[(.+)\]|\.(.+))?$/.exec(ref) ?? []
  const found = { key, part: code ?? part }
  parts.set(ref, found)
  return found
}

interface Parts {
  readonly key: string
  readonly part: string | undefined
}

/** The codebook's references are few, and read often. */
const parts = new Map<string, Parts>()

/** An organisation's own value counts as the value that it stands beneath; two of them stay two. */
function counted(variable: Variable, value: Json | undefined): Json | undefined {
  if (variable.kind !== 'coded' && variable.kind !== 'codes') return value
  if (Array.isArray(value)) return value.map((code) => (typeof code === 'string' ? countedAs(code) : code))
  return typeof value === 'string' ? countedAs(value) : value
}
