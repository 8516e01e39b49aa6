import { sameBytes, utf8 } from '../seal/bytes.ts'
import { commit } from './commit.ts'
import { isPin } from './create-account.ts'
import { logIfPossible } from './log.ts'
import { openPin, sealPin } from './own-columns.ts'
import type { Session } from './session.ts'
import { accountRow } from './account-row.ts'
import { VaultError } from './vault-error.ts'

const mostTries = 3

/** The cover's PIN. It protects nothing on the disk; the third wrong one, and having none, mean: lock. Wrong ones are logged. */
export async function judgePin(session: Session, pin: string): Promise<'right' | 'wrong' | 'lock'> {
  const kept = await openPin(session.adk, await accountRow(session.tools, session.accountId)).catch(() => '')
  if (kept === '') return 'lock'
  session.pinTries++
  if (sameBytes(utf8(kept), utf8(pin))) {
    session.pinTries = 0
    return 'right'
  }
  const judged = session.pinTries < mostTries ? 'wrong' : 'lock'
  await logIfPossible(session, [{ action: 'failed-pin' }])
  return judged
}

/** Six digits, or '' for none. Throws VaultError `bad-input`, `quota`, `store`. */
export async function changePin(session: Session, pin: string): Promise<void> {
  if (pin !== '' && !isPin(pin)) throw new VaultError('bad-input')
  const sealed = await sealPin(session.adk, session.accountId, pin)
  const done = await commit<{ status: 'done' }>(session, async () => ({
    result: { status: 'done' },
    event: { action: 'pin' },
    encryptions: 0,
    guard: async () => true,
    write: () => session.tools.database.accounts.update(session.accountId, { pin: sealed }),
  }))
  if (done.status === 'not-saved') throw new VaultError(done.reason)
  session.hasPin = pin !== ''
}
