import type { CaseRecord } from './case-record.ts'
import { withoutDerived } from './derive.ts'
import type { Draft } from './draft.ts'
import { RecordError } from './record-error.ts'

/** The draft of the next revision. Throws a RecordError (withdrawn) for a tombstone: nothing of it is left to amend. */
export function draftOf(record: CaseRecord): Draft {
  if (record.state === 'withdrawn') throw new RecordError('withdrawn')
  const { revision: _, previous: __, state: ___, finishedAt: ____, ...draft } = record
  return withoutDerived(draft)
}
