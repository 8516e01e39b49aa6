import type { CodeList, Entry } from '../../src/codebook/code-list.ts'
import { allVariables, missingEntriesOf, variable as variableOf } from '../../src/codebook/codebook.ts'
import { examples } from '../../src/codebook/examples.ts'
import { formsOfExploitation } from '../../src/codebook/forms-of-exploitation.ts'
import { sources } from '../../src/codebook/sources.ts'
import type { Variable } from '../../src/codebook/variable.ts'
import type { Words } from '../words.ts'
import type { Explanation, Row, ShownQuestion } from './shown.ts'

/** What the form has to show of a variable, from the data alone: nothing of `src/form/` is asked. */

export interface Value {
  readonly code: string
  readonly entry: Entry
}

export const listOf = (one: Variable): CodeList | undefined =>
  one.kind === 'exploitation' ? formsOfExploitation : 'list' in one ? one.list : undefined

/** What a person can choose of the variable's own list; of the classification everything but its root and what is derived. */
export function offeredOf(code: string): readonly Value[] {
  const one = variableOf(code)
  const entries: readonly Entry[] =
    one.kind === 'exploitation'
      ? formsOfExploitation.entries.filter(({ selectable }) => selectable)
      : (listOf(one)?.entries ?? [])
  return entries
    .filter((entry) => !entry.missing && entry.offered !== false)
    .map((entry) => ({ code: entry.code, entry }))
}

/** Of the values of the place's list one is a country and an area: two boxes, and no row. */
const rowsOf = (one: Variable): readonly Value[] =>
  offeredOf(one.code).filter(({ code }) => one.kind !== 'place' || code !== 'adm')

/** What one value of a variable is called: a row, or a silence. */
export function wordsOfValue({ word, has }: Words, code: string, value: string): string {
  const one = variableOf(code)
  const list = listOf(one)?.id ?? ''
  if (one.kind === 'exploitation') return word(`${list}.${value}.short`)
  return has(`${list}.${value}`) ? word(`${list}.${value}`) : word(`missing.${value}`)
}

/** Not applicable is offered only where the variable's own list has it, and there only where no rule alone gives it. */
export function silencesOf(words: Words, of: string): readonly string[] {
  const one = variableOf(of)
  const listed = listOf(one)?.entries ?? []
  return missingEntriesOf(one)
    .filter((entry) => entry.offered !== false && (entry.code !== 'na' || listed.includes(entry)))
    .map(({ code }) => wordsOfValue(words, of, code))
}

/** The code of a standard, a number or a letter, stands at the end of its row. */
const codeShown = (code: string): string => (/^(?:\d|[A-Z])/.test(code) ? code : '')

function rowOf(words: Words, one: Variable, { code, entry }: Value): Row {
  const label = wordsOfValue(words, one.code, code)
  const hint = one.kind === 'place' && entry.definition ? words.word(`${listOf(one)?.id}.${code}.definition`) : ''
  const type = one.kind === 'coded' ? 'radio' : 'checkbox'
  return { type, label, text: `${label}${hint}${one.kind === 'place' ? '' : codeShown(code)}` }
}

/** @param chosen which forms of exploitation are chosen, under which the narrower ones stand */
export function rowsShown(words: Words, one: Variable, chosen: readonly string[]): readonly Row[] {
  if (!['coded', 'codes', 'exploitation', 'place'].includes(one.kind)) return []
  const unfolded = ({ entry }: Value) => entry.parent === '0' || chosen.includes(entry.parent ?? '')
  return rowsOf(one)
    .filter((value) => one.kind !== 'exploitation' || unfolded(value))
    .map((value) => rowOf(words, one, value))
}

function definedAnswers(words: Words, one: Variable): Explanation['answers'] {
  const list = listOf(one)
  if (one.kind === 'exploitation')
    return formsOfExploitation.entries
      .filter(({ level }) => level > 0)
      .map(({ code }) => [
        `${code} ${words.word(`${list?.id}.${code}.short`)}`,
        words.word(`${list?.id}.${code}.definition`),
      ])
  if (!list || one.kind === 'place') return []
  return offeredOf(one.code)
    .filter(({ entry }) => entry.definition)
    .map(({ code }) => [words.word(`${list.id}.${code}`), words.word(`${list.id}.${code}.definition`)])
}

const sureness = {
  exact: 'The answers are those of the classification, or of a standard that it names.',
  adapted: "The answers are adapted from another named standard; the classification's own may differ.",
  proposed: 'The answers were proposed for this app, because nothing public was found.',
} as const

function explanationOf(words: Words, one: Variable): Explanation {
  const { say, word } = words
  const { code, provenance, seedCode } = one
  const label = word(`${code}.label`)
  const name =
    seedCode === null ? say('{label} (no code printed; here: {0})', { label, 0: code }) : `${label} (${code})`
  const title = sources.find(({ id }) => id === provenance.source)?.title ?? 'no such source'
  return {
    definition: word(`${code}.definition`),
    example: code in examples ? `${say('For example')} ${word(`${code}.example`)}` : '',
    answers: definedAnswers(words, one),
    facts: [
      [say('Name in IC-TIP'), name],
      [say('How sure'), say(sureness[provenance.confidence])],
      [say('Source'), provenance.source === 'project' ? say('This project') : title],
    ],
  }
}

function depthOf({ say }: Words, { enabledByDefault, step }: Variable): string {
  if (step === 1 || enabledByDefault === true) return ''
  return say(step === 2 ? 'More detail (step 2)' : 'Before and after (step 3)')
}

/** Everything that stands at a question before anybody has touched it. */
export function questionToShow(words: Words, code: string, chosen: readonly string[]): ShownQuestion {
  const one = variableOf(code)
  const derived = one.question === '(derived)'
  return {
    code,
    depth: depthOf(words, one),
    words: words.word(derived ? `${code}.label` : `${code}.question`),
    rows: rowsShown(words, one, chosen),
    silences: derived ? [] : silencesOf(words, code),
    explanation: explanationOf(words, one),
  }
}

/** Codes and short names of standards, which have no other letters in any language. */
const acronyms = ['ISO', 'ISIC', 'ICCS', 'IC-TIP', 'X', ...allVariables.map(({ code }) => code)]

/** Latin words in what was translated, but for codes and acronyms. Titles of sources are quoted as they are. */
export function latinWords(shown: readonly ShownQuestion[]): readonly string[] {
  const said = shown.flatMap(({ words, rows, silences, explanation: { definition, example, answers } }) => [
    words,
    definition,
    example,
    ...rows.map(({ label }) => label),
    ...silences,
    ...answers.flat(),
  ])
  return said.flatMap((text) => text.match(/[A-Za-z][\w-]*/g) ?? []).filter((word) => !acronyms.includes(word))
}
