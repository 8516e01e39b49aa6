import type { Configuration } from '../batch/configuration.ts'
import { verifyReceipt } from '../batch/receipt.ts'
import type { OutboxCode, OutboxRow } from '../database.ts'
import { sha256Hex } from '../seal/digest.ts'
import { circleOf, isStillRow, readCase, sealInto } from './cases.ts'
import { commit } from './commit.ts'
import type { FinishedEntry } from './payload.ts'
import { ciphertextHash, openSum } from './rows.ts'
import type { Session } from './session.ts'
import { settingsNow } from './settings.ts'
import { isUnderway } from './summary.ts'

/**
 * Carries what the outbox brought back to the cases. A receipt in the outbox is plain and was written without a key, so
 * each is verified again, with the keys of the configuration that this account vouches for; the box's id and size are
 * compared with those inside the case's ciphertext, the device with the pinned one. Nothing is carried while the
 * settings are in doubt. An opened box leaves the outbox in the transaction that says so. `rev` stays: nobody's open
 * draft is overtaken by a receipt. Gives how many revisions moved.
 */
export async function carryReceipts(session: Session): Promise<number> {
  const settings = await settingsNow(session)
  if (settings.status !== 'verified') return 0
  const { records, outbox } = session.tools.database
  const answered = new Set(
    (
      await outbox.filter((row) => row.receipt !== '' || row.imported !== '' || row.state === 'refused').primaryKeys()
    ).map(String),
  )
  if (answered.size === 0) return 0
  let moved = 0
  for (const row of await records.toArray()) {
    const underway = await openSum(session, row).then(
      (sum) => sum.underway,
      () => 0,
    )
    if (underway > 0) moved += await carryTo(session, row.id, settings.configuration)
  }
  return moved + (await carryToChanges(session, settings.configuration))
}

async function carryToChanges(session: Session, configuration: Configuration): Promise<number> {
  const { database } = session.tools
  if ((await database.changes.count()) === 0) return 0
  const { openChange, putChange } = await import('./changes.ts')
  let moved = 0
  for (const row of await database.changes.toArray()) {
    const sent = await openChange(session, row)
    const news = sent && isUnderway(sent) ? await newsOf(session, sent, configuration) : undefined
    if (sent && news && (await putChange(session, row, sent, news))) moved++
  }
  return moved
}

async function carryTo(session: Session, id: string, configuration: Configuration): Promise<number> {
  const { records, outbox } = session.tools.database
  const done = await commit<number>(
    session,
    async () => {
      const read = await readCase(session, id)
      const news = await Promise.all(read.body.finished.map((entry) => newsOf(session, entry, configuration)))
      const moved = news.filter((entry) => entry !== undefined)
      if (moved.length === 0) return { stop: 0 }
      const finished = read.body.finished.map((entry, at) => news[at] ?? entry)
      const body = { ...read.body, finished }
      const row = await sealInto(session, read, read.row.rev, read.draft, body)
      const opened = moved.filter(({ state }) => state === 'opened').flatMap(({ box }) => (box ? [box.id] : []))
      return {
        result: moved.length,
        event: { action: 'receipt', target: id, rev: row.rev, ctHash: await ciphertextHash(row) },
        encryptions: 2,
        guard: () => isStillRow(session, read),
        async write() {
          await records.put(row)
          await outbox.bulkDelete(opened)
        },
      }
    },
    circleOf(session, id),
  )
  return typeof done === 'number' ? done : 0
}

/** The entry as its box's receipts make it; undefined where they say nothing new, or nothing that holds. */
async function newsOf<E extends Pick<FinishedEntry, 'box' | 'state' | 'code'>>(
  session: Session,
  entry: E,
  configuration: Configuration,
): Promise<(Omit<E, 'state' | 'code'> & Said) | undefined> {
  if (!entry.box || !isUnderway(entry)) return undefined
  const row = await session.tools.database.outbox.get(entry.box.id)
  if (!row) return undefined
  const said =
    (await fromDesk(session, row, entry.box, configuration)) ??
    (await fromReceiver(session, row, entry.box, configuration)) ??
    (await fromItsBytes(row))
  if (!said || (said.state === entry.state && said.code === entry.code)) return undefined
  const { code: _, state: __, ...kept } = entry
  return { ...kept, ...said }
}

interface Said {
  readonly state: 'received' | 'opened' | 'attention'
  readonly code?: OutboxCode
}
type Box = NonNullable<FinishedEntry['box']>

async function fromReceiver(
  { pins }: Session,
  row: OutboxRow,
  box: Box,
  { receiverKeys }: Configuration,
): Promise<Said | undefined> {
  const receipt = row.receipt === '' ? undefined : await verifyReceipt(row.receipt, receiverKeys, 'stored')
  if (receipt?.deviceId !== pins.deviceId) return undefined
  const named = receipt.boxes.find(({ id, size }) => id === box.id && size === box.size)
  if (!named) return undefined
  return named.result === 'kept' ? { state: 'received' } : { state: 'attention', code: named.reason }
}

/** Set aside here, because the bytes are not what was sealed: nobody can open them, and that needs no receipt. */
async function fromItsBytes({ state, boxId, bytes }: OutboxRow): Promise<Said | undefined> {
  if (state !== 'refused' || (await sha256Hex(bytes)) === boxId) return undefined
  return { state: 'attention', code: 'unknown-format' }
}

async function fromDesk(
  { pins }: Session,
  row: OutboxRow,
  box: Box,
  { deskKeys }: Configuration,
): Promise<Said | undefined> {
  const receipt = row.imported === '' ? undefined : await verifyReceipt(row.imported, deskKeys, 'imported')
  if (receipt?.deviceId !== pins.deviceId) return undefined
  const named = receipt.boxes.find(({ id, size }) => id === box.id && size === box.size)
  if (!named) return undefined
  return named.result === 'imported' ? { state: 'opened' } : { state: 'attention', code: 'rejected' }
}
