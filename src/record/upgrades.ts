import { withoutDerived } from './derive.ts'
import { type Draft, draftSchema } from './draft.ts'
import { RecordError } from './record-error.ts'

type Json = Record<string, unknown>
interface Upgrade {
  /** From this version of the shape to the next one. */
  readonly from: number
  readonly revision: (json: Json) => Json
  readonly draft: (json: Json) => Json
}

/** From an older shape to this one, step by step; the next shape adds one entry. */
const upgrades: readonly Upgrade[] = []
const current = 1

/**
 * A draft as it is opened again, without what rules set (`withoutDerived`).
 * Throws a RecordError: unknown-schema (a newer program wrote it), bad-shape.
 */
export function upgradeDraft(json: unknown): Draft {
  const result = draftSchema.safeParse(upgraded(json, 'draft'))
  if (!result.success) throw new RecordError('bad-shape', { cause: result.error })
  return withoutDerived(result.data)
}

/** The JSON of a revision in today's shape; `caseRecordSchema` still has to look at it. Throws as `upgradeDraft` does. */
export function upgradeRevision(json: unknown): unknown {
  return upgraded(json, 'revision')
}

function upgraded(json: unknown, form: 'draft' | 'revision'): unknown {
  if (typeof json !== 'object' || json === null || Array.isArray(json)) throw new RecordError('bad-shape')
  let result = json as Json
  const version = Number(result['schema'])
  if (!Number.isInteger(version) || version < 1 || version > current) throw new RecordError('unknown-schema')
  for (const step of upgrades.filter((step) => step.from >= version)) result = step[form](result)
  return result
}
