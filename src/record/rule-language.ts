import { levelOneOf } from '../codebook/forms-of-exploitation.ts'
import type { Comparison, Condition, Operator } from '../codebook/rule.ts'
import { isExclusive, isMissing } from './codes.ts'
import { isEmpty, isSame, type Json } from './json.ts'
import { looksPersonal } from './looks-personal.ts'
import { compareDates, parsePartialDate, precisionOf } from './partial-date.ts'
import { allOf, anyOf, notOf, type Truth } from './three-valued.ts'
import { ownerOf } from './unit-answers.ts'

/** What a condition may ask of one unit. */
export interface Reader {
  /** What a `var` of `ruleGrammar` stands for here. */
  read(ref: string): Json | undefined
  /** `*`: each of the rule's variables that the unit holds. */
  held(): readonly string[]
}

/** Whether a condition of the codebook holds (`ruleGrammar`: combinators, ops, logic). */
export function truthOf(condition: Condition, reader: Reader): Truth {
  if ('all' in condition) return allOf(condition.all, (one) => truthOf(one, reader))
  if ('any' in condition) return anyOf(condition.any, (one) => truthOf(one, reader))
  if ('not' in condition) return notOf(truthOf(condition.not, reader))
  if (condition.var === '*') return allOf(reader.held(), (code) => compare(code, condition, reader))
  return compare(condition.var, condition, reader)
}

function compare(ref: string, comparison: Comparison, reader: Reader): Truth {
  return operators[comparison.op](reader.read(ref), rightSide(comparison, reader), ref)
}

function rightSide(comparison: Comparison, reader: Reader): Json | undefined {
  if (!('value' in comparison)) return undefined
  const { value } = comparison
  return typeof value === 'object' && 'var' in value ? reader.read(value.var) : (value as Json)
}

type Test = (left: Json | undefined, right: Json | undefined, ref: string) => Truth

const operators: Readonly<Record<Operator, Test>> = {
  eq: (left, right) => !isEmpty(left) && !isEmpty(right) && isSame(left, right),
  in: (left, right) => !isEmpty(left) && items(right).some((one) => isSame(one, left)),
  includes: (left, right) => items(left).some((one) => isSame(one, right)),
  includesAny: (left, right) => items(left).some((one) => items(right).some((other) => isSame(one, other))),
  includesL1: (left, right) => texts(left).some((code) => levelOneOf(code) === right),
  countEq: (left, right) => items(left).length === right,
  countGte: (left, right) => items(left).length >= Number(right),
  countL1Gte: (left, right) => levelOnes(left) >= Number(right),
  countL1Lte: (left, right) => levelOnes(left) <= Number(right),
  exclusiveAlone: (left, _, ref) => {
    const variable = ownerOf(ref)
    const alone = (code: string) => (variable === undefined ? isMissing(code) : isExclusive(variable, code))
    return texts(left).length <= 1 || !texts(left).some(alone)
  },
  lt: (left, right) => ordered(left, right, (one, other) => one < other),
  lte: (left, right) => ordered(left, right, (one, other) => one <= other),
  gt: (left, right) => ordered(left, right, (one, other) => one > other),
  between: (left, right) => {
    const [least, most] = items(right)
    return allOf(
      [ordered(least, left, (one, other) => one <= other), ordered(left, most, (one, other) => one <= other)],
      (truth) => truth,
    )
  },
  dateLte: (left, right) => dated(left, right, (order) => order <= 0),
  dateGt: (left, right) => dated(left, right, (order) => order > 0),
  precisionGte: (left, right) => {
    if (typeof left !== 'string') return undefined
    if (parsePartialDate(left.slice(0, 10)) === undefined && parsePartialDate(left) === undefined) return undefined
    return precisions.indexOf(precisionOf(left) ?? '') >= precisions.indexOf(String(right))
  },
  empty: (left) => isEmpty(left),
  notEmpty: (left) => !isEmpty(left),
  exists: (left) => !isEmpty(left),
  single: (left) => !Array.isArray(left),
  unique: (left) => new Set(texts(left)).size === texts(left).length,
  isNumber: (left) => typeof left === 'number' && Number.isFinite(left),
  isCode: (left) => !isEmpty(left) && !isMissing(left),
  looksPersonal: (left) => texts(left).some(looksPersonal),
}

const precisions = ['year', 'month', 'day']

/** A list's items; one value is a list of itself, an empty one of nothing. */
function items(value: Json | undefined): readonly Json[] {
  if (Array.isArray(value)) return value
  return isEmpty(value) ? [] : [value as unknown as Json]
}

function texts(value: Json | undefined): readonly string[] {
  return items(value).filter((item) => typeof item === 'string')
}

function levelOnes(value: Json | undefined): number {
  return new Set(
    texts(value)
      .map(levelOneOf)
      .filter((code) => code !== '7' && code !== '8'),
  ).size
}

function ordered(
  left: Json | undefined,
  right: Json | undefined,
  test: (left: number, right: number) => boolean,
): Truth {
  return typeof left === 'number' && typeof right === 'number' ? test(left, right) : undefined
}

function dated(left: Json | undefined, right: Json | undefined, test: (order: number) => boolean): Truth {
  if (typeof left !== 'string' || typeof right !== 'string') return undefined
  const order = compareDates(left, right)
  return order === undefined ? undefined : test(order)
}
