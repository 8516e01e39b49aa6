import type { Receipt, Refusal, RefusalBody } from '../batch/receipt.ts'

/**
 * The table of answers (docs/security.md, section 8): what came back, and what it means for each box and for the line.
 * Pure: no clock, no network, no store. Nothing in it lets go of a box: only a receipt moves one, and no other answer,
 * however it looks, says more than "not received".
 */

/** What the screen can say about sending; '' = nothing is wrong. */
export const deliveryCodes = [
  '',
  'net',
  'portal',
  'receipt',
  'device',
  'endpoint',
  'config',
  'refused',
  'too-large',
  'full',
  'busy',
  'code-expired',
] as const
export type DeliveryCode = (typeof deliveryCodes)[number]

export type Method = 'PUT' | 'POST'

/** What we sent. `attempts` of a box counts this one; `size` in bytes. */
export interface Ours {
  readonly batchId: string
  readonly deviceId: string
  readonly method: Method
  readonly boxes: readonly { readonly id: string; readonly size: number; readonly attempts: number }[]
}

/**
 * What came back. `receipt` and `refusal` are there only if their signature is of a pinned key. `wait` is what a
 * `Retry-After` asked for, in milliseconds, already held between its limits; `claimed` = a receipt was offered.
 */
export type Answer =
  | { readonly kind: 'none' }
  | { readonly kind: 'redirect' }
  | {
      readonly kind: 'answer'
      readonly status: number
      readonly wait?: number | undefined
      readonly receipt?: Receipt | undefined
      readonly claimed?: boolean
      readonly refusal?: RefusalBody | undefined
    }

/** What becomes of one box. `wait` keeps it back for itself; a box of which nothing is said waits with the line. */
export type Fate =
  | { readonly fate: 'received' }
  | { readonly fate: 'refused'; readonly reason: Refusal }
  | { readonly fate: 'wait'; readonly wait: 'backoff' | 'day'; readonly code: 'receipt' | 'refused' | 'too-large' }

export interface Consequence {
  /** The receiver itself has spoken, and signed it. */
  readonly contact: boolean
  readonly code: DeliveryCode
  readonly boxes: ReadonlyMap<string, Fate>
  /** When the next request may leave: at once, after growing or fixed waits, or after so many milliseconds. */
  readonly next: 'at-once' | 'backoff' | 'probe' | { readonly told: number }
  /** What it says about the size of the next batch. */
  readonly size: 'double' | 'halve' | 'one' | 'same'
  /** What it says about the method: `doubt` twice in a row means the other one, `other` means it at once. */
  readonly method: 'good' | 'doubt' | 'other'
}

const nobody: ReadonlyMap<string, Fate> = new Map()

/** Nothing readable came: keep all, try again later, smaller. */
const unreadable = (code: DeliveryCode, next: Consequence['next'] = 'backoff'): Consequence => ({
  contact: false,
  code,
  boxes: nobody,
  next,
  size: 'halve',
  method: 'doubt',
})

/** What an answer to a batch means. Total: every status has its line, and each keeps what it does not prove received. */
export function consequenceOf(answer: Answer, ours: Ours): Consequence {
  if (answer.kind === 'none') return unreadable('net')
  if (answer.kind === 'redirect') return unreadable('portal')
  const { status, wait } = answer
  switch (status) {
    case 200:
    case 201:
      return answer.receipt && isOurs(answer.receipt, ours)
        ? received(answer.receipt, ours)
        : unreadable(answer.receipt || answer.claimed ? 'receipt' : 'portal')
    case 401:
    case 403:
      return refusedLine('device', answer, ours)
    case 404:
    case 410:
      return refusedLine('endpoint', answer, ours)
    case 400:
    case 409:
    case 422:
      return notThisBox(ours)
    case 413:
      return tooLarge(ours)
    case 405:
    case 501:
      return ours.method === 'PUT'
        ? { ...unreadable(''), next: 'at-once', size: 'same', method: 'other' }
        : { ...unreadable('portal'), method: 'other' }
    case 429:
    case 503:
      return wait === undefined ? unreadable('busy') : told(wait)
    case 407:
    case 511:
      return unreadable('portal')
    case 408:
    case 502:
    case 504:
      return unreadable('net')
    case 507:
      return unreadable('full')
    default:
      return unreadable(status === 425 || status >= 500 ? 'busy' : 'portal')
  }
}

/** Whether a receipt is about this very batch: ours by id and device, and every box in it ours by id and size, once. */
function isOurs(receipt: Receipt, ours: Ours): boolean {
  if (receipt.batchId !== ours.batchId || receipt.deviceId !== ours.deviceId) return false
  const sizes = new Map(ours.boxes.map((box) => [box.id, box.size]))
  return receipt.boxes.every((box) => {
    const same = sizes.get(box.id) === box.size
    sizes.delete(box.id)
    return same
  })
}

function received(receipt: Receipt, ours: Ours): Consequence {
  const boxes = new Map<string, Fate>(
    ours.boxes.map(({ id }) => [id, { fate: 'wait', wait: 'backoff', code: 'receipt' }]),
  )
  for (const box of receipt.boxes) boxes.set(box.id, fateOf(box))
  const fates = [...boxes.values()]
  const code = fates.some(({ fate }) => fate === 'refused')
    ? 'refused'
    : fates.some(({ fate }) => fate === 'wait')
      ? 'receipt'
      : ''
  return { contact: true, code, boxes, next: 'at-once', size: 'double', method: 'good' }
}

function fateOf(box: Receipt['boxes'][number]): Fate {
  return box.result === 'kept' ? { fate: 'received' } : { fate: 'refused', reason: box.reason }
}

/** Signed, it is the receiver's word; unsigned, a portal answers so, too, and it refuses nothing. */
function refusedLine(
  code: 'device' | 'endpoint',
  { status, refusal }: { readonly status: number; readonly refusal?: RefusalBody | undefined },
  { batchId, deviceId }: Pick<Ours, 'batchId' | 'deviceId'>,
): Consequence {
  if (!isAboutUs(refusal, { status, batchId, deviceId })) return unreadable('portal', 'probe')
  return refusedBy(code)
}

const refusedBy = (code: 'device' | 'endpoint'): Consequence => ({
  contact: true,
  code,
  boxes: nobody,
  next: 'probe',
  size: 'same',
  method: 'good',
})

/** The receiver itself does not know this device's token any more, whatever it was asked. */
export const outcast: Consequence = refusedBy('device')

/**
 * Whether a signed refusal answers this very request. It names no device where the receiver does not know the token;
 * `batchId` is null for a request that is about no batch.
 */
export function isAboutUs(
  refusal: RefusalBody | undefined,
  asked: { readonly status: number; readonly batchId: string | null; readonly deviceId: string },
): boolean {
  if (refusal?.code !== asked.status || refusal.batchId !== asked.batchId) return false
  return refusal.deviceId === null || refusal.deviceId === asked.deviceId
}

/** The receiver itself, by its signature, takes nothing from our token any more. */
export const isOutcast = ({ contact, code, boxes }: Consequence): boolean =>
  contact &&
  (code === 'device' || [...boxes.values()].some((box) => box.fate === 'refused' && box.reason === 'revoked'))

function told(wait: number): Consequence {
  return { contact: false, code: 'busy', boxes: nobody, next: { told: wait }, size: 'same', method: 'good' }
}

/** Unsigned, so it refuses nothing: one by one from here on, and shown after the third time. */
function notThisBox(ours: Ours): Consequence {
  const [box] = ours.boxes
  if (ours.boxes.length !== 1 || !box) return alone('one', nobody, '')
  const fate: Fate = { fate: 'wait', wait: 'backoff', code: 'refused' }
  return alone('same', new Map([[box.id, fate]]), box.attempts >= 3 ? 'refused' : '')
}

function tooLarge(ours: Ours): Consequence {
  const [box] = ours.boxes
  if (ours.boxes.length !== 1 || !box) return alone('halve', nobody, '')
  return alone('same', new Map([[box.id, { fate: 'wait', wait: 'day', code: 'too-large' }]]), 'too-large')
}

const alone = (size: 'halve' | 'one' | 'same', boxes: ReadonlyMap<string, Fate>, code: DeliveryCode): Consequence => ({
  contact: false,
  code,
  boxes,
  next: 'at-once',
  size,
  method: 'good',
})
