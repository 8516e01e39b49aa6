import { useLingui } from '@lingui/react/macro'
import { type ReactNode, useId } from 'react'
import { variable as variableOf } from '../../codebook/codebook.ts'
import { DateBoxes } from '../../form/date-boxes.tsx'
import { Question } from '../../form/question.tsx'
import { labelOf, questionOf, valueLabel } from '../../form/wording.ts'
import type { Answer } from '../../record/answers.ts'
import { chosenCodes } from '../../record/canonical.ts'
import { codesWithText } from '../../record/codes.ts'
import { correctable } from '../../record/change-by-code.ts'
import { type ChangeEntry, isDecided } from '../../record/change-entry.ts'
import { looksPersonal } from '../../record/looks-personal.ts'
import { isDay, parsePartialDate } from '../../record/partial-date.ts'
import { Notice } from '../../ui/notice.tsx'
import { OptionRow, Options } from '../../ui/option-row.tsx'
import { Pills } from '../../ui/pills.tsx'
import { SearchList } from '../../ui/search-list.tsx'
import { NumberInput, TextInput } from '../../ui/text-input.tsx'

interface Props {
  readonly entry: ChangeEntry
  readonly onChange: (part: Partial<ChangeEntry>) => void
}

/** What there is to say, and of whom; then the questions of the codebook that it takes. */
export function ChangeQuestions({ entry, onChange }: Props): ReactNode {
  const { kind } = entry
  return (
    <>
      <What entry={entry} onChange={onChange} />
      {(kind === 'status' || kind === 'correction' || kind === 'consent') && <Whom entry={entry} onChange={onChange} />}
      {kind === 'status' && <Status entry={entry} onChange={onChange} />}
      {kind === 'proceedings' && <Asked code="ces" entry={entry} onChange={onChange} />}
      {kind === 'correction' && <Correction key={entry.whom} entry={entry} onChange={onChange} />}
      {kind === 'consent' && <Scope entry={entry} onChange={onChange} />}
      {kind !== undefined && kind !== 'correction' && <When entry={entry} onChange={onChange} />}
    </>
  )
}

interface Choice<V extends string> {
  readonly value: V
  readonly label: string
  readonly hint?: string
}

interface ChoiceProps<V extends string> {
  readonly legend: string
  readonly choices: readonly Choice<V>[]
  readonly value: V | undefined
  readonly onChange: (value: V) => void
  readonly children?: ReactNode
}

function Choices<V extends string>({ legend, choices, value, onChange, children }: ChoiceProps<V>): ReactNode {
  const name = useId()
  return (
    <fieldset className="question">
      <legend>{legend}</legend>
      <Options>
        {choices.map((one) => (
          <OptionRow
            key={one.value}
            type="radio"
            name={name}
            label={one.label}
            hint={one.hint}
            checked={value === one.value}
            onChange={() => onChange(one.value)}
          />
        ))}
      </Options>
      {children}
    </fieldset>
  )
}

function What({ entry, onChange }: Props): ReactNode {
  const { t } = useLingui()
  const choices = [
    { value: 'status', label: t`How sure it is, and who decided` },
    { value: 'proceedings', label: t`How far the criminal case is` },
    { value: 'correction', label: t`An answer was wrong, or is known now` },
    { value: 'consent', label: t`A consent was taken back` },
  ] as const
  return (
    <Choices
      legend={t`What has changed?`}
      choices={choices}
      value={entry.kind}
      onChange={(kind) => onChange({ kind, ...(kind === 'consent' && { date: entry.date.replace('~', '') }) })}
    />
  )
}

function Whom({ entry: { kind, whom, victim }, onChange }: Props): ReactNode {
  const { t } = useLingui()
  const choices = [
    { value: 'event', label: kind === 'consent' ? t`The whole case` : t`The event` },
    { value: 'victim', label: t`One victim` },
  ] as const
  return (
    <Choices legend={t`Whom is it about?`} choices={choices} value={whom} onChange={(next) => onChange({ whom: next })}>
      {whom === 'victim' && (
        <NumberInput
          label={t`Number of the victim`}
          help={t`As the case numbers them: 1 for Victim 1.`}
          maxLength={3}
          required
          value={victim}
          onChange={(text) => onChange({ victim: text.replaceAll(/\D/g, '') })}
        />
      )}
    </Choices>
  )
}

function Status({ entry, onChange }: Props): ReactNode {
  return (
    <>
      <Asked code="sta" entry={entry} onChange={onChange} />
      {isDecided(entry.answers.sta) && (
        <>
          <Asked code="ret" entry={entry} onChange={onChange} />
          <Asked code="dem" entry={entry} onChange={onChange} />
        </>
      )}
    </>
  )
}

function Asked({ code, entry, onChange }: Props & { readonly code: 'sta' | 'ret' | 'dem' | 'ces' }): ReactNode {
  const change = (answer: Answer | undefined) => {
    const { [code]: _, ...others } = entry.answers
    onChange({ answers: answer === undefined ? others : { ...others, [code]: answer } })
  }
  return <Question variable={variableOf(code)} id={`change-${code}`} value={entry.answers[code]} onChange={change} />
}

function Correction({ entry, onChange }: Props): ReactNode {
  const { t } = useLingui()
  const legend = useId()
  const items = correctable(entry.whom).map((variable) => ({
    value: variable.code,
    label: questionOf(variable),
    hint: variable.code,
    also: [variable.code, labelOf(variable)],
  }))
  const known = items.some(({ value }) => value === entry.variable) ? entry.variable : undefined
  return (
    <>
      <fieldset className="question">
        <legend id={legend}>{t`Which question?`}</legend>
        <SearchList
          items={items}
          labelledBy={legend}
          placeholder={t`Type a word of the question`}
          value={known}
          onChange={(code) => onChange({ variable: code ?? '', value: null, texts: {} })}
        />
      </fieldset>
      {known !== undefined && (
        <Question
          key={known}
          variable={variableOf(known)}
          id={`change-${known}`}
          value={entry.value ?? undefined}
          onChange={(value) => onChange({ value: value ?? null })}
          beside={<Texts code={known} entry={entry} onChange={onChange} />}
        />
      )}
    </>
  )
}

/** Words beside values that take some, such as "other". */
function Texts({ code, entry, onChange }: Props & { readonly code: string }): ReactNode {
  const { t } = useLingui()
  const variable = variableOf(code)
  if (variable.texts === undefined) return null
  const chosen = chosenCodes(entry.value)
  return codesWithText(variable)
    .filter((one) => chosen.includes(one))
    .map((one) => {
      const label = valueLabel(variable, one)
      const text = entry.texts[one] ?? ''
      return (
        <div key={one} className="stack">
          <TextInput
            label={t`${label}: say which, in a few words`}
            help={t`Name nobody.`}
            maxLength={200}
            value={text}
            onChange={(next) => onChange({ texts: { ...entry.texts, [one]: next } })}
          />
          {looksPersonal(text) && (
            <Notice look="warn" live="status">
              {t`This looks like a name, a number or an address. Please leave out what says who somebody is.`}
            </Notice>
          )}
        </div>
      )
    })
}

function Scope({ entry, onChange }: Props): ReactNode {
  const { t } = useLingui()
  const choices = [
    {
      value: 'share',
      label: t`Keep it inside the organisation, pass nothing on`,
      hint: t`The answers stay, and are left out of what the organisation passes on.`,
    },
    {
      value: 'all',
      label: entry.whom === 'victim' ? t`Take everything of this person out` : t`Take everything of this case out`,
      hint: t`The organisation erases the answers. Only that somebody withdrew stays.`,
    },
  ] as const
  return (
    <Choices
      legend={t`What is taken back?`}
      choices={choices}
      value={entry.scope}
      onChange={(scope) => onChange({ scope })}
    />
  )
}

/** A decision may be known by its year alone; a consent is taken back on a day, since what was done before it stands. */
function When({ entry: { kind, date }, onChange }: Props): ReactNode {
  const { t } = useLingui()
  const aDay = kind === 'consent'
  const wrong = aDay ? !isDay(date) : parsePartialDate(date) === undefined
  const change = (text: string | undefined) => onChange({ date: text ?? '' })
  return (
    <fieldset className="question">
      <legend>{aDay ? t`When was it taken back?` : t`When was it decided?`}</legend>
      <DateBoxes value={date} wrong={wrong} onChange={change} />
      {!aDay && /^\d/.test(date) && (
        <Pills
          label={t`About the date`}
          pills={[{ value: '~', label: t`About then` }]}
          chosen={date.endsWith('~') ? ['~'] : []}
          onToggle={(_, on) => change(date.replace('~', '') + (on ? '~' : ''))}
        />
      )}
      <div className="said small" role="status">
        {wrong &&
          (aDay ? t`The day is needed.` : t`There is no such date. A year alone, or a month and a year, is enough.`)}
      </div>
    </fieldset>
  )
}
