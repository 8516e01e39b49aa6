import { plural, t } from '@lingui/core/macro'
import { variable as variableOf } from '../codebook/codebook.ts'
import { formatNumber, formatParts } from '../i18n/format.ts'
import type { Draft } from '../record/draft.ts'
import type { Finding, Judgement } from '../record/rules.ts'
import { isPresent } from '../record/units.ts'
import type { MarkState } from '../ui/state-mark.tsx'
import {
  anchorOf,
  answerAt,
  pairsOf,
  placesOf,
  progress,
  sectionKeyOf,
  sectionRefs,
  type Offer,
  type Place,
  type SectionRef,
} from './questions.ts'
import { asksForAnswer } from './rule-wording.ts'
import { isMissingCode, showAnswer } from './wording.ts'

/** A line of the map. */
export interface Section extends SectionRef {
  readonly title: string
  /** A second line: who it is, or how far it is. */
  readonly summary: string
  readonly state: MarkState
  /** The state in words. */
  readonly word: string
  /** How many answers disagree, or look wrong; what is only missing does not count. */
  readonly attention: number
}

/** `Victim 2`, `Perpetrator 1`, as they are numbered in this case; what has been taken out keeps its number. */
export function unitTitle(id: string, draft: Draft): string {
  const victim = draft.victims.findIndex((one) => one.id === id)
  if (victim !== -1) return t`Victim ${formatNumber(victim + 1)}`
  return t`Perpetrator ${formatNumber(draft.perpetrators.findIndex((one) => one.id === id) + 1)}`
}

export function sectionTitle({ key, kind }: SectionRef, draft: Draft): string {
  if (kind === 'event') return t`Event`
  if (kind === 'links') return t`Links`
  return kind === 'reportingEntity' ? t`Reporting entity` : unitTitle(key, draft)
}

/** Whether a finding is confirmed as it is. */
export function isConfirmed({ rule, at }: Finding, draft: Draft): boolean {
  return draft.confirmed.some((one) => one.rule === rule && one.at === at)
}

/** The section in which a finding is told. */
export function sectionOfFinding(finding: Finding, draft: Draft, judgement: Judgement): string {
  return sectionKeyOf(finding.at, anchorOf(finding, draft, judgement))
}

/** Whether somebody should look: answers disagree, or a check is not confirmed. */
function callsForAttention(finding: Finding, draft: Draft): boolean {
  if (finding.severity === 'warning') return !isConfirmed(finding, draft)
  return finding.severity === 'error' && !asksForAnswer(finding.rule)
}

/** A line of the map is short; what does not fit is not worth a second one. */
const longestWord = 16

/** Sex and age status say who somebody is; of an organisation, which has neither, its kind does. */
const tellingCodes = { victim: [['sxv', 'stv']], perpetrator: [['sxp', 'stp'], ['x3pls']] } as const

function summaryOf({ key, kind }: SectionRef, draft: Draft, judgement: Judgement, { asked }: Offer): string {
  if (kind !== 'victim' && kind !== 'perpetrator') return ''
  const said = tellingCodes[kind].map((codes) =>
    codes.flatMap((code) => {
      const variable = variableOf(code, asked)
      const answer = judgement.derived(key, code) ?? answerAt(draft, { at: key, variable })
      return answer === undefined || isMissingCode(answer) ? [] : [showAnswer(variable, answer).toLocaleLowerCase()]
    }),
  )
  const words = said.find((some) => some.length > 0) ?? []
  return formatParts(words.filter((word) => word.length <= longestWord))
}

function stateOf(places: readonly Place[], ref: SectionRef, draft: Draft, judgement: Judgement): MarkState {
  const first = places.filter((place) => place.variable.step === 1)
  const all = progress(places, draft, judgement)
  const core = progress(first, draft, judgement)
  if (ref.kind === 'links') {
    const pairs = pairsOf(draft).length
    return pairs > 0 && all.answered >= pairs ? 'complete' : all.answered > 0 ? 'started' : 'empty'
  }
  if (core.asked > 0 && core.answered === core.asked) return 'complete'
  return all.answered > 0 ? 'started' : 'empty'
}

function wordOf(state: MarkState, attention: number): string {
  if (state === 'attention') return plural(attention, { one: '# to look at', other: '# to look at' })
  if (state === 'complete') return t`step 1 complete`
  return state === 'started' ? t`started` : t`not started`
}

/** The map of a case: every section with its state by shape and word. */
export function sectionsOf(draft: Draft, judgement: Judgement, offer: Offer): readonly Section[] {
  const attentive = judgement.findings.filter((finding) => callsForAttention(finding, draft))
  const keys = attentive.map((finding) => sectionOfFinding(finding, draft, judgement))
  return sectionRefs(draft).map((ref) => {
    const attention = keys.filter((key) => key === ref.key).length
    const state = attention > 0 ? 'attention' : stateOf(placesOf(ref, draft, offer), ref, draft, judgement)
    const word = wordOf(state, attention)
    const who = summaryOf(ref, draft, judgement, offer)
    return { ...ref, title: sectionTitle(ref, draft), summary: who || word, state, word, attention }
  })
}

/** How many present victims, and perpetrators, a case has. */
export function headCount(draft: Draft): { readonly victims: number; readonly perpetrators: number } {
  return { victims: draft.victims.filter(isPresent).length, perpetrators: draft.perpetrators.length }
}
