import * as z from 'zod/mini'
import { isVariableCode, variable as variableOf } from '../codebook/codebook.ts'
import type { Variable } from '../codebook/variable.ts'
import { answerSchema, textsSchema, type Answer } from './answers.ts'
import { chosenCodes } from './canonical.ts'
import { isCaseCode } from './ids.ts'
import { isObject, type Json } from './json.ts'
import { isMoment } from './moment.ts'
import { isDay, parsePartialDate } from './partial-date.ts'
import { RecordError } from './record-error.ts'
import { overridable, storedVariables } from './unit-answers.ts'

/** Version of this shape. */
export const changeSchemaVersion = 1

/** What is said of a case by somebody who has nothing of it but its code. `victim` is n of "Victim n", from 1. */
export type ChangeSaid =
  /** How sure it is, and who decided; `date` of the decision, may be partial. */
  | {
      kind: 'status'
      victim?: number
      date: string
      sta: string
      ret?: string
      dem?: string
    }
  /** How far a criminal case is. */
  | { kind: 'proceedings'; date: string; ces: string }
  /** One answer, in words of the codebook; `texts` beside values such as `other`. */
  | {
      kind: 'correction'
      victim?: number
      variable: string
      value: Answer
      texts?: Record<string, string>
    }
  /** Without `victim`, of the whole case. `share` keeps the data inside the organisation, `all` erases. */
  | { kind: 'consent'; victim?: number; date: string; scope: 'share' | 'all' }

/** One change by code, as it travels: the payload of an item in a `change` box. */
export interface CodeChange {
  v: 1
  /** Of the codebook whose words it uses. */
  edition: string
  /** Of the case, nine digits. */
  code: string
  /** When it was said. */
  at: string
  says: ChangeSaid
}

const statuses: readonly string[] = ['sta', 'ret', 'dem', 'ces']
const fixed: readonly string[] = ['rer', 'dat']

/**
 * What may be corrected by code, of the event or of a victim. Neither what has a kind of change of its own (the statuses)
 * nor who registered the case, and when.
 */
export function correctable(unit: 'event' | 'victim'): readonly Variable[] {
  const stored =
    unit === 'victim'
      ? [...storedVariables('victim'), ...overridable]
      : [...storedVariables('event'), ...storedVariables('reportingEntity')]
  return stored.filter(({ code, question }) => ![...statuses, ...fixed].includes(code) && question !== '(derived)')
}

const answerOf = (code: string) => answerSchema(variableOf(code))
const date = z.string().check(z.refine((text) => parsePartialDate(text) !== undefined))
const victim = z.exactOptional(z.int().check(z.gte(1), z.lte(999)))

const says = z.discriminatedUnion('kind', [
  z.strictObject({
    kind: z.literal('status'),
    victim,
    date,
    sta: answerOf('sta'),
    ret: z.exactOptional(answerOf('ret')),
    dem: z.exactOptional(answerOf('dem')),
  }),
  z.strictObject({ kind: z.literal('proceedings'), date, ces: answerOf('ces') }),
  z
    .strictObject({
      kind: z.literal('correction'),
      victim,
      variable: z.string(),
      value: z.json(),
      texts: z.exactOptional(z.record(z.string(), z.string())),
    })
    .check(z.refine(isCorrection)),
  z.strictObject({
    kind: z.literal('consent'),
    victim,
    date: z.string().check(z.refine(isDay)),
    scope: z.enum(['share', 'all']),
  }),
])

/** One change by code to the letter; unknown members are refused. */
export const codeChangeSchema = z.strictObject({
  v: z.literal(changeSchemaVersion),
  edition: z.string().check(z.regex(/^\d{1,4}\.\d{1,4}\.\d{1,4}$/)),
  code: z.string().check(z.refine(isCaseCode)),
  at: z.string().check(z.refine(isMoment)),
  says,
}) as unknown as z.ZodMiniType<CodeChange>

interface Correction {
  victim?: number | undefined
  variable: string
  value: Json
  texts?: Record<string, string> | undefined
}

function isCorrection({ victim, variable: code, value, texts }: Correction): boolean {
  if (!isVariableCode(code)) return false
  const variable = correctable(victim === undefined ? 'event' : 'victim').find((one) => one.code === code)
  if (variable === undefined || !answerSchema(variable).safeParse(value).success) return false
  if (texts === undefined) return true
  const chosen = chosenCodes(value)
  return (
    textsSchema(variable)?.safeParse(texts).success === true && Object.keys(texts).every((key) => chosen.includes(key))
  )
}

/** The text of one change as it travelled. Throws a RecordError: not-json, unknown-schema (a newer program), bad-shape. */
export function parseCodeChange(text: string): CodeChange {
  const json = parseJson(text)
  const version = isObject(json) ? json['v'] : undefined
  if (typeof version === 'number' && version > changeSchemaVersion) throw new RecordError('unknown-schema')
  const result = codeChangeSchema.safeParse(json)
  if (!result.success) throw new RecordError('bad-shape', { cause: result.error })
  return result.data
}

function parseJson(text: string): Json {
  try {
    return JSON.parse(text) as Json
  } catch (cause) {
    throw new RecordError('not-json', { cause })
  }
}
