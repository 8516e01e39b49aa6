import { useLingui } from '@lingui/react/macro'
import type { ReactNode } from 'react'
import { isEmpty } from '../record/json.ts'
import { goesWith } from '../record/unit-answers.ts'
import { Details } from '../ui/details.tsx'
import { BoundQuestion } from './bound-question.tsx'
import { useCase } from './case-context.ts'
import { answerAt, isDrawn, overridePlaces } from './questions.ts'
import { saidAt } from './said.ts'
import { useFold } from './use-fold.ts'
import { useReused } from './use-reused.ts'

interface Props {
  readonly victim: string
  readonly sought: string | undefined
}

/** What is other for this victim than for the case as a whole. Left empty, the answer of the case counts. */
export function OwnAnswers({ victim, sought }: Props): ReactNode {
  const { t } = useLingui()
  const { draft, judgement, steps, asked } = useCase()
  const all = overridePlaces(victim, draft, { steps, asked })
  const hasOwn = (code: string | undefined) =>
    all.some((place) => place.variable.code === code && !isEmpty(answerAt(draft, place)))
  const drawn = all.filter(({ variable }) => !goesWith.has(variable.code) || hasOwn(goesWith.get(variable.code)))
  const shown = drawn.filter((place) => isDrawn(place, judgement))
  const places = useReused(saidAt(shown, draft, judgement))
  const [open, setOpen] = useFold(places.some(({ variable }) => variable.code === sought))
  const own = all.filter((place) => hasOwn(place.variable.code)).length
  return (
    <Details title={t`Different for this victim`} after={own > 0 ? own : undefined} open={open} onToggle={setOpen}>
      <p className="small">{t`Answer here only what is not the same as for the case as a whole.`}</p>
      {places.map((place) => (
        <BoundQuestion key={place.variable.code} {...place} />
      ))}
    </Details>
  )
}
