import { useLingui } from '@lingui/react/macro'
import type { ReactNode } from 'react'
import { codebook, type Codebook } from '../codebook/codebook.ts'
import type { Step } from '../codebook/variable.ts'
import { formatDay } from '../i18n/format.ts'
import type { Answer } from '../record/answers.ts'
import type { Draft } from '../record/draft.ts'
import { isEmpty, isObject } from '../record/json.ts'
import type { Judgement } from '../record/rules.ts'
import { isPresent } from '../record/units.ts'
import { codesIn } from './field-props.ts'
import { answersOf, overridePlaces, placesOf, sectionRefs, type Place, type SectionRef } from './questions.ts'
import { sectionTitle, unitTitle } from './sections.ts'
import { consentText, labelOf, questionOf, showAnswer } from './wording.ts'

interface Props {
  readonly draft: Draft
  readonly judgement: Judgement
  readonly steps: readonly Step[]
  /** As the organisation asks it. */
  readonly asked?: Codebook
}

/** A case for paper: every question that is asked, with the answer in words, and the codes as they are recorded. */
export function PaperRecord({ draft, judgement, steps, asked = codebook }: Props): ReactNode {
  return sectionRefs(draft).map((section) => (
    <PaperSection key={section.key} section={section} draft={draft} judgement={judgement} steps={steps} asked={asked} />
  ))
}

function PaperSection({
  section,
  draft,
  judgement,
  steps,
  asked,
}: Required<Props> & { readonly section: SectionRef }): ReactNode {
  const { t } = useLingui()
  const places = placesOf(section, draft, { steps, asked }).filter(({ at, variable }) =>
    judgement.isOpen(at, variable.code),
  )
  const own = section.kind === 'victim' ? overridePlaces(section.key, draft, { steps, asked }) : []
  const differing = own.filter((place) => !isEmpty(answersOf(draft, place)[place.variable.code]))
  if (places.length === 0) return null
  return (
    <section>
      <h2>{sectionTitle(section, draft)}</h2>
      {places.map((place) => (
        <Line
          key={`${place.at} ${place.variable.code}`}
          place={place}
          draft={draft}
          answer={judgement.value(place.at, place.variable.code)}
          about={section.kind === 'links' ? pairOf(place.at, draft) : undefined}
        />
      ))}
      {differing.length > 0 && <h3 className="sheet-step">{t`Different for this victim`}</h3>}
      {differing.map((place) => (
        <Line
          key={`own ${place.variable.code}`}
          place={place}
          draft={draft}
          answer={answersOf(draft, place)[place.variable.code]}
        />
      ))}
      {section.kind === 'victim' && <PaperConsent id={section.key} draft={draft} />}
    </section>
  )
}

const pairOf = (at: string, draft: Draft): string =>
  at
    .split('/')
    .map((id) => unitTitle(id, draft))
    .join(' · ')

interface LineProps {
  readonly place: Place
  readonly draft: Draft
  readonly answer: Answer | undefined
  readonly about?: string | undefined
}

function Line({ place, draft, answer, about }: LineProps): ReactNode {
  const { t } = useLingui()
  const { variable } = place
  const beside = variable.texts === undefined ? undefined : answersOf(draft, place)[variable.texts]
  const texts = isObject(beside) ? Object.values(beside).filter((text) => typeof text === 'string') : []
  const isDated = variable.kind === 'date' || variable.kind === 'moment'
  const codes = isDated
    ? ''
    : Array.isArray(answer)
      ? codesIn(answer).join(', ')
      : typeof answer === 'string'
        ? answer
        : ''
  return (
    <div className="sheet-line answered">
      <div>
        {about && <small>{about} · </small>}
        {variable.question === '(derived)' ? labelOf(variable) : questionOf(variable)} <small>{variable.code}</small>
      </div>
      <div>
        {answer === undefined || isEmpty(answer) ? (
          <span className="small">{t`not answered`}</span>
        ) : (
          <>
            <b>{showAnswer(variable, answer)}</b> <small dir="ltr">{codes}</small>
          </>
        )}
        {texts.map((text) => (
          <div key={text}>
            <bdi>{text}</bdi>
          </div>
        ))}
      </div>
    </div>
  )
}

function PaperConsent({ id, draft }: { readonly id: string; readonly draft: Draft }): ReactNode {
  const { t } = useLingui()
  const consent = draft.victims.filter(isPresent).find((victim) => victim.id === id)?.consent ?? {}
  const said = codebook.consent.flatMap((field) => {
    const answer = consent[field.id]
    return answer ? [{ field, answer }] : []
  })
  if (said.length === 0) return null
  return (
    <>
      <h3 className="sheet-step">{t`What the person was told and agreed to`}</h3>
      {said.map(({ field, answer }) => (
        <div key={field.id} className="sheet-line answered">
          <div>{consentText(field)}</div>
          <div>
            <b>{answer.value === 'yes' ? t`Yes` : t`No`}</b> <small>{formatDay(new Date(answer.date))}</small>
          </div>
        </div>
      ))}
    </>
  )
}
