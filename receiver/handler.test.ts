import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { writeBatch } from '../src/batch/batch.ts'
import { paths } from '../src/batch/protocol.ts'
import { verifyRefusal } from '../src/batch/receipt.ts'
import { receiver as handlerOf } from './handler.ts'
import { receiptKeys } from './receipt-keys.ts'
import { defaultLimits } from './limits.ts'
import { FailureQuota, RequestQuota } from './quota.ts'
import { Metrics } from './metrics.ts'
import { ReceiverError } from './receiver-error.ts'
import { Spool } from './spool.ts'
import { appOrigin, likeABox, TestReceiver } from './testing/a-receiver.ts'

let receiver: TestReceiver

beforeEach(async () => {
  receiver = await TestReceiver.start()
})
afterEach(() => receiver.stop())

const foreign = 'https://elsewhere.test'
const sha = '0'.repeat(64)

/** One request for each kind of answer there is. */
const everyKind = async (): Promise<[string, RequestInit & { token?: string }][]> => {
  const { token } = await receiver.aDevice()
  return [
    ['/', {}],
    [paths.health, {}],
    ['/nothing/here', {}],
    [paths.batch(sha), { method: 'PUT', body: 'x' }],
    [paths.batch(sha), { method: 'DELETE' }],
    [paths.batch(sha), { method: 'PUT', body: 'x', token }],
    [paths.batch(sha), { method: 'PUT', token }],
    [paths.boxes, { token }],
    [paths.receipts, { token }],
    [paths.setup(sha), {}],
    [paths.enrol, { method: 'POST', body: '{' }],
    [paths.enrol, { method: 'POST', body: 'x'.repeat(5000) }],
  ]
}

describe('a page of the app', () => {
  it('may read every answer, errors too', async () => {
    for (const [path, init] of await everyKind()) {
      const answer = await receiver.ask(path, { ...init, headers: { Origin: appOrigin } })
      expect([path, answer.headers.get('Access-Control-Allow-Origin')]).toEqual([path, appOrigin])
      expect(answer.headers.get('Access-Control-Expose-Headers')).toBe('Retry-After')
      expect(answer.headers.get('Vary')).toContain('Origin')
      expect(answer.headers.get('Access-Control-Allow-Credentials')).toBeNull()
    }
  })

  it('is let through by its preflight for two hours', async () => {
    const headers = { Origin: appOrigin, 'Access-Control-Request-Method': 'PUT' }
    const answer = await receiver.ask(paths.batch(sha), { method: 'OPTIONS', headers })
    expect(answer.status).toBe(204)
    expect(answer.headers.get('Access-Control-Allow-Origin')).toBe(appOrigin)
    expect(answer.headers.get('Access-Control-Allow-Methods')).toContain('PUT')
    expect(answer.headers.get('Access-Control-Allow-Headers')?.toLowerCase()).toContain('authorization')
    expect(answer.headers.get('Access-Control-Max-Age')).toBe('7200')
    expect(answer.headers.get('Access-Control-Allow-Private-Network')).toBeNull()
  })

  it('is let through to a receiver in its own building', async () => {
    const headers = { Origin: appOrigin, 'Access-Control-Request-Private-Network': 'true' }
    const answer = await receiver.ask(paths.enrol, { method: 'OPTIONS', headers })
    expect(answer.headers.get('Access-Control-Allow-Private-Network')).toBe('true')
  })
})

describe('a page from elsewhere', () => {
  it('may read no answer', async () => {
    for (const origin of [foreign, 'null', `${appOrigin}.elsewhere.test`, appOrigin.toUpperCase()]) {
      for (const [path, init] of await everyKind()) {
        const answer = await receiver.ask(path, { ...init, headers: { Origin: origin } })
        expect([path, answer.headers.get('Access-Control-Allow-Origin')]).toEqual([path, null])
      }
    }
  })

  it('is refused by the preflight', async () => {
    const headers = {
      Origin: foreign,
      'Access-Control-Request-Method': 'PUT',
      'Access-Control-Request-Private-Network': 'true',
    }
    const answer = await receiver.ask(paths.batch(sha), { method: 'OPTIONS', headers })
    expect(answer.status).toBe(403)
    for (const [name] of answer.headers) expect(name).not.toMatch(/^access-control-allow/)
  })
})

describe('addresses', () => {
  it('that are none are refused with a signature that names the batch', async () => {
    const device = await receiver.aDevice()
    const answer = await receiver.ask(`/beside${paths.batch(sha)}`, { method: 'PUT', body: 'x', token: device.token })
    expect(answer.status).toBe(404)
    const refusal = await verifyRefusal(await answer.text(), [receiver.running.receiptPublicKey])
    expect(refusal).toEqual({ v: 1, code: 404, deviceId: device.deviceId, batchId: sha })
  })

  it('say which methods they take', async () => {
    const answer = await receiver.ask(paths.batch(sha), { method: 'DELETE' })
    expect([answer.status, answer.headers.get('Allow')]).toEqual([405, 'PUT, POST, OPTIONS'])
  })
})

describe('the page for the operator', () => {
  it('says what this is and that it is healthy', async () => {
    const answer = await receiver.ask('/')
    expect(answer.status).toBe(200)
    expect(await answer.text()).toContain('It is healthy.')
    expect(await (await receiver.ask(paths.health)).json()).toEqual({ health: 'healthy' })
  })
})

describe('when the store fails', () => {
  it('answers 500 without a word about it and signs nothing', async () => {
    const { token } = await receiver.aDevice()
    const store = await receiver.openStore()
    const codes: string[] = []
    for (const [reason, status] of [
      ['store-failed', 500],
      ['store-full', 507],
      ['store-busy', 503],
    ] as const) {
      store.keepBoxes = () => Promise.reject(new ReceiverError(reason))
      const handle = handlerOf({
        store,
        keys: receiptKeys(receiver.dataDir, store),
        clock: Date.now,
        log: ({ code }) => codes.push(code),
        limits: defaultLimits,
        metrics: new Metrics(),
        storeId: 'store',
        appOrigins: [appOrigin],
        spool: new Spool(join(receiver.dataDir, 'incoming'), defaultLimits),
        quota: new RequestQuota(10),
        failures: new FailureQuota(defaultLimits),
        freeShare: async () => 0.5,
        run: 'test',
      })
      const { batchId, bytes } = await writeBatch([likeABox()])
      const headers = { Authorization: `Bearer ${token}`, 'Content-Length': String(bytes.length), Origin: appOrigin }
      const request = new Request(`http://h${paths.batch(batchId)}`, { method: 'PUT', body: bytes, headers })
      const answer = await handle(request)
      expect([reason, answer.status]).toEqual([reason, status])
      expect(answer.headers.get('Access-Control-Allow-Origin')).toBe(appOrigin)
      expect(await answer.text()).not.toContain('receipt')
    }
    expect(codes).toEqual(['store-failed', 'disk-full', 'busy'])
    await store.close()
  })
})
