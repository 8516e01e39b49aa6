import { useLingui } from '@lingui/react/macro'
import { useState, type ReactNode } from 'react'
import { variable as variableOf } from '../codebook/codebook.ts'
import { missingEntriesOf } from '../codebook/codebook.ts'
import type { Variable } from '../codebook/variable.ts'
import { addLink, removeLink, withAnswer, type Draft } from '../record/draft.ts'
import { isPresent } from '../record/units.ts'
import { Field } from '../ui/field.tsx'
import { Select } from '../ui/text-input.tsx'
import { useCase } from './case-context.ts'
import { useOfferUndo } from './case-undo.ts'
import { offeredEntries } from './coded-fields.tsx'
import { Explained } from './explained.tsx'
import { PersonMark, useMarkWord } from './marks.tsx'
import { pairsOf, questionId } from './questions.ts'
import { isMissingCode, questionOf, valueLabel } from './wording.ts'

type Pair = readonly [victim: string, perpetrator: string]

function linked(draft: Draft, [victim, perpetrator]: Pair, code: string): Draft {
  if (code === '') return removeLink(draft, victim, perpetrator)
  return withAnswer(addLink(draft, victim, perpetrator), `${victim}/${perpetrator}`, 'rtv', code)
}

function relationOf(draft: Draft, [victim, perpetrator]: Pair): string {
  const link = draft.links.find((one) => one.victim === victim && one.perpetrator === perpetrator)
  const code = link?.answers['rtv']
  return typeof code === 'string' ? code : ''
}

/** What may be chosen: the relations, then the silences that a person may give. */
function relations(relation: Variable): readonly { readonly value: string; readonly label: string }[] {
  const listed = 'list' in relation && relation.list ? offeredEntries(relation.list) : []
  const silences = missingEntriesOf(relation).filter((entry) => entry.offered !== false && entry.code !== 'na')
  const codes = [...listed.map(({ code }) => code), ...silences.map(({ code }) => code).filter(isMissingCode)]
  return [...new Set(codes)].map((code) => ({ value: code, label: valueLabel(relation, code) }))
}

/**
 * What each perpetrator was to each victim, for one person at a time, so that it stays short with thirty victims and ten
 * perpetrators. An answer makes the link between the two; taking it back takes the link.
 */
export function LinksForm({ titleOf }: { readonly titleOf: (id: string) => string }): ReactNode {
  const { t } = useLingui()
  const { draft, asked } = useCase()
  const relation = variableOf('rtv', asked)
  const [chosen, setChosen] = useState<string>()
  const markWord = useMarkWord()
  const victims = draft.victims.filter(isPresent).map(({ id }) => id)
  const perpetrators = draft.perpetrators.map(({ id }) => id)
  const [first] = perpetrators
  if (first === undefined || victims.length === 0)
    return (
      <p className="small">{t`Links stand between victims and perpetrators. Add a perpetrator first, if one is known.`}</p>
    )
  const everybody = [...perpetrators, ...victims]
  const person = everybody.find((id) => id === chosen) ?? first
  const pairs = pairsOf(draft).filter((pair) => pair.includes(person))
  const people = everybody.map((id) => ({
    value: id,
    label: [titleOf(id), markWord(id)].filter(Boolean).join(' · '),
  }))
  return (
    <fieldset className="question links" id={questionId('links', 'rtv')} tabIndex={-1}>
      <legend id="links-question">{questionOf(relation)}</legend>
      <Explained variable={relation} describes="links-question" />
      {everybody.length > 2 && (
        <Select label={t`Links of`} choices={people} value={person} onChange={(id) => setChosen(id || undefined)} />
      )}
      <ul className="link-rows">
        {pairs.map((pair) => (
          <LinkRow
            key={pair.join('/')}
            pair={pair}
            other={pair.find((id) => id !== person) ?? person}
            titleOf={titleOf}
          />
        ))}
      </ul>
      {pairs.length > 1 && <SameForAll pairs={pairs} />}
    </fieldset>
  )
}

interface RowProps {
  readonly pair: Pair
  /** The one of the two that the row is named by. */
  readonly other: string
  readonly titleOf: (id: string) => string
}

function LinkRow({ pair, other, titleOf }: RowProps): ReactNode {
  const { t } = useLingui()
  const { form, draft, asked, change } = useCase()
  const relation = variableOf('rtv', asked)
  const [victim, perpetrator] = pair
  const held = relationOf(form.getValues(), pair) || relationOf(draft, pair)
  const about = t`${titleOf(perpetrator)} and ${titleOf(victim)}:`
  return (
    <li className={held ? 'link-row on' : 'link-row'}>
      <span className="who" aria-hidden="true">
        <PersonMark id={other} />
        {titleOf(other)}
      </span>
      <Choice
        relation={relation}
        name={`${about} ${questionOf(relation)}`}
        value={held}
        onChange={(code) => change((now) => linked(now, pair, code))}
      />
    </li>
  )
}

interface ChoiceProps {
  readonly relation: Variable
  readonly name: string
  readonly value: string
  readonly onChange: (code: string) => void
}

/** The platform's own list: short on a telephone, and driven by keys everywhere. */
function Choice({ relation, name, value, onChange }: ChoiceProps): ReactNode {
  const { t } = useLingui()
  const choices = relations(relation)
  const known = value === '' || choices.some((choice) => choice.value === value)
  return (
    <span className="box">
      <Field as="select" aria-label={name} value={value} onChange={(event) => onChange(event.target.value)}>
        <option value="">{t`not answered`}</option>
        {choices.map((choice) => (
          <option key={choice.value} value={choice.value}>
            {choice.label}
          </option>
        ))}
        {!known && <option value={value}>{valueLabel(relation, value)}</option>}
      </Field>
    </span>
  )
}

/** One relation for every row that is shown; what stood there comes back with Undo. */
function SameForAll({ pairs }: { readonly pairs: readonly Pair[] }): ReactNode {
  const { t } = useLingui()
  const { current, asked, change } = useCase()
  const relation = variableOf('rtv', asked)
  const offerUndo = useOfferUndo()
  const apply = (code: string) => {
    if (code === '') return
    const before = current()
    const label = valueLabel(relation, code)
    change((now) => pairs.reduce((next, pair) => linked(next, pair, code), now))
    offerUndo(t`All of these: ${label}.`, (now) =>
      pairs.reduce((next, pair) => linked(next, pair, relationOf(before, pair)), now),
    )
  }
  return (
    <Select
      label={t`The same for all of these`}
      none={t`Choose`}
      choices={relations(relation)}
      value=""
      onChange={apply}
    />
  )
}
