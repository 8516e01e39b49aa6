import { base64 } from '@scure/base'
import * as fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { utf8 } from '../seal/bytes.ts'
import { sha256Hex } from '../seal/digest.ts'
import { BatchError, readBatch, writeBatch } from './batch.ts'
import { batchBoxLimit, sealedSizeLimit } from './protocol.ts'
import vectors from './vectors/batch.json' with { type: 'json' }

describe('the vectors', () => {
  test.each(vectors.opens)('open and are made: $name', async ({ bytes, boxes, batchId }) => {
    expect(readBatch(base64.decode(bytes)).map((box) => base64.encode(box))).toEqual(boxes)
    const made = await writeBatch(boxes.map((box) => base64.decode(box)))
    expect(base64.encode(made.bytes)).toBe(bytes)
    expect(made.batchId).toBe(batchId)
  })

  test.each(vectors.refused)('are refused: $name', ({ bytes, reason }) => {
    expect(() => readBatch(base64.decode(bytes))).toThrow(expect.objectContaining({ name: 'BatchError', reason }))
  })
})

describe('a batch', () => {
  test('gives back the boxes that were put in, in their order', async () => {
    const some = fc.array(fc.uint8Array({ minLength: 1, maxLength: 200 }), { minLength: 1, maxLength: 20 })
    await fc.assert(
      fc.asyncProperty(some, async (boxes) => {
        const { bytes } = await writeBatch(boxes)
        expect(readBatch(bytes)).toEqual(boxes.map((box) => new Uint8Array(box)))
      }),
    )
  })

  test('with any byte changed is another batch: its id no longer fits, or it is none', async () => {
    const { batchId, bytes } = await writeBatch([utf8('first box'), utf8('second')])
    for (let at = 0; at < bytes.length; at++) {
      const changed = bytes.slice()
      changed[at] = (changed[at] ?? 0) ^ (1 << (at % 8))
      expect(await sha256Hex(changed)).not.toBe(batchId)
      if (at < 11) expect(() => readBatch(changed)).toThrow(BatchError)
    }
  })

  test('never reads past its end, whatever it is given', () => {
    const magic = utf8('BOXES1\n')
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 60 }), (noise) => {
        const bytes = new Uint8Array([...magic, ...noise])
        try {
          const size = readBatch(bytes).reduce((sum, box) => sum + 4 + box.length, magic.length)
          expect(size).toBe(bytes.length)
        } catch (error) {
          expect(error).toBeInstanceOf(BatchError)
        }
      }),
    )
  })

  test('is not made of no box, of an empty one, of too many or of one too large', async () => {
    await expect(writeBatch([])).rejects.toMatchObject({ reason: 'bad-lengths' })
    await expect(writeBatch([utf8('x'), utf8('')])).rejects.toMatchObject({ reason: 'bad-lengths' })
    const many = Array(batchBoxLimit + 1).fill(utf8('x'))
    await expect(writeBatch(many)).rejects.toMatchObject({ reason: 'bad-lengths' })
    expect(readBatch((await writeBatch(many.slice(1))).bytes)).toHaveLength(batchBoxLimit)
    const large = writeBatch([new Uint8Array(sealedSizeLimit + 1)])
    await expect(large).rejects.toMatchObject({ reason: 'too-large' })
    const heavy = writeBatch(Array.from({ length: 6 }, () => new Uint8Array(sealedSizeLimit)))
    await expect(heavy).rejects.toMatchObject({ reason: 'too-large' })
  })
})
