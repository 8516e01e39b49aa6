import { toBase64Url } from '../seal/base64url.ts'
import { utf8, type Bytes } from '../seal/bytes.ts'
import type { Trail, TrailEntry } from './api.ts'
import { readAudit } from './audit.ts'
import { kindOf } from './circle-kinds.ts'
import type { AuditEntry } from './payload.ts'
import type { Session } from './session.ts'
import { unreadableRows } from './tidying.ts'

/** The logs of all circles of the account, newest entry first. */
export async function trail(session: Session): Promise<readonly Trail[]> {
  const accounts = await session.tools.database.accounts.toArray()
  const labels = new Map(accounts.map(({ accountId, label }) => [accountId, label]))
  const circleIds = [...new Set([...session.circles.values()].map(({ circleId }) => circleId))]
  return Promise.all(
    circleIds.map(async (circleId): Promise<Trail> => {
      const { entries, intact } = await readAudit(session, circleId)
      const shown = entries.map((entry) => shownEntry(entry, labels.get(entry.who) ?? ''))
      return { circle: kindOf(session, circleId), intact, entries: shown.toReversed() }
    }),
  )
}

const shownEntry = ({ n, time, action, target, count, line }: AuditEntry, who: string): TrailEntry => ({
  n,
  time,
  who,
  action,
  ...(target !== undefined && { target }),
  ...(count !== undefined && { count }),
  ...(line && { line: { code: line.code, revision: line.revision } }),
})

/** See `unreadableRows` of the api. */
export async function unreadableAsFile(session: Session): Promise<Bytes> {
  const rows = await unreadableRows(session)
  const plain = rows.map(({ sum, body, ...row }) => ({ ...row, sum: toBase64Url(sum), body: toBase64Url(body) }))
  return utf8(JSON.stringify({ v: 1, rows: plain }))
}
