import { useLingui } from '@lingui/react/macro'
import type { ReactNode } from 'react'
import type { Step } from '../codebook/variable.ts'
import { formatNumber } from '../i18n/format.ts'
import type { Answer } from '../record/answers.ts'
import { withAnswer } from '../record/draft.ts'
import { Button } from '../ui/button.tsx'
import { Details } from '../ui/details.tsx'
import { Notice } from '../ui/notice.tsx'
import { BoundQuestion } from './bound-question.tsx'
import { useActs, useCase } from './case-context.ts'
import { answerAt, depthOf, isDrawn, progress, type Place } from './questions.ts'
import { saidAt, type SaidPlace } from './said.ts'
import { useFold } from './use-fold.ts'
import { useReused } from './use-reused.ts'
import { questionOf, showAnswer } from './wording.ts'

interface Props {
  /** Every question of the unit that the organisation wants. */
  readonly places: readonly Place[]
  /** Code of the question that somebody is being taken to: its step is open. */
  readonly sought?: string | undefined
  /** Stands between the step-1 questions and the deeper ones. */
  readonly children?: ReactNode
}

/** One unit's questions: step 1 open, what goes deeper folded away under it. Only what is asked now is drawn. */
export function UnitForm({ places, sought, children }: Props): ReactNode {
  const { draft, judgement, steps } = useCase()
  const shown = places.filter((place) => isDrawn(place, judgement))
  const drawn = useReused(saidAt(shown, draft, judgement))
  const ofStep = (step: Step) => drawn.filter((place) => depthOf(place.variable) === step)
  return (
    <>
      {ofStep(1).map(question)}
      {children}
      {([2, 3] as const)
        .filter((step) => steps.includes(step) && ofStep(step).length > 0)
        .map((step) => (
          <Deeper
            key={step}
            step={step}
            places={ofStep(step)}
            progress={progress(ofStep(step), draft, judgement)}
            sought={ofStep(step).some((place) => place.variable.code === sought)}
          />
        ))}
      <Hidden places={places} />
    </>
  )
}

function question(place: SaidPlace): ReactNode {
  return <BoundQuestion key={`${place.at} ${place.variable.code}`} {...place} />
}

interface DeeperProps {
  readonly step: 2 | 3
  readonly places: readonly SaidPlace[]
  readonly progress: { readonly answered: number; readonly asked: number }
  readonly sought: boolean
}

function Deeper({ step, places, progress: { answered, asked }, sought }: DeeperProps): ReactNode {
  const { t } = useLingui()
  const [open, setOpen] = useFold(sought)
  return (
    <Details
      title={step === 2 ? t`More detail (step 2)` : t`Before and after (step 3)`}
      after={t`${formatNumber(answered)} of ${formatNumber(asked)} answered`}
      open={open}
      onToggle={setOpen}
    >
      {places.map(question)}
    </Details>
  )
}

/** Answers of questions that are no longer asked: named before they are dropped, and only when the version is sent. */
function Hidden({ places }: { readonly places: readonly Place[] }): ReactNode {
  const { t } = useLingui()
  const { draft, judgement } = useCase()
  const hidden = places.filter(({ at, variable }) =>
    judgement.hidden.some((one) => one.at === at && one.code === variable.code),
  )
  if (hidden.length === 0) return null
  return (
    <section className="question">
      <h2>{t`Kept, but not part of the record now`}</h2>
      {hidden.map((place) => (
        <HiddenAnswer key={`${place.at} ${place.variable.code}`} place={place} answer={answerAt(draft, place) ?? ''} />
      ))}
    </section>
  )
}

function HiddenAnswer({ place, answer }: { readonly place: Place; readonly answer: Answer }): ReactNode {
  const { t } = useLingui()
  const { change } = useActs()
  const { at, variable } = place
  const words = questionOf(variable)
  return (
    <Notice
      acts={
        <Button
          look="quiet"
          onClick={() => change((draft) => withAnswer(draft, at, variable.code, undefined))}
        >{t`Remove`}</Button>
      }
    >
      {words} <b>{showAnswer(variable, answer)}</b>
    </Notice>
  )
}
