import { useLingui } from '@lingui/react/macro'
import type { ReactNode } from 'react'
import { codebook, type Codebook, variable as variableOf } from '../codebook/codebook.ts'
import type { Entry } from '../codebook/code-list.ts'
import { formsOfExploitation, type FormOfExploitation } from '../codebook/forms-of-exploitation.ts'
import type { Step, UnitName, Variable } from '../codebook/variable.ts'
import { isAsked } from '../record/completeness.ts'
import { offeredEntries } from './coded-fields.tsx'
import { silencesOf } from './question.tsx'
import { depthOf } from './questions.ts'
import { entryLabel, formLabel, measureOf, questionOf, silenceLabel } from './wording.ts'

interface Props {
  readonly steps: readonly Step[]
  /** As the organisation asks it. */
  readonly asked?: Codebook
}

const units: readonly UnitName[] = ['event', 'victim', 'perpetrator', 'link', 'reportingEntity']

/** The whole codebook as boxes to tick: one sheet a unit that is asked anything, each value with the code that is typed in later. */
export function PaperForm({ steps, asked: offered = codebook }: Props): ReactNode {
  const titles = useTitles()
  const { t } = useLingui()
  const heads: Readonly<Record<Step, string>> = { 1: t`Step 1`, 2: t`Step 2`, 3: t`Step 3` }
  const questionsOf = (unit: UnitName, step: Step) =>
    offered.units[unit].filter(
      (variable) => isAsked(variable, steps) && depthOf(variable) === step && variable.question !== '(derived)',
    )
  return units
    .map((unit) => ({ unit, parts: steps.map((step) => ({ step, questions: questionsOf(unit, step) })) }))
    .filter(({ parts }) => parts.some(({ questions }) => questions.length > 0))
    .map(({ unit, parts }) => (
      <section key={unit} className="sheet-unit">
        <h2>{titles[unit]}</h2>
        {parts
          .filter(({ questions }) => questions.length > 0)
          .map(({ step, questions }) => (
            <div key={step}>
              <h3 className="sheet-step">{heads[step]}</h3>
              {questions.map((variable) => (
                <PaperQuestion key={variable.code} variable={variable} />
              ))}
            </div>
          ))}
      </section>
    ))
}

function useTitles(): Readonly<Record<UnitName, string>> {
  const { t } = useLingui()
  return {
    event: t`Event`,
    victim: t`Victim; a sheet for each`,
    perpetrator: t`Perpetrator; a sheet for each`,
    link: t`Link; for each victim with each perpetrator`,
    reportingEntity: t`Reporting entity`,
  }
}

function PaperQuestion({ variable }: { readonly variable: Variable }): ReactNode {
  const silences = silencesOf(variable)
  return (
    <div className="sheet-line">
      <b>{questionOf(variable)}</b> <small>{variable.code}</small>
      <Answers variable={variable} />
      <div className="sheet-boxes">
        {silences.map((code) => (
          <Box key={code} code={code} label={silenceLabel(variable, code)} />
        ))}
      </div>
    </div>
  )
}

/** What is longer than this is set in two columns. */
const fewEntries = 6

function Answers({ variable }: { readonly variable: Variable }): ReactNode {
  const { t } = useLingui()
  switch (variable.kind) {
    case 'exploitation':
      return (
        <div className="sheet-boxes columns">
          {(formsOfExploitation.entries as readonly FormOfExploitation[])
            .filter((form) => form.selectable && form.level > 0)
            .map((form) => (
              <Box
                key={form.code}
                code={form.code}
                label={formLabel(form.code)}
                sub={form.level > 1}
                text={form.freeText}
              />
            ))}
        </div>
      )
    case 'coded':
    case 'codes':
    case 'sectors':
      return <Boxes entries={offeredEntries(variable.list)} label={(entry) => entryLabel(variable.list, entry)} />
    case 'country':
      return (
        <>
          <Blanks parts={variable.multiple ? [t`Country`, t`Country`, t`Country`] : [t`Country`]} />
          <Boxes entries={offeredEntries(variable.list)} label={(entry) => entryLabel(variable.list, entry)} />
        </>
      )
    case 'language':
      return <Blanks parts={[t`Language`]} />
    case 'count':
      return <Blanks parts={[measureOf(variable) ?? t`Number`]} />
    case 'date': {
      const { list } = variable
      return (
        <>
          <Blanks parts={[t`Year`, t`Month`, t`Day`]} />
          <div className="sheet-boxes">
            <Box code="~" label={t`about`} />
            {list &&
              offeredEntries(list).map((entry) => (
                <Box key={entry.code} code={entry.code} label={entryLabel(list, entry)} />
              ))}
          </div>
        </>
      )
    }
    case 'moment':
      return <Blanks parts={[t`Year`, t`Month`, t`Day`, t`Time`]} />
    case 'place':
      return <Blanks parts={[t`Country`, t`Area`]} />
    case 'article':
      return <Blanks parts={[t`Country`, t`Law`, t`Article`]} />
    case 'organisation': {
      const { list } = variableOf('ret') as Extract<Variable, { kind: 'coded' }>
      return (
        <>
          <Blanks parts={[t`Code of the organisation`]} />
          <Boxes entries={offeredEntries(list)} label={(entry) => entryLabel(list, entry)} />
        </>
      )
    }
  }
}

interface BoxesProps {
  readonly entries: readonly Entry[]
  readonly label: (entry: Entry) => string
}

function Boxes({ entries, label }: BoxesProps): ReactNode {
  return (
    <div className={entries.length > fewEntries ? 'sheet-boxes columns' : 'sheet-boxes'}>
      {entries.map((entry) => (
        <Box key={entry.code} code={entry.code} label={label(entry)} sub={!!entry.parent} text={entry.freeText} />
      ))}
    </div>
  )
}

interface BoxProps {
  readonly code: string
  readonly label: string
  readonly sub?: boolean
  /** A few words may stand beside it. */
  readonly text?: Entry['freeText'] | undefined
}

function Box({ code, label, sub = false, text }: BoxProps): ReactNode {
  return (
    <span className={sub ? 'sheet-box sub' : 'sheet-box'}>
      <span>
        {label} <small dir="ltr">{code}</small>
      </span>
      {text && <span className="sheet-blank" />}
    </span>
  )
}

function Blanks({ parts }: { readonly parts: readonly string[] }): ReactNode {
  return (
    <div className="sheet-blanks">
      {parts.map((part, at) => (
        <span key={`${part} ${at}`}>
          <small>{part}</small>
          <span className="sheet-blank" />
        </span>
      ))}
    </div>
  )
}
