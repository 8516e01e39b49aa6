import { variable as variableOf } from '../src/codebook/codebook.ts'
import { englishWording } from '../src/codebook/english-wording.ts'
import { countryName, isCountryCode } from '../src/codebook/lists/countries.ts'
import { isLanguageCode, languageName } from '../src/codebook/lists/languages.ts'
import type { Variable } from '../src/codebook/variable.ts'
import type { Answer } from '../src/record/answers.ts'

/** Answers by code of the variable, as a finished record writes them, in the order in which they are given. */
export type Told = Readonly<Record<string, Answer>>

/** What somebody has to tell, unit by unit. */
export interface ToldCase {
  readonly victims: readonly Told[]
  readonly perpetrators?: readonly Told[]
  /** Counted from 0; `rtv` as a code. */
  readonly links?: readonly { readonly perpetrator: number; readonly victim: number; readonly rtv: string }[]
  readonly event: Told
  readonly reportingEntity?: Told
}

const english = englishWording()

function wordsFor(key: string): string {
  const words = english.get(key)
  if (words === undefined) throw new Error(`the codebook has no English for ${key}`)
  return words
}

export const questionWords = (code: string): string => wordsFor(`${code}.question`)

/** What stands in the row of this code. */
export function valueWords({ kind, ...variable }: Variable, code: string): string {
  if (kind === 'exploitation') return wordsFor(`forms-of-exploitation.${code}.short`)
  if (['country', 'place', 'article'].includes(kind) && isCountryCode(code)) return countryName(code, 'en')
  if (kind === 'language' && isLanguageCode(code)) return languageName(code, 'en')
  const list = 'list' in variable ? variable.list : undefined
  return english.get(`${list?.id}.${code}`) ?? wordsFor(`missing.${code}`)
}

/** The silence that this answer is, if it is one. */
export function silenceIn(answer: Answer): string | undefined {
  const only = Array.isArray(answer) && answer.length === 1 ? answer[0] : answer
  return only === 'nk' || only === 'na' || only === 'ref' ? only : undefined
}

/** The variable whose question an answer stands at: its own, or the one that it stands beside (`mocText`, `stvPresumed`). */
export const askedBy = (key: string): Variable => variableOf(key.replace(/(?:Text|Presumed)$/, ''))
