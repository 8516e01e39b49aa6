import { copyFile, mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { receiverCommand } from '../../receiver/command.ts'
import { openData, startReceiver, type RunningReceiver } from '../../receiver/server.ts'
import { signReceipt } from '../batch/receipt.ts'
import { sha256HexOf } from '../seal/digest.ts'
import { anOutbox, type AnOutbox } from '../testing/an-outbox.ts'
import { deliver } from './deliver.ts'
import { outboxView } from './outbox.ts'

// The whole way with the receiver that organisations run, over loopback.

const appOrigins = ['http://127.0.0.1:4173']
let [dataDir, receiver]: [string, RunningReceiver | undefined] = ['', undefined]
beforeEach(async () => {
  dataDir = await mkdtemp(join(tmpdir(), 'receiver-'))
  receiver = await startReceiver({ dataDir, port: 0, appOrigins })
})
afterEach(async () => {
  await receiver?.close()
  await rm(dataDir, { recursive: true })
})

const running = (): RunningReceiver => {
  if (!receiver) throw new Error('not running')
  return receiver
}
const tablet = async (enrolCode: string): Promise<AnOutbox> =>
  anOutbox(running().url, { receiverPublicKey: running().receiptPublicKey, enrolCode })

/** The receiver's own store, as its command opens it beside the running server. */
async function onTheDisk<T>(work: (store: Awaited<ReturnType<typeof openData>>['store']) => Promise<T>): Promise<T> {
  const { store } = await openData(dataDir)
  const done = await work(store)
  await store.close()
  return done
}

/** What a receiver left when it was closed. Files beside these go when its connection does, which may be in mid-copy. */
async function copied(): Promise<string> {
  const copy = await mkdtemp(join(tmpdir(), 'receiver-'))
  for (const name of ['receiver.db', 'receipt.key']) await copyFile(join(dataDir, name), join(copy, name))
  return copy
}

/** A person took a set-up link with this code. */
async function bring({ database }: AnOutbox, enrolCode: string): Promise<void> {
  const device = await database.device.get('device')
  await database.device.update('device', { enrolCode, changes: (device?.changes ?? 0) + 1 })
}

const desk = async (path: string, init: RequestInit = {}): Promise<Response> => {
  const token = await running().deskToken()
  return fetch(running().url + path, { ...init, headers: { Authorization: `Bearer ${token}` } })
}
const boxesAtDesk = async (): Promise<string[]> => {
  const { boxes } = (await (await desk('/v1/boxes?after=0&limit=500')).json()) as { boxes: { id: string }[] }
  return boxes.map(({ id }) => id).sort()
}

describe('with a real receiver', () => {
  test('a tablet enrols, sends a backlog, and the desk finds each box once', async () => {
    const outbox = await tablet(await running().issueCode())
    for (let i = 0; i < 80; i += 1) await outbox.addBox(4_400 + i)
    const report = await deliver(outbox.deps())
    expect(report).toMatchObject({ status: 'done', received: 80, code: '' })
    const rows = await outbox.rows()
    expect(await boxesAtDesk()).toEqual(rows.map(({ boxId }) => boxId).sort())
    expect(await outbox.database.device.get('device')).toMatchObject({ enrolCode: '' })
  })

  test('a request to enrol that was given up and arrives late takes no token away', async () => {
    const outbox = await tablet(await running().issueCode())
    await outbox.addBox()
    const late: (() => Promise<Response>)[] = []
    const stuck = async (url: string, init: RequestInit): Promise<Response> => {
      const { signal: _, ...rest } = init
      late.push(async () => await fetch(url, rest))
      return await Promise.reject(new TypeError('the line broke'))
    }
    expect(await deliver(outbox.deps({ fetch: stuck }))).toMatchObject({ code: 'net', waiting: 1 })
    // The second try is answered, and before its token is used for the first time, the first one arrives.
    const overtaken = async (url: string, init: RequestInit): Promise<Response> => {
      if (!url.endsWith('/v1/enrol')) await late.pop()?.()
      return await fetch(url, init)
    }
    const report = await deliver(outbox.deps({ fetch: overtaken, trigger: 'person' }))
    expect(late).toEqual([])
    expect(report).toMatchObject({ status: 'done', received: 1, code: '' })
  })

  test('what was kept without our hearing of it is received at the second try, and kept once', async () => {
    const outbox = await tablet(await running().issueCode())
    await outbox.addBox()
    const deaf = async (url: string, init: RequestInit): Promise<Response> => {
      const response = await fetch(url, init)
      if (init.method === 'PUT') throw new TypeError('the line broke')
      return response
    }
    expect(await deliver(outbox.deps({ fetch: deaf }))).toMatchObject({ code: 'net', waiting: 1 })
    expect(await boxesAtDesk()).toHaveLength(1)
    expect(await deliver(outbox.deps({ trigger: 'person' }))).toMatchObject({ received: 1, waiting: 0 })
    expect(await boxesAtDesk()).toHaveLength(1)
  })

  test('a code that nobody gave out is said so, and the boxes stay', async () => {
    const outbox = await tablet('NOBODYKNOWSIT')
    await outbox.addBox()
    expect(await deliver(outbox.deps())).toMatchObject({ code: 'code-expired', waiting: 1 })
  })

  test('a token that is not known is a tablet that is not recognised, and a wrong address a wrong address', async () => {
    const outbox = await anOutbox(running().url, { receiverPublicKey: running().receiptPublicKey })
    await outbox.addBox()
    expect(await deliver(outbox.deps())).toMatchObject({ code: 'device', waiting: 1 })
    await outbox.configure({ endpoint: `${running().url}/beside` })
    expect(await deliver(outbox.deps())).toMatchObject({ code: 'endpoint', waiting: 1 })
  })

  test('a revoked tablet that was readmitted sends again with a new code, what was refused meanwhile, too', async () => {
    const outbox = await tablet(await running().issueCode())
    await deliver(outbox.deps())
    await onTheDisk((store) => store.revokeDevice('first', outbox.deviceId, 1))
    const box = await outbox.addBox()
    expect(await deliver(outbox.deps())).toMatchObject({ received: 0, refused: 1 })
    expect(await outbox.row(box)).toMatchObject({ state: 'refused', lastCode: 'revoked' })
    const code = await running().issueCode()
    await bring(outbox, code)
    expect(await deliver(outbox.deps())).toMatchObject({ received: 0 })
    expect(await outbox.database.device.get('device')).toMatchObject({ enrolCode: code })
    await onTheDisk((store) => store.readmitDevice('first', outbox.deviceId))
    await bring(outbox, code)
    expect(await deliver(outbox.deps())).toMatchObject({ status: 'done', received: 1, refused: 0, code: '' })
    expect(await outbox.database.device.get('device')).toMatchObject({ enrolCode: '' })
    expect(await boxesAtDesk()).toEqual([box])
  })

  test('a fresh code takes the place of a token that is not known, and is not asked for one that is', async () => {
    const outbox = await anOutbox(running().url, { receiverPublicKey: running().receiptPublicKey })
    await outbox.addBox()
    await bring(outbox, await running().issueCode())
    expect(await deliver(outbox.deps())).toMatchObject({ status: 'done', received: 1, code: '' })
    const { token } = (await outbox.database.device.get('device')) ?? {}
    expect(token).not.toBe(outbox.token)
    const unused = await running().issueCode()
    await bring(outbox, unused)
    await outbox.addBox()
    expect(await deliver(outbox.deps())).toMatchObject({ received: 1 })
    expect(await outbox.database.device.get('device')).toMatchObject({ token, enrolCode: unused })
  })

  test('a tablet that was let in again hears what the desk opened, also where it has nothing left to send', async () => {
    const outbox = await tablet(await running().issueCode())
    const box = await outbox.addBox()
    await deliver(outbox.deps())
    await onTheDisk((store) => store.revokeDevice('first', outbox.deviceId, 1))
    const boxes = [{ id: box, size: (await outbox.row(box)).size, result: 'imported' as const }]
    const receipt = { v: 1, level: 'imported', deviceId: outbox.deviceId, at: '2026-05-02T10:00:00Z', boxes } as const
    const text = await signReceipt({ ...receipt, boxes }, outbox.deskKey.privateKey)
    await desk(`/v1/receipts/${await sha256HexOf(text)}`, { method: 'PUT', body: text })
    expect(await deliver(outbox.deps())).toMatchObject({ status: 'done', opened: 0, code: 'device' })
    await onTheDisk((store) => store.readmitDevice('first', outbox.deviceId))
    const code = await running().issueCode()
    await bring(outbox, code)
    const unsigned = async (url: string, init: RequestInit): Promise<Response> =>
      url.includes('/v1/receipts') ? new Response('{"error":"who are you?"}', { status: 401 }) : await fetch(url, init)
    expect(await deliver(outbox.deps({ fetch: unsigned }))).toMatchObject({ opened: 0 })
    expect(await outbox.database.device.get('device')).toMatchObject({ enrolCode: code })
    expect(await deliver(outbox.deps())).toMatchObject({ status: 'done', opened: 1, code: '' })
    expect(await outbox.row(box)).toMatchObject({ state: 'opened' })
  })

  test('a revoked tablet that has nothing to send is told so, until the receiver says something else', async () => {
    const outbox = await tablet(await running().issueCode())
    await outbox.addBox()
    expect(await deliver(outbox.deps())).toMatchObject({ status: 'done', received: 1, code: '' })
    const strange = async () => new Response('{"error":"who are you?"}', { status: 403 })
    expect(await deliver(outbox.deps({ fetch: strange }))).toMatchObject({ status: 'done', code: '' })

    await onTheDisk((store) => store.revokeDevice('first', outbox.deviceId, 1))
    expect(await deliver(outbox.deps())).toMatchObject({ status: 'done', waiting: 0, code: 'device' })
    expect(await outboxView(outbox.database)).toMatchObject({ waiting: 0, received: 1, lastCode: 'device' })
    let asked = 0
    const down = () => {
      asked += 1
      return Promise.reject(new TypeError('no network'))
    }
    // Once an hour, as with a refused batch; nobody’s silence takes it back.
    expect(await deliver(outbox.deps({ fetch: down }))).toMatchObject({ code: 'device' })
    expect(asked).toBe(0)
    outbox.clock.now += 3_600_000
    for (const fetch of [down, strange]) expect(await deliver(outbox.deps({ fetch }))).toMatchObject({ code: 'device' })
    expect(asked).toBe(1)

    await onTheDisk((store) => store.readmitDevice('first', outbox.deviceId))
    await bring(outbox, await running().issueCode())
    expect(await deliver(outbox.deps())).toMatchObject({ status: 'done', code: '' })
    expect(await outboxView(outbox.database)).toMatchObject({ lastCode: '' })
  })

  test('a refusal that the receiver has not signed spends no code', async () => {
    const outbox = await tablet(await running().issueCode())
    await deliver(outbox.deps())
    const code = await running().issueCode()
    await bring(outbox, code)
    await outbox.addBox()
    const asked: string[] = []
    const portal = async (url: string): Promise<Response> => {
      asked.push(url)
      return new Response('{"error":"who are you?"}', { status: 401 })
    }
    expect(await deliver(outbox.deps({ fetch: portal }))).toMatchObject({ code: 'portal', waiting: 1 })
    expect(asked.filter((url) => url.endsWith('/v1/enrol'))).toEqual([])
    expect(await outbox.database.device.get('device')).toMatchObject({ enrolCode: code })
  })

  test('a box that is no sealed file is refused by name, and the others are kept', async () => {
    const outbox = await tablet(await running().issueCode())
    const good = await outbox.addBox()
    const bytes = new TextEncoder().encode('nothing sealed at all')
    const bad = await sha256HexOf('nothing sealed at all')
    await outbox.addBox(4_400, { boxId: bad, bytes, size: bytes.length })
    expect(await deliver(outbox.deps())).toMatchObject({ received: 1, refused: 1 })
    expect(await outbox.row(bad)).toMatchObject({ state: 'refused', lastCode: 'unknown-format' })
    expect(await boxesAtDesk()).toEqual([good])
  })

  test('the desk’s receipt comes back through the receiver and opens the box', async () => {
    const outbox = await tablet(await running().issueCode())
    const box = await outbox.addBox()
    await deliver(outbox.deps())
    const { size } = await outbox.row(box)
    const boxes = [{ id: box, size, result: 'imported' as const }]
    const receipt = { v: 1, level: 'imported', deviceId: outbox.deviceId, at: '2026-05-02T10:00:00Z', boxes } as const
    const text = await signReceipt({ ...receipt, boxes }, outbox.deskKey.privateKey)
    const put = await desk(`/v1/receipts/${await sha256HexOf(text)}`, { method: 'PUT', body: text })
    expect(put.ok).toBe(true)
    expect(await deliver(outbox.deps())).toMatchObject({ status: 'done', opened: 1 })
    expect(await outbox.row(box)).toMatchObject({ state: 'opened', imported: text })
  })

  test('the desk’s receipt is found, too, where the store counts anew after a backup was brought back', async () => {
    const outbox = await tablet(await running().issueCode())
    const box = await outbox.addBox()
    await deliver(outbox.deps())
    await outbox.database.device.update('device', { receiptsAfter: 9, receiptsStore: 'the store of before' })
    const { size } = await outbox.row(box)
    const boxes = [{ id: box, size, result: 'imported' as const }]
    const receipt = { v: 1, level: 'imported', deviceId: outbox.deviceId, at: '2026-05-02T10:00:00Z', boxes } as const
    const text = await signReceipt({ ...receipt, boxes }, outbox.deskKey.privateKey)
    await desk(`/v1/receipts/${await sha256HexOf(text)}`, { method: 'PUT', body: text })
    expect(await deliver(outbox.deps())).toMatchObject({ status: 'done', opened: 1 })
    expect((await outbox.database.device.get('device'))?.receiptsAfter).toBe(1)
    expect(await deliver(outbox.deps())).toMatchObject({ opened: 0 })
  })

  test('a receiver that was brought back from yesterday gets again what nobody opened, each box once', async () => {
    const outbox = await tablet(await running().issueCode())
    const opened = await outbox.addBox(4_400, { state: 'opened', bytes: new Uint8Array(0) })
    const kept = await outbox.addBox()
    await deliver(outbox.deps())
    const { port } = new URL(running().url)
    await running().close()
    const yesterday = await copied()
    receiver = await startReceiver({ dataDir, port: Number(port), appOrigins })
    const lost = await outbox.addBox()
    await deliver(outbox.deps())
    await running().close()
    await rm(dataDir, { recursive: true })
    dataDir = yesterday
    const silent = { out: () => undefined, err: () => undefined, stop: Promise.resolve() }
    expect(await receiverCommand(['restored', '--data', dataDir], silent)).toBe(0)
    receiver = await startReceiver({ dataDir, port: Number(port), appOrigins })
    expect(await boxesAtDesk()).toEqual([kept])

    expect(await deliver(outbox.deps())).toMatchObject({ status: 'done', received: 2, waiting: 0, code: '' })
    expect(await boxesAtDesk()).toEqual([kept, lost].sort())
    expect((await outbox.row(opened)).state).toBe('opened')
    expect(await deliver(outbox.deps())).toMatchObject({ status: 'done', received: 0 })
  })

  test('a receiver that died before the tablet heard more of it than one receipt gets its box again', async () => {
    const outbox = await tablet(await running().issueCode())
    const { port } = new URL(running().url)
    const hearsNothingElse = async (url: string, init: RequestInit): Promise<Response> =>
      init.method === 'GET' ? await Promise.reject(new TypeError('the line broke')) : await fetch(url, init)
    await deliver(outbox.deps({ fetch: hearsNothingElse }))
    await running().close()
    const yesterday = await copied()
    receiver = await startReceiver({ dataDir, port: Number(port), appOrigins })
    const box = await outbox.addBox()
    expect(await deliver(outbox.deps({ fetch: hearsNothingElse }))).toMatchObject({ received: 1 })
    await running().close()
    await rm(dataDir, { recursive: true })
    dataDir = yesterday
    const silent = { out: () => undefined, err: () => undefined, stop: Promise.resolve() }
    expect(await receiverCommand(['restored', '--data', dataDir], silent)).toBe(0)
    receiver = await startReceiver({ dataDir, port: Number(port), appOrigins })
    expect(await deliver(outbox.deps())).toMatchObject({ status: 'done', received: 1 })
    expect(await boxesAtDesk()).toEqual([box])
  })

  test('a receipt that a box has already, played again when it is offered again, receives nothing', async () => {
    const outbox = await tablet(await running().issueCode())
    const box = await outbox.addBox()
    await deliver(outbox.deps())
    const { receipt } = await outbox.row(box)
    await outbox.database.device.update('device', { receiptsStore: 'the store of before' })
    const replays = async (url: string, init: RequestInit): Promise<Response> =>
      init.method === 'PUT' ? new Response(receipt) : await fetch(url, init)
    expect(await deliver(outbox.deps({ fetch: replays }))).toMatchObject({ code: 'receipt', received: 0, waiting: 1 })
    expect(await deliver(outbox.deps({ trigger: 'person' }))).toMatchObject({ received: 1, waiting: 0 })
  })

  test('what is offered again keeps its first receipt until it has the next', async () => {
    const outbox = await tablet(await running().issueCode())
    const box = await outbox.addBox()
    await deliver(outbox.deps())
    const { receipt } = await outbox.row(box)
    await outbox.database.device.update('device', { receiptsStore: 'the store of before' })
    const deaf = async (url: string, init: RequestInit): Promise<Response> =>
      init.method === 'PUT' ? await Promise.reject(new TypeError('the line broke')) : await fetch(url, init)
    expect(await deliver(outbox.deps({ fetch: deaf }))).toMatchObject({ code: 'net', waiting: 1 })
    expect(await outbox.row(box)).toMatchObject({ state: 'waiting', receipt })
    expect(await deliver(outbox.deps({ trigger: 'person' }))).toMatchObject({ received: 1, waiting: 0 })
    expect((await outbox.row(box)).receipt).not.toBe(receipt)
  })
})
