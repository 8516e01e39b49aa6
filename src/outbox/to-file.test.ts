import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { describe, expect, test } from 'vitest'
import { startReceiver } from '../../receiver/server.ts'
import { readBatch } from '../batch/batch.ts'
import { verifyReceipt } from '../batch/receipt.ts'
import { sha256Hex } from '../seal/digest.ts'
import { newKeyId } from '../seal/random.ts'
import { recipientFingerprint, newRecipientPair } from '../seal/envelope.ts'
import { anOutbox, aReceipt, aServer } from '../testing/an-outbox.ts'
import { deliver } from './deliver.ts'
import { boxesAsFile, noteSaved, type BoxesAsFile } from './to-file.ts'

const nowhere = 'http://127.0.0.1:1'

function made(file: BoxesAsFile): Extract<BoxesAsFile, { status: 'made' }> {
  if (file.status !== 'made') throw new Error(file.status)
  return file
}

describe('boxes as a file', () => {
  test('are the body of a batch, in the order of sealing, and stay where they are', async () => {
    const outbox = await anOutbox(nowhere)
    const boxIds = [await outbox.addBox(), await outbox.addBox(9_000, { cases: 3 })]
    const file = made(await boxesAsFile(outbox.database))
    expect(file).toMatchObject({ boxIds, cases: 4, left: 0, last: 2 })
    const rows = await Promise.all(boxIds.map((boxId) => outbox.row(boxId)))
    expect(readBatch(file.bytes)).toEqual(rows.map(({ bytes }) => bytes))
    expect(rows.map(({ state }) => state)).toEqual(['waiting', 'waiting'])
  })

  test('count as tried before anybody has the file, so that none of them is replaced', async () => {
    const outbox = await anOutbox(nowhere)
    const [fresh, tried] = [await outbox.addBox(), await outbox.addBox(4_400, { attempts: 7 })]
    await boxesAsFile(outbox.database)
    expect((await outbox.row(fresh)).attempts).toBe(1)
    expect((await outbox.row(tried)).attempts).toBe(7)
  })

  test('say on which day they were saved only once somebody has seen the file', async () => {
    const outbox = await anOutbox(nowhere)
    const boxId = await outbox.addBox()
    const file = made(await boxesAsFile(outbox.database))
    expect((await outbox.row(boxId)).savedOn).toBeUndefined()
    await noteSaved(outbox.database, file.boxIds, '2024-05-02')
    expect((await outbox.row(boxId)).savedOn).toBe('2024-05-02')
  })

  test('are sent all the same when the network comes', async () => {
    const server = await aServer(async (heard, response) => {
      if (heard.method === 'GET') return void response.end('{"receipts":[]}')
      response.writeHead(200).end(await aReceipt(heard.body, outbox))
    })
    const outbox = await anOutbox(server.url)
    const boxId = await outbox.addBox()
    await boxesAsFile(outbox.database)
    expect(await deliver(outbox.deps())).toMatchObject({ received: 1 })
    expect((await outbox.row(boxId)).state).toBe('received')
    await server.close()
  })

  test('can be put on a receiver as they are, by whoever has a token of it', async () => {
    const folder = await mkdtemp(join(tmpdir(), 'file-'))
    const receiver = await startReceiver({ dataDir: folder, port: 0, appOrigins: ['https://app.example'] })
    const outbox = await anOutbox(nowhere)
    const boxId = await outbox.addBox()
    const { bytes } = made(await boxesAsFile(outbox.database))
    const deviceId = newKeyId()
    const enrolment = JSON.stringify({ deviceId, code: await receiver.issueCode() })
    const json = { 'Content-Type': 'application/json' }
    const enrolled = await fetch(`${receiver.url}/v1/enrol`, { method: 'POST', body: enrolment, headers: json })
    const { token } = (await enrolled.json()) as { token: string }
    const put = await fetch(`${receiver.url}/v1/batches/${await sha256Hex(bytes)}`, {
      method: 'PUT',
      body: bytes,
      headers: { Authorization: `Bearer ${token}`, 'Content-Type': 'application/octet-stream' },
    })
    const receipt = await verifyReceipt(await put.text(), [receiver.receiptPublicKey], 'stored')
    expect(receipt?.boxes).toEqual([{ id: boxId, size: 4_400, result: 'kept' }])
    await receiver.close()
    await rm(folder, { recursive: true })
  })

  test('hold what a receiver refused, and neither what the desk rejected nor what arrived', async () => {
    const outbox = await anOutbox(nowhere)
    const refused = await outbox.addBox(4_400, { state: 'refused', lastCode: 'too-large' })
    await outbox.addBox(4_400, { state: 'refused', lastCode: 'rejected' })
    await outbox.addBox(4_400, { state: 'received' })
    await outbox.addBox(4_400, { state: 'opened' })
    expect(made(await boxesAsFile(outbox.database)).boxIds).toEqual([refused])
  })

  test('leave out what is sealed to a recipient who was revoked', async () => {
    const outbox = await anOutbox(nowhere)
    const gone = await recipientFingerprint((await newRecipientPair({ kind: 'x25519' })).recipient)
    await outbox.addBox(4_400, { recipientFpr: gone })
    const kept = await outbox.addBox()
    await outbox.configure({ revoked: [gone] })
    expect(made(await boxesAsFile(outbox.database)).boxIds).toEqual([kept])
  })

  test('leave out a box whose bytes are not what was sealed', async () => {
    const outbox = await anOutbox(nowhere)
    const [damaged, whole] = [await outbox.addBox(), await outbox.addBox()]
    await outbox.database.outbox.update(damaged, { bytes: new Uint8Array(4_400) })
    expect(made(await boxesAsFile(outbox.database)).boxIds).toEqual([whole])
  })

  test('that are more than one batch may hold go into several files, none twice', async () => {
    const outbox = await anOutbox(nowhere)
    for (let i = 0; i < 300; i += 1) await outbox.addBox(100)
    const first = made(await boxesAsFile(outbox.database))
    expect(first).toMatchObject({ left: 44, last: 256 })
    const second = made(await boxesAsFile(outbox.database, first.last))
    expect(second).toMatchObject({ left: 0, last: 300 })
    expect(new Set([...first.boxIds, ...second.boxIds]).size).toBe(300)
    expect(await boxesAsFile(outbox.database, second.last)).toEqual({ status: 'nothing' })
  })

  test('that are large stop at the size a receiver takes', async () => {
    const outbox = await anOutbox(nowhere)
    for (let i = 0; i < 7; i += 1) await outbox.addBox(1_400 * 1_024)
    const file = made(await boxesAsFile(outbox.database))
    expect(file).toMatchObject({ left: 2 })
    expect(readBatch(file.bytes)).toHaveLength(5)
  })

  test('are not made under settings that nobody signed', async () => {
    const outbox = await anOutbox(nowhere)
    await outbox.addBox()
    const { configuration = '' } = (await outbox.database.device.get('device')) ?? {}
    await outbox.database.device.update('device', { configuration: configuration.replace('our office', 'an office') })
    expect(await boxesAsFile(outbox.database)).toEqual({ status: 'settings' })
  })
})
