import { join } from 'node:path'
import { BatchError, readBatch } from '../../src/batch/batch.ts'
import { nameOfResealed } from '../../src/batch/resealed.ts'
import { codebook } from '../../src/codebook/codebook.ts'
import { withOverlay } from '../../src/codebook/overlay.ts'
import { exportFiles } from '../../src/export/bundle.ts'
import { englishLabels } from '../../src/export/labels.ts'
import { selectCases } from '../../src/export/selection.ts'
import type { Bytes } from '../../src/seal/bytes.ts'
import { importReceipts, receiptKeyOf, type SignedImportReceipt } from '../import-receipt.ts'
import { openBoxes, type Opened } from '../open-boxes.ts'
import { reportOf, summaryOf } from '../report.ts'
import { BoxStore } from './box-store.ts'
import { readBytes, writeWhole } from './files.ts'
import { issuedOverlay } from './issued-setup.ts'
import { readDeskKey, readIdentityFile, workKeyIn, type AskPassphrase } from './key-files.ts'
import { readKnownReceiver } from './known-receiver.ts'
import { isReceiverFailure, notUpToDate as notUpToDateFor, receiptsWait } from './late.ts'
import { ReceiverClient } from './receiver-client.ts'

export interface OpenWishes {
  /** Without it `identity` is needed, and no receipt is made. */
  readonly keys?: string
  /** Another key than the one for work, when that is lost, with its passphrase. */
  readonly identity?: { readonly path: string; readonly askPassphrase: AskPassphrase }
  readonly out: string
  /** Without it, the one kept beside the keys; with neither and no files, what was fetched before. */
  readonly receiver?: { readonly endpoint: string; readonly token: string }
  readonly files: readonly string[]
  readonly labels: boolean
  readonly receipts: boolean
  /** The receipts of all boxes in `files`, again where they had theirs, are given back instead of being handed on. */
  readonly answering?: boolean
  /** With it, boxes of other new accounts are held. */
  readonly approved?: ReadonlySet<string>
  readonly askPassphrase: AskPassphrase
  readonly now: Date
}

export interface OpenResult {
  readonly summary: string
  readonly report: string
  /** Receipts that were uploaded, or written as files where there is no receiver. */
  readonly receipts: number
  readonly opened: Opened
  /** Where the receiver failed: what is not up to date for it, in a sentence. */
  readonly late?: string
  /** Boxes in `files`, each counted once. */
  readonly brought: number
  /** With `answering`: what says so to the tablets that they came from. */
  readonly answers: readonly SignedImportReceipt[]
}

/**
 * Fetches what is new, opens everything that is kept, and writes the tables, the report and what is known. Twice gives
 * the same tables. Receipts leave only after the boxes that they name are on this disk. Where the receiver fails and
 * boxes are here, these are opened all the same; where none is, the failure is thrown as DeskError.
 */
export async function openArrived(wishes: OpenWishes): Promise<OpenResult> {
  const { out } = wishes
  const { identities, deskKey } = await keysOf(wishes)
  const store = await BoxStore.open(out)
  const receiver = await receiverOf(wishes)
  const brought = await store.keepFiles(await boxesIn(wishes.files))
  const { unfetched, notUpToDate } = receiver ? await fetchNew(receiver, store, identities) : { unfetched: 0 }

  const opened = await openBoxes(await store.all(), identities, { ...store.known, revisions: [] }, wishes)
  const records = [...opened.records.map(({ record }) => record), ...opened.applied]
  const selection = selectCases(records)
  const asked = withOverlay(codebook, wishes.keys === undefined ? undefined : await issuedOverlay(wishes.keys))
  const options = { asked, ...(wishes.labels && { labels: englishLabels }) }
  for (const { name, text } of exportFiles(records, options)) await writeWhole(join(out, name), text)
  const gone = await store.rememberKnown(opened.known)
  const news = { unfetched, gone: gone.length, ...(notUpToDate !== undefined && { notUpToDate }) }
  const report = reportOf(opened, selection, news)
  await writeWhole(join(out, 'report.txt'), report)

  const receiptKey = deskKey ? receiptKeyOf(deskKey) : ''
  const done = wishes.answering ? store.othersThan(brought) : store.receipted(receiptKey)
  const wait = notUpToDate !== undefined || deskKey === undefined
  const receipts = wait ? [] : await importReceipts(opened, deskKey, wishes.now, done)
  const answers = wishes.answering ? receipts : []
  const remember = (ids: readonly string[]) => store.rememberReceipts(ids, receiptKey)
  const handed = await handAllBack(wishes.answering ? [] : receipts, receiver, { folder: store.folder, remember })
  const late = notUpToDate ?? handed.late
  const result = { summary: summaryOf(opened, selection), report, opened, brought: brought.size, answers }
  return { ...result, receipts: handed.count, ...(late !== undefined && { late }) }
}

async function keysOf({ keys, identity, receipts, askPassphrase }: OpenWishes) {
  const [path, ask] = identity ? [identity.path, identity.askPassphrase] : [workKeyIn(keys ?? '.'), askPassphrase]
  const identities = await readIdentityFile(path, ask)
  const deskKey = receipts && keys !== undefined ? await readDeskKey(keys, askPassphrase) : undefined
  return { identities, deskKey }
}

async function receiverOf({ keys, receiver, files }: OpenWishes): Promise<ReceiverClient | undefined> {
  const known = receiver ?? (files.length > 0 || keys === undefined ? undefined : await readKnownReceiver(keys))
  return known && new ReceiverClient(known.endpoint, known.token)
}

interface Fetched {
  /** Boxes that were listed and are not here whole; they are asked for again the next time. */
  readonly unfetched: number
  readonly notUpToDate?: string
}

/** Boxes are remembered as listed before they are fetched, so that an interrupted run goes on where it stopped. */
async function fetchNew(receiver: ReceiverClient, store: BoxStore, identities: readonly string[]): Promise<Fetched> {
  const resealed = new Map<string, string>()
  let fetched = 0
  try {
    await listNew(receiver, store)
    const missing = await store.missing()
    for (const id of missing) if (await fetchBox(id, await receiver.box(id))) fetched++
    return { unfetched: missing.length - fetched }
  } catch (cause) {
    if (!isReceiverFailure(cause) || (await store.all()).length === 0) throw cause
    return { unfetched: (await store.missing()).length, notUpToDate: notUpToDateFor(cause, fetched) }
  } finally {
    await store.rememberResealed(resealed)
  }

  async function fetchBox(id: string, bytes: Bytes): Promise<boolean> {
    if (await store.keep(id, bytes)) return true
    if ((await nameOfResealed(bytes, identities)) !== id) return false
    resealed.set(id, await store.keepResealed(bytes))
    return true
  }
}

async function listNew(receiver: ReceiverClient, store: BoxStore): Promise<void> {
  for (let after = store.after; ;) {
    const listed = await receiver.list(after)
    if (store.isSetBack(listed)) {
      await store.expect([], 0, listed.store)
      after = 0
      continue
    }
    if (listed.boxes.length === 0) return
    after = Math.max(...listed.boxes.map(({ n }) => n))
    const boxes = listed.boxes.map(({ id, deviceId }) => ({ id, from: deviceId }))
    await store.expect(boxes, after, listed.store)
  }
}

/** A file is one box, or a batch of them. */
async function boxesIn(files: readonly string[]): Promise<Bytes[]> {
  const boxes = await Promise.all(files.map(readBytes))
  return boxes.flatMap(asBoxes)
}

function asBoxes(bytes: Bytes): Bytes[] {
  try {
    return readBatch(bytes)
  } catch (cause) {
    if (cause instanceof BatchError) return [bytes]
    throw cause
  }
}

/** Where receipts lie without a receiver, and what remembers those that left. */
interface Handed {
  readonly folder: string
  readonly remember: (boxIds: readonly string[]) => Promise<void>
}

/** Those that could not be handed back are made anew the next time. */
async function handAllBack(
  receipts: readonly SignedImportReceipt[],
  receiver: ReceiverClient | undefined,
  here: Handed,
): Promise<{ count: number; late?: string }> {
  let count = 0
  try {
    for (const receipt of receipts) {
      await handBack(receipt, receiver, here)
      count++
    }
    return { count }
  } catch (cause) {
    if (!isReceiverFailure(cause)) throw cause
    return { count, late: receiptsWait(cause) }
  }
}

/** To the receiver, else as a file beside the tables, to be carried back. */
async function handBack(
  receipt: SignedImportReceipt,
  receiver: ReceiverClient | undefined,
  { folder, remember }: Handed,
): Promise<void> {
  if (receiver) await receiver.putReceipt(receipt.sha256, receipt.text)
  else await writeWhole(join(folder, 'receipts', `${receipt.sha256}.json`), receipt.text)
  await remember(receipt.boxIds)
}
