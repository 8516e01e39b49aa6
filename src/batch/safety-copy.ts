import * as z from 'zod/mini'
import { digestSchema, idSchema } from './signed-text.ts'

/** Version of the shape below, as an item names it. */
export const safetyCopyVersion = 1

const count = z.int().check(z.nonnegative())
const shortText = z.string().check(z.maxLength(200))
const moment = z.string().check(z.refine((text) => Number.isFinite(Date.parse(text))))

/** A version that was finished before; its text travels in a box of its own. */
const finishedSchema = z.strictObject({
  revision: z.int().check(z.positive()),
  row: idSchema,
  sha256: digestSchema,
  at: moment,
  state: z.enum(['tablet-only', 'ready', 'received', 'opened', 'attention']),
})

/**
 * What a `draft` box holds of a case: what a copy of the tablet would, without the texts of finished versions and
 * without what never leaves a tablet. The draft itself is looked at with the record's own upgrades.
 */
export const safetyCopySchema = z.strictObject({
  circle: z.enum(['me', 'team']),
  case: z.strictObject({
    v: z.literal(1),
    id: idSchema,
    from: idSchema,
    rev: count,
    body: z.strictObject({
      draft: z.unknown(),
      changedAt: moment,
      place: z.exactOptional(z.strictObject({ section: shortText, field: z.exactOptional(shortText) })),
      finished: z.array(finishedSchema),
      asFinished: z.exactOptional(digestSchema),
      closedAt: z.exactOptional(moment),
    }),
    revisions: z.array(z.strictObject({ row: idSchema, text: z.string() })).check(z.maxLength(0)),
  }),
})
export type SafetyCopy = z.infer<typeof safetyCopySchema>
