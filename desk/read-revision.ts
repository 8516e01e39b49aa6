import type { BoxItem } from '../src/batch/box.ts'
import { parseRevision, type CaseRecord } from '../src/record/case-record.ts'
import { RecordError } from '../src/record/record-error.ts'

/** Why an item of a box is no revision that can be taken in. */
export const revisionReasons = ['not-a-record', 'newer-schema', 'item-differs'] as const
export type RevisionReason = (typeof revisionReasons)[number]

export type RevisionRead =
  | { readonly status: 'read'; readonly record: CaseRecord }
  | { readonly status: 'not-read'; readonly reason: RevisionReason }

/** The revision in an item: its shape to the letter, and the item's own members the same as the revision's. */
export function readRevision(item: BoxItem): RevisionRead {
  try {
    const record = parseRevision(item.payload)
    return describes(item, record) ? { status: 'read', record } : { status: 'not-read', reason: 'item-differs' }
  } catch (cause) {
    if (!(cause instanceof RecordError)) throw cause
    return { status: 'not-read', reason: cause.reason === 'unknown-schema' ? 'newer-schema' : 'not-a-record' }
  }
}

function describes(item: BoxItem, { caseId, revision, previous, schema }: CaseRecord): boolean {
  const same = item.caseId === caseId && item.revision === revision && item.previous === previous
  return same && item.schema >= schema
}
