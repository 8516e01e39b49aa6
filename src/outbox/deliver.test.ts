import type { ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'
import { createServer as createTlsServer } from 'node:tls'
import { afterEach, describe, expect, test } from 'vitest'
import { readBatch } from '../batch/batch.ts'
import { signReceipt, signRefusal, type ImportedReceipt, type Receipt } from '../batch/receipt.ts'
import { toBase64Url } from '../seal/base64url.ts'
import { newKeyId, newToken } from '../seal/random.ts'
import { newSigningKey } from '../seal/signature.ts'
import { anOutbox, aReceipt, aServer, type AnOutbox, type AServer, type Heard } from '../testing/an-outbox.ts'
import { deliver, type Progress } from './deliver.ts'
import { readLine } from './line-row.ts'
import { observeOutbox, outboxView, type OutboxView } from './outbox.ts'

const servers: AServer[] = []
afterEach(async () => {
  await Promise.all(servers.splice(0).map((server) => server.close()))
})

type Answer = (heard: Heard, response: ServerResponse, count: number, outbox: AnOutbox) => void | Promise<void>

/** A tablet, and a server that gives `answer` to batches and nothing to questions for the desk's receipts. */
async function facing(answer: Answer, options: Parameters<typeof anOutbox>[1] = {}) {
  let outbox: AnOutbox | undefined
  const batches: Heard[] = []
  const server = await aServer(async (heard, response) => {
    if (!outbox) throw new Error('too early')
    if (heard.method === 'GET') return say(response, 200, '{"receipts":[]}')
    batches.push(heard)
    return answer(heard, response, batches.length, outbox)
  })
  servers.push(server)
  outbox = await anOutbox(server.url, options)
  return { outbox, server, batches }
}

const say = (response: ServerResponse, status: number, body: string, headers: Record<string, string> = {}): void => {
  response.writeHead(status, headers).end(body)
}
const hangUp = (response: ServerResponse): void => void response.socket?.destroy()
const honest: Answer = async ({ body }, response, _, outbox) => say(response, 200, await aReceipt(body, outbox))
const changed =
  (change: (receipt: Receipt) => Receipt): Answer =>
  async ({ body }, response, _, outbox) =>
    say(response, 200, await aReceipt(body, outbox, change))
const minutes = (n: number): number => n * 60_000

describe('a good line', () => {
  test('brings every box its receipt, and keeps the bytes', async () => {
    const { outbox, batches } = await facing(honest)
    for (let i = 0; i < 3; i += 1) await outbox.addBox()
    const report = await deliver(outbox.deps())
    expect(report).toMatchObject({ status: 'done', received: 3, waiting: 0, code: '', nextAt: 0 })
    expect(batches).toHaveLength(1)
    for (const row of await outbox.rows()) {
      expect(row).toMatchObject({ state: 'received', attempts: 1, lastCode: '', nextAt: 0 })
      expect(row.bytes.byteLength).toBe(row.size)
      expect(JSON.parse(row.receipt)).toHaveProperty('sig')
    }
    expect((await outbox.database.device.get('device'))?.lastContactAt).toBe(outbox.clock.now)
  })

  test('carries two headers of ours and nothing that names the app or its user', async () => {
    const { outbox, batches, server } = await facing(honest)
    await outbox.addBox()
    let init: RequestInit | undefined
    const spy = (url: string, sent: RequestInit) => {
      init ??= sent
      return fetch(url, sent)
    }
    await deliver(outbox.deps({ fetch: spy }))
    expect(init?.headers).toEqual({
      Authorization: `Bearer ${outbox.token}`,
      'Content-Type': 'application/octet-stream',
    })
    expect(init).toMatchObject({
      method: 'PUT',
      credentials: 'omit',
      redirect: 'manual',
      referrerPolicy: 'no-referrer',
      cache: 'no-store',
    })
    expect(batches[0]?.path).toMatch(/^\/v1\/batches\/[0-9a-f]{64}$/)
    expect(server.heard.map(({ method }) => method)).toEqual(['PUT', 'GET'])
  })

  test('sends 64 KiB first and doubles after each receipt', async () => {
    const { outbox, batches } = await facing(honest)
    for (let i = 0; i < 60; i += 1) await outbox.addBox(8_000)
    expect(await deliver(outbox.deps())).toMatchObject({ received: 60, status: 'done' })
    expect(batches.map(({ body }) => readBatch(body).length)).toEqual([8, 16, 32, 4])
    expect(batches.every(({ body }, i) => body.length <= 64 * 1024 * 2 ** i)).toBe(true)
  })

  test('sends a box that is larger than the first batch on its own', async () => {
    const { outbox, batches } = await facing(honest)
    await outbox.addBox(200_000)
    await outbox.addBox(300_000)
    expect(await deliver(outbox.deps())).toMatchObject({ received: 2 })
    expect(batches).toHaveLength(2)
  })

  test('has `attempts` on the disk before the request leaves', async () => {
    const seen: number[] = []
    const { outbox } = await facing(async (heard, response, count, box) => {
      for (const { attempts } of await box.rows()) seen.push(attempts)
      await honest(heard, response, count, box)
    })
    await outbox.addBox()
    await deliver(outbox.deps())
    expect(seen).toEqual([1])
  })
})

describe('an answer that is no receipt', () => {
  const page = '<!doctype html><title>Welcome</title>'
  const cases: [string, Answer, string, string?][] = [
    ['a page with 200', (_, r) => say(r, 200, page, { 'Content-Type': 'text/html' }), 'portal'],
    ['JSON with 200', (_, r) => say(r, 200, '{"ok":true,"status":"received"}'), 'portal'],
    ['an empty 200', (_, r) => say(r, 200, ''), 'portal'],
    ['200 with a body without end', (_, r) => say(r, 200, 'x'.repeat(200_000)), 'portal'],
    ['a redirect', (_, r) => say(r, 302, '', { Location: 'http://127.0.0.1:9/' }), 'portal'],
    ['a redirect that keeps the method', (_, r) => say(r, 307, '', { Location: '/elsewhere' }), 'portal'],
    ['401', (_, r) => say(r, 401, '{"error":"x"}'), 'portal'],
    ['403', (_, r) => say(r, 403, page), 'portal'],
    ['404', (_, r) => say(r, 404, page), 'portal'],
    ['410', (_, r) => say(r, 410, ''), 'portal'],
    ['407, which fetch itself keeps from us', (_, r) => say(r, 407, ''), 'net'],
    ['408', (_, r) => say(r, 408, '', { Connection: 'close' }), 'net'],
    ['425', (_, r) => say(r, 425, ''), 'busy'],
    ['429 with a bad time', (_, r) => say(r, 429, '', { 'Retry-After': 'later' }), 'busy'],
    ['500', (_, r) => say(r, 500, 'oops'), 'busy'],
    ['502', (_, r) => say(r, 502, page), 'net'],
    ['503', (_, r) => say(r, 503, ''), 'busy'],
    ['507', (_, r) => say(r, 507, ''), 'full'],
    ['511', (_, r) => say(r, 511, page), 'portal'],
    ['a broken-off receipt', cutOff, 'net'],
    ['a closed socket', (_, r) => hangUp(r), 'net'],
    ['a receipt by another key', foreignKey, 'receipt'],
    ['a receipt with a flipped byte', flipped, 'receipt'],
    ['a receipt for another device', changed((receipt) => ({ ...receipt, deviceId: newKeyId() })), 'receipt'],
    ['a receipt for another batch', changed((receipt) => ({ ...receipt, batchId: '0'.repeat(64) })), 'receipt'],
    ['a receipt for other boxes', changed((receipt) => renamed(receipt, { id: '0'.repeat(64) })), 'receipt'],
    ['a receipt for boxes of another size', changed((receipt) => renamed(receipt, { size: 1 })), 'receipt'],
    ['an imported receipt in its place', importedInstead, 'receipt'],
    ['a receipt with 500', async ({ body }, r, _, box) => say(r, 500, await aReceipt(body, box)), 'busy'],
    ['a receipt with 202', async ({ body }, r, _, box) => say(r, 202, await aReceipt(body, box)), 'portal'],
    ['a receipt beyond 64 KiB', oversize, 'portal'],
  ]

  test.each(cases)('%s: everything stays, and is tried again', async (_, answer, code) => {
    let good = false
    const { outbox, batches } = await facing((...ask) => (good ? honest(...ask) : answer(...ask)))
    const before = [await outbox.addBox(), await outbox.addBox()]
    const report = await deliver(outbox.deps())
    expect(report).toMatchObject({ status: 'waiting', received: 0, refused: 0, waiting: 2, code })
    expect(report.nextAt).toBeGreaterThan(outbox.clock.now)
    for (const row of await outbox.rows()) {
      expect(row).toMatchObject({ state: 'waiting', receipt: '' })
      expect(row.bytes.byteLength).toBe(row.size)
    }
    expect(await outboxView(outbox.database)).toMatchObject({ waiting: 2, lastCode: code, nextAt: report.nextAt })
    const heard = batches.length
    await deliver(outbox.deps())
    expect(batches).toHaveLength(heard)

    good = true
    outbox.clock.now = report.nextAt
    expect(await deliver(outbox.deps())).toMatchObject({ status: 'done', received: before.length, code: '' })
    expect(await outboxView(outbox.database)).toMatchObject({ waiting: 0, received: 2, lastCode: '', nextAt: 0 })
  })

  async function cutOff({ body }: Heard, response: ServerResponse, _: number, box: AnOutbox) {
    const text = await aReceipt(body, box)
    response.writeHead(200, { 'Content-Length': String(text.length) })
    response.write(text.slice(0, -9), () => response.socket?.destroy())
  }
  async function foreignKey({ body }: Heard, response: ServerResponse, _: number, { deviceId }: AnOutbox) {
    say(response, 200, await aReceipt(body, { deviceId, receiverKey: newSigningKey() }))
  }
  async function flipped({ body }: Heard, response: ServerResponse, _: number, box: AnOutbox) {
    say(response, 200, (await aReceipt(body, box)).replace('2026-05-02', '2026-05-03'))
  }
  async function importedInstead({ body }: Heard, response: ServerResponse, _: number, box: AnOutbox) {
    const boxes = readBatch(body).map((bytes) => ({
      id: '0'.repeat(64),
      size: bytes.length,
      result: 'imported' as const,
    }))
    const receipt = { v: 1, level: 'imported', deviceId: box.deviceId, at: '2026-05-02T10:00:00Z' } as const
    say(response, 200, await signReceipt({ ...receipt, boxes: boxes.slice(0, 1) }, box.deskKey.privateKey))
  }
  async function oversize({ body }: Heard, response: ServerResponse, _: number, box: AnOutbox) {
    say(response, 200, (await aReceipt(body, box)) + ' '.repeat(64 * 1024))
  }
  function renamed(receipt: Receipt, change: Partial<Receipt['boxes'][number]>): Receipt {
    const [first, ...others] = receipt.boxes
    return { ...receipt, boxes: [{ ...first, ...change } as Receipt['boxes'][number], ...others] }
  }

  test('a receipt of yesterday, played again, moves nothing', async () => {
    let old = ''
    const { outbox } = await facing(async ({ body }, response, _, box) => {
      if (old === '') old = await aReceipt(body, box)
      say(response, 200, old)
    })
    await outbox.addBox()
    expect(await deliver(outbox.deps())).toMatchObject({ received: 1 })
    const second = await outbox.addBox()
    expect(await deliver(outbox.deps())).toMatchObject({ received: 0, code: 'receipt', waiting: 1 })
    expect(await outbox.row(second)).toMatchObject({ state: 'waiting', receipt: '' })
  })

  test('a line on which no safe connection can be made is no connection, and nothing leaves in the clear', async () => {
    const { outbox, batches } = await facing(honest)
    const box = await outbox.addBox()
    const came: Buffer[] = []
    // It has no certificate: every handshake fails.
    const refusing = createTlsServer({})
    refusing.on('tlsClientError', () => undefined)
    refusing.on('secureConnection', (socket) => socket.on('data', (bytes: Buffer) => came.push(bytes)))
    await new Promise<void>((resolve) => refusing.listen(0, '127.0.0.1', resolve))
    const { port } = refusing.address() as AddressInfo
    await outbox.configure({ endpoint: `https://127.0.0.1:${port}` })
    expect(await deliver(outbox.deps())).toMatchObject({ status: 'waiting', code: 'net', received: 0, waiting: 1 })
    expect([came, batches]).toEqual([[], []])
    expect(await outbox.row(box)).toMatchObject({ state: 'waiting', receipt: '' })
    await new Promise((resolve) => refusing.close(resolve))
    await outbox.configure({})
    expect(await deliver(outbox.deps())).toMatchObject({ status: 'done', received: 1 })
  })

  test('nobody listening is told apart from a stranger, and nothing is said of it where nothing is left to send', async () => {
    const { outbox, server } = await facing(honest)
    await server.close()
    const box = await outbox.addBox()
    expect(await deliver(outbox.deps())).toMatchObject({ code: 'net', waiting: 1 })
    expect(await outboxView(outbox.database)).toMatchObject({ waiting: 1, lastCode: 'net' })
    await outbox.database.outbox.update(box, { state: 'refused', lastCode: 'unknown-format' })
    expect(await outboxView(outbox.database)).toMatchObject({ waiting: 0, refused: 1, lastCode: 'refused' })
  })
})

describe('a receipt in part', () => {
  test('moves what it names; the rest waits for itself and comes later', async () => {
    const { outbox, batches } = await facing(async ({ body }, response, count, box) => {
      const text = await aReceipt(body, box, (receipt) =>
        count === 1 ? { ...receipt, boxes: receipt.boxes.slice(0, 1) } : receipt,
      )
      say(response, 200, text)
    })
    await outbox.addBox()
    await outbox.addBox()
    const report = await deliver(outbox.deps())
    expect(report).toMatchObject({ status: 'waiting', received: 1, waiting: 1, code: 'receipt' })
    expect(batches).toHaveLength(1)
    outbox.clock.now = report.nextAt
    expect(await deliver(outbox.deps())).toMatchObject({ status: 'done', received: 1 })
  })

  test('marks a refused box with its reason, keeps it, and does not send it again', async () => {
    const { outbox, batches } = await facing(
      changed((receipt) => {
        const [first, ...others] = receipt.boxes
        if (!first) return receipt
        const { id, size } = first
        return { ...receipt, boxes: [{ id, size, result: 'refused', reason: 'unknown-format' }, ...others] }
      }),
    )
    for (let i = 0; i < 3; i += 1) await outbox.addBox()
    expect(await deliver(outbox.deps())).toMatchObject({ status: 'done', received: 2, refused: 1, code: 'refused' })
    const refused = (await outbox.rows()).find(({ state }) => state === 'refused')
    expect(refused).toMatchObject({ lastCode: 'unknown-format' })
    expect(refused?.receipt).not.toBe('')
    await deliver(outbox.deps({ trigger: 'person' }))
    expect(batches).toHaveLength(1)
    expect(await outboxView(outbox.database)).toMatchObject({ refused: 1, received: 2, lastCode: 'refused' })
    // A safety copy is nobody's case.
    await outbox.database.outbox.update(refused?.boxId ?? '', { cases: 0 })
    expect(await outboxView(outbox.database)).toMatchObject({ refused: 0, received: 2, lastCode: '' })
  })
})

describe('a signed refusal', () => {
  const refusing =
    (status: 401 | 403 | 404 | 410): Answer =>
    async ({ path }, response, _, { deviceId, receiverKey }) => {
      const batchId = path.split('/').at(-1) ?? ''
      say(response, status, await signRefusal({ v: 1, code: status, deviceId, batchId }, receiverKey.privateKey))
    }

  test.each([
    [401, 'device'],
    [403, 'device'],
    [404, 'endpoint'],
    [410, 'endpoint'],
  ] as const)('%d says %s, keeps all, and is asked again in an hour', async (status, code) => {
    const { outbox, batches } = await facing(refusing(status))
    await outbox.addBox()
    const report = await deliver(outbox.deps())
    expect(report).toMatchObject({ code, waiting: 1, nextAt: outbox.clock.now + minutes(60) })
    await deliver(outbox.deps({ trigger: 'woken' }))
    expect(batches).toHaveLength(1)
    await deliver(outbox.deps({ trigger: 'start' }))
    expect(batches).toHaveLength(2)
    outbox.clock.now += minutes(60)
    await deliver(outbox.deps())
    expect(batches).toHaveLength(3)
    await outbox.configure({ label: 'another office' })
    await deliver(outbox.deps())
    expect(batches).toHaveLength(4)
  })
})

describe('waiting as told', () => {
  test.each([
    [429, '120', 120_000],
    [503, 'Sat, 02 May 2026 10:05:00 GMT', minutes(5)],
    [429, '0', 1_000],
    [503, '9999999999', minutes(24 * 60)],
  ])('%d with Retry-After %s', async (status, header, wait) => {
    const { outbox, batches } = await facing((_, r) => say(r, status, '', { 'Retry-After': header }))
    await outbox.addBox()
    const report = await deliver(outbox.deps())
    expect(report).toMatchObject({ code: 'busy', nextAt: outbox.clock.now + wait })
    outbox.clock.now += wait - 1
    await deliver(outbox.deps({ trigger: 'start' }))
    expect(batches).toHaveLength(1)
    outbox.clock.now += 1
    await deliver(outbox.deps())
    expect(batches).toHaveLength(2)
  })
})

describe('one bad box among good ones', () => {
  const large = 50_000
  const refusingLarge =
    (status: number): Answer =>
    async (heard, response, count, box) => {
      if (readBatch(heard.body).some(({ length }) => length >= large)) return say(response, status, '')
      await honest(heard, response, count, box)
    }

  test('is probed daily when it is too large, and the others arrive', async () => {
    const { outbox, batches } = await facing(refusingLarge(413))
    const bad = await outbox.addBox(large)
    for (let i = 0; i < 6; i += 1) await outbox.addBox()
    const report = await deliver(outbox.deps())
    expect(report).toMatchObject({ received: 6, waiting: 1, code: 'too-large' })
    expect(report.nextAt).toBe(outbox.clock.now + minutes(24 * 60))
    expect(await outbox.row(bad)).toMatchObject({ state: 'waiting', lastCode: 'E-TOO-LARGE' })
    const heard = batches.length
    await deliver(outbox.deps({ trigger: 'start' }))
    expect(batches).toHaveLength(heard)
    expect(await deliver(outbox.deps({ trigger: 'person' }))).toMatchObject({ code: 'too-large', waiting: 1 })
    expect(batches).toHaveLength(heard + 1)
  })

  test.each([400, 409, 422])('is tried on its own after %d, and shown after the third time', async (status) => {
    const { outbox } = await facing(refusingLarge(status))
    const bad = await outbox.addBox(large)
    for (let i = 0; i < 6; i += 1) await outbox.addBox()
    let report = await deliver(outbox.deps())
    expect(report).toMatchObject({ received: 6, waiting: 1 })
    const codes: string[] = []
    for (let i = 0; i < 3; i += 1) {
      outbox.clock.now = Math.max(report.nextAt, outbox.clock.now)
      report = await deliver(outbox.deps())
      codes.push(report.code)
    }
    expect(codes.at(-1)).toBe('refused')
    expect(await outbox.row(bad)).toMatchObject({ state: 'waiting', lastCode: 'E-REFUSED' })
  })

  test('a line that turns down every box without proof is not asked box after box', async () => {
    const { outbox, batches } = await facing((_, response) => say(response, 400, ''))
    for (let i = 0; i < 30; i += 1) await outbox.addBox()
    expect(await deliver(outbox.deps())).toMatchObject({ waiting: 30, received: 0 })
    expect(batches).toHaveLength(4)
  })

  test('is set aside when its bytes are damaged, and the others arrive', async () => {
    const { outbox } = await facing(honest)
    const bad = await outbox.addBox()
    await outbox.addBox()
    const row = await outbox.row(bad)
    row.bytes[100] = (row.bytes[100] ?? 0) ^ 1
    await outbox.database.outbox.put(row)
    expect(await deliver(outbox.deps())).toMatchObject({ received: 1, waiting: 0 })
    expect(await outbox.row(bad)).toMatchObject({ state: 'refused', lastCode: 'unknown-format' })
  })
})

describe('a thin line', () => {
  test('gets smaller batches until one gets through', async () => {
    const { outbox, batches } = await facing(async (heard, response, count, box) => {
      if (heard.body.length > 9_000) return hangUp(response)
      return honest(heard, response, count, box)
    })
    for (let i = 0; i < 12; i += 1) await outbox.addBox()
    let passes = 0
    while ((await deliver(outbox.deps({ trigger: 'person' }))).waiting > 0) expect((passes += 1)).toBeLessThan(40)
    expect(batches.some(({ body }) => body.length <= 9_000)).toBe(true)
    expect(batches[0]?.body.length).toBeGreaterThan(40_000)
  })

  test.each([405, 501])('that knows no PUT (%d) gets POST at once', async (status) => {
    const { outbox, batches } = await facing(async (heard, response, count, box) => {
      if (heard.method === 'PUT') return say(response, status, '')
      await honest(heard, response, count, box)
    })
    await outbox.addBox()
    expect(await deliver(outbox.deps())).toMatchObject({ received: 1 })
    expect(batches.map(({ method }) => method)).toEqual(['PUT', 'POST'])
    expect(batches[0]?.path).toBe(batches[1]?.path)
  })

  test('that lets no PUT through gets POST after two unreadable answers', async () => {
    const { outbox, batches } = await facing(async (heard, response, count, box) => {
      if (heard.method === 'PUT') return hangUp(response)
      return honest(heard, response, count, box)
    })
    await outbox.addBox()
    for (let i = 0; i < 3; i += 1) await deliver(outbox.deps({ trigger: 'person' }))
    expect(batches.map(({ method }) => method)).toEqual(['PUT', 'PUT', 'POST'])
    expect(await outboxView(outbox.database)).toMatchObject({ waiting: 0, received: 1 })
  })
})

describe('settings', () => {
  test.each<[string, (text: string) => string]>([
    ['an edited endpoint', (text) => text.replace('127.0.0.1', 'localhost')],
    [
      'another receiver key',
      (text) => text.replace(/(?<="receiverKeys":\[")./, (first) => (first === '_' ? 'A' : '_')),
    ],
    ['nonsense', () => 'CONF1 nonsense'],
  ])('with %s stop sending, and nothing leaves', async (_, edit) => {
    const { outbox, server } = await facing(honest)
    await outbox.addBox()
    const device = await outbox.database.device.get('device')
    const good = device?.configuration ?? ''
    await outbox.database.device.update('device', { configuration: edit(good) })
    expect(await deliver(outbox.deps({ trigger: 'person' }))).toMatchObject({ code: 'config', waiting: 1, received: 0 })
    expect(server.heard).toHaveLength(0)
    expect(await outboxView(outbox.database)).toMatchObject({ lastCode: 'config' })
    await outbox.database.device.update('device', { configuration: good })
    expect(await deliver(outbox.deps())).toMatchObject({ received: 1, code: '' })
  })

  test('none at all is nothing to complain about', async () => {
    const { outbox } = await facing(honest)
    await outbox.addBox()
    await outbox.database.device.update('device', { configuration: '' })
    expect(await deliver(outbox.deps())).toMatchObject({ status: 'not-set-up', waiting: 1, code: '' })
  })

  test('with a new endpoint send the same bytes there at once', async () => {
    const { outbox, batches } = await facing((_, response) => say(response, 503, '', { 'Retry-After': '86400' }))
    const other = await aServer(async (heard, response) =>
      heard.method === 'GET' ? say(response, 200, '{"receipts":[]}') : honest(heard, response, 1, outbox),
    )
    servers.push(other)
    await outbox.addBox()
    await deliver(outbox.deps())
    await outbox.configure({ endpoint: other.url })
    expect(await deliver(outbox.deps())).toMatchObject({ received: 1, code: '' })
    expect(other.heard[0]?.body).toEqual(batches[0]?.body)
  })
})

describe('enrolling', () => {
  test('comes first, with the code and nothing that it does not need', async () => {
    const token = newToken()
    const { outbox, batches } = await facing(
      async (heard, response, count, box) =>
        heard.path === '/v1/enrol'
          ? say(response, 200, JSON.stringify({ token }))
          : honest(heard, response, count, box),
      { enrolCode: 'ABCDEFGH' },
    )
    await outbox.addBox()
    expect(await deliver(outbox.deps())).toMatchObject({ received: 1 })
    expect(batches[0]?.method).toBe('POST')
    expect(batches[0]?.headers.authorization).toBeUndefined()
    expect(JSON.parse(new TextDecoder().decode(batches[0]?.body))).toEqual({
      deviceId: outbox.deviceId,
      code: 'ABCDEFGH',
      token: expect.stringMatching(/^[\w-]{43}$/),
    })
    expect(batches[1]?.headers.authorization).toBe(`Bearer ${token}`)
    const device = await outbox.database.device.get('device')
    expect(device).toMatchObject({ token, enrolCode: '' })
    expect(device?.tokenAsked).toBeUndefined()
  })

  test('asks for the same token again while the code is the same, and for another one with another code', async () => {
    const asked: { code: string; token: string }[] = []
    const { outbox } = await facing(
      ({ body }, response) => {
        asked.push(JSON.parse(new TextDecoder().decode(body)) as { code: string; token: string })
        hangUp(response)
      },
      { enrolCode: 'ABCDEFGH' },
    )
    await outbox.addBox()
    await deliver(outbox.deps())
    await deliver(outbox.deps({ trigger: 'person' }))
    await outbox.database.device.update('device', { enrolCode: 'IJKLMNOP', changes: 2 })
    await deliver(outbox.deps())
    const [first, second, third] = asked
    expect(second).toEqual(first)
    expect(third?.code).toBe('IJKLMNOP')
    expect(third?.token).not.toBe(first?.token)
  })

  const codeRefused: Answer = async (_, response, __, { deviceId, receiverKey }) => {
    say(response, 403, await signRefusal({ v: 1, code: 403, deviceId, batchId: null }, receiverKey.privateKey))
  }
  test.each<[string, Answer, string, number]>([
    ['a code that is no longer good', codeRefused, 'code-expired', minutes(60)],
    ['a portal', (_, r) => say(r, 200, '<html>'), 'portal', 15_000],
    ['a portal that knows JSON', (_, r) => say(r, 200, '{"token":"hello"}'), 'portal', 15_000],
    ['an unsigned 403', (_, r) => say(r, 403, '{}'), 'portal', minutes(60)],
    ['a tablet that is known already', (_, r) => say(r, 409, '{"error":"known-device"}'), 'device', minutes(60)],
    ['a busy receiver', (_, r) => say(r, 429, '', { 'Retry-After': '30' }), 'busy', 30_000],
    ['a closed socket', (_, r) => hangUp(r), 'net', 15_000],
  ])('meets %s: the code stays and is tried again', async (_, answer, code, wait) => {
    const { outbox, batches } = await facing(answer, { enrolCode: 'ABCDEFGH' })
    await outbox.addBox()
    const nextAt = outbox.clock.now + wait
    expect(await deliver(outbox.deps())).toMatchObject({ code, waiting: 1, received: 0, nextAt })
    expect(batches).toHaveLength(1)
    expect(await outbox.database.device.get('device')).toMatchObject({ token: '', enrolCode: 'ABCDEFGH' })
    expect((await outbox.rows())[0]).toMatchObject({ attempts: 0, state: 'waiting' })
  })

  test('without a code asks for a new one and nobody else', async () => {
    const { outbox, server } = await facing(honest, { enrolCode: 'ABCDEFGH' })
    await outbox.database.device.update('device', { enrolCode: '' })
    await outbox.addBox()
    expect(await deliver(outbox.deps())).toMatchObject({ code: 'code-expired', waiting: 1 })
    expect(server.heard).toHaveLength(0)
  })

  test('once more after a revocation offers again what was refused for it', async () => {
    const { outbox } = await facing(honest)
    const box = await outbox.addBox(4_400, { state: 'refused', lastCode: 'revoked' })
    const other = await outbox.addBox(4_400, { state: 'refused', lastCode: 'unknown-format' })
    await deliver(outbox.deps())
    expect((await outbox.row(box)).state).toBe('received')
    expect((await outbox.row(other)).state).toBe('refused')
  })
})

describe('two senders, and a killed one', () => {
  test('two at once send once', async () => {
    const { outbox, batches } = await facing(honest)
    for (let i = 0; i < 4; i += 1) await outbox.addBox()
    const reports = await Promise.all([deliver(outbox.deps()), deliver(outbox.deps()), deliver(outbox.deps())])
    expect(reports.map(({ status }) => status).sort()).toEqual(['done', 'elsewhere', 'elsewhere'])
    expect(batches).toHaveLength(1)
  })

  test('killed between the commit and the answer, the next one repeats the same batch without harm', async () => {
    const { outbox, batches } = await facing(honest)
    const box = await outbox.addBox()
    const never = new Promise<Response>(() => undefined)
    const leaving = new Promise<void>((resolve) => {
      const fetchAndDie = async (url: string, init: RequestInit) => {
        await fetch(url, init)
        resolve()
        return never
      }
      // A killed sender gives its lock back, and nothing else.
      const locks = { request: (_: string, __: object, run: (lock: unknown) => Promise<never>) => run({}) }
      void deliver(outbox.deps({ fetch: fetchAndDie, locks: locks as never }))
    })
    await leaving
    expect(await outbox.row(box)).toMatchObject({ state: 'waiting', attempts: 1, receipt: '' })
    expect(await deliver(outbox.deps())).toMatchObject({ received: 1 })
    expect(await outbox.row(box)).toMatchObject({ state: 'received', attempts: 2 })
    expect(batches[1]?.body).toEqual(batches[0]?.body)
  })

  test('a box that was taken away while its batch was under way does not come back', async () => {
    const { outbox } = await facing(async (heard, response, count, box) => {
      await box.database.outbox.clear()
      await honest(heard, response, count, box)
    })
    await outbox.addBox()
    await deliver(outbox.deps())
    expect(await outbox.rows()).toEqual([])
  })

  test('a clock that was ten years ahead holds nothing back', async () => {
    let good = false
    const { outbox } = await facing((...ask) => (good ? honest(...ask) : say(ask[1], 500, '')))
    await outbox.addBox()
    outbox.clock.now += 10 * 365 * minutes(24 * 60)
    await deliver(outbox.deps())
    outbox.clock.now -= 10 * 365 * minutes(24 * 60)
    good = true
    expect(await deliver(outbox.deps())).toMatchObject({ received: 1 })
  })
})

describe('a full disk', () => {
  test('lets nothing leave, and says nothing of the line', async () => {
    const { outbox, server } = await facing(honest)
    const boxId = await outbox.addBox()
    const report = await deliver(outbox.deps({ hasRoom: async () => false, trigger: 'person' }))
    expect(report).toMatchObject({ status: 'no-room', received: 0, waiting: 1, code: '' })
    expect(server.heard).toHaveLength(0)
    expect(await outbox.row(boxId)).toMatchObject({ state: 'waiting', attempts: 0, lastCode: '' })
    expect(await outboxView(outbox.database)).toMatchObject({ waiting: 1, lastCode: '', lastContactAt: 0 })
    expect(await deliver(outbox.deps())).toMatchObject({ status: 'done', received: 1 })
  })

  test('that fills while a box travels keeps the box, and its receipt is asked for again', async () => {
    const { outbox, batches } = await facing(honest)
    const boxIds = [await outbox.addBox(), await outbox.addBox()]
    const asked: number[] = []
    const fills = async (bytes: number) => asked.push(bytes) === 1
    const report = await deliver(outbox.deps({ hasRoom: fills }))
    expect(report).toMatchObject({ status: 'no-room', received: 0, waiting: 2, code: '' })
    // The boxes once more, and the receipt beside each of them.
    expect(asked[1]).toBeGreaterThan((asked[0] ?? 0) + 2 * 4_400)
    for (const boxId of boxIds)
      expect(await outbox.row(boxId)).toMatchObject({ state: 'waiting', attempts: 1, receipt: '' })
    expect(await deliver(outbox.deps({ hasRoom: async () => true }))).toMatchObject({ status: 'done', received: 2 })
    expect(batches).toHaveLength(2)
    expect(batches[1]?.body).toEqual(batches[0]?.body)
    for (const boxId of boxIds) expect(await outbox.row(boxId)).toMatchObject({ state: 'received', attempts: 2 })
  })

  test('keeps the code to enrol with until the token is kept', async () => {
    const token = newToken()
    const { outbox } = await facing(
      async (heard, response, count, tablet) =>
        heard.path === '/v1/enrol'
          ? say(response, 201, JSON.stringify({ token }))
          : honest(heard, response, count, tablet),
      { enrolCode: 'ABCDEFGH' },
    )
    await outbox.addBox()
    expect(await deliver(outbox.deps({ hasRoom: async () => false }))).toMatchObject({ status: 'no-room', waiting: 1 })
    expect(await outbox.database.device.get('device')).toMatchObject({
      token: '',
      enrolCode: 'ABCDEFGH',
    })
    expect(await deliver(outbox.deps())).toMatchObject({ received: 1 })
  })
})

describe('a metered connection', () => {
  test('carries nothing by itself where a person said so, and everything that the person asks for', async () => {
    const { outbox, server } = await facing(honest)
    await outbox.addBox()
    await outbox.database.device.update('device', { wifiOnly: true })
    for (const trigger of ['timer', 'woken', 'start'] as const)
      expect(await deliver(outbox.deps({ trigger, isMetered: () => true }))).toMatchObject({
        status: 'metered',
        waiting: 1,
        code: '',
      })
    expect(server.heard).toHaveLength(0)
    expect(await deliver(outbox.deps({ trigger: 'person', isMetered: () => true }))).toMatchObject({ received: 1 })
  })

  test('that is left for Wi-Fi holds nothing back, nor does one that nobody spoke of or that is not told', async () => {
    const { outbox } = await facing(honest)
    const pass = async (isMetered?: () => boolean) => {
      await outbox.addBox()
      return await deliver(outbox.deps(isMetered && { isMetered }))
    }
    expect(await pass(() => true)).toMatchObject({ status: 'done', received: 1 })
    await outbox.database.device.update('device', { wifiOnly: true })
    expect(await pass(() => true)).toMatchObject({ status: 'metered' })
    expect(await pass(() => false)).toMatchObject({ status: 'done', received: 2 })
    expect(await pass()).toMatchObject({ status: 'done', received: 1 })
  })

  test('that begins in the middle of a pass ends it before the next request', async () => {
    const { outbox, batches } = await facing(honest)
    for (let i = 0; i < 40; i += 1) await outbox.addBox()
    await outbox.database.device.update('device', { wifiOnly: true })
    const report = await deliver(outbox.deps({ isMetered: () => batches.length > 0 }))
    expect(report.status).toBe('metered')
    expect(batches).toHaveLength(1)
    expect(report.received + report.waiting).toBe(40)
  })
})

describe('progress', () => {
  test('is told before each request and after it, in boxes and in the bytes that left', async () => {
    const { outbox, batches } = await facing(honest)
    for (let i = 0; i < 40; i += 1) await outbox.addBox()
    const told: Progress[] = []
    await deliver(outbox.deps({ onProgress: (progress) => told.push(progress) }))
    expect(batches.length).toBeGreaterThan(1)
    expect(told).toHaveLength(2 * batches.length)
    expect(told[0]).toEqual({ done: 0, of: 40, bytes: 0 })
    expect(told.map(({ done }) => done)).toEqual(told.map(({ done }) => done).toSorted((a, b) => a - b))
    const bytes = batches.reduce((sum, { body }) => sum + body.length, 0)
    expect(told.at(-1)).toEqual({ done: 40, of: 40, bytes })
  })

  test('counts a box that was refused or turned down as one that had its turn, and forgets none of the others', async () => {
    const { outbox } = await facing((_, response, count) => (count === 1 ? say(response, 422, '') : hangUp(response)))
    for (let i = 0; i < 3; i += 1) await outbox.addBox()
    const told: Progress[] = []
    await deliver(outbox.deps({ onProgress: (progress) => told.push(progress) }))
    expect(new Set(told.map(({ of }) => of))).toEqual(new Set([3]))
    expect(told.at(-1)?.done).toBe(0)
  })

  test('is told of nothing where nothing is sent', async () => {
    const { outbox } = await facing(honest)
    const told: Progress[] = []
    await deliver(outbox.deps({ onProgress: (progress) => told.push(progress) }))
    expect(told).toEqual([])
  })

  test('the time of the last try is kept, whatever came of it', async () => {
    const { outbox } = await facing((_, response) => hangUp(response))
    await outbox.addBox()
    expect((await outboxView(outbox.database)).triedAt).toBe(0)
    await deliver(outbox.deps())
    expect(await outboxView(outbox.database)).toMatchObject({ triedAt: outbox.clock.now, lastContactAt: 0 })
  })
})

describe('a budget', () => {
  test('begins no request that could not end within it, and says that more is waiting', async () => {
    const { outbox, batches } = await facing(async (heard, response, count, box) => {
      box.clock.now += 70_000
      await honest(heard, response, count, box)
    })
    for (let i = 0; i < 40; i += 1) await outbox.addBox()
    const report = await deliver(outbox.deps({ budget: 150_000 }))
    expect(report.status).toBe('more')
    expect(report.received).toBeGreaterThan(10)
    expect(batches.map(({ body }) => body.length <= 90_000)).toEqual([true, true])
    expect(batches[1]?.body.length).toBeLessThanOrEqual(20_000)
  })
})

describe('a pass that is broken off', () => {
  test('ends at once, tries the box again as if nothing had been, and holds nothing against the line', async () => {
    const stop = new AbortController()
    let mute = true
    const { outbox, batches } = await facing(async (heard, response, count, box) => {
      if (mute) return stop.abort()
      await honest(heard, response, count, box)
    })
    const boxId = await outbox.addBox()
    const before = await readLine(outbox.database, 1)
    const report = await deliver(outbox.deps({ signal: stop.signal }))
    expect(report).toMatchObject({ status: 'more', received: 0, refused: 0, code: '' })
    expect(await readLine(outbox.database, 1)).toEqual(before)
    expect(await outbox.row(boxId)).toMatchObject({ state: 'waiting', attempts: 1, lastCode: '' })
    expect(await deliver(outbox.deps({ signal: stop.signal }))).toMatchObject({ status: 'more' })
    expect(batches).toHaveLength(1)
    mute = false
    expect(await deliver(outbox.deps())).toMatchObject({ status: 'done', received: 1 })
  })

  test('asks for no token and for no page of receipts any more', async () => {
    const stop = new AbortController()
    const server = await aServer(() => stop.abort())
    servers.push(server)
    const outbox = await anOutbox(server.url, { enrolCode: newKeyId() })
    await outbox.addBox()
    expect(await deliver(outbox.deps({ signal: stop.signal }))).toMatchObject({ status: 'more', code: '' })
    expect(await readLine(outbox.database, 1)).toBeUndefined()
    expect(await deliver(outbox.deps({ signal: stop.signal }))).toMatchObject({ status: 'more' })
    expect(server.heard).toHaveLength(1)
  })
})

describe('what the desk has opened', () => {
  const answering = async (receipts: (outbox: AnOutbox) => Promise<{ n: number; text: string }[]>) => {
    const asked: string[] = []
    let outbox: AnOutbox | undefined
    const server = await aServer(async (heard, response) => {
      if (!outbox) throw new Error('too early')
      if (heard.method !== 'GET') return honest(heard, response, 1, outbox)
      asked.push(heard.path)
      const after = Number(new URL(heard.path, 'http://x').searchParams.get('after'))
      const entries = (await receipts(outbox)).filter(({ n }) => n > after)
      return say(response, 200, JSON.stringify({ receipts: entries }))
    })
    servers.push(server)
    outbox = await anOutbox(server.url)
    return { outbox, asked }
  }
  const opened = async (outbox: AnOutbox, change: Partial<ImportedReceipt> = {}, key = outbox.deskKey) => {
    const boxes = (await outbox.rows()).map(({ boxId, size }) => ({ id: boxId, size, result: 'imported' as const }))
    const receipt = { v: 1, level: 'imported', deviceId: outbox.deviceId, at: '2026-05-02T10:00:00Z', boxes } as const
    return signReceipt({ ...receipt, boxes, ...change }, key.privateKey)
  }

  test('is written beside its boxes, once, and the bytes stay', async () => {
    const { outbox, asked } = await answering(async (box) => [{ n: 7, text: await opened(box) }])
    await outbox.addBox()
    expect(await deliver(outbox.deps())).toMatchObject({ received: 1, opened: 1 })
    const [row] = await outbox.rows()
    expect(row).toMatchObject({ state: 'opened', lastCode: '' })
    expect(row?.imported).toContain('imported')
    expect(row?.receipt).not.toBe('')
    expect(row?.bytes.byteLength).toBe(row?.size)
    expect(asked).toEqual(['/v1/receipts?after=0', '/v1/receipts?after=7'])
    await deliver(outbox.deps())
    expect(asked.at(-1)).toBe('/v1/receipts?after=7')
  })

  test('counts only by the desk’s own key, and only for this device', async () => {
    const { outbox } = await answering(async (box) => [
      { n: 1, text: await opened(box, {}, box.receiverKey) },
      { n: 2, text: await opened(box, {}, newSigningKey()) },
      { n: 3, text: await opened(box, { deviceId: newKeyId() }) },
      { n: 4, text: 'nonsense' },
    ])
    await outbox.addBox()
    expect(await deliver(outbox.deps())).toMatchObject({ received: 1, opened: 0 })
    expect((await outbox.rows())[0]).toMatchObject({ state: 'received', imported: '' })
  })

  test('is asked for from the beginning when a new configuration names another desk key', async () => {
    const desk = newSigningKey()
    const { outbox } = await answering(async (box) => [{ n: 1, text: await opened(box, {}, desk) }])
    await outbox.addBox()
    await deliver(outbox.deps())
    await outbox.configure({ deskKeys: [toBase64Url(desk.publicKey)] })
    expect(await deliver(outbox.deps())).toMatchObject({ opened: 1 })
  })

  test('by a renewed key stands beside a box that was opened before, and counts it no second time', async () => {
    const renewed = newSigningKey()
    const texts: { n: number; text: string }[] = []
    const { outbox } = await answering(async () => texts)
    await outbox.addBox()
    await deliver(outbox.deps())
    texts.push({ n: 1, text: await opened(outbox) })
    expect(await deliver(outbox.deps())).toMatchObject({ opened: 1 })
    const [before] = await outbox.rows()
    await outbox.configure({ deskKeys: [toBase64Url(renewed.publicKey)] })
    texts.push({ n: 2, text: await opened(outbox, {}, renewed) })
    expect(await deliver(outbox.deps())).toMatchObject({ opened: 0, code: '' })
    expect(await outbox.rows()).toEqual([{ ...before, imported: texts[1]?.text }])
  })

  test('can be a rejection, which is shown and keeps the box', async () => {
    const { outbox } = await answering(async (box) => {
      const boxes = (await box.rows()).map(
        ({ boxId: id, size }) => ({ id, size, result: 'rejected', reason: 'bad-json' }) as const,
      )
      return [{ n: 1, text: await opened(box, { boxes: [...boxes] }) }]
    })
    await outbox.addBox()
    await deliver(outbox.deps())
    expect((await outbox.rows())[0]).toMatchObject({ state: 'refused', lastCode: 'rejected' })
  })
})

test('the view follows every change', async () => {
  const { outbox } = await facing(honest)
  const views: OutboxView[] = []
  const watching = observeOutbox(outbox.database, (view) => views.push(view))
  await outbox.addBox()
  await deliver(outbox.deps())
  await expect.poll(() => views.at(-1)?.received).toBe(1)
  watching.unsubscribe()
  expect(views.some(({ waiting }) => waiting === 1)).toBe(true)
  expect(views.at(-1)).toMatchObject({ enrolled: true, configured: true, lastContactAt: outbox.clock.now })
})
