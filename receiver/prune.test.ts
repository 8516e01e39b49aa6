import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { paths } from '../src/batch/protocol.ts'
import { signReceipt } from '../src/batch/receipt.ts'
import { toBase64Url } from '../src/seal/base64url.ts'
import { sha256Hex, sha256HexOf } from '../src/seal/digest.ts'
import { newSigningKey } from '../src/seal/signature.ts'
import { receiverCommand } from './command.ts'
import { firstOrg } from './store.ts'
import { databaseOf, type Device, likeABox, TestReceiver } from './testing/a-receiver.ts'

const desk = newSigningKey()
const deskKey = toBase64Url(desk.publicKey)
let receiver: TestReceiver
let device: Device
beforeEach(async () => {
  receiver = await TestReceiver.start()
  device = await receiver.aDevice()
})
afterEach(() => receiver.stop())

interface Kept {
  readonly id: string
  readonly bytes: Uint8Array<ArrayBuffer>
}

async function sent(): Promise<Kept> {
  const bytes = likeABox()
  expect((await receiver.put(device.token, [bytes])).status).toBe(200)
  return { id: await sha256Hex(bytes), bytes }
}

/** As a desk does: signed, and put with its token. */
async function opened({ id, bytes }: Kept, change: { key?: typeof desk; deviceId?: string; rejected?: true } = {}) {
  const said = change.rejected ? { result: 'rejected' as const, reason: 'bad-json' } : { result: 'imported' as const }
  const { deviceId = device.deviceId } = change
  const at = new Date().toISOString()
  const receipt = { v: 1, level: 'imported', deviceId, at, boxes: [{ id, size: bytes.length, ...said }] } as const
  const body = await signReceipt({ ...receipt, boxes: [...receipt.boxes] }, (change.key ?? desk).privateKey)
  const path = paths.receipt(await sha256HexOf(body))
  const answer = await receiver.ask(path, { method: 'PUT', body, token: await receiver.running.deskToken() })
  expect(answer.status).toBe(200)
}

async function prune(...more: string[]) {
  let [out, err] = ['', '']
  const around = { out: (text: string) => (out += text), err: (text: string) => (err += text), stop: Promise.resolve() }
  const words = ['prune', '--data', receiver.dataDir, '--desk-key', deskKey, ...more]
  const { database } = await databaseOf(receiver.dataDir)
  const exit = await receiverCommand([...words, ...(database === undefined ? [] : ['--database', database])], around)
  return { exit, out, err }
}

const listed = async () => {
  const store = await receiver.openStore()
  const boxes = await store.listBoxes(firstOrg, 0, 100)
  await store.close()
  return boxes.map(({ id }) => id)
}

describe('boxes that the desk opened', () => {
  it('go when the time is over, and no others', async () => {
    const [done, waiting, refused] = [await sent(), await sent(), await sent()]
    await opened(done)
    await opened(refused, { rejected: true })
    expect((await prune('--opened-days', '1')).out).toContain('gone now: 0,')
    expect((await prune('--opened-days', '0')).out).toContain('gone now: 1,')
    expect(await listed()).toEqual([waiting.id, refused.id])
    expect((await prune('--opened-days', '0')).out).toContain('gone now: 0,')
  })

  it('stay where the receipt is not the desk’s own, or speaks for another device', async () => {
    const [one, other] = [await sent(), await sent()]
    await opened(one, { key: newSigningKey() })
    await opened(other, { deviceId: (await receiver.aDevice()).deviceId })
    expect((await prune('--opened-days', '0')).out).toContain('gone now: 0,')
    expect(await listed()).toHaveLength(2)
  })

  it('are kept once more in name alone when they are sent again', async () => {
    const box = await sent()
    await opened(box)
    await prune('--opened-days', '0')
    const receipt = await receiver.receiptIn(await receiver.put(device.token, [box.bytes]))
    expect(receipt?.boxes).toEqual([{ id: box.id, size: box.bytes.length, result: 'kept' }])
    expect(await listed()).toEqual([])
    const answer = await receiver.ask(paths.box(box.id), { token: await receiver.running.deskToken() })
    expect(answer.status).toBe(404)
  })

  it('are asked for with a key and a number of days', async () => {
    expect(await prune()).toMatchObject({ exit: 2, err: expect.stringContaining('--opened-days is missing') })
    expect(await prune('--desk-key', `-${'A'.repeat(42)}`, '--opened-days', '0')).toMatchObject({ exit: 0 })
    expect(await prune('--desk-key', 'no key', '--opened-days', '0')).toMatchObject({ exit: 2 })
  })
})
