import { writeBatch } from '../batch/batch.ts'
import type { WithReceiver } from '../batch/configuration.ts'
import { batchContentType, paths, receiptSizeLimit, sealedSizeLimit } from '../batch/protocol.ts'
import { verifyReceipt, verifyRefusal } from '../batch/receipt.ts'
import { jsonOf } from '../batch/signed-text.ts'
import { sha256Hex } from '../seal/digest.ts'
import type { OutboxRow } from '../database.ts'
import type { Answer, Method, Ours } from './answers.ts'
import { retryAfter, timeLimit } from './backoff.ts'
import { call, type Fetch, type Reply } from './request.ts'

/** What a request needs of the world; the signal breaks it off. */
export interface Wire {
  readonly fetch: Fetch
  readonly now: () => number
  readonly signal?: AbortSignal | undefined
}

/** A box as it travels: of the outbox, or a test that stands in none. */
export type Parcel = Pick<OutboxRow, 'boxId' | 'size' | 'attempts' | 'receipt' | 'bytes'>

export interface Errand {
  readonly rows: readonly Parcel[]
  readonly method: Method
  readonly configuration: WithReceiver
  readonly deviceId: string
  readonly token: string
  /** Milliseconds that are left for it. */
  readonly left: number
}

export interface Exchange {
  readonly ours: Ours
  readonly answer: Answer
  /** The answer as it came, to be kept where it is a receipt. */
  readonly text: string
  /** Size of the body in bytes. */
  readonly sent: number
}

/** One request with these boxes, and what came back, its signatures checked. Never throws for what the network does. */
export async function exchange({ fetch, now, signal }: Wire, errand: Errand): Promise<Exchange> {
  const { rows, method, configuration, deviceId, token, left } = errand
  const { batchId, bytes } = await writeBatch(rows.map((row) => row.bytes))
  const reply = await call(fetch, {
    url: configuration.endpoint + paths.batch(batchId),
    method,
    token,
    type: batchContentType,
    body: bytes,
    limit: Math.min(timeLimit(bytes.byteLength), left),
    largest: receiptSizeLimit,
    signal,
  })
  const boxes = rows.map(({ boxId, size, attempts }) => ({ id: boxId, size, attempts }))
  return {
    ours: { batchId, deviceId, method, boxes },
    answer: await read(reply, configuration.receiverKeys, now(), new Set(rows.map(({ receipt }) => receipt))),
    text: reply.kind === 'answer' ? reply.text : '',
    sent: bytes.byteLength,
  }
}

/** @param had receipts that these boxes have from a store that was lost: played again they say nothing of this one */
async function read(reply: Reply, keys: readonly string[], now: number, had: ReadonlySet<string>): Promise<Answer> {
  if (reply.kind !== 'answer') return reply
  const { status, text } = reply
  return {
    kind: 'answer',
    status,
    wait: retryAfter(reply.retryAfter, now),
    receipt: had.has(text) ? undefined : await verifyReceipt(text, keys, 'stored'),
    claimed: isReceiptLike(jsonOf(text)),
    refusal: await verifyRefusal(text, keys),
  }
}

const isReceiptLike = (body: unknown): boolean =>
  typeof body === 'object' && body !== null && 'receipt' in body && 'sig' in body

/** Whether a row still holds the box that it is named after, in a size that travels. */
export async function isWhole({ boxId, size, bytes }: OutboxRow): Promise<boolean> {
  if (size !== bytes.byteLength || size === 0 || size > sealedSizeLimit) return false
  return (await sha256Hex(bytes)) === boxId
}
