/**
 * One saved state of one event: its victims, perpetrators, links and reporting entity, as plain JSON.
 * A finished revision is written once and never changed; what is not in its shape to the letter is refused, by whoever
 * opens it. Drafts (`draft.ts`) are lenient, `rules.ts` judges both, `finish.ts` makes the one into the other.
 * Nothing here knows a person's name, a key or a network.
 */

import * as z from 'zod/mini'
import { incoherences } from './coherence.ts'
import { isCaseCode } from './ids.ts'
import { isMoment } from './moment.ts'
import { RecordError } from './record-error.ts'
import { shortText } from './short-text.ts'
import { idSchema, unitShapes, type Units, type Victim } from './units.ts'
import { upgradeRevision } from './upgrades.ts'

/** Version of this shape. */
export const schemaVersion = 1

interface Head {
  schema: 1
  edition: string
  overlay?: string
  caseId: string
  code: string
  revision: number
  previous: string | null
}

interface Origin {
  origin: 'form' | 'import'
  createdAt: string
  finishedAt: string
  localReference?: string
}

export interface CompleteRecord extends Head, Origin, Units<Victim> {
  state: 'complete'
}

/** A tombstone of the whole case: whoever reads it erases what earlier revisions held. */
export interface WithdrawnRecord extends Head, Origin {
  state: 'withdrawn'
  reason: 'consent' | 'error' | 'duplicate'
  mergedInto?: string
}

export type CaseRecord = CompleteRecord | WithdrawnRecord

const moment = z.string().check(z.refine(isMoment))
const version = z.string().check(z.regex(/^\d{1,4}\.\d{1,4}\.\d{1,4}$/))

const head = {
  schema: z.literal(schemaVersion),
  edition: version,
  overlay: z.exactOptional(shortText(40)),
  caseId: idSchema,
  code: z.string().check(z.refine(isCaseCode)),
  revision: z.int().check(z.gte(1)),
  previous: z.nullable(z.string().check(z.regex(/^[0-9a-f]{64}$/))),
}
const origin = {
  origin: z.enum(['form', 'import']),
  createdAt: moment,
  finishedAt: moment,
  localReference: z.exactOptional(shortText(200)),
}

const complete = z.strictObject({
  ...head,
  state: z.literal('complete'),
  ...origin,
  ...unitShapes,
})
const withdrawn = z.strictObject({
  ...head,
  state: z.literal('withdrawn'),
  reason: z.enum(['consent', 'error', 'duplicate']),
  mergedInto: z.exactOptional(idSchema),
  ...origin,
})

/** One finished revision, exactly as `record-shape.md` has it; unknown members are refused. */
export const caseRecordSchema = z.discriminatedUnion('state', [complete, withdrawn]).check(
  z.superRefine((record, context) => {
    const whole = record as CaseRecord
    for (const path of whole.state === 'complete' ? incoherences(whole) : inTombstone(whole))
      context.addIssue({ code: 'custom', path })
  }),
) as unknown as z.ZodMiniType<CaseRecord>

/**
 * The text of one finished revision as it travelled. Older shapes are brought to this one first.
 * Throws a RecordError: not-json, unknown-schema, bad-shape.
 */
export function parseRevision(text: string): CaseRecord {
  const result = caseRecordSchema.safeParse(upgradeRevision(parseJson(text)))
  if (!result.success) throw new RecordError('bad-shape', { cause: result.error })
  return result.data
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch (cause) {
    throw new RecordError('not-json', { cause })
  }
}

/** Where a tombstone contradicts itself. It is never a first revision: there would be nothing to withdraw. */
function inTombstone({ caseId, revision, previous, reason, mergedInto }: WithdrawnRecord): string[][] {
  const next = revision > 1 && previous !== null
  const merged = (mergedInto !== undefined) === (reason === 'duplicate') && mergedInto !== caseId
  return [...(next ? [] : [['previous']]), ...(merged ? [] : [['mergedInto']])]
}
