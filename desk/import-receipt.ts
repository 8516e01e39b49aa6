import { signReceipt, type ImportedReceipt } from '../src/batch/receipt.ts'
import { toBase64Url } from '../src/seal/base64url.ts'
import { utf8, type Bytes } from '../src/seal/bytes.ts'
import { sha256Hex } from '../src/seal/digest.ts'
import { publicKeyOf } from '../src/seal/signature.ts'
import type { Opened, QuarantineReason } from './open-boxes.ts'

export interface SignedImportReceipt {
  readonly deviceId: string
  /** Ids of the boxes that it names. */
  readonly boxIds: readonly string[]
  /** Hex SHA-256 of the text, the name under which a receiver takes it. */
  readonly sha256: string
  readonly text: string
}

type Line = ImportedReceipt['boxes'][number]

/**
 * What the desk answers: signed receipts, at least one for each device, for boxes that were taken in (finished revisions
 * and safety copies, changes by code that were applied) and for boxes that no later run can take in either. Tests, changes
 * that ask, boxes for another key and boxes that wait for a person get none: a tablet may let go of what a receipt names. Nor
 * does a box that was sealed anew and was never opened here under its name.
 * @param at the desk's clock
 * @param done ids of boxes that have their receipt already
 */
export async function importReceipts(
  opened: Opened,
  privateKey: Bytes,
  at: Date,
  done: ReadonlySet<string> = new Set(),
): Promise<SignedImportReceipt[]> {
  const byDevice = linesOf(opened, done)
  const parts = [...byDevice].flatMap(([deviceId, lines]) => inParts(lines).map((boxes) => ({ deviceId, boxes })))
  return Promise.all(
    parts.map(async ({ deviceId, boxes }) => {
      const receipt = { v: 1, level: 'imported', deviceId, at: at.toISOString(), boxes } as const
      const text = await signReceipt(receipt, privateKey)
      return { deviceId, boxIds: boxes.map(({ id }) => id), sha256: await sha256Hex(utf8(text)), text }
    }),
  )
}

/** The public key that tablets verify these receipts with, base64url. */
export const receiptKeyOf = (privateKey: Bytes): string => toBase64Url(publicKeyOf(privateKey))

/** What will be refused again however often it is read. */
const final: ReadonlySet<QuarantineReason> = new Set([
  'not-age',
  'unknown-layout',
  'too-large',
  'bad-padding',
  'bad-json',
  'bad-signature',
  'not-a-record',
  'not-a-change',
  'not-a-draft',
  'item-differs',
  'derived-differs',
  'rule-broken',
])

function linesOf({ imported, drafts, changes, quarantined }: Opened, done: ReadonlySet<string>): Map<string, Line[]> {
  const asking = new Set(changes.filter(({ outcome }) => outcome.status === 'asks').map(({ boxId }) => boxId))
  const applied = new Map(changes.filter(({ boxId }) => !asking.has(boxId)).map((change) => [change.boxId, change]))
  const taken = [...imported, ...drafts, ...applied.values()]
    .filter(({ isUnproven }) => !isUnproven)
    .map(({ boxId: id, size, deviceId }) => ({ deviceId, line: { id, size, result: 'imported' } as Line }))
  const rejected = quarantined
    .filter(({ reason, isUnproven }) => final.has(reason) && !isUnproven)
    .map(({ boxId: id, size, reason, deviceId }) => ({
      deviceId,
      line: { id, size, result: 'rejected', reason } as Line,
    }))
  const byDevice = new Map<string, Line[]>()
  for (const { deviceId, line } of [...taken, ...rejected]) {
    if (deviceId === undefined || done.has(line.id)) continue
    byDevice.set(deviceId, [...(byDevice.get(deviceId) ?? []), line])
  }
  return byDevice
}

/** So many boxes that the receipt stays below the size that a tablet reads. */
const most = 200

const inParts = (lines: readonly Line[]): Line[][] =>
  Array.from({ length: Math.ceil(lines.length / most) }, (_, i) => lines.slice(i * most, (i + 1) * most))
