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
 * settings are in doubt. The bytes of an opened box leave the outbox in the transaction that says so; the rest of its
 * row goes when every case that it held says so. `rev` stays: nobody's open draft is overtaken by a receipt. Gives how
 * many revisions moved.
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
  const moved: FinishedEntry[] = []
  for (const row of await records.toArray()) {
    const underway = await openSum(session, row).then(
      (sum) => sum.underway,
      () => 0,
    )
    if (underway > 0) moved.push(...(await carryTo(session, row.id, settings.configuration)))
  }
  await outbox.bulkDelete(allOpened(moved))
  await letCopiesGo(session, settings.configuration)
  return moved.length + (await carryToChanges(session, settings.configuration))
}

/** A safety copy that the organisation has is of no more use here; no case says anything of it. */
async function letCopiesGo(session: Session, configuration: Configuration): Promise<void> {
  const { outbox } = session.tools.database
  const copies = outbox.where('[state+cases]').anyOf(['received', 0], ['opened', 0])
  for (const row of await copies.toArray()) {
    const box = { id: row.boxId, size: row.size }
    const said =
      (await fromDesk(session, row, box, configuration)) ?? (await fromReceiver(session, row, box, configuration))
    if (said && said.state !== 'attention') await outbox.delete(row.boxId)
  }
}

/** Boxes of several cases, each of which has just learnt that it was opened. */
function allOpened(moved: readonly FinishedEntry[]): string[] {
  const opened = moved.filter(({ state, box }) => state === 'opened' && box?.of !== undefined)
  const names = new Set(opened.flatMap(({ box }) => (box ? [box.id] : [])))
  return [...names].filter((id) => {
    const here = opened.filter(({ box }) => box?.id === id)
    return here.length === here[0]?.box?.of
  })
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

async function carryTo(session: Session, id: string, configuration: Configuration): Promise<readonly FinishedEntry[]> {
  const { records, outbox } = session.tools.database
  const done = await commit<readonly FinishedEntry[]>(
    session,
    async () => {
      const read = await readCase(session, id)
      const news = await Promise.all(read.body.finished.map((entry) => newsOf(session, entry, configuration)))
      const moved = news.filter((entry) => entry !== undefined)
      if (moved.length === 0) return { stop: [] }
      const finished = read.body.finished.map((entry, at) => news[at] ?? entry)
      const body = { ...read.body, finished }
      const row = await sealInto(session, read, read.row.rev, read.draft, body)
      const opened = moved.flatMap(({ state, box }) => (state === 'opened' && box ? [box] : []))
      const [packed, own] = [opened.filter(({ of }) => of !== undefined), opened.filter(({ of }) => of === undefined)]
      return {
        result: moved,
        event: { action: 'receipt', target: id, rev: row.rev, ctHash: await ciphertextHash(row) },
        encryptions: 2,
        guard: () => isStillRow(session, read),
        async write() {
          await records.put(row)
          await outbox.bulkDelete(own.map((box) => box.id))
          for (const box of packed) await outbox.update(box.id, { bytes: new Uint8Array(0) })
        },
      }
    },
    circleOf(session, id),
  )
  return 'status' in done ? [] : done
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
  readonly openedAt?: string
}
type Box = NonNullable<FinishedEntry['box']>

async function fromReceiver(
  { pins }: Session,
  row: OutboxRow,
  box: Box,
  { receiverKeys = [] }: Configuration,
): Promise<Said | undefined> {
  const receipt = row.receipt === '' ? undefined : await verifyReceipt(row.receipt, receiverKeys, 'stored')
  if (receipt?.deviceId !== pins.deviceId) return undefined
  const named = receipt.boxes.find(({ id, size }) => id === box.id && size === box.size)
  if (!named) return undefined
  return named.result === 'kept' ? { state: 'received' } : { state: 'attention', code: named.reason }
}

/** Set aside here, because the bytes are not what was sealed: nobody can open them, and that needs no receipt. */
async function fromItsBytes({ state, boxId, bytes, letGo }: OutboxRow): Promise<Said | undefined> {
  if (state !== 'refused' || letGo || (await sha256Hex(bytes)) === boxId) return undefined
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
  return named.result === 'imported'
    ? { state: 'opened', openedAt: receipt.at }
    : { state: 'attention', code: 'rejected' }
}
