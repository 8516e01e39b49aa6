import { toBase64Url } from '../seal/base64url.ts'
import { utf8, type Bytes } from '../seal/bytes.ts'
import { fingerprintWords } from '../seal/words.ts'
import type { Trail, TrailEntry } from './api.ts'
import { findInLog, readAudit } from './audit.ts'
import { kindOf } from './circle-kinds.ts'
import type { AuditEntry } from './payload.ts'
import type { Session } from './session.ts'
import { unreadableRows } from './tidying.ts'

/** The logs of all circles of the account, newest entry first. */
export async function trail(session: Session): Promise<readonly Trail[]> {
  const accounts = await session.tools.database.accounts.toArray()
  const labels = new Map(accounts.map(({ accountId, label }) => [accountId, label]))
  return Promise.all(
    circlesOf(session).map(async (circleId): Promise<Trail> => {
      const { entries, intact } = await readAudit(session, circleId)
      const shown = entries.map((entry) => shownEntry(entry, labels.get(entry.who) ?? ''))
      return { circle: kindOf(session, circleId), intact, entries: shown.toReversed() }
    }),
  )
}

/** See `standsInLog` of the api. */
export async function standsInLog(session: Session, words: readonly string[]): Promise<string | undefined> {
  const sought = words.join(' ')
  const isSought = async (mac: Bytes) => (await fingerprintWords(mac)).join(' ') === sought
  for (const circleId of circlesOf(session)) {
    const entry = await findInLog(session, circleId, isSought)
    if (entry) return entry.time
  }
  return undefined
}

const circlesOf = (session: Session): readonly string[] => [
  ...new Set([...session.circles.values()].map(({ circleId }) => circleId)),
]

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
