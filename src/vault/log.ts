import type { AuditEvent } from './audit.ts'
import { commit } from './commit.ts'
import type { Session } from './session.ts'
import { VaultError } from './vault-error.ts'

/**
 * Writes an entry for something that changed no row, into the log of the circle that `circleOf` names, the account's home
 * by itself. Throws VaultError `quota` or `store`.
 */
export async function log(session: Session, event: AuditEvent, circleOf?: () => Promise<string>): Promise<void> {
  const done = await commit<{ status: 'done' }>(
    session,
    async () => ({
      result: { status: 'done' },
      event,
      encryptions: 0,
      guard: async () => true,
      write: async () => undefined,
    }),
    circleOf,
  )
  if (done.status === 'not-saved') throw new VaultError(done.reason)
}

/** The same for what must go on even where the log cannot be written; whatever is changed later needs it, and says so. */
export async function logIfPossible(
  session: Session,
  events: readonly AuditEvent[],
  circleOf?: () => Promise<string>,
): Promise<void> {
  try {
    for (const event of events) await log(session, event, circleOf)
  } catch (error) {
    if (!(error instanceof VaultError)) throw error
  }
}
