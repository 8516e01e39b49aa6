import { levelOneOf } from '../codebook/forms-of-exploitation.ts'
import type { Variable } from '../codebook/variable.ts'
import { codesWithText, countedAs, orderOf } from './codes.ts'
import { isEmpty, isObject, type Json } from './json.ts'
import { tidyText } from './short-text.ts'

/** The codes in the order of the codebook's list; own values where the value they count as stands, unknown codes last. */
export function inOrder(variable: Variable, codes: readonly string[]): string[] {
  const order = orderOf(variable)
  const rank = (code: string) => {
    const place = order.indexOf(countedAs(code))
    return place === -1 ? order.length : place
  }
  return [...codes].sort((left, right) => rank(left) - rank(right))
}

/** A code beside its own sub-code is dropped. */
export function withoutOwnParents(codes: readonly string[]): string[] {
  return codes.filter(
    (code) => code.includes('.') || !codes.some((other) => other !== code && levelOneOf(other) === code),
  )
}

/**
 * An answer as a finished revision writes it: no repeats, the order of the list where there is one, tidy texts, no empty
 * parts. `undefined` for an empty one. What is no answer of this variable comes back as it is, for the schema to refuse.
 */
export function canonicalAnswer(variable: Variable, answer: Json | undefined): Json | undefined {
  if (isEmpty(answer)) return undefined
  if (isObject(answer)) return tidyParts(answer)
  if (!isCodes(answer)) return answer
  const codes = [...new Set(answer)]
  if (variable.kind === 'exploitation') return withoutOwnParents(inOrder(variable, codes))
  return variable.kind === 'country' ? codes : inOrder(variable, codes)
}

/** Texts beside codes: only while that code is chosen, in the order of the list. */
export function canonicalTexts(
  variable: Variable,
  texts: Json | undefined,
  answer: Json | undefined,
): Json | undefined {
  if (!isObject(texts)) return isEmpty(texts) ? undefined : texts
  const chosen = chosenCodes(answer)
  const kept = codesWithText(variable).filter((code) => code in texts && chosen.includes(code))
  return tidyParts(Object.fromEntries(kept.map((code) => [code, texts[code] ?? ''])))
}

/** What an answer chose, own values as the values that they count as. */
export function chosenCodes(answer: Json | undefined): string[] {
  const codes = Array.isArray(answer) ? answer : [answer]
  return codes.filter((code) => typeof code === 'string').map(countedAs)
}

function tidyParts(parts: { [part: string]: Json }): Json | undefined {
  const tidy = Object.entries(parts).map(
    ([part, value]) => [part, typeof value === 'string' ? tidyText(value) : value] as const,
  )
  const kept = tidy.filter(([, value]) => !isEmpty(value))
  return kept.length === 0 ? undefined : Object.fromEntries(kept)
}

function isCodes(answer: Json | undefined): answer is string[] {
  return Array.isArray(answer) && answer.every((code) => typeof code === 'string')
}
