import { useLingui } from '@lingui/react/macro'
import { useState, type ReactNode } from 'react'
import type { Codebook } from '../codebook/codebook.ts'
import { variableIn } from '../codebook/overlay.ts'
import { formatParts } from '../i18n/format.ts'
import type { Draft, KeptAnswer } from '../record/draft.ts'
import type { Json } from '../record/json.ts'
import type { Judgement } from '../record/rules.ts'
import { withoutKept } from '../record/kept.ts'
import { Button } from '../ui/button.tsx'
import { Notice } from '../ui/notice.tsx'
import { useCase } from './case-context.ts'
import { useOfferUndo } from './case-undo.ts'
import { isDrawn, overridePlaces, placesOf, sectionKeyOf, type Offer, type SectionRef } from './questions.ts'
import { labelOf, questionOf, showAnswer } from './wording.ts'

/** The question that it was given to, as far as this edition knows it, and the answer in plain words. */
export function keptWords({ code, answers }: KeptAnswer, asked: Codebook): { question: string; answer: string } {
  const variable = variableIn(asked, code)
  const { [code]: given, ...beside } = answers
  const parts = [...(given === undefined ? [] : [given]), ...Object.values(beside)]
  return {
    question: variable ? (variable.question === '(derived)' ? labelOf(variable) : questionOf(variable)) : code,
    answer: formatParts(
      parts.map((part) => (variable && part === given ? showAnswer(variable, part) : plainWords(part))),
    ),
  }
}

function plainWords(json: Json): string {
  if (typeof json === 'object' && json !== null) return formatParts(Object.values(json).map(plainWords))
  return typeof json === 'boolean' ? '' : String(json)
}

/** Kept at a question that is asked: told there. */
export function KeptHere({ at, code }: Pick<KeptAnswer, 'at' | 'code'>): ReactNode {
  const { draft } = useCase()
  const kept = draft.kept?.filter((one) => one.at === at && one.code === code) ?? []
  return kept.map((one, nth) => <KeptNotice key={nth} kept={one} />)
}

/** What is kept in this section and has no question on the page any more. */
export function KeptFromBefore({ section }: { readonly section: SectionRef }): ReactNode {
  const { t } = useLingui()
  const { draft, judgement, steps, asked } = useCase()
  const kept = keptApart(section, draft, judgement, { steps, asked })
  if (kept.length === 0) return null
  return (
    <section className="question" aria-label={t`Kept from before`}>
      <h2>{t`Kept from before`}</h2>
      {kept.map((one, nth) => (
        <KeptNotice key={nth} kept={one} named />
      ))}
    </section>
  )
}

function keptApart(section: SectionRef, draft: Draft, judgement: Judgement, offer: Required<Offer>) {
  if (!draft.kept?.length) return []
  const own = section.kind === 'victim' ? overridePlaces(section.key, draft, offer) : []
  const drawn = [...placesOf(section, draft, offer), ...own].filter((place) => isDrawn(place, judgement))
  return draft.kept
    .filter(({ at, code }) => sectionKeyOf(at, variableIn(offer.asked, code)) === section.key)
    .filter(
      ({ at, code }) => section.kind === 'links' || !drawn.some((one) => one.at === at && one.variable.code === code),
    )
}

function KeptNotice({ kept, named = false }: { readonly kept: KeptAnswer; readonly named?: boolean }): ReactNode {
  const { t } = useLingui()
  const { asked, change } = useCase()
  const offerUndo = useOfferUndo()
  const [put, setPut] = useState(false)
  const { question, answer } = keptWords(kept, asked)
  const remove = () => {
    change((draft) => withoutKept(draft, kept))
    offerUndo(t`${answer} was removed.`, (now) => ({
      ...withoutKept(now, kept),
      kept: [...(withoutKept(now, kept).kept ?? []), kept],
    }))
  }
  return (
    <Notice
      look="hint"
      acts={
        !put && (
          <span className="together">
            <Button look="quiet" onClick={remove}>
              {t`Remove it`}
            </Button>
            <Button look="quiet" onClick={() => setPut(true)}>
              {t`Keep for now`}
            </Button>
          </span>
        )
      }
    >
      {named && (
        <>
          {question}
          <br />
        </>
      )}
      <b>
        <bdi>{answer}</bdi>
      </b>
      <br />
      {put
        ? t`Kept on this tablet.`
        : t`This was answered before and is no longer asked like this. It is kept here, and left out of what is sent.`}
    </Notice>
  )
}
