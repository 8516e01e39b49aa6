// What comes back. `stored`: the receiver has the box, signed with the receiver's key. `imported`: the desk opened it
// and took it in, signed with the desk's. A box that no valid receipt names is not received, whatever else was answered.

import * as z from 'zod/mini'
import type { Bytes } from '../seal/bytes.ts'
import { receiptSizeLimit } from './protocol.ts'
import { BatchError } from './batch-error.ts'
import { digestSchema, idSchema, isSignedBy, jsonOf, momentSchema, signText, type Domain } from './signed-text.ts'

/** Why a receiver refuses a box. It holds no opening key, so it cannot see more. */
export const refusals = ['unknown-format', 'too-large', 'revoked'] as const
export type Refusal = (typeof refusals)[number]

const size = z.int().check(z.positive())
/** Reasons of the desk are codes, to be said by a lead: never sentences, never data. */
const deskReason = z.string().check(z.regex(/^[a-z][a-z0-9-]{0,39}$/))

const storedBox = z.discriminatedUnion('result', [
  z.strictObject({ id: digestSchema, size, result: z.literal('kept') }),
  z.strictObject({ id: digestSchema, size, result: z.literal('refused'), reason: z.enum(refusals) }),
])
const importedBox = z.discriminatedUnion('result', [
  z.strictObject({ id: digestSchema, size, result: z.literal('imported') }),
  z.strictObject({ id: digestSchema, size, result: z.literal('rejected'), reason: deskReason }),
])

const once = z.refine<{ boxes: readonly { id: string }[] }>(
  ({ boxes }) => new Set(boxes.map(({ id }) => id)).size === boxes.length,
)

export const receiptSchema = z
  .strictObject({
    v: z.literal(1),
    level: z.literal('stored'),
    batchId: digestSchema,
    deviceId: idSchema,
    /** the receiver's clock */
    at: momentSchema,
    boxes: z.array(storedBox),
  })
  .check(once)
export type Receipt = z.infer<typeof receiptSchema>

/** One device's boxes, from whatever batches: it names no batch, since the desk never sees one. */
export const importedReceiptSchema = z
  .strictObject({
    v: z.literal(1),
    level: z.literal('imported'),
    deviceId: idSchema,
    /** the desk's clock */
    at: momentSchema,
    boxes: z.array(importedBox),
  })
  .check(once)
export type ImportedReceipt = z.infer<typeof importedReceiptSchema>

const receiptTextSchema = z.strictObject({ receipt: z.string(), sig: z.string() })

/** The text to answer with: JSON `{receipt, sig}`. Throws `bad-json` for a receipt that no tablet would take. */
export async function signReceipt(receipt: Receipt | ImportedReceipt, privateKey: Bytes): Promise<string> {
  const checked = (receipt.level === 'stored' ? receiptSchema : importedReceiptSchema).safeParse(receipt)
  if (!checked.success) throw new BatchError('bad-json')
  const text = JSON.stringify(checked.data)
  return JSON.stringify({ receipt: text, sig: await signText(receipt.level, text, privateKey) })
}

/**
 * The receipt, or `undefined` for everything else: too long, another shape, another level, not by one of `keys`
 * (base64url). That batch, device, ids and sizes are ours is still to be compared.
 */
export async function verifyReceipt(
  text: string,
  keys: readonly string[],
  level: 'stored',
): Promise<Receipt | undefined>
export async function verifyReceipt(
  text: string,
  keys: readonly string[],
  level: 'imported',
): Promise<ImportedReceipt | undefined>
export async function verifyReceipt(
  text: string,
  keys: readonly string[],
  level: 'stored' | 'imported',
): Promise<Receipt | ImportedReceipt | undefined> {
  const outer = text.length > receiptSizeLimit ? undefined : receiptTextSchema.safeParse(jsonOf(text)).data
  if (outer === undefined || !(await isSignedBy(level, outer.receipt, outer.sig, keys))) return undefined
  return (level === 'stored' ? receiptSchema : importedReceiptSchema).safeParse(jsonOf(outer.receipt)).data
}

export const refusalBodySchema = z.strictObject({
  v: z.literal(1),
  /** the HTTP status it comes with, so that it cannot be shown with another */
  code: z.union([z.literal(401), z.literal(403), z.literal(404), z.literal(410)]),
  /** `null` where the receiver cannot tell whose token it was */
  deviceId: z.nullable(idSchema),
  /** `null` where the request was not for a batch */
  batchId: z.nullable(digestSchema),
})
export type RefusalBody = z.infer<typeof refusalBodySchema>

const refusalTextSchema = z.strictObject({ refusal: z.string(), sig: z.string() })
const refusalDomain: Domain = 'refusal'

/** The text to answer a whole request with: JSON `{refusal, sig}`. Throws `bad-json`. */
export async function signRefusal(refusal: RefusalBody, privateKey: Bytes): Promise<string> {
  const checked = refusalBodySchema.safeParse(refusal)
  if (!checked.success) throw new BatchError('bad-json')
  const text = JSON.stringify(checked.data)
  return JSON.stringify({ refusal: text, sig: await signText(refusalDomain, text, privateKey) })
}

/** The refusal, or `undefined`: unsigned it refuses nothing, since a captive portal answers so, too. */
export async function verifyRefusal(text: string, keys: readonly string[]): Promise<RefusalBody | undefined> {
  const outer = text.length > receiptSizeLimit ? undefined : refusalTextSchema.safeParse(jsonOf(text)).data
  if (outer === undefined || !(await isSignedBy(refusalDomain, outer.refusal, outer.sig, keys))) return undefined
  return refusalBodySchema.safeParse(jsonOf(outer.refusal)).data
}
