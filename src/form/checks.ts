import { codebook, type Codebook } from '../codebook/codebook.ts'
import { variableIn } from '../codebook/overlay.ts'
import type { Step } from '../codebook/variable.ts'
import type { Draft, KeptAnswer } from '../record/draft.ts'
import { isEmpty } from '../record/json.ts'
import type { Finding, Judgement } from '../record/rules.ts'
import { isPresent } from '../record/units.ts'
import { fits } from './fits.ts'
import { keptWords } from './kept-answers.tsx'
import {
  anchorOf,
  answerAt,
  depthOf,
  isAsked,
  placesOf,
  questionId,
  sectionKeyOf,
  sectionRefs,
  type Offer,
  type Place,
} from './questions.ts'
import { ruleText } from './rule-wording.ts'
import { isConfirmed, sectionOfFinding, sectionTitle } from './sections.ts'
import { problemText, questionOf } from './wording.ts'

/** One line of the check list, and where it leads. */
export interface Check {
  readonly key: string
  readonly text: string
  /** What was answered, where the line is about that. */
  readonly answer?: string
  readonly section: string
  /** Whom or what it is about, such as `Victim 2`. */
  readonly sectionTitle: string
  /** Id of the question on the page; undefined: the section itself. */
  readonly question: string | undefined
  /** Code of the question, for `SectionView`. */
  readonly code: string | undefined
  readonly step: Step
  /** A check can be confirmed; then it no longer asks. */
  readonly confirm?: { readonly rule: string; readonly at: string; readonly confirmed: boolean }
}

export interface CheckLists {
  /** Has to be mended before this version can be sent. */
  readonly must: readonly Check[]
  /** Somebody should look; confirming is enough. */
  readonly check: readonly Check[]
  /** Asked in step 1, and not answered; may stay so. */
  readonly open: readonly Check[]
  /** Kept from before, and in no version that is sent. */
  readonly leftOut: readonly Check[]
}

function ofFinding(finding: Finding, draft: Draft, judgement: Judgement): Check {
  const anchor = anchorOf(finding, draft, judgement)
  const section = sectionOfFinding(finding, draft, judgement)
  const ref = sectionRefs(draft).find(({ key }) => key === section) ?? { key: 'event', kind: 'event' as const }
  const { rule, at } = finding
  return {
    key: `${rule} ${at}`,
    text: ruleText(rule),
    section: ref.key,
    sectionTitle: sectionTitle(ref, draft),
    question: anchor && questionId(at, anchor.code),
    code: anchor?.code,
    step: anchor ? depthOf(anchor) : 1,
    ...(finding.severity === 'warning' && { confirm: { rule, at, confirmed: isConfirmed(finding, draft) } }),
  }
}

function ofPlace({ at, variable }: Place, text: string, section: string, title: string): Check {
  return {
    key: `${variable.code} ${at}`,
    text,
    section,
    sectionTitle: title,
    question: questionId(at, variable.code),
    code: variable.code,
    step: depthOf(variable),
  }
}

function ofKept(kept: KeptAnswer, nth: number, draft: Draft, asked: Codebook): Check {
  const section = sectionKeyOf(kept.at, variableIn(asked, kept.code))
  const ref = sectionRefs(draft).find(({ key }) => key === section) ?? { key: 'event', kind: 'event' as const }
  const { question, answer } = keptWords(kept, asked)
  const title = sectionTitle(ref, draft)
  return {
    key: `kept ${nth}`,
    text: question,
    answer,
    section: ref.key,
    sectionTitle: title,
    question: undefined,
    code: undefined,
    step: 1,
  }
}

/** Whether nothing of this unit will be in the next version, because the victim took the whole agreement back. */
function isGone(at: string, draft: Draft): boolean {
  const gone = draft.victims.filter(isPresent).filter(({ consent }) => consent.withdrawn?.scope === 'all')
  return gone.some(({ id }) => at.split('/').includes(id))
}

/** What stands between this draft and a finished version, in three lists; each line knows the question it leads to. */
export function checkLists(draft: Draft, judgement: Judgement, offer: Offer): CheckLists {
  const found = (severity: Finding['severity']) =>
    judgement.findings
      .filter((finding) => finding.severity === severity && finding.rule !== 'shape' && !isGone(finding.at, draft))
      .map((finding) => ofFinding(finding, draft, judgement))
  const placed = sectionRefs(draft).flatMap((ref) =>
    placesOf(ref, draft, offer)
      .filter((place) => isAsked(place, judgement) && !isGone(place.at, draft))
      .map((place) => ({ place, ref, answer: answerAt(draft, place) })),
  )
  const misshapen = placed.filter(({ place, answer }) => !fits(place.variable, answer))
  const must = found('error')
  const unanswered = placed.filter(
    ({ place, answer }) =>
      place.variable.step === 1 &&
      isEmpty(answer) &&
      !must.some((check) => check.question === questionId(place.at, place.variable.code)),
  )
  return {
    must: [
      ...must,
      ...misshapen.map(({ place, ref, answer }) =>
        ofPlace(place, problemText(place.variable, answer), ref.key, sectionTitle(ref, draft)),
      ),
    ],
    check: found('warning'),
    leftOut: (draft.kept ?? []).map((kept, nth) => ofKept(kept, nth, draft, offer.asked ?? codebook)),
    open: unanswered.map(({ place, ref }) =>
      ofPlace(place, questionOf(place.variable), ref.key, sectionTitle(ref, draft)),
    ),
  }
}
