import type { Configuration } from '../batch/configuration.ts'
import { verifyReceipt } from '../batch/receipt.ts'
import type { OutboxRow, OutboxState } from '../database.ts'
import { sha256Hex } from '../seal/digest.ts'
import type { Session } from './session.ts'
import { settingsNow } from './settings.ts'

type Row = Omit<OutboxRow, 'bytes'>

/**
 * After an unlock: what the outbox calls received, opened or refused, and nobody whom today's settings name has signed for,
 * is offered again. It was written under settings that somebody had changed, or before keys were renewed; no case would ever
 * say so, and nobody would send it. The receiver keeps it once. Gives how many.
 */
export async function offerUnproven(session: Session): Promise<number> {
  const settings = await settingsNow(session)
  if (settings.status !== 'verified') return 0
  const { outbox } = session.tools.database
  const said = sayings(settings.configuration, session.pins.deviceId)
  let offered = 0
  for (const row of await settledRows(session)) {
    const state = await provenState(session, row, said)
    if (state === row.state) continue
    offered += await outbox
      .where('boxId')
      .equals(row.boxId)
      .filter((now) => now.state === row.state && now.receipt === row.receipt && now.imported === row.imported)
      .modify({ state, lastCode: '', nextAt: 0 })
  }
  return offered
}

/** Without their bytes, which may be many; one that was opened and has none is nearly carried, and has nothing to be sent. */
async function settledRows({ tools }: Session): Promise<Row[]> {
  const rows: Row[] = []
  await tools.database.outbox
    .where('state')
    .anyOf('received', 'opened', 'refused')
    .each((whole) => {
      const { bytes, ...row } = whole
      if (bytes.length > 0 || row.letGo) rows.push(row)
    })
  return rows
}

type Result = 'kept' | 'refused' | 'imported' | 'rejected'
/** What is said of this box by those who may say it. */
type Said = (row: Row) => Promise<readonly Result[]>

/** One receipt speaks of a whole batch: each text is verified and read once. */
function sayings({ receiverKeys = [], deskKeys }: Configuration, deviceId: string): Said {
  const known = new Map<string, Promise<ReadonlyMap<string, Result>>>()
  const read = async (text: string): Promise<ReadonlyMap<string, Result>> => {
    const receipt =
      (await verifyReceipt(text, receiverKeys, 'stored')) ?? (await verifyReceipt(text, deskKeys, 'imported'))
    const boxes = receipt?.deviceId === deviceId ? receipt.boxes : []
    return new Map(boxes.map(({ id, size, result }) => [`${id} ${size}`, result]))
  }
  const once = (text: string): Promise<ReadonlyMap<string, Result>> => {
    const reading = known.get(text) ?? read(text)
    known.set(text, reading)
    return reading
  }
  return async ({ boxId, size, receipt, imported }) => {
    const both = await Promise.all([once(receipt), once(imported)])
    return both.flatMap((results) => results.get(`${boxId} ${size}`) ?? [])
  }
}

async function provenState(session: Session, row: Row, sayingsOf: Said): Promise<OutboxState> {
  const said = await sayingsOf(row)
  if (row.state === 'opened' && said.includes('imported')) return 'opened'
  if (row.state === 'refused' && (said.includes('refused') || said.includes('rejected'))) return 'refused'
  if (row.state === 'refused' && (await isDamaged(session, row))) return 'refused'
  return row.state !== 'refused' && said.includes('kept') ? 'received' : 'waiting'
}

/** Set aside here, because the bytes are not what was sealed: that needs no receipt. */
async function isDamaged({ tools }: Session, { boxId, letGo }: Row): Promise<boolean> {
  if (letGo) return false
  const row = await tools.database.outbox.get(boxId)
  return row !== undefined && (await sha256Hex(row.bytes)) !== boxId
}
