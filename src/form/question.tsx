import { useLingui } from '@lingui/react/macro'
import { useId, useState, type FocusEvent, type ReactNode } from 'react'
import { missingEntriesOf } from '../codebook/codebook.ts'
import type { MissingCode, Variable } from '../codebook/variable.ts'
import type { Answer } from '../record/answers.ts'
import { isEmpty } from '../record/json.ts'
import { Notice } from '../ui/notice.tsx'
import { Pills } from '../ui/pills.tsx'
import { Explained } from './explained.tsx'
import { AnswerField } from './fields.tsx'
import { fits } from './fits.ts'
import { isMissingCode, labelOf, ownHelpOf, ownQuestionOf, problemText, questionOf, silenceLabel } from './wording.ts'

export interface QuestionProps {
  readonly variable: Variable
  /** Id on the page; jumps go there. */
  readonly id: string
  /** Whom it is about, where the question alone does not say it. */
  readonly about?: string
  readonly value: Answer | undefined
  readonly onChange: (value: Answer | undefined) => void
  /** It was emptied by the button for that. */
  readonly onCleared?: () => void
  /** Stands in place of the answers while the program fills this in. */
  readonly locked?: ReactNode
  /** Beneath the answers: texts beside codes, marks. */
  readonly beside?: ReactNode
  /** What the program has to say about the answer. */
  readonly said?: ReactNode
}

/** The silences that a person may choose here: not applicable only where the variable's own list offers it. */
export function silencesOf(variable: Variable): readonly MissingCode[] {
  const listed = 'list' in variable ? (variable.list?.entries ?? []) : []
  return missingEntriesOf(variable)
    .filter((entry) => entry.offered !== false && (entry.code !== 'na' || listed.includes(entry)))
    .map((entry) => entry.code)
    .filter(isMissingCode)
}

function holdsList(variable: Variable): boolean {
  if (variable.kind === 'country') return variable.multiple
  return variable.kind === 'codes' || variable.kind === 'exploitation' || variable.kind === 'sectors'
}

function silenceOf(value: Answer | undefined): MissingCode | undefined {
  const only = Array.isArray(value) && value.length === 1 ? value[0] : value
  return isMissingCode(only) ? only : undefined
}

/** Boxes and rows that are emptied by themselves need no button for it. */
function needsClear(variable: Variable): boolean {
  return variable.kind === 'coded' || variable.kind === 'date' || variable.kind === 'moment'
}

/** True while somebody is still typing in it: then nothing is called wrong yet. */
function useTyping() {
  const [typing, setTyping] = useState(false)
  return {
    typing,
    onTyped: (field: string) => setTyping(document.getElementById(field)?.contains(document.activeElement) ?? false),
    onBlur: (event: FocusEvent) => {
      if (!event.currentTarget.contains(event.relatedTarget)) setTyping(false)
    },
  }
}

/** Whose words these are, where they are not the codebook's, and what the organisation adds. It is text and nothing else. */
function OwnWords({ variable }: Pick<QuestionProps, 'variable'>): ReactNode {
  const { t } = useLingui()
  const help = ownHelpOf(variable)
  return (
    <>
      {ownQuestionOf(variable) && <p className="small">{t`In your organisation's words`}</p>}
      {help && <p dir="auto">{help}</p>}
    </>
  )
}

/** One question: its words, its answers by kind, its silences, and what the program has to say. */
export function Question({
  variable,
  id,
  about,
  value,
  onChange,
  onCleared,
  locked,
  beside,
  said,
}: QuestionProps): ReactNode {
  const { t } = useLingui()
  const [legend, problem] = [useId(), useId()]
  const { typing, onTyped, onBlur } = useTyping()
  const silence = silenceOf(value)
  const wrong = !typing && !fits(variable, value)
  const describedBy = wrong ? problem : undefined
  const change = (answer: Answer | undefined) => {
    onTyped(id)
    onChange(isEmpty(answer) ? undefined : answer)
  }
  const silences = silencesOf(variable).map((code) => ({ value: code, label: silenceLabel(variable, code) }))
  const cleared = needsClear(variable) && value !== undefined && !silence
  return (
    // oxlint-disable-next-line jsx-a11y/no-noninteractive-element-interactions -- it notices that the focus has left, no more
    <fieldset className="question" id={id} tabIndex={-1} aria-describedby={describedBy} onBlur={onBlur}>
      <legend id={legend}>
        {about && <span className="about">{about} </span>}
        {variable.question === '(derived)' ? labelOf(variable) : questionOf(variable)}
      </legend>
      <OwnWords variable={variable} />
      <Explained variable={variable} describes={legend} />
      {locked ?? (
        <>
          <AnswerField
            variable={variable}
            value={silence ? undefined : value}
            onChange={change}
            name={id}
            labelledBy={legend}
            describedBy={describedBy}
            wrong={wrong}
          />
          {beside}
          <Pills
            label={t`If there is no answer`}
            pills={silences}
            chosen={silence ? [silence] : []}
            onToggle={(code, on) => onChange(on ? (holdsList(variable) ? [code] : code) : undefined)}
            clear={cleared ? { label: t`Clear`, onClear: () => (onChange(undefined), onCleared?.()) } : undefined}
          />
        </>
      )}
      <div className="said" aria-live="polite">
        {wrong && (
          <Notice look="must" id={problem}>
            {problemText(variable, value)}
          </Notice>
        )}
        {said}
      </div>
    </fieldset>
  )
}
