import * as z from 'zod/mini'
import { variable } from '../codebook/codebook.ts'
import { consentFields, type ConsentId } from '../codebook/consent.ts'
import { answerSchema, type Answers } from './answers.ts'
import { isId } from './ids.ts'
import { isDay, parsePartialDate } from './partial-date.ts'
import { answersSchema, overridable, storedVariables } from './unit-answers.ts'

export interface ConsentAnswer {
  value: 'yes' | 'no'
  date: string
}

/** By field of the codebook; absent = not asked. `withdrawn` with scope `share` counts as `share` = no. */
export type Consent = { [F in ConsentId]?: ConsentAnswer } & { withdrawn?: { date: string; scope: 'share' } }

export interface Victim {
  id: string
  consent: Consent
  answers: Answers
  /** Answers of event and reporting entity that are other for this victim. */
  overrides?: Answers
}

/** All that is left of a victim who withdrew, or was entered in error. Not counted, not exported. */
export interface VictimTombstone {
  id: string
  withdrawn: { date: string; reason: 'consent' | 'error' }
}

export interface Perpetrator {
  id: string
  answers: Answers
}

export interface Link {
  victim: string
  perpetrator: string
  answers: Answers
}

/** `date` is that of the decision and may be partial. `ret` and `dem` are absent where the status leaves them closed. */
export type HistoryEntry =
  | { date: string; victim?: string; sta: string; ret?: string; dem?: string }
  | { date: string; victim?: string; ces: string }

/** A check that the worker confirmed: `at` is `event` or a unit's id. */
export interface Confirmation {
  rule: string
  at: string
}

/** What one event consists of, in a draft and in a finished revision. */
export interface Units<V> {
  event: { answers: Answers }
  reportingEntity: { answers: Answers }
  victims: (V | VictimTombstone)[]
  perpetrators: Perpetrator[]
  links: Link[]
  /** Every value that `sta` and `ces` ever had, oldest first. */
  history: HistoryEntry[]
  confirmed: Confirmation[]
}

/** Whether a victim's answers are still here. */
export function isPresent<V extends object>(victim: V | VictimTombstone): victim is V {
  return 'answers' in victim
}

export const idSchema = z.string().check(z.refine(isId))
const day = z.string().check(z.refine(isDay))
const date = z.string().check(z.refine((text) => parsePartialDate(text) !== undefined))
const consentAnswer = z.strictObject({ value: z.enum(['yes', 'no']), date: day })
const consent = z.strictObject({
  ...Object.fromEntries(consentFields.map((field) => [field.id, z.exactOptional(consentAnswer)])),
  withdrawn: z.exactOptional(z.strictObject({ date: day, scope: z.literal('share') })),
})

const overrides = answersSchema(overridable).check(z.refine((answers) => Object.keys(answers).length > 0))
const victim = z.strictObject({
  id: idSchema,
  consent,
  answers: answersSchema(storedVariables('victim')),
  overrides: z.exactOptional(overrides),
})
const tombstone = z.strictObject({
  id: idSchema,
  withdrawn: z.strictObject({ date: day, reason: z.enum(['consent', 'error']) }),
})

const answerOf = (code: string) => answerSchema(variable(code))
const historyEntry = z.union([
  z.strictObject({
    date,
    victim: z.exactOptional(idSchema),
    sta: answerOf('sta'),
    ret: z.exactOptional(answerOf('ret')),
    dem: z.exactOptional(answerOf('dem')),
  }),
  z.strictObject({ date, victim: z.exactOptional(idSchema), ces: answerOf('ces') }),
])

const perpetrator = z.strictObject({ id: idSchema, answers: answersSchema(storedVariables('perpetrator')) })
const link = z.strictObject({
  victim: idSchema,
  perpetrator: idSchema,
  answers: answersSchema(storedVariables('link')),
})

/** Each unit to the letter; what must agree between them is in `coherence.ts`. */
export const unitShapes = {
  event: z.strictObject({ answers: answersSchema(storedVariables('event')) }),
  reportingEntity: z.strictObject({ answers: answersSchema(storedVariables('reportingEntity')) }),
  victims: z.array(z.union([victim, tombstone])).check(z.minLength(1)),
  perpetrators: z.array(perpetrator),
  links: z.array(link),
  history: z.array(historyEntry),
  confirmed: z.array(z.strictObject({ rule: z.string(), at: z.string() })),
}
