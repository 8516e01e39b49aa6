import { describe, expect, test } from 'vitest'
import { signReceipt, type ImportedReceipt } from '../batch/receipt.ts'
import { newKeyId } from '../seal/random.ts'
import { newSigningKey } from '../seal/signature.ts'
import { anOutbox, type AnOutbox } from '../testing/an-outbox.ts'
import { takeAnswer } from './imported.ts'

const nowhere = 'http://127.0.0.1:1'

async function answering(outbox: AnOutbox, change: Partial<ImportedReceipt> = {}, key = outbox.deskKey) {
  const boxes = (await outbox.rows()).map(({ boxId: id, size }) => ({ id, size, result: 'imported' as const }))
  const receipt = { v: 1, level: 'imported', deviceId: outbox.deviceId, at: '2026-05-02T10:00:00Z', boxes } as const
  return signReceipt({ ...receipt, ...change }, key.privateKey)
}
const states = async (outbox: AnOutbox) => (await outbox.rows()).map(({ state }) => state)

describe('an answer that somebody carried here', () => {
  test('opens the boxes that it names, once', async () => {
    const outbox = await anOutbox(nowhere)
    await outbox.addBox()
    await outbox.addBox()
    const text = `${await answering(outbox)}\n`
    expect(await takeAnswer(outbox.database, text)).toEqual({ status: 'taken', opened: 2, rejected: 0, known: 0 })
    expect(await states(outbox)).toEqual(['opened', 'opened'])
    expect((await outbox.rows())[0]?.imported).toBe(text.trim())
    expect(await takeAnswer(outbox.database, text)).toEqual({ status: 'taken', opened: 0, rejected: 0, known: 2 })
  })

  test('may be several receipts, with line breaks or pasted without them, and for other tablets, too', async () => {
    for (const between of ['\n', '\r\n\r\n', '', ' ']) {
      const outbox = await anOutbox(nowhere)
      await outbox.addBox()
      const other = await answering(outbox, { deviceId: newKeyId() })
      const text = [other, await answering(outbox), other].join(between)
      expect(await takeAnswer(outbox.database, text)).toMatchObject({ status: 'taken', opened: 1 })
    }
  })

  test('can be a rejection, which is shown', async () => {
    const outbox = await anOutbox(nowhere)
    const boxId = await outbox.addBox()
    const { size } = await outbox.row(boxId)
    const text = await answering(outbox, { boxes: [{ id: boxId, size, result: 'rejected', reason: 'rule-broken' }] })
    expect(await takeAnswer(outbox.database, text)).toMatchObject({ status: 'taken', opened: 0, rejected: 1 })
    expect(await outbox.row(boxId)).toMatchObject({ state: 'refused', lastCode: 'rejected' })
  })

  test('for another tablet alone changes nothing, and is called so', async () => {
    const outbox = await anOutbox(nowhere)
    await outbox.addBox()
    const text = await answering(outbox, { deviceId: newKeyId() })
    expect(await takeAnswer(outbox.database, text)).toEqual({ status: 'of-others' })
    expect(await states(outbox)).toEqual(['waiting'])
  })

  test('is none where it is not signed by the desk’s key, cut off, or something else', async () => {
    const outbox = await anOutbox(nowhere)
    await outbox.addBox()
    const good = await answering(outbox)
    const forged = await answering(outbox, {}, newSigningKey())
    const byReceiver = await answering(outbox, {}, outbox.receiverKey)
    for (const text of [forged, byReceiver, good.slice(0, -3), '', 'hello', '{}', '\u0000']) {
      expect(await takeAnswer(outbox.database, text)).toEqual({ status: 'no-answer' })
    }
    expect(await states(outbox)).toEqual(['waiting'])
  })

  test('is not believed under settings that nobody signed', async () => {
    const outbox = await anOutbox(nowhere)
    await outbox.addBox()
    const text = await answering(outbox)
    await outbox.database.device.update('device', { configuration: 'CONF1 x\n{}' })
    expect(await takeAnswer(outbox.database, text)).toEqual({ status: 'settings' })
    expect(await states(outbox)).toEqual(['waiting'])
  })
})
