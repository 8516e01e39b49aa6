import { useLingui } from '@lingui/react/macro'
import type { ReactNode } from 'react'
import { useWatch } from 'react-hook-form'
import { variable as variableOf } from '../codebook/codebook.ts'
import type { Answer } from '../record/answers.ts'
import { addLink, removeLink, withAnswer, type Draft } from '../record/draft.ts'
import { useCase } from './case-context.ts'
import { Question } from './question.tsx'
import { pairsOf, questionId } from './questions.ts'

function linked(draft: Draft, victim: string, perpetrator: string, answer: Answer | undefined): Draft {
  if (answer === undefined) return removeLink(draft, victim, perpetrator)
  return withAnswer(addLink(draft, victim, perpetrator), `${victim}/${perpetrator}`, 'rtv', answer)
}

/** What each perpetrator was to each victim. An answer makes the link between the two; taking it back takes the link. */
export function LinksForm({ titleOf }: { readonly titleOf: (id: string) => string }): ReactNode {
  const { t } = useLingui()
  const { form, change } = useCase()
  const [links, victims, perpetrators] = useWatch({ control: form.control, name: ['links', 'victims', 'perpetrators'] })
  const pairs = pairsOf({ victims, perpetrators })
  if (pairs.length === 0)
    return (
      <p className="small">{t`Links stand between victims and perpetrators. Add a perpetrator first, if one is known.`}</p>
    )
  return pairs.map(([victim, perpetrator]) => {
    const link = links.find((one) => one.victim === victim && one.perpetrator === perpetrator)
    const at = `${victim}/${perpetrator}`
    return (
      <Question
        key={at}
        variable={variableOf('rtv')}
        id={questionId(at, 'rtv')}
        about={t`${titleOf(perpetrator)} and ${titleOf(victim)}:`}
        value={link?.answers['rtv'] ?? undefined}
        onChange={(answer) => change((draft) => linked(draft, victim, perpetrator, answer))}
      />
    )
  })
}
