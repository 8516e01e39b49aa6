import * as z from 'zod/mini'
import { isCountryCode } from '../codebook/lists/countries.ts'
import { isLanguageCode } from '../codebook/lists/languages.ts'
import type { CountryVariable, Variable } from '../codebook/variable.ts'
import { variable as variableOf } from '../codebook/codebook.ts'
import { codesWithText, countedAs, isMissing, onlyByRule, orderOf } from './codes.ts'
import { inOrder, withoutOwnParents } from './canonical.ts'
import type { Json } from './json.ts'
import { isMoment } from './moment.ts'
import { parsePartialDate } from './partial-date.ts'
import { shortText } from './short-text.ts'

/** One answer; its form follows from the kind of its variable. A key that is absent was not asked, or not entered. */
export type Answer = Json

/** Answers of one unit by variable code, with texts beside codes and marks (`toeText`, `stvPresumed`). */
export type Answers = Record<string, Answer>

type AnswerSchema = z.ZodMiniType<Answer>

/** One answer of this variable to the letter of the record's shape, its missing codes among them. */
export function answerSchema(variable: Variable): AnswerSchema {
  const silence = text((code) => isMissing(code) && (variable.missing as string[]).includes(code))
  switch (variable.kind) {
    case 'coded':
      return text((code) => isCodeOf(variable, code))
    case 'codes':
      return list((codes) => codes.every((code) => isCodeOf(variable, code)) && isInOrder(variable, codes))
    case 'exploitation':
      return list((codes) => isTypes(variable, codes))
    case 'sectors':
      return list((codes) => codes.every((code) => orderOf(variable).includes(code)) && isInOrder(variable, codes))
    case 'country':
      return variable.multiple
        ? list((codes) => codes.every((code) => isCountryOf(variable, code)))
        : text((code) => isCountryOf(variable, code))
    case 'language':
      return text((code) => isLanguageCode(code) || orderOf(variable).includes(code))
    case 'count':
      return z.union([z.int().check(z.gte(variable.range.min), z.lte(variable.range.max)), silence])
    case 'date':
      return text((date) => parsePartialDate(date) !== undefined || orderOf(variable).includes(date))
    case 'moment':
      return text(isMoment)
    case 'place':
      return z.union([place, z.literal('nk')])
    case 'article':
      return z.union([article, silence])
    case 'organisation':
      return organisation
  }
}

/** Short texts by code beside an answer; `undefined` where the variable has none. */
export function textsSchema(variable: Variable): AnswerSchema | undefined {
  const codes = codesWithText(variable)
  if (variable.texts === undefined || codes.length === 0) return undefined
  return z
    .strictObject(Object.fromEntries(codes.map((code) => [code, z.exactOptional(shortText(200))])))
    .check(z.refine((texts) => Object.keys(texts).length > 0)) as AnswerSchema
}

const country = text(isCountryCode)
const place = z.union([
  z.strictObject({ country, area: z.exactOptional(shortText(200)) }),
  z.strictObject({ extraterritorial: z.literal(true) }),
]) as AnswerSchema
const article = z.strictObject({
  country: z.exactOptional(country),
  law: z.exactOptional(shortText(120)),
  article: shortText(120),
}) as AnswerSchema
const organisation = z.strictObject({
  orgCode: shortText(200),
  orgType: text((code) => isCodeOf(variableOf('ret'), code) && !onlyByRule(variableOf('ret'), code)),
}) as AnswerSchema

function text(allowed: (text: string) => boolean) {
  return z.string().check(z.refine(allowed))
}

/** No repeats; a missing code is the only item. */
function list(allowed: (codes: readonly string[]) => boolean) {
  return z.array(z.string()).check(
    z.minLength(1),
    z.refine((codes) => new Set(codes).size === codes.length && (codes.length === 1 || !codes.some(isMissing))),
    z.refine(allowed),
  )
}

/** A code of the list, or an organisation's own value beneath one that is no silence. */
function isCodeOf(variable: Variable, code: string): boolean {
  return (
    orderOf(variable).includes(code) || (!isMissing(countedAs(code)) && orderOf(variable).includes(countedAs(code)))
  )
}

function isCountryOf(variable: CountryVariable, code: string): boolean {
  return isCountryCode(code) || orderOf(variable).includes(code)
}

function isInOrder(variable: Variable, codes: readonly string[]): boolean {
  return same(codes, inOrder(variable, codes))
}

/** Most detailed codes; the root is never stored, and 8 only alone (from an import that lost the components). */
function isTypes(variable: Variable, codes: readonly string[]): boolean {
  const known = codes.every((code) => code !== '0' && orderOf(variable).includes(code))
  const mixed = codes.includes('8') && codes.length > 1
  return known && !mixed && same(codes, withoutOwnParents(inOrder(variable, codes)))
}

function same(left: readonly string[], right: readonly string[]): boolean {
  return left.length === right.length && left.every((code, place) => code === right[place])
}
