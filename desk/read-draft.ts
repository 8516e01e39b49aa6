import type { BoxItem } from '../src/batch/box.ts'
import { safetyCopySchema, safetyCopyVersion, type SafetyCopy } from '../src/batch/safety-copy.ts'
import type { Draft } from '../src/record/draft.ts'
import { RecordError } from '../src/record/record-error.ts'
import { upgradeDraft } from '../src/record/upgrades.ts'

/** Why an item of a box is no safety copy that can be given back. */
const draftReasons = ['not-a-draft', 'newer-schema'] as const
export type DraftReason = (typeof draftReasons)[number]

export interface ReadDraft {
  readonly copy: SafetyCopy
  readonly draft: Draft
}

/** The safety copy in an item, to the letter: its shape, a draft in it, and the item's own members the same as its. */
export function readDraft(item: BoxItem): ReadDraft | DraftReason {
  if (item.schema > safetyCopyVersion) return 'newer-schema'
  const copy = safetyCopySchema.safeParse(jsonOf(item.payload)).data
  if (!copy) return 'not-a-draft'
  try {
    const draft = upgradeDraft(copy.case.body.draft)
    return describes(item, copy, draft) ? { copy, draft } : 'not-a-draft'
  } catch (cause) {
    if (!(cause instanceof RecordError)) throw cause
    return cause.reason === 'unknown-schema' ? 'newer-schema' : 'not-a-draft'
  }
}

function describes({ caseId, revision, previous }: BoxItem, { case: { body } }: SafetyCopy, draft: Draft): boolean {
  const last = body.finished.at(-1)
  return caseId === draft.caseId && revision === (last?.revision ?? 0) + 1 && previous === (last?.sha256 ?? null)
}

function jsonOf(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    return undefined
  }
}
