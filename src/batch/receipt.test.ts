import { describe, expect, test } from 'vitest'
import { fromHex } from '../seal/base64url.ts'
import { batchBoxLimit, receiptSizeLimit, sealedSizeLimit } from './protocol.ts'
import {
  receiptSchema,
  refusals,
  signReceipt,
  signRefusal,
  verifyReceipt,
  verifyRefusal,
  type ImportedReceipt,
  type Receipt,
} from './receipt.ts'
import vectors from './vectors/receipt.json' with { type: 'json' }
import refusalVectors from './vectors/refusal.json' with { type: 'json' }

const receiverKey = fromHex(vectors.privateKeyHex.receiver)
const deskKey = fromHex(vectors.privateKeyHex.desk)
const { receiverKeys, deskKeys } = vectors
const digest = (n: number) => n.toString(16).padStart(64, '0')

const verified = (level: string, text: string) =>
  level === 'imported' ? verifyReceipt(text, deskKeys, 'imported') : verifyReceipt(text, receiverKeys, 'stored')

const stored: Receipt = {
  v: 1,
  level: 'stored',
  batchId: digest(1),
  deviceId: 'exampleDevice0000000gA',
  at: '2026-03-04T05:06:07.000Z',
  boxes: [
    { id: digest(2), size: 4394, result: 'kept' },
    { id: digest(3), size: 4394, result: 'refused', reason: 'revoked' },
  ],
}
const imported: ImportedReceipt = {
  v: 1,
  level: 'imported',
  deviceId: 'exampleDevice0000000gA',
  at: '2026-03-05T05:06:07Z',
  boxes: [{ id: digest(2), size: 4394, result: 'rejected', reason: 'bad-json' }],
}

describe('the vectors', () => {
  test.each(vectors.accepted)('of receipts are believed: $name', async ({ level, text, receipt }) => {
    expect(await verified(level, text)).toEqual(receipt)
  })
  test.each(vectors.refused)('of receipts are not believed: $name', async ({ level, text }) => {
    expect(await verified(level, text)).toBeUndefined()
  })
  test.each(refusalVectors.accepted)('of refusals are believed: $name', async ({ text, refusal }) => {
    expect(await verifyRefusal(text, refusalVectors.receiverKeys)).toEqual(refusal)
  })
  test.each(refusalVectors.refused)('of refusals are not believed: $name', async ({ text }) => {
    expect(await verifyRefusal(text, refusalVectors.receiverKeys)).toBeUndefined()
  })
})

describe('a receipt', () => {
  test('is what was signed, at its own level only', async () => {
    const text = await signReceipt(stored, receiverKey)
    expect(await verifyReceipt(text, receiverKeys, 'stored')).toEqual(stored)
    expect(await verifyReceipt(text, receiverKeys, 'imported')).toBeUndefined()
    const opened = await signReceipt(imported, deskKey)
    expect(await verifyReceipt(opened, deskKeys, 'imported')).toEqual(imported)
    expect(await verifyReceipt(opened, deskKeys, 'stored')).toBeUndefined()
  })

  test('is believed from pinned keys alone, and not at all without any', async () => {
    const text = await signReceipt(stored, deskKey)
    expect(await verifyReceipt(text, receiverKeys, 'stored')).toBeUndefined()
    expect(await verifyReceipt(text, [], 'stored')).toBeUndefined()
    expect(await verifyReceipt(text, ['no key', ...deskKeys], 'stored')).toEqual(stored)
  })

  test('says nothing any more with a single byte changed', async () => {
    const text = await signReceipt(stored, receiverKey)
    for (let at = 0; at < text.length; at++) {
      const other = String.fromCharCode(text.charCodeAt(at) ^ 1)
      const changed = text.slice(0, at) + other + text.slice(at + 1)
      expect(await verifyReceipt(changed, receiverKeys, 'stored')).toBeUndefined()
    }
  })

  test('can say every reason there is', async () => {
    const boxes = refusals.map((reason, n) => ({ id: digest(n), size: 1, result: 'refused' as const, reason }))
    const text = await signReceipt({ ...stored, boxes }, receiverKey)
    expect((await verifyReceipt(text, receiverKeys, 'stored'))?.boxes).toEqual(boxes)
  })

  test('for the largest batch stays within what a tablet reads', async () => {
    const boxes = Array.from({ length: batchBoxLimit }, (_, n) => ({
      id: digest(n),
      size: sealedSizeLimit,
      result: 'refused' as const,
      reason: 'unknown-format' as const,
    }))
    const text = await signReceipt({ ...stored, boxes }, receiverKey)
    expect(text.length).toBeLessThan(receiptSizeLimit)
    expect(await verifyReceipt(text, receiverKeys, 'stored')).toBeDefined()
    expect(await verifyReceipt(text + ' '.repeat(receiptSizeLimit), receiverKeys, 'stored')).toBeUndefined()
  })

  test('is not signed where no tablet would take it', async () => {
    const wrong = { ...stored, at: 'yesterday' }
    expect(receiptSchema.safeParse(wrong).success).toBe(false)
    await expect(signReceipt(wrong, receiverKey)).rejects.toMatchObject({ name: 'BatchError', reason: 'bad-json' })
  })
})

describe('a refusal', () => {
  const refusal = { v: 1, code: 403, deviceId: 'exampleDevice0000000gA', batchId: digest(1) } as const

  test('is what was signed, and no receipt', async () => {
    const text = await signRefusal(refusal, receiverKey)
    expect(await verifyRefusal(text, receiverKeys)).toEqual(refusal)
    expect(await verifyRefusal(text, deskKeys)).toBeUndefined()
    expect(await verifyReceipt(text, receiverKeys, 'stored')).toBeUndefined()
  })

  test('says nothing any more with a single byte changed', async () => {
    const text = await signRefusal(refusal, receiverKey)
    for (let at = 0; at < text.length; at++) {
      const changed = text.slice(0, at) + String.fromCharCode(text.charCodeAt(at) ^ 1) + text.slice(at + 1)
      expect(await verifyRefusal(changed, receiverKeys)).toBeUndefined()
    }
  })
})
