import type { Configuration } from '../batch/configuration.ts'
import { verifyReceipt } from '../batch/receipt.ts'
import { knownBoxes, type Row } from './replacing.ts'
import type { Session } from './session.ts'
import { settingsNow } from './settings.ts'

const day = 86_400_000
/** What the organisation has for opening a box before its sealed copy may make room here. */
const keptFor = 30 * day

/**
 * Lets go of the sealed bytes of boxes that the receiver signed for, and that the desk has not opened for 30 days, by this
 * device's clock and by a later signed one (security.md, section 8). Their rows and receipts stay. Only those go that this
 * account can seal anew from what is here, since a receiver that loses its store is given them again: what somebody else
 * sealed waits for them, and what was removed here, a change by code or one that is to be sent stays as it is.
 * @returns how many cases are in them
 */
export async function makeRoom(session: Session): Promise<number> {
  const settings = await settingsNow(session)
  if (settings.status !== 'verified') return 0
  const { received, texts } = await settledRows(session)
  const signed = await receiptsIn(session, settings.configuration, texts)
  const latest = Math.min(signed.latest, session.tools.clock.now().getTime())
  const old = received.filter((row) => (signed.storedAt(row) ?? Infinity) + keptFor <= latest)
  if (old.length === 0) return 0
  const known = await knownBoxes(session, old)
  const { database } = session.tools
  return database.transaction('rw', database.outbox, async () => {
    let cases = 0
    for (const { row } of known) {
      const now = await database.outbox.get(row.boxId)
      if (now?.state !== 'received' || now.receipt !== row.receipt) continue
      await database.outbox.put({ ...now, bytes: new Uint8Array(0), letGo: true })
      cases += row.cases ?? 1
    }
    return cases
  })
}

/** Without their bytes, which may be many. A safety copy goes by itself once it was received. */
async function settledRows({ tools }: Session): Promise<{ received: Row[]; texts: Set<string> }> {
  const received: Row[] = []
  const texts = new Set<string>()
  await tools.database.outbox.each((whole) => {
    const { bytes, ...row } = whole
    for (const text of [row.receipt, row.imported]) if (text !== '') texts.add(text)
    if (row.state === 'received' && row.cases !== 0 && bytes.length > 0) received.push(row)
  })
  return { received, texts }
}

interface Signed {
  /** Epoch milliseconds of the last moment that receiver or desk has put its name to; 0 where there is none. */
  readonly latest: number
  /** When the receiver took this very box; undefined where nobody of today's settings says so. */
  readonly storedAt: (row: Row) => number | undefined
}

/** One receipt speaks of a whole batch: each text is verified once. */
async function receiptsIn(
  { pins }: Session,
  { receiverKeys = [], deskKeys }: Configuration,
  texts: ReadonlySet<string>,
): Promise<Signed> {
  const kept = new Map<string, number>()
  let latest = 0
  for (const text of texts) {
    const stored = await verifyReceipt(text, receiverKeys, 'stored')
    const receipt = stored ?? (await verifyReceipt(text, deskKeys, 'imported'))
    if (receipt?.deviceId !== pins.deviceId) continue
    const at = Date.parse(receipt.at)
    latest = Math.max(latest, at)
    for (const { id, size, result } of stored?.boxes ?? []) if (result === 'kept') kept.set(`${text} ${id} ${size}`, at)
  }
  return { latest, storedAt: ({ boxId, size, receipt }) => kept.get(`${receipt} ${boxId} ${size}`) }
}
