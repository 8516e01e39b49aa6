import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { writeSetup, setupSha } from '../src/batch/setup.ts'
import { paths } from '../src/batch/protocol.ts'
import { signReceipt, verifyReceipt, verifyRefusal, type ImportedReceipt } from '../src/batch/receipt.ts'
import { toBase64Url } from '../src/seal/base64url.ts'
import { sha256HexOf } from '../src/seal/digest.ts'
import { newKeyId, newToken } from '../src/seal/random.ts'
import { newSigningKey } from '../src/seal/signature.ts'
import { appOrigin, likeABox, TestReceiver, type Device } from './testing/a-receiver.ts'

const day = 86_400_000
let receiver: TestReceiver
let now: number

beforeEach(async () => {
  now = Date.UTC(2026, 0, 1)
  receiver = await TestReceiver.start({ clock: () => now })
})
afterEach(() => receiver.stop())

const errorIn = async (answer: Response) => ((await answer.json()) as { error?: string }).error
const refusalIn = async (answer: Response) => verifyRefusal(await answer.text(), [receiver.running.receiptPublicKey])

describe('an enrolment code', () => {
  it('gives one device its token and then is spent', async () => {
    const code = await receiver.running.issueCode()
    const first = await receiver.enrol(newKeyId(), code)
    expect(first.status).toBe(200)
    expect(await first.json()).toEqual({
      token: expect.stringMatching(/^[\w-]{43}$/),
      store: expect.stringMatching(/^[\w-]{22}$/),
    })
    const other = newKeyId()
    const second = await receiver.enrol(other, code)
    expect(second.status).toBe(403)
    expect(await refusalIn(second)).toEqual({ v: 1, code: 403, deviceId: other, batchId: null })
    expect(receiver.log.at(-1)?.code).toBe('code-spent')
  })

  it('gives the same device a token again while it has not used the first, since that answer was lost', async () => {
    const [code, deviceId] = [await receiver.running.issueCode(), newKeyId()]
    const lost = (await (await receiver.enrol(deviceId, code)).json()) as { token: string }
    const { token } = (await (await receiver.enrol(deviceId, code)).json()) as { token: string }
    expect((await receiver.put(lost.token, [likeABox()])).status).toBe(401)
    expect((await receiver.put(token, [likeABox()])).status).toBe(200)
    expect((await receiver.enrol(deviceId, code)).status).toBe(403)
  })

  it('gives a device the token that it names, in whatever order its requests arrive', async () => {
    const [code, deviceId, token] = [await receiver.running.issueCode(), newKeyId(), newToken()]
    for (let n = 0; n < 2; n += 1) {
      const answer = await receiver.enrol(deviceId, code, token)
      expect(await answer.json()).toMatchObject({ token })
    }
    expect((await receiver.put(token, [likeABox()])).status).toBe(200)
    expect((await receiver.enrol(deviceId, code, token)).status).toBe(403)
    expect((await receiver.put(token, [likeABox()])).status).toBe(200)
  })

  it('is not spent for a token that is none', async () => {
    const [code, deviceId] = [await receiver.running.issueCode(), newKeyId()]
    for (const token of ['', 'a', 'A'.repeat(42), `${'A'.repeat(42)}!`, 'A'.repeat(44)])
      expect((await receiver.enrol(deviceId, code, token)).status).toBe(400)
    expect((await receiver.enrol(deviceId, code)).status).toBe(200)
  })

  it('is good until its time is over', async () => {
    const [printed, shown] = [await receiver.running.issueCode(), await receiver.running.issueCode({ minutes: 10 })]
    now += 10 * 60_000
    expect((await receiver.enrol(newKeyId(), shown)).status).toBe(200)
    const late = await receiver.running.issueCode({ minutes: 10 })
    now += 10 * 60_000 + 1
    expect((await receiver.enrol(newKeyId(), late)).status).toBe(403)
    expect(receiver.log.at(-1)?.code).toBe('code-expired')
    now += 13 * day
    expect((await receiver.enrol(newKeyId(), printed)).status).toBe(200)
    const forgotten = await receiver.running.issueCode()
    now += 14 * day + 1
    expect((await receiver.enrol(newKeyId(), forgotten)).status).toBe(403)
  })

  it('that is open while the receiver runs is good for many devices, and for none after a restart', async () => {
    const code = await receiver.running.issueCode({ openWhileRunning: true })
    expect((await receiver.enrol(newKeyId(), code)).status).toBe(200)
    now += 100 * day
    expect((await receiver.enrol(newKeyId(), code)).status).toBe(200)
    await receiver.running.close()
    const { dataDir } = receiver
    const later = await TestReceiver.start({ dataDir })
    expect((await later.enrol(newKeyId(), code)).status).toBe(403)
    await later.stop()
  })

  it('that nobody made enrols nobody', async () => {
    expect((await receiver.enrol(newKeyId(), 'AAAAAAAAAAAAAAAAAAAAAA')).status).toBe(403)
  })

  it('does not enrol a device that is known', async () => {
    const device = await receiver.aDevice()
    await receiver.put(device.token, [likeABox()])
    const answer = await receiver.enrol(device.deviceId, await receiver.running.issueCode())
    expect([answer.status, await errorIn(answer)]).toEqual([409, 'known-device'])
    expect((await receiver.put(device.token, [likeABox()])).status).toBe(200)
  })

  it('is not looked for in what is no request to enrol', async () => {
    const bodies = ['', '{', '[]', '{"deviceId":"x","code":"yyyyyyyy"}', `{"deviceId":"${newKeyId()}"}`, '\u0000']
    for (const body of bodies) {
      expect((await receiver.ask(paths.enrol, { method: 'POST', body })).status).toBe(400)
    }
    const more = JSON.stringify({ deviceId: newKeyId(), code: 'AAAAAAAAAAAAAAAAAAAAAA', org: 'other' })
    expect((await receiver.ask(paths.enrol, { method: 'POST', body: more })).status).toBe(400)
    const long = 'x'.repeat(5000)
    expect((await receiver.ask(paths.enrol, { method: 'POST', body: long })).status).toBe(413)
  })
})

describe('the desk', () => {
  let desk: string
  let device: Device
  beforeEach(async () => {
    desk = await receiver.running.deskToken()
    device = await receiver.aDevice()
  })

  it('lists boxes in the order of coming, page by page, and reads each back as it came', async () => {
    const boxes = [likeABox(), likeABox(), likeABox()]
    for (const box of boxes) await receiver.put(device.token, [box])
    const list = async (query: string) =>
      (
        (await (await receiver.ask(`${paths.boxes}?${query}`, { token: desk })).json()) as {
          boxes: { n: number; id: string }[]
        }
      ).boxes
    expect(await list('')).toEqual(
      [1, 2, 3].map((n) => expect.objectContaining({ n, size: 4096, at: '2026-01-01T00:00:00.000Z' })),
    )
    expect((await list('after=1&limit=1')).map(({ n }) => n)).toEqual([2])
    expect(await list('after=3')).toEqual([])
    const second = (await list('after=1'))[0]
    const answer = await receiver.ask(paths.box(second?.id ?? ''), { token: desk })
    expect(answer.headers.get('Content-Type')).toBe('application/octet-stream')
    expect(new Uint8Array(await answer.arrayBuffer())).toEqual(boxes[1])
    expect((await receiver.ask(paths.box('0'.repeat(64)), { token: desk })).status).toBe(404)
    expect((await receiver.ask(`${paths.boxes}?after=-1`, { token: desk })).status).toBe(400)
  })

  it('puts receipts that only their device gets', async () => {
    const other = await receiver.aDevice()
    const key = newSigningKey()
    const say: ImportedReceipt = {
      v: 1,
      level: 'imported',
      deviceId: device.deviceId,
      at: '2026-01-01T00:00:00Z',
      boxes: [],
    }
    const text = await signReceipt(say, key.privateKey)
    const put = async () =>
      receiver.ask(paths.receipt(await sha256HexOf(text)), { method: 'PUT', body: text, token: desk })
    expect([(await put()).status, (await put()).status]).toEqual([200, 200])
    const got = async (token: string, after = 0) =>
      (await (await receiver.ask(`${paths.receipts}?after=${after}`, { token })).json()) as {
        receipts: { n: number; text: string }[]
      }
    const { receipts } = await got(device.token)
    expect(receipts).toEqual([{ n: 1, text }])
    expect(await verifyReceipt(receipts[0]?.text ?? '', [toBase64Url(key.publicKey)], 'imported')).toEqual(say)
    expect(await got(device.token, 1)).toMatchObject({ receipts: [] })
    expect(await got(other.token)).toMatchObject({ receipts: [] })
  })

  it('puts more receipts than one answer holds, and the device gets them all, in order', async () => {
    const key = newSigningKey()
    const boxes = Array.from({ length: 450 }, (_, i) => ({
      id: i.toString(16).padStart(64, '0'),
      size: 1,
      result: 'imported' as const,
    }))
    for (let i = 0; i < 40; i++) {
      const at = `2026-01-01T00:00:${String(i).padStart(2, '0')}Z`
      const text = await signReceipt({ v: 1, level: 'imported', deviceId: device.deviceId, at, boxes }, key.privateKey)
      const path = paths.receipt(await sha256HexOf(text))
      expect((await receiver.ask(path, { method: 'PUT', body: text, token: desk })).status).toBe(200)
    }
    const seen: number[] = []
    for (;;) {
      const answer = await receiver.ask(`${paths.receipts}?after=${seen.at(-1) ?? 0}`, { token: device.token })
      const text = await answer.text()
      expect(text.length).toBeLessThan(2 * 1024 * 1024)
      const { receipts } = JSON.parse(text) as { receipts: { n: number }[] }
      if (receipts.length === 0) break
      seen.push(...receipts.map(({ n }) => n))
    }
    expect(seen).toEqual(Array.from({ length: 40 }, (_, i) => i + 1))
  })

  it('puts nothing that is not named by its digest or is no receipt', async () => {
    const put = async (text: string, name?: string) => {
      const path = paths.receipt(name ?? (await sha256HexOf(text)))
      return (await receiver.ask(path, { method: 'PUT', body: text, token: desk })).status
    }
    expect(await put('{"receipt":"{}","sig":"x"}')).toBe(400)
    expect(await put('<html>')).toBe(400)
    expect(await put('{}', '0'.repeat(64))).toBe(400)
    expect(await put('x'.repeat(64 * 1024 + 1))).toBe(413)
  })

  it('puts a set-up document that anybody who knows its digest may read', async () => {
    const text = writeSetup({ configuration: 'CONF1 …', profile: '{}' })
    const sha = await setupSha(text)
    expect((await receiver.ask(paths.setup(sha))).status).toBe(404)
    expect((await receiver.ask(paths.setup(sha), { method: 'PUT', body: text, token: desk })).status).toBe(200)
    const answer = await receiver.ask(paths.setup(sha), { headers: { Origin: appOrigin } })
    expect(await answer.text()).toBe(text)
    expect(answer.headers.get('Access-Control-Allow-Origin')).toBe(appOrigin)
  })

  it('makes enrolment codes', async () => {
    const answer = await receiver.ask(paths.codes, { method: 'POST', body: '{"minutes":10}', token: desk })
    const { code, expiresAt } = (await answer.json()) as { code: string; expiresAt: string }
    expect(expiresAt).toBe('2026-01-01T00:10:00.000Z')
    expect((await receiver.enrol(newKeyId(), code)).status).toBe(200)
    expect((await receiver.ask(paths.codes, { method: 'POST', body: '', token: desk })).status).toBe(200)
    expect((await receiver.ask(paths.codes, { method: 'POST', body: '{"minutes":0}', token: desk })).status).toBe(400)
  })

  it('has doors that open for no device and no stranger', async () => {
    const sha = '0'.repeat(64)
    const doors: [string, string][] = [
      ['GET', paths.boxes],
      ['GET', paths.box(sha)],
      ['PUT', paths.receipt(sha)],
      ['PUT', paths.setup(sha)],
      ['POST', paths.codes],
    ]
    for (const [method, path] of doors) {
      const body = method === 'GET' ? {} : { body: '{}' }
      const asDevice = await receiver.ask(path, { method, ...body, token: device.token })
      expect([path, asDevice.status]).toEqual([path, 403])
      expect(await refusalIn(asDevice)).toMatchObject({ code: 403, deviceId: device.deviceId })
      const asStranger = await receiver.ask(path, { method, ...body })
      expect([path, asStranger.status]).toEqual([path, 401])
    }
    expect((await receiver.ask(paths.receipts, { token: desk })).status).toBe(403)
  })
})
