import type { Adopted, NotSaved, Unreceived } from './api.ts'
import { circleOf, isStillRow, readCase, sealInto, type ReadCase } from './cases.ts'
import { commit } from './commit.ts'
import type { AuditEntry } from './payload.ts'
import { ciphertextHash } from './rows.ts'
import type { Session } from './session.ts'
import { digestOf } from './summary.ts'
import { exactNow } from './tools.ts'
import { VaultError } from './vault-error.ts'

/** Throws VaultError `not-found`, `cannot-open` or `newer`. */
export const unreceivedOf = async (session: Session, id: string): Promise<Unreceived> =>
  unreceived(await readCase(session, id))

async function unreceived({ body, draft }: ReadCase): Promise<Unreceived> {
  const kept = body.finished.filter(({ state }) => state !== 'received' && state !== 'opened')
  return {
    revisions: kept.map(({ revision }) => revision),
    draft: body.asFinished === undefined || body.asFinished !== (await digestOf(draft)),
  }
}

/**
 * Removes the readable copy of a case and of its revisions. What was sealed still leaves, and the log keeps a line: case
 * code, last revision, its digest. Throws as `unreceivedOf` does.
 */
export function removeCase(
  session: Session,
  id: string,
): Promise<{ readonly status: 'removed'; readonly unreceived: Unreceived } | NotSaved> {
  const { records, revisions } = session.tools.database
  return commit(
    session,
    async () => {
      const read = await readCase(session, id)
      return {
        result: { status: 'removed', unreceived: await unreceived(read) },
        event: { action: 'remove', target: id, rev: read.row.rev, line: lineOf(read) },
        encryptions: 0,
        guard: () => isStillRow(session, read),
        async write() {
          await records.delete(id)
          await revisions.bulkDelete(read.body.finished.map(({ row }) => row))
        },
      }
    },
    circleOf(session, id),
  )
}

/** What the log keeps of a case that goes. */
export function lineOf({ body, draft }: ReadCase): NonNullable<AuditEntry['line']> {
  const last = body.finished.at(-1)
  return last ? { code: draft.code, revision: last.revision, sha256: last.sha256 } : { code: draft.code, revision: 0 }
}

/** See `adopt` of the api. Throws VaultError `not-found`, `cannot-open` or `newer` for the copy. */
export function adoptCopy(session: Session, copyId: string): Promise<Adopted> {
  const { records } = session.tools.database
  return commit<Adopted>(
    session,
    async () => {
      const copy = await readCase(session, copyId)
      const original = copy.body.copyOf === undefined ? undefined : await foundCase(session, copy.body.copyOf)
      if (!original || original.body.withdrawn) return { stop: { status: 'no-case' } }
      const rev = original.row.rev + 1
      const aside = copy.body.aside ?? original.body.aside
      const body = {
        ...original.body,
        ...(aside && { aside }),
        draft: copy.draft,
        changedAt: exactNow(session.tools.clock),
      }
      const row = await sealInto(session, original, rev, copy.draft, body)
      return {
        result: { status: 'adopted', id: row.id, rev },
        event: { action: 'adopt', target: row.id, from: copyId, rev, ctHash: await ciphertextHash(row) },
        encryptions: 2,
        guard: async () => (await isStillRow(session, copy)) && (await isStillRow(session, original)),
        async write() {
          await records.put(row)
          await records.delete(copyId)
        },
      }
    },
    circleOf(session, copyId),
  )
}

async function foundCase(session: Session, id: string): Promise<ReadCase | undefined> {
  try {
    return await readCase(session, id)
  } catch (error) {
    if (error instanceof VaultError && error.reason === 'not-found') return undefined
    throw error
  }
}
