import { join } from 'node:path'
import { BatchError, readBatch } from '../../src/batch/batch.ts'
import { exportFiles } from '../../src/export/bundle.ts'
import { englishLabels } from '../../src/export/labels.ts'
import { selectCases } from '../../src/export/selection.ts'
import type { Bytes } from '../../src/seal/bytes.ts'
import { importReceipts, type SignedImportReceipt } from '../import-receipt.ts'
import { openBoxes, type Opened } from '../open-boxes.ts'
import { reportOf, summaryOf } from '../report.ts'
import { BoxStore } from './box-store.ts'
import { readBytes, writeWhole } from './files.ts'
import { readDeskKey, readIdentities, type AskPassphrase } from './key-files.ts'
import { readKnownReceiver } from './known-receiver.ts'
import { ReceiverClient } from './receiver-client.ts'

export interface OpenWishes {
  readonly keys: string
  readonly out: string
  /** Without it, the one kept beside the keys; with neither and no files, what was fetched before. */
  readonly receiver?: { readonly endpoint: string; readonly token: string }
  readonly files: readonly string[]
  readonly labels: boolean
  readonly receipts: boolean
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
}

/**
 * Fetches what is new, opens everything that is kept, and writes the tables, the report and what is known. Twice gives
 * the same tables. Receipts leave only after the boxes that they name are on this disk.
 */
export async function openArrived(wishes: OpenWishes): Promise<OpenResult> {
  const { keys, out, askPassphrase } = wishes
  const identities = await readIdentities(keys, askPassphrase)
  const deskKey = wishes.receipts ? await readDeskKey(keys, askPassphrase) : undefined
  const store = await BoxStore.open(out)
  const receiver = await receiverOf(wishes)
  if (wishes.files.length > 0) await store.keepFiles(await boxesIn(wishes.files))
  const unfetched = receiver ? await fetchNew(receiver, store) : 0

  const opened = await openBoxes(await store.all(), identities, { ...store.known, revisions: [] }, wishes)
  const records = opened.records.map(({ record }) => record)
  const selection = selectCases(records)
  const labels = wishes.labels ? { labels: englishLabels } : {}
  for (const { name, text } of exportFiles(records, labels)) await writeWhole(join(out, name), text)
  const gone = await store.rememberKnown(opened.known)
  const report = reportOf(opened, selection, { unfetched, gone: gone.length })
  await writeWhole(join(out, 'report.txt'), report)

  const receipts = deskKey ? await importReceipts(opened, deskKey, wishes.now, store.receipted) : []
  for (const receipt of receipts) await handBack(receipt, receiver, store)
  return { summary: summaryOf(opened, selection), report, receipts: receipts.length, opened }
}

async function receiverOf({ keys, receiver, files }: OpenWishes): Promise<ReceiverClient | undefined> {
  const known = receiver ?? (files.length > 0 ? undefined : await readKnownReceiver(keys))
  return known && new ReceiverClient(known.endpoint, known.token)
}

/**
 * Boxes are remembered as listed before they are fetched, so that an interrupted run goes on where it stopped. Gives back
 * how many came with other bytes than their name says; they are asked for again the next time.
 */
async function fetchNew(receiver: ReceiverClient, store: BoxStore): Promise<number> {
  for (;;) {
    const listed = await receiver.list(store.after)
    if (listed.length === 0) break
    const last = Math.max(...listed.map(({ n }) => n))
    await store.expect(
      listed.map(({ id, deviceId }) => ({ id, from: deviceId })),
      last,
    )
  }
  let unfetched = 0
  for (const id of await store.missing()) {
    if (!(await store.keep(id, await receiver.box(id)))) unfetched++
  }
  return unfetched
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

/** To the receiver, else as a file beside the tables, to be carried back. */
async function handBack(
  receipt: SignedImportReceipt,
  receiver: ReceiverClient | undefined,
  store: BoxStore,
): Promise<void> {
  if (receiver) await receiver.putReceipt(receipt.sha256, receipt.text)
  else await writeWhole(join(store.folder, 'receipts', `${receipt.sha256}.json`), receipt.text)
  await store.rememberReceipts(receipt.boxIds)
}
