import { codebook, type Codebook, isVariableCode, variable as variableOf } from '../codebook/codebook.ts'
import type { Step, Variable } from '../codebook/variable.ts'
import type { Answer, Answers } from '../record/answers.ts'
import { isAsked as isWanted } from '../record/completeness.ts'
import type { Draft } from '../record/draft.ts'
import { isEmpty } from '../record/json.ts'
import type { Finding, Judgement } from '../record/rules.ts'
import { isPresent, type Link } from '../record/units.ts'
import { asksForAnswer } from './rule-wording.ts'

export type SectionKind = 'event' | 'victim' | 'perpetrator' | 'links' | 'reportingEntity'

/** One part of the case on the screen: `event`, `links`, `reporting-entity`, or the id of a victim or perpetrator. */
export interface SectionRef {
  readonly key: string
  readonly kind: SectionKind
}

/** One question of a unit. `path` is where its unit's answers lie in the form. */
export interface Place {
  readonly at: string
  readonly path: string
  readonly variable: Variable
}

/** What the organisation wants: which steps, and the codebook as it asks it, where that is another one. */
export interface Offer {
  readonly steps: readonly Step[]
  readonly asked?: Codebook
}

export function sectionRefs(draft: Draft): readonly SectionRef[] {
  return [
    { key: 'event', kind: 'event' },
    ...draft.victims.filter(isPresent).map(({ id }) => ({ key: id, kind: 'victim' as const })),
    ...draft.perpetrators.map(({ id }) => ({ key: id, kind: 'perpetrator' as const })),
    { key: 'links', kind: 'links' },
    { key: 'reporting-entity', kind: 'reportingEntity' },
  ]
}

/** The step under which a question stands in the form: what is asked by default stands with step 1. */
export function depthOf(variable: Variable): Step {
  return variable.enabledByDefault === true ? 1 : variable.step
}

/** In the order in which they are asked: what decides whether others are asked comes before them. */
function variablesOf(kind: SectionKind, offer: Offer): readonly Variable[] {
  const { units } = offer.asked ?? codebook
  const variables = units[kind === 'links' ? 'link' : kind].filter((variable) => isWanted(variable, offer.steps))
  const first = variables.filter((variable) => variable.enabledByDefault === true)
  return [...first, ...variables.filter((variable) => !first.includes(variable))]
}

/** Where the answers of a section's units lie: the unit's key in a judgement, and the path in the form. */
function unitsOf({ key, kind }: SectionRef, draft: Draft): readonly { readonly at: string; readonly path: string }[] {
  if (kind === 'links')
    return draft.links.map((link, index) => ({
      at: `${link.victim}/${link.perpetrator}`,
      path: `links.${index}.answers`,
    }))
  if (kind === 'event' || kind === 'reportingEntity') return [{ at: 'event', path: `${kind}.answers` }]
  const list = kind === 'victim' ? 'victims' : 'perpetrators'
  const index = draft[list].findIndex((unit) => unit.id === key)
  return index === -1 ? [] : [{ at: key, path: `${list}.${index}.answers` }]
}

/** What a victim may answer otherwise than the event; it lies on the victim, beside its own answers. */
export function overridePlaces(victimId: string, draft: Draft, offer: Offer): readonly Place[] {
  const index = draft.victims.findIndex((victim) => victim.id === victimId)
  const { event, reportingEntity } = (offer.asked ?? codebook).units
  const variables = [...event, ...reportingEntity].filter(
    (variable) => variable.perVictimOverride === true && isWanted(variable, offer.steps),
  )
  return variables.map((variable) => ({ at: victimId, path: `victims.${index}.overrides`, variable }))
}

/** Every question of a section that the organisation wants, whether it is asked now or not. */
export function placesOf(section: SectionRef, draft: Draft, offer: Offer): readonly Place[] {
  const variables = variablesOf(section.kind, offer)
  return unitsOf(section, draft).flatMap((unit) => variables.map((variable) => ({ ...unit, variable })))
}

const linksBy = new WeakMap<Draft['links'], ReadonlyMap<string, Link>>()

/** A link by its key; three hundred of them are looked up at each judgement. */
function linkOf({ links }: Draft, at: string): Link | undefined {
  const known = linksBy.get(links) ?? new Map(links.map((link) => [`${link.victim}/${link.perpetrator}`, link]))
  linksBy.set(links, known)
  return known.get(at)
}

/** The answers of the unit that a question belongs to; none for a unit that is not there. */
export function answersOf(draft: Draft, { at, variable }: Pick<Place, 'at' | 'variable'>): Answers {
  if (at === 'event') return (variable.unit === 'reportingEntity' ? draft.reportingEntity : draft.event).answers
  const victim = draft.victims.find(({ id }) => id === at)
  if (victim && isPresent(victim)) return (variable.unit === 'victim' ? victim.answers : victim.overrides) ?? {}
  const unit = at.includes('/') ? linkOf(draft, at) : draft.perpetrators.find(({ id }) => id === at)
  return unit?.answers ?? {}
}

export function answerAt(draft: Draft, place: Pick<Place, 'at' | 'variable'>): Answer | undefined {
  return answersOf(draft, place)[place.variable.code]
}

/** Asked of a person now: open, and not filled in by the program. */
export function isAsked({ at, variable }: Place, judgement: Judgement): boolean {
  return (
    variable.question !== '(derived)' &&
    judgement.isOpen(at, variable.code) &&
    judgement.derived(at, variable.code) === undefined
  )
}

/** To be drawn: asked, or filled in by the program and shown as such. */
export function isDrawn(place: Place, judgement: Judgement): boolean {
  return isAsked(place, judgement) || judgement.derived(place.at, place.variable.code) !== undefined
}

/** How far the questions of these places are, as they are asked now. */
export function progress(
  places: readonly Place[],
  draft: Draft,
  judgement: Judgement,
): { answered: number; asked: number } {
  const asked = places.filter((place) => isAsked(place, judgement))
  return { asked: asked.length, answered: asked.filter((place) => !isEmpty(answerAt(draft, place))).length }
}

/** The section that a unit's question stands in. */
export function sectionKeyOf(at: string, variable: Variable | undefined): string {
  if (at !== 'event') return at.includes('/') ? 'links' : at
  return variable?.unit === 'reportingEntity' ? 'reporting-entity' : 'event'
}

/** Whether a variable's answers lie on the unit that a finding speaks of. */
function liesAt(variable: Variable, at: string, draft: Draft): boolean {
  if (at === 'event') return variable.unit === 'event' || variable.unit === 'reportingEntity'
  if (at.includes('/')) return variable.unit === 'link'
  if (draft.perpetrators.some(({ id }) => id === at)) return variable.unit === 'perpetrator'
  return variable.unit === 'victim' || variable.perVictimOverride === true
}

/**
 * The question of the finding's unit at which it is told: what is still missing, else the last answer that takes part in
 * it. Undefined where none of its questions is asked of that unit.
 */
export function anchorOf(finding: Finding, draft: Draft, judgement: Judgement): Variable | undefined {
  const { at, rule, variables } = finding
  const named = variables.filter(isVariableCode).map((code) => variableOf(code))
  const here = named.filter((variable) => liesAt(variable, at, draft) && judgement.isOpen(at, variable.code))
  const answered = here.filter((variable) => !isEmpty(answerAt(draft, { at, variable })))
  const missing = here.find((variable) => !answered.includes(variable))
  return (asksForAnswer(rule) ? missing : undefined) ?? answered.at(-1) ?? here[0]
}

/** Every victim with every perpetrator of the case. */
export function pairsOf(
  draft: Pick<Draft, 'victims' | 'perpetrators'>,
): readonly (readonly [victim: string, perpetrator: string])[] {
  const victims = draft.victims.filter(isPresent)
  return victims.flatMap((victim) => draft.perpetrators.map((perpetrator) => [victim.id, perpetrator.id] as const))
}

/** Id of a question on the page. */
export function questionId(at: string, code: string): string {
  return `q-${at.replace('/', '-')}-${code}`
}
