import { beforeAll, describe, expect, test } from 'vitest'
import { verifyReceipt } from '../src/batch/receipt.ts'
import { receiptSizeLimit } from '../src/batch/protocol.ts'
import { newRecipientPair, type RecipientPair } from '../src/seal/envelope.ts'
import { newSigningKey } from '../src/seal/signature.ts'
import { importReceipts, receiptKeyOf } from './import-receipt.ts'
import { openBoxes, type Opened } from './open-boxes.ts'
import { ATablet, aRecord } from './testing/a-tablet.ts'

const desk = newSigningKey()
const at = new Date('2024-07-01T09:30:00Z')
const read = (text: string) => verifyReceipt(text, [receiptKeyOf(desk.privateKey)], 'imported')
let work: RecipientPair

beforeAll(async () => {
  work = await newRecipientPair({ kind: 'x25519' })
})

describe('the desk’s receipts', () => {
  test('are one for each tablet and verify with the desk’s key alone', async () => {
    const [one, two] = [new ATablet([work.recipient]), new ATablet([work.recipient])]
    const boxes = [await one.seal([aRecord()]), await two.seal([aRecord({ caseId: 'exampleCase000000000hA' })])]
    const receipts = await importReceipts(await openBoxes(boxes, [work.identity]), desk.privateKey, at)
    expect(receipts.map(({ deviceId }) => deviceId)).toEqual([one.deviceId, two.deviceId])
    expect(await read(receipts[0]?.text ?? '')).toEqual({
      v: 1,
      level: 'imported',
      deviceId: one.deviceId,
      at: '2024-07-01T09:30:00.000Z',
      boxes: [{ id: boxes[0]?.boxId, size: boxes[0]?.bytes.length, result: 'imported' }],
    })
    expect(
      await verifyReceipt(receipts[0]?.text ?? '', [receiptKeyOf(newSigningKey().privateKey)], 'imported'),
    ).toBeUndefined()
  })

  test('say imported also of a box whose revisions were all here already', async () => {
    const tablet = new ATablet([work.recipient])
    const boxes = [await tablet.seal([aRecord()]), await tablet.seal([aRecord()])]
    const [receipt] = await importReceipts(await openBoxes(boxes, [work.identity]), desk.privateKey, at)
    expect(receipt?.boxIds).toEqual(boxes.map(({ boxId }) => boxId))
  })

  test('reject what no later run can read, with its reason', async () => {
    const tablet = new ATablet([work.recipient])
    const bad = await tablet.seal([Object.assign(aRecord(), { surplus: 1 })])
    const [receipt] = await importReceipts(await openBoxes([bad], [work.identity]), desk.privateKey, at)
    expect((await read(receipt?.text ?? ''))?.boxes).toEqual([
      { id: bad.boxId, size: bad.bytes.length, result: 'rejected', reason: 'not-a-record' },
    ])
  })

  test('say imported of a change by code that was applied, and nothing of one that asks', async () => {
    const tablet = new ATablet([work.recipient])
    const says = { kind: 'proceedings', date: '2024', ces: 'convicted' } as const
    const change = { v: 1, edition: '0.1.1', code: aRecord().code, at: '2024-09-02T10:00+02:00', says } as const
    const record = await tablet.seal([aRecord()])
    const boxes = [record, await tablet.say(change), await tablet.say({ ...change, code: '130750628' })]
    const [receipt] = await importReceipts(await openBoxes(boxes, [work.identity]), desk.privateKey, at)
    expect(receipt?.boxIds).toEqual(boxes.slice(0, 2).map(({ boxId }) => boxId))
  })

  test('say nothing of tests, of boxes for another key, and of what waits for a person', async () => {
    const tablet = new ATablet([work.recipient])
    const foreign = new ATablet([(await newRecipientPair({ kind: 'x25519' })).recipient])
    const boxes = [await tablet.make({}), { ...(await foreign.seal([aRecord()])), from: foreign.deviceId }]
    expect(await importReceipts(await openBoxes(boxes, [work.identity]), desk.privateKey, at)).toEqual([])
    const held = await openBoxes([await tablet.seal([aRecord()])], [work.identity], undefined, { approved: new Set() })
    expect(await importReceipts(held, desk.privateKey, at)).toEqual([])
  })

  test('are not made twice for the same box', async () => {
    const box = await new ATablet([work.recipient]).seal([aRecord()])
    const opened = await openBoxes([box], [work.identity])
    expect(await importReceipts(opened, desk.privateKey, at, new Set([box.boxId]))).toEqual([])
  })

  test('stay below the size that a tablet reads, however many boxes there are', async () => {
    const boxes = Array.from({ length: 450 }, (_, i) => ({
      boxId: i.toString(16).padStart(64, '0'),
      deviceId: 'AAAAAAAAAAAAAAAAAAAAAA',
      seq: i + 1,
      size: 1_048_576,
    }))
    const opened = { ...(await openBoxes([], [work.identity])), imported: boxes } satisfies Opened
    const receipts = await importReceipts(opened, desk.privateKey, at)
    expect(receipts.flatMap(({ boxIds }) => boxIds)).toHaveLength(450)
    for (const { text } of receipts) {
      expect(text.length).toBeLessThan(receiptSizeLimit)
      expect(await read(text)).toBeDefined()
    }
  })
})
