import type { Answer } from '../record/answers.ts'
import type { Draft } from '../record/draft.ts'
import type { Finding, Judgement, Suggestion } from '../record/rules.ts'
import { keysOf } from '../record/unit-answers.ts'
import { anchorOf, type Place } from './questions.ts'
import { isConfirmed } from './sections.ts'

/** What the program has to say at one question: plain data, so that a question which hears the same is not drawn again. */
export interface Said {
  /** What a rule filled in. */
  readonly derived: Answer | undefined
  /** How a victim of several forms is counted, national or foreign. */
  readonly counted: ReturnType<Judgement['summary']> | undefined
  readonly findings: readonly { readonly finding: Finding; readonly confirmed: boolean }[]
  readonly suggestions: readonly Suggestion[]
  /** An answer from before is kept here that is no longer asked like this. */
  readonly kept: boolean
}

/** A question with what is said at it. */
export interface SaidPlace extends Place {
  readonly said: Said
}

const isCounted = (code: string): boolean => code === 'toe' || code === 'civ'

/** These questions, each with what concerns it, picked out of a judgement. */
export function saidAt(places: readonly Place[], draft: Draft, judgement: Judgement): readonly SaidPlace[] {
  const here = new Set(places.map(({ at }) => at))
  const told = judgement.findings
    .filter(({ at, rule }) => here.has(at) && rule !== 'shape')
    .map((finding) => ({ finding, code: anchorOf(finding, draft, judgement)?.code }))
  return places.map((place) => {
    const { at, variable } = place
    const { code } = variable
    const said: Said = {
      derived: judgement.derived(at, code),
      counted: isCounted(code) ? judgement.summary(at) : undefined,
      findings: told
        .filter((one) => one.finding.at === at && one.code === code)
        .map(({ finding }) => ({ finding, confirmed: isConfirmed(finding, draft) })),
      suggestions: judgement.suggestions.filter((one) => one.at === at && keysOf(variable).includes(one.code)),
      kept: draft.kept?.some((one) => one.at === at && one.code === code) ?? false,
    }
    return { ...place, said }
  })
}
