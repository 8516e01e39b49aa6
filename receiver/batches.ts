import { BatchError, readBatch } from '../src/batch/batch.ts'
import { digestPattern, jsonContentType } from '../src/batch/protocol.ts'
import { signReceipt, type Receipt, type Refusal } from '../src/batch/receipt.ts'
import { sha256Hex } from '../src/seal/digest.ts'
import { unsigned, type UnsignedCode } from './answers.ts'
import { announcedSize } from './body.ts'
import { turnAway } from './failures.ts'
import { isDiskFull, takeBody } from './intake.ts'
import type { Ask, Parts } from './parts.ts'
import { dayOf, secondsToNextDay } from './quota.ts'
import { ReceiverError } from './receiver-error.ts'
import type { Device } from './store.ts'
import { deviceOf } from './who.ts'

const ageHeader = new TextEncoder().encode('age-encryption.org/v1\n')

type Box = { readonly id: string; readonly bytes: Uint8Array<ArrayBuffer>; readonly reason?: Refusal }

/**
 * `PUT` and `POST /v1/batches/{sha256}`: keeps the boxes of one request and says so in a signed receipt, or
 * says nothing that could be taken for one. The order of checks is that of security.md section 10.
 */
export async function takeBatch(ask: Ask, parts: Parts): Promise<Response> {
  const batchId = ask.req.param('sha') ?? ''
  const device = await deviceOf(ask, parts)
  if (typeof device === 'string') return turnAway(ask, parts, device, { batchId })
  const early = await whyNotRead(ask, parts, device, batchId)
  if (early) return early
  const { batchBytes } = parts.limits
  const use = (bytes: Uint8Array<ArrayBuffer>) => keep(bytes, batchId, device, parts)
  const taken = await takeBody(ask, parts, { most: batchBytes, sha256: batchId, use })
  if (taken.status === 'refused') return unsigned(ask, taken.code, taken.code === 'no-room' ? 10 : undefined)
  if (taken.value.status === 'refused') {
    const { code } = taken.value
    return unsigned(ask, code, code === 'too-much-today' ? secondsToNextDay(parts.clock()) : undefined)
  }
  ask.set('code', taken.value.code)
  return ask.body(taken.value.text, 200, { 'Content-Type': jsonContentType })
}

/** Everything that can be said before a byte of the body is read. */
async function whyNotRead(ask: Ask, parts: Parts, device: Device, batchId: string): Promise<Response | undefined> {
  const { quota, clock, limits } = parts
  const announced = announcedSize(ask.req.raw.headers, limits.batchBytes)
  if (announced.status !== 'announced') return unsigned(ask, announced.status)
  if (!digestPattern.test(batchId)) return unsigned(ask, 'bad-name')
  const wait = quota.take(`${device.org} ${device.deviceId}`, clock())
  if (wait > 0) return unsigned(ask, 'too-many-requests', wait)
  // Spares reading a body; what counts is the store's word, since others of this device may be on their way in.
  const today = device.day === dayOf(clock()) ? device.dayBytes : 0
  if (today + announced.size > bytesPerDayOf(device, parts))
    return unsigned(ask, 'too-much-today', secondsToNextDay(clock()))
  if (await isDiskFull(parts)) return unsigned(ask, 'disk-full')
  return undefined
}

type Kept =
  | { readonly status: 'kept'; readonly code: string; readonly text: string }
  | { readonly status: 'refused'; readonly code: UnsignedCode }

async function keep(bytes: Uint8Array<ArrayBuffer>, batchId: string, device: Device, parts: Parts): Promise<Kept> {
  const sealed = boxesIn(bytes)
  if (typeof sealed === 'string') return { status: 'refused', code: sealed }
  const judgedBoxes = await Promise.all(sealed.map((box) => judged(box, device, parts.limits.boxBytes)))
  const boxes = [...new Map(judgedBoxes.map((box) => [box.id, box])).values()]
  const good = boxes.filter(({ reason }) => reason === undefined)
  const at = parts.clock()
  const { org, deviceId } = device
  const batch = { org, deviceId, at, bytesPerDay: bytesPerDayOf(device, parts), boxes: good }
  if (good.length > 0 && !(await parts.store.keepBoxes(batch))) return { status: 'refused', code: 'too-much-today' }
  // [Note: Receipt after the commit] Nothing above this line may be left for later: the receipt is the promise.
  const text = await signReceipt(receiptFor(boxes, batchId, device, at), await privateKeyOf(device, parts))
  parts.metrics.signedFor(good.map(({ bytes }) => bytes))
  return { status: 'kept', code: good.length === boxes.length ? 'kept' : 'kept-in-part', text }
}

const bytesPerDayOf = (device: Device, { limits }: Parts): number => device.bytesPerDay ?? limits.bytesPerDay

async function privateKeyOf({ org }: Device, { keys }: Parts) {
  const key = await keys.of(org)
  if (!key) throw new ReceiverError('key-missing')
  return key.privateKey
}

function boxesIn(bytes: Uint8Array<ArrayBuffer>): Uint8Array<ArrayBuffer>[] | UnsignedCode {
  try {
    return readBatch(bytes, Number.POSITIVE_INFINITY)
  } catch (error) {
    if (error instanceof BatchError) return error.reason === 'too-large' ? 'too-large' : 'bad-batch'
    throw error
  }
}

async function judged(bytes: Uint8Array<ArrayBuffer>, device: Device, most: number): Promise<Box> {
  const id = await sha256Hex(bytes)
  const reason = whyRefused(bytes, device, most)
  return reason === undefined ? { id, bytes } : { id, bytes, reason }
}

function whyRefused(bytes: Uint8Array, device: Device, most: number): Refusal | undefined {
  if (device.revoked) return 'revoked'
  if (bytes.length > most) return 'too-large'
  return ageHeader.every((byte, at) => bytes[at] === byte) ? undefined : 'unknown-format'
}

function receiptFor(boxes: readonly Box[], batchId: string, device: Device, at: number): Receipt {
  return {
    v: 1,
    level: 'stored',
    batchId,
    deviceId: device.deviceId,
    at: new Date(at).toISOString(),
    boxes: boxes.map(({ id, bytes, reason }) =>
      reason === undefined
        ? { id, size: bytes.length, result: 'kept' }
        : { id, size: bytes.length, result: 'refused', reason },
    ),
  }
}
