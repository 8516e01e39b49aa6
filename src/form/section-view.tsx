import { useLingui as useLanguage } from '@lingui/react'
import { useLingui } from '@lingui/react/macro'
import { memo, useEffect, useRef, useState, type ReactNode } from 'react'
import { withWords } from '../i18n/with-words.ts'
import { isPresent } from '../record/units.ts'
import { Details } from '../ui/details.tsx'
import { later } from '../ui/later.tsx'
import { useCase } from './case-context.ts'
import { agreedShort } from './consent-words.ts'
import { FindingNotice } from './finding-notice.tsx'
import { SectionHead } from './person-head.tsx'
import { anchorOf, placesOf, sectionRefs, type SectionRef } from './questions.ts'
import { isConfirmed, sectionOfFinding, unitTitle } from './sections.ts'
import { UnitForm } from './unit-form.tsx'

const ConsentForm = later(async () => (await withWords(import('./consent-form.tsx'))).ConsentForm)
const KeptFromBefore = later(async () => (await withWords(import('./kept-answers.tsx'))).KeptFromBefore)
const LinksForm = later(async () => (await withWords(import('./links-form.tsx'))).LinksForm)
const OwnAnswers = later(async () => (await withWords(import('./own-answers.tsx'))).OwnAnswers)
const RemovePerson = later(async () => (await withWords(import('./remove-person.tsx'))).RemovePerson)
const SameAs = later(async () => (await withWords(import('./same-as.tsx'))).SameAs)

/** What is selected in a text box, which is the nth of the controls of its question. */
export interface Caret {
  readonly box: number
  readonly from: number
  readonly to: number
}

interface Props {
  /** Key of the section: see `SectionRef`. */
  readonly section: string
  /** Code of a question to go to: its step opens, it is brought into view and focused. */
  readonly sought?: string | undefined
  /** Another number goes there again. */
  readonly nth?: number
  /** What to select there, where somebody had been writing. */
  readonly caret?: Caret | undefined
  /** The unit of this section was removed; where to go is the caller's matter. */
  readonly onRemoved: () => void
}

/** One section of the case. Draws nothing for a section that is not there. Give it the section as its key. */
export const SectionView = memo(function SectionView({ section, sought, nth, caret, onRemoved }: Props): ReactNode {
  useLanguage()
  const { draft } = useCase()
  const holder = useRef<HTMLElement>(null)
  const ref = sectionRefs(draft).find(({ key }) => key === section)
  const there = ref !== undefined
  useEffect(() => {
    if (there && sought) goTo(holder.current?.querySelector<HTMLElement>(`fieldset[id$="-${sought}"]`), caret)
  }, [there, sought, nth, caret])
  if (!ref) return null
  return (
    <section className="unit" ref={holder} aria-labelledby="section-title">
      <SectionHead section={ref} />
      <Lead kind={ref.kind} />
      <Loose section={ref} />
      {ref.kind === 'links' ? (
        <LinksForm titleOf={(id) => unitTitle(id, draft)} />
      ) : (
        <Unit section={ref} sought={sought} />
      )}
      {draft.kept && draft.kept.length > 0 && <KeptFromBefore section={ref} />}
      {(ref.kind === 'victim' || ref.kind === 'perpetrator') && <RemovePerson section={ref} onRemoved={onRemoved} />}
    </section>
  )
})

type Control = HTMLInputElement | HTMLTextAreaElement | HTMLSelectElement
const controlsOf = (question: Element): Control[] => [...question.querySelectorAll<Control>('input, select, textarea')]
const isText = (control: unknown): control is HTMLInputElement | HTMLTextAreaElement =>
  (control instanceof HTMLInputElement || control instanceof HTMLTextAreaElement) && control.selectionStart !== null

/** Where somebody writes; nothing where that is no text box of a question, or one that is gone. */
export function caretAt(box: Element | undefined): Caret | undefined {
  const question = box?.isConnected && box.closest('fieldset.question')
  if (!question || !isText(box)) return undefined
  return { box: controlsOf(question).indexOf(box), from: box.selectionStart ?? 0, to: box.selectionEnd ?? 0 }
}

function goTo(question: HTMLElement | null | undefined, caret: Caret | undefined): void {
  if (!question) return
  const box = controlsOf(question)[caret?.box ?? 0] ?? question
  if (caret) box.scrollIntoView?.({ block: 'center' })
  else question.scrollIntoView?.({ block: 'start' })
  box.focus({ preventScroll: true })
  if (caret && isText(box)) box.setSelectionRange(caret.from, caret.to)
}

function Lead({ kind }: Pick<SectionRef, 'kind'>): ReactNode {
  const { t } = useLingui()
  const leads = {
    event: t`What happened, when and where, as far as it is known.`,
    victim: t`Who the person is, as far as it is known. Nothing here asks for a name.`,
    perpetrator: t`What is known of whoever did it. A person who is not identified counts, too. Nothing here asks for a name.`,
    links: t`What each perpetrator was to each victim before it began.`,
    reportingEntity: t`Which organisation registers the case, and who decided on its status.`,
  }
  return <p className="small lead">{leads[kind]}</p>
}

function Unit({ section, sought }: { readonly section: SectionRef; readonly sought: string | undefined }): ReactNode {
  const { t } = useLingui()
  const { draft, steps, asked } = useCase()
  const [told, setTold] = useState(false)
  const places = placesOf(section, draft, { steps, asked })
  const index = draft.victims.findIndex(({ id }) => id === section.key)
  const victim = draft.victims.filter(isPresent).find(({ id }) => id === section.key)
  if (!victim) return <UnitForm places={places} sought={sought} />
  return (
    <>
      <Details
        title={t`What the person was told and agreed to`}
        after={agreedShort(victim.consent)}
        open={told}
        onToggle={setTold}
      >
        <ConsentForm victim={victim.id} path={`victims.${index}.consent`} />
      </Details>
      <SameAs victim={victim.id} />
      <UnitForm places={places} sought={sought}>
        <OwnAnswers victim={victim.id} sought={sought} />
      </UnitForm>
    </>
  )
}

/** What the rules say of this section without a question to say it at. */
function Loose({ section }: { readonly section: SectionRef }): ReactNode {
  const { draft, judgement, steps, asked } = useCase()
  const drawn = placesOf(section, draft, { steps, asked }).map(({ variable }) => variable.code)
  const loose = judgement.findings.filter((finding) => {
    const anchor = anchorOf(finding, draft, judgement)
    const here = sectionOfFinding(finding, draft, judgement) === section.key
    return here && finding.severity !== 'info' && !drawn.includes(anchor?.code ?? '')
  })
  return loose.map((finding) => (
    <FindingNotice key={`${finding.rule} ${finding.at}`} finding={finding} confirmed={isConfirmed(finding, draft)} />
  ))
}
