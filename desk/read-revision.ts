import type { BoxItem } from '../src/batch/box.ts'
import { edition } from '../src/codebook/edition.ts'
import { parseRevision, type CaseRecord } from '../src/record/case-record.ts'
import { inspect } from '../src/record/inspect.ts'
import { RecordError } from '../src/record/record-error.ts'

/** Why an item of a box is no revision that can be taken in. */
const revisionReasons = ['not-a-record', 'newer-schema', 'item-differs', 'derived-differs', 'rule-broken'] as const
export type RevisionReason = (typeof revisionReasons)[number]

export type RevisionRead =
  | { readonly status: 'read'; readonly record: CaseRecord }
  | { readonly status: 'not-read'; readonly reason: RevisionReason; readonly rules: readonly string[] }

/**
 * The revision in an item: its shape to the letter, the item's own members the same as the revision's, and what the
 * rules of its edition derive and demand (record-shape.md, "Derived"). The rules of another edition than this program's
 * are not at hand, so such a revision is judged by its shape alone.
 */
export function readRevision(item: BoxItem): RevisionRead {
  try {
    const record = parseRevision(item.payload)
    return describes(item, record) ? judged(record) : notRead('item-differs')
  } catch (cause) {
    if (!(cause instanceof RecordError)) throw cause
    return notRead(cause.reason === 'unknown-schema' ? 'newer-schema' : 'not-a-record')
  }
}

const notRead = (reason: RevisionReason, rules: readonly string[] = []) =>
  ({ status: 'not-read', reason, rules }) as const

function describes(item: BoxItem, { caseId, revision, previous, schema }: CaseRecord): boolean {
  const same = item.caseId === caseId && item.revision === revision && item.previous === previous
  return same && item.schema <= schema
}

function judged(record: CaseRecord): RevisionRead {
  const findings = record.state === 'complete' && record.edition === edition ? inspect(record, record.finishedAt) : []
  if (findings.length === 0) return { status: 'read', record }
  const derived = findings.some(({ severity }) => severity === 'derive')
  return notRead(derived ? 'derived-differs' : 'rule-broken', [...new Set(findings.map(({ rule }) => rule))])
}
