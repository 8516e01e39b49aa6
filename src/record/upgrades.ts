import { codebook, type Codebook } from '../codebook/codebook.ts'
import { withoutDerived } from './derive.ts'
import { type Draft, draftSchema } from './draft.ts'
import { underCodebook } from './kept.ts'
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

/** From the answers of one edition of the codebook to the next: codes that were renamed, values that were split. */
export interface EditionStep {
  readonly from: string
  readonly to: string
  readonly draft: (draft: Draft) => Draft
}

/** The next edition that renames something adds one entry. What a step leaves and the codebook no longer has, is kept. */
const editionSteps: readonly EditionStep[] = []

/**
 * A draft as it is opened again: in today's shape and edition, as the organisation asks it, without what rules set
 * (`withoutDerived`); answers that no longer fit are in `kept`. Throws a RecordError: unknown-schema (a newer program
 * wrote it), bad-shape.
 */
export function upgradeDraft(json: unknown, asked: Codebook = codebook, steps = editionSteps): Draft {
  const result = draftSchema.safeParse(upgraded(json, 'draft'))
  if (!result.success) throw new RecordError('bad-shape', { cause: result.error })
  const stepped = inEdition(result.data, asked.edition, steps)
  return withoutDerived(underCodebook(stepped, asked))
}

function inEdition(draft: Draft, edition: string, steps: readonly EditionStep[]): Draft {
  if (draft.edition === edition) return draft
  const step = steps.find(({ from }) => from === draft.edition)
  return step === undefined
    ? { ...draft, edition }
    : inEdition({ ...step.draft(draft), edition: step.to }, edition, steps)
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
