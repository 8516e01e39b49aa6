import * as z from 'zod/mini'
import { openConfiguration, type WithReceiver } from '../batch/configuration.ts'
import { paths } from '../batch/protocol.ts'
import { verifyReceipt, verifyRefusal, type ImportedReceipt } from '../batch/receipt.ts'
import { jsonOf } from '../batch/signed-text.ts'
import type { Database, OutboxRow } from '../database.ts'
import { isAboutUs } from './answers.ts'
import { timeLimit } from './backoff.ts'
import { call, type Fetch } from './request.ts'

/** What a receiver calls the store in which it keeps boxes and counts receipts. */
export const storeNameSchema = z.string().check(z.minLength(1), z.maxLength(64))

const pageSchema = z.object({
  /** Another one than before: a backup was brought back, and reading begins at 0 again. */
  store: z.optional(storeNameSchema),
  receipts: z.array(z.object({ n: z.int().check(z.positive()), text: z.string() })),
})
type Page = z.infer<typeof pageSchema>
const largestPage = 4 * 1024 * 1024
const mostPages = 50

export interface ImportedAsk {
  readonly database: Database
  readonly fetch: Fetch
  readonly configuration: WithReceiver
  readonly deviceId: string
  readonly token: string
  /** Milliseconds that are left for asking. */
  readonly left: () => number
  /** Breaks the asking off. */
  readonly signal?: AbortSignal | undefined
}

export interface Imported {
  /** Boxes that were found opened. */
  readonly opened: number
  /** Another store answers: what it was given before may not be in it, and waits to be offered again. */
  readonly again: boolean
  /**
   * `told`: it answered; `outcast`: the receiver itself, by its signature, tells this token nothing any more; `nothing`:
   * nobody answered, or somebody else did.
   */
  readonly came: 'told' | 'outcast' | 'nothing'
}

/**
 * Fetches what the desk has signed since the last time and writes it beside the boxes that it names. The server only
 * carries these texts: each counts by the desk's own signature. What the network does here is no reason to say anything:
 * the boxes are received already.
 */
export async function fetchImported(ask: ImportedAsk): Promise<Imported> {
  let opened = 0
  let again = false
  let came: Imported['came'] = 'nothing'
  for (let page = 0; page < mostPages; page += 1) {
    const { receiptsAfter: after = 0, receiptsStore } = (await ask.database.device.get('device')) ?? {}
    const read = await readPage(ask, after)
    if (read === 'outcast') return { opened, again, came: 'outcast' }
    if (!read) break
    came = 'told'
    const store = read.store ?? receiptsStore ?? ''
    if (receiptsStore !== undefined && store !== receiptsStore) {
      again = (await offerToAnother(ask.database, store)) || again
      continue
    }
    if (receiptsStore === undefined) await ask.database.device.update('device', { receiptsStore: store })
    const entries = read.receipts.filter(({ n }) => n > after)
    if (entries.length === 0) break
    for (const { text } of entries) opened += await believe(ask, text)
    const receiptsAfter = Math.max(...entries.map(({ n }) => n))
    await ask.database.device.update('device', { receiptsAfter })
  }
  return { opened, again, came }
}

/**
 * A backup was brought back, or a new receiver took the place of one that died: every box that was received and that the
 * desk has not opened is offered again, in the transaction that remembers the store. Its receipt stays beside it, since it
 * was given; what the store has already, it keeps once. Gives whether there was any.
 */
function offerToAnother(database: Database, store: string): Promise<boolean> {
  return database.transaction('rw', database.outbox, database.device, async () => {
    const waiting = { state: 'waiting', lastCode: '', nextAt: 0 } satisfies Partial<OutboxRow>
    const offered = await database.outbox.where('state').equals('received').modify(waiting)
    await database.device.update('device', { receiptsAfter: 0, receiptsStore: store })
    return offered > 0
  })
}

export type AnswerTaken =
  /** How many boxes of this tablet it names, by what became of them; those that were known to be opened are left out. */
  | { readonly status: 'taken'; readonly opened: number; readonly rejected: number; readonly known: number }
  /** Not signed by the organisation, or nothing of the kind. */
  | { readonly status: 'no-answer' }
  /** Signed, and about boxes of other tablets alone. */
  | { readonly status: 'of-others' }
  /** The settings are not what was signed, so nobody's signature is believed. */
  | { readonly status: 'settings' }

/**
 * Takes what the desk signed from a file or from the clipboard, one receipt a line, and writes it beside the boxes that
 * it names. Each counts by its signature, whoever carried it; lines for other tablets are passed over.
 */
export async function takeAnswer(database: Database, text: string): Promise<AnswerTaken> {
  const { deviceId = '', configuration: signed = '' } = (await database.device.get('device')) ?? {}
  const configuration = await openConfiguration(signed).catch(() => undefined)
  if (!configuration) return { status: 'settings' }
  const lines = text.split(betweenReceipts).filter((line) => line !== '')
  const read = await Promise.all(lines.map((line) => verifyReceipt(line, configuration.deskKeys, 'imported')))
  const receipts = read.flatMap((receipt, i) => (receipt ? [{ receipt, line: lines[i] ?? '' }] : []))
  if (receipts.length === 0) return { status: 'no-answer' }
  const ours = receipts.filter(({ receipt }) => receipt.deviceId === deviceId)
  if (ours.length === 0) return { status: 'of-others' }
  const named = ours.flatMap(({ receipt }) => receipt.boxes)
  let opened = 0
  let written = 0
  for (const { receipt, line } of ours) {
    const changed = await writeDown(database, receipt, line)
    written += changed.length
    opened += changed.filter(({ state }) => state === 'opened').length
  }
  return { status: 'taken', opened, rejected: written - opened, known: named.length - written }
}

/** A line break; a field of one line leaves them out of what is pasted. No receipt has either inside. */
const betweenReceipts = /\s*\n\s*|(?<=\})\s*(?=\{)/u

async function readPage(
  { fetch, configuration, deviceId, token, left, signal }: ImportedAsk,
  after: number,
): Promise<Page | 'outcast' | undefined> {
  const limit = Math.min(timeLimit(0), left())
  if (limit < 1_000) return undefined
  const url = `${configuration.endpoint}${paths.receipts}?after=${after}`
  const reply = await call(fetch, { url, method: 'GET', token, limit, largest: largestPage, signal })
  if (reply.kind !== 'answer') return undefined
  const { status, text } = reply
  if (status === 401 || status === 403) {
    const refusal = await verifyRefusal(text, configuration.receiverKeys)
    return isAboutUs(refusal, { status, batchId: null, deviceId }) ? 'outcast' : undefined
  }
  if (status !== 200) return undefined
  return pageSchema.safeParse(jsonOf(text)).data
}

async function believe({ database, configuration, deviceId }: ImportedAsk, text: string): Promise<number> {
  const receipt = await verifyReceipt(text, configuration.deskKeys, 'imported')
  if (receipt?.deviceId !== deviceId) return 0
  const changed = await writeDown(database, receipt, text)
  return changed.filter(({ state }) => state === 'opened').length
}

/**
 * In one transaction. *Opened* is never taken back; a box of another size is not ours. An opened box takes the desk's newer
 * word for it: after its key was renewed, an account that was locked meanwhile believes no other. Gives the rows that moved.
 */
function writeDown(database: Database, receipt: ImportedReceipt, text: string): Promise<OutboxRow[]> {
  return database.transaction('rw', database.outbox, async () => {
    const rows = await database.outbox.bulkGet(receipt.boxes.map(({ id }) => id))
    const named = rows.flatMap((row, i) => {
      const box = receipt.boxes[i]
      return row && box && row.size === box.size ? [{ row, isImported: box.result === 'imported' }] : []
    })
    const moved = named
      .filter(({ row }) => row.state !== 'opened')
      .map(({ row, isImported }) => ({ ...row, ...(isImported ? opened : rejected), imported: text }))
    const again = named
      .filter(({ row, isImported }) => row.state === 'opened' && isImported)
      .map(({ row }) => ({ ...row, imported: text }))
    await database.outbox.bulkPut([...moved, ...again])
    return moved
  })
}

const opened = { state: 'opened', lastCode: '', nextAt: 0 } satisfies Partial<OutboxRow>
const rejected = { state: 'refused', lastCode: 'rejected', nextAt: 0 } satisfies Partial<OutboxRow>
