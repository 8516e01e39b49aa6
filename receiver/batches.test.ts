import { readdir } from 'node:fs/promises'
import { connect } from 'node:net'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { writeBatch } from '../src/batch/batch.ts'
import { paths, sealedSizeLimit } from '../src/batch/protocol.ts'
import { verifyRefusal } from '../src/batch/receipt.ts'
import { concatBytes, uint32, utf8 } from '../src/seal/bytes.ts'
import { sha256Hex } from '../src/seal/digest.ts'
import { newToken } from '../src/seal/random.ts'
import { aBox, appOrigin, likeABox, TestReceiver, type Device } from './testing/a-receiver.ts'

let receiver: TestReceiver
let device: Device

async function begin(options: Parameters<typeof TestReceiver.start>[0] = {}): Promise<void> {
  receiver = await TestReceiver.start(options)
  device = await receiver.aDevice()
}

beforeEach(() => begin())
afterEach(() => receiver.stop())

async function again(options: Parameters<typeof TestReceiver.start>[0]): Promise<void> {
  await receiver.stop()
  await begin(options)
}

async function kept(): Promise<{ n: number; id: string; deviceId: string; size: number }[]> {
  const token = await receiver.running.deskToken()
  return ((await (await receiver.ask(paths.boxes, { token })).json()) as { boxes: [] }).boxes
}

describe('a batch', () => {
  it('is answered with a receipt that verifies and names each box by id and size', async () => {
    const boxes = [await aBox(device.deviceId), await aBox(device.deviceId)]
    const answer = await receiver.put(
      device.token,
      boxes.map(({ bytes }) => bytes),
    )
    expect(answer.status).toBe(200)
    const receipt = await receiver.receiptIn(answer)
    expect(receipt?.deviceId).toBe(device.deviceId)
    expect(receipt?.boxes).toEqual(boxes.map(({ id, bytes }) => ({ id, size: bytes.length, result: 'kept' })))
    expect((await kept()).map(({ id }) => id)).toEqual(boxes.map(({ id }) => id))
  })

  it('means the same by POST', async () => {
    const { id, bytes } = await aBox(device.deviceId)
    const receipt = await receiver.receiptIn(await receiver.put(device.token, [bytes], { method: 'POST' }))
    expect(receipt?.boxes).toMatchObject([{ id, result: 'kept' }])
  })

  it('sent again is kept again, in one row', async () => {
    const { id, bytes } = await aBox(device.deviceId)
    for (const _ of [1, 2, 3]) {
      const receipt = await receiver.receiptIn(await receiver.put(device.token, [bytes]))
      expect(receipt?.boxes).toMatchObject([{ id, result: 'kept' }])
    }
    expect(await kept()).toHaveLength(1)
  })

  it('that names a box twice keeps it once and says so once', async () => {
    const bytes = likeABox()
    const receipt = await receiver.receiptIn(await receiver.put(device.token, [bytes, bytes]))
    expect(receipt?.boxes).toHaveLength(1)
    expect(await kept()).toHaveLength(1)
  })

  it('keeps a box that two devices sent once, under the first', async () => {
    const other = await receiver.aDevice()
    const bytes = likeABox()
    await receiver.put(device.token, [bytes])
    const receipt = await receiver.receiptIn(await receiver.put(other.token, [bytes]))
    expect(receipt).toMatchObject({ deviceId: other.deviceId, boxes: [{ result: 'kept' }] })
    expect(await kept()).toMatchObject([{ deviceId: device.deviceId }])
  })

  it('of several MiB goes through a temporary file and leaves none', async () => {
    const boxes = Array.from({ length: 5 }, () => likeABox(1_500_000))
    const receipt = await receiver.receiptIn(await receiver.put(device.token, boxes))
    expect(receipt?.boxes.map(({ result }) => result)).toEqual(['kept', 'kept', 'kept', 'kept', 'kept'])
    expect(await readdir(join(receiver.dataDir, 'incoming'))).toEqual([])
    const token = await receiver.running.deskToken()
    const back = await receiver.ask(paths.box(receipt?.boxes[3]?.id ?? ''), { token })
    expect(await sha256Hex(new Uint8Array(await back.arrayBuffer()))).toBe(receipt?.boxes[3]?.id)
  })
})

describe('what is not kept', () => {
  it('a batch under another name', async () => {
    const { bytes } = await writeBatch([likeABox()])
    const name = await sha256Hex(new Uint8Array(3))
    const answer = await receiver.ask(paths.batch(name), { method: 'PUT', body: bytes, token: device.token })
    expect(answer.status).toBe(400)
    expect(await answer.json()).toEqual({ error: 'wrong-digest' })
    expect(await kept()).toEqual([])
  })

  it('a batch with a flipped byte', async () => {
    const { batchId, bytes } = await writeBatch([likeABox(), likeABox()])
    bytes.set([(bytes.at(5000) ?? 0) ^ 1], 5000)
    const answer = await receiver.ask(paths.batch(batchId), { method: 'PUT', body: bytes, token: device.token })
    expect(answer.status).toBe(400)
    expect(await kept()).toEqual([])
  })

  it('a body whose lengths do not add up', async () => {
    const { bytes } = await writeBatch([likeABox()])
    const short = bytes.slice(0, -1)
    const answer = await receiver.ask(paths.batch(await sha256Hex(short)), {
      method: 'PUT',
      body: short,
      token: device.token,
    })
    expect(answer.status).toBe(400)
    expect(await answer.json()).toEqual({ error: 'bad-batch' })
  })

  it('more than 8 MiB, whatever is in it', async () => {
    const body = new Uint8Array(8 * 1024 * 1024 + 1)
    const path = paths.batch(await sha256Hex(body))
    const answer = await receiver.ask(path, {
      method: 'PUT',
      body,
      token: device.token,
      headers: { Origin: appOrigin },
    })
    expect(answer.status).toBe(413)
    expect(answer.headers.get('Access-Control-Allow-Origin')).toBe(appOrigin)
  })

  it('a body that does not announce its length', async () => {
    const body = new ReadableStream({
      start: (controller) => {
        controller.enqueue(new Uint8Array(8))
        controller.close()
      },
    })
    const init = { method: 'PUT', body, token: device.token, duplex: 'half' }
    expect((await receiver.ask(paths.batch('0'.repeat(64)), init)).status).toBe(411)
  })

  it('a box that is not age, while its neighbour is kept', async () => {
    const [good, bad] = [likeABox(), new TextEncoder().encode('{"name":"in the clear"}')]
    const receipt = await receiver.receiptIn(await receiver.put(device.token, [bad, good]))
    expect(receipt?.boxes).toMatchObject([{ result: 'refused', reason: 'unknown-format' }, { result: 'kept' }])
    expect(await kept()).toMatchObject([{ id: await sha256Hex(good) }])
  })

  it('a box over the size that this receiver takes', async () => {
    await again({ limits: { boxBytes: 5000 } })
    const receipt = await receiver.receiptIn(await receiver.put(device.token, [likeABox(5001), likeABox(5000)]))
    expect(receipt?.boxes).toMatchObject([{ result: 'refused', reason: 'too-large' }, { result: 'kept' }])
  })

  it('a box that no desk would open for its size, while its neighbour is kept', async () => {
    const boxes = [likeABox(sealedSizeLimit + 1), likeABox()]
    const body = concatBytes(utf8('BOXES1\n'), ...boxes.flatMap((box) => [uint32(box.length), box]))
    const init = { method: 'PUT', body, token: device.token }
    const receipt = await receiver.receiptIn(await receiver.ask(paths.batch(await sha256Hex(body)), init))
    expect(receipt?.boxes).toMatchObject([{ result: 'refused', reason: 'too-large' }, { result: 'kept' }])
  })

  it('a box of a device that was revoked', async () => {
    const store = await receiver.openStore()
    expect(await store.revokeDevice('first', device.deviceId, 1)).toBe(true)
    await store.close()
    const receipt = await receiver.receiptIn(await receiver.put(device.token, [likeABox()]))
    expect(receipt?.boxes).toMatchObject([{ result: 'refused', reason: 'revoked' }])
    expect(await kept()).toEqual([])
    const answer = await receiver.ask(paths.receipts, { token: device.token })
    expect(answer.status).toBe(403)
    const refusal = await verifyRefusal(await answer.text(), [receiver.running.receiptPublicKey])
    expect(refusal).toEqual({ v: 1, code: 403, deviceId: device.deviceId, batchId: null })
  })

  it('anything under a token that nobody was given, and the refusal is signed for this batch', async () => {
    const { batchId, bytes } = await writeBatch([likeABox()])
    const put = (token?: string) =>
      receiver.ask(paths.batch(batchId), { method: 'PUT', body: bytes, ...(token !== undefined && { token }) })
    for (const token of [undefined, newToken(), '', 'x', device.token.slice(0, -1)]) {
      const answer = await put(token)
      expect(answer.status).toBe(401)
      const refusal = await verifyRefusal(await answer.text(), [receiver.running.receiptPublicKey])
      expect(refusal).toEqual({ v: 1, code: 401, deviceId: null, batchId })
    }
    const asDesk = await put(await receiver.running.deskToken())
    expect(asDesk.status).toBe(403)
    expect(await kept()).toEqual([])
  })

  it('anything while less than a tenth of the disk is free', async () => {
    await again({ freeShare: async () => 0.099 })
    const answer = await receiver.put(device.token, [likeABox()])
    expect(answer.status).toBe(507)
    expect(await kept()).toEqual([])
    expect((await receiver.ask(paths.health)).status).toBe(503)
  })

  it('more requests a minute than a device may make, and the answer says when to come again', async () => {
    let now = Date.UTC(2026, 0, 1)
    // The first of them is to enrol.
    await again({ limits: { requestsPerMinute: 3 }, clock: () => now })
    const put = () => receiver.put(device.token, [likeABox()])
    expect([(await put()).status, (await put()).status]).toEqual([200, 200])
    const answer = await put()
    expect([answer.status, answer.headers.get('Retry-After')]).toEqual([429, '20'])
    expect((await receiver.put((await receiver.aDevice()).token, [likeABox()])).status).toBe(200)
    now += 20_000
    expect((await put()).status).toBe(200)
  })

  it('more bytes a day than a device may send, until the next day', async () => {
    let now = Date.UTC(2026, 0, 1, 23, 59)
    await again({ limits: { bytesPerDay: 10_000 }, clock: () => now })
    const box = likeABox(6000)
    expect((await receiver.put(device.token, [box])).status).toBe(200)
    const answer = await receiver.put(device.token, [likeABox(6000)])
    expect([answer.status, answer.headers.get('Retry-After')]).toEqual([429, '60'])
    now += 60_000
    expect((await receiver.put(device.token, [likeABox(6000)])).status).toBe(200)
    expect((await receiver.put(device.token, [likeABox(6000)])).status).toBe(429)
  })

  it('more bytes a day than a device may send, from requests to two processes at the same moment', async () => {
    // Both have looked at what the device sent today before either reads what it sends now.
    let [looked, go] = [0, () => {}]
    const both = new Promise<void>((resolve) => (go = resolve))
    const freeShare = async () => {
      if (++looked === 2) go()
      await both
      return 0.5
    }
    const options = { limits: { bytesPerDay: 10_000 }, freeShare, clock: () => Date.UTC(2026, 0, 1, 23, 59) }
    await again(options)
    const other = await TestReceiver.start({ ...options, dataDir: receiver.dataDir })
    const box = likeABox(6000)
    const answers = await Promise.all([receiver.put(device.token, [box]), other.put(device.token, [likeABox(6000)])])
    await other.stop()
    expect(answers.map(({ status }) => status).toSorted()).toEqual([200, 429])
    const refused = answers.find(({ status }) => status === 429)
    expect(await refused?.json()).toEqual({ error: 'too-much-today' })
    expect(refused?.headers.get('Retry-After')).toBe('60')
    expect(await kept()).toHaveLength(1)
    // What was not kept took nothing of the day.
    expect((await receiver.put(device.token, [likeABox(3900)])).status).toBe(200)
  })

  it('a name that is none, however it is written', async () => {
    const names = [
      'x',
      'A'.repeat(64),
      '0'.repeat(63),
      '0'.repeat(65),
      '..%2f..%2fetc%2fpasswd',
      '%00',
      '0'.repeat(64) + '%0a',
    ]
    for (const name of names) {
      const init = { method: 'PUT', body: new Uint8Array(9), token: device.token }
      expect([name, (await receiver.ask(paths.batch(name), init)).status]).toEqual([name, 400])
    }
    const climbing = await raw(`PUT /v1/batches/../boxes HTTP/1.1\r\nHost: h\r\nContent-Length: 0\r\n\r\n`)
    expect(climbing).toMatch(/^HTTP\/1.1 405 /)
  })
})

describe('a sender that does not come to an end', () => {
  it('is given up on when it pauses too long', async () => {
    await again({ limits: { idleTime: 200 } })
    const answer = await raw(halfABatch(device.token))
    expect(answer).toMatch(/^HTTP\/1.1 408 /)
    expect(await kept()).toEqual([])
  })

  it('is given up on when it drips', async () => {
    await again({ limits: { graceTime: 300, slowestBytesPerSecond: 1000 } })
    const answer = await raw(halfABatch(device.token), 20)
    expect(answer).toMatch(/^HTTP\/1.1 408 /)
  })

  it('is given up on when its headers are late', async () => {
    await again({ limits: { headerTime: 300 } })
    expect(await raw('PUT /v1/batches/x HTTP/1.1\r\nHost: h\r\n')).toMatch(/^HTTP\/1.1 408 /)
  })

  it('leaves nothing behind when it hangs up in the middle', async () => {
    const socket = connect(Number(new URL(receiver.running.url).port), '127.0.0.1')
    socket.write(halfABatch(device.token))
    await new Promise((resolve) => setTimeout(resolve, 100))
    socket.destroy()
    await expect.poll(() => receiver.log.at(-1)?.code).toBe('cut-off')
    expect(await kept()).toEqual([])
  })

  it('finds no room while others fill it, and is told to come again', async () => {
    await again({ limits: { memoryBytesOfAll: 1000, fileBytesOfAll: 3000 } })
    const answer = await receiver.put(device.token, [likeABox(4000)])
    expect([answer.status, answer.headers.get('Retry-After')]).toEqual([503, '10'])
    expect((await receiver.put(device.token, [likeABox(2500)])).status).toBe(200)
    expect((await receiver.put(device.token, [likeABox(2500)])).status).toBe(200)
  })

  it('cannot smuggle a second request behind two lengths', async () => {
    const head = `PUT ${paths.batch('0'.repeat(64))} HTTP/1.1\r\nHost: h\r\nAuthorization: Bearer ${device.token}\r\n`
    const both = `${head}Content-Length: 5\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\nGET /health HTTP/1.1\r\nHost: h\r\n\r\n`
    const answer = await raw(both)
    expect(answer).toMatch(/^HTTP\/1.1 400 /)
    expect(answer).not.toContain('healthy')
    const two = await raw(`${head}Content-Length: 5\r\nContent-Length: 6\r\n\r\nabcdef`)
    expect(two).toMatch(/^HTTP\/1.1 400 /)
    expect(two).toContain(`Access-Control-Allow-Origin: ${appOrigin}`)
  })
})

function halfABatch(token: string): string {
  const head = `PUT ${paths.batch('0'.repeat(64))} HTTP/1.1\r\nHost: h\r\nAuthorization: Bearer ${token}\r\n`
  return `${head}Content-Length: 5000\r\n\r\nBOXES1\n`
}

/** Writes bytes, then one more every `drip` milliseconds, and gives back what comes until the other side closes. */
function raw(text: string, drip?: number): Promise<string> {
  return new Promise((resolve, reject) => {
    let heard = ''
    const socket = connect(Number(new URL(receiver.running.url).port), '127.0.0.1')
    const timer = drip === undefined ? undefined : setInterval(() => socket.write('.'), drip)
    socket.setTimeout(5000, () => socket.end())
    socket.on('data', (chunk) => {
      heard += chunk.toString()
      if (heard.startsWith('HTTP/1.1 4')) setTimeout(() => socket.end(), 50)
    })
    socket.on('error', reject)
    socket.on('close', () => {
      clearInterval(timer)
      resolve(heard)
    })
    socket.write(text)
  })
}

describe('what is left on the disk and in the log', () => {
  it('has no word of what is in a box, no secret and no address', async () => {
    const canary = 'canary-4f1d-quince'
    const code = await receiver.running.issueCode()
    const deskToken = await receiver.running.deskToken()
    const { bytes } = await aBox(device.deviceId, canary)
    await receiver.put(device.token, [bytes], { headers: { Origin: appOrigin } })
    const everything = (await receiver.everythingKept()) + JSON.stringify(receiver.log)
    expect(everything).toContain('age-encryption.org/v1')
    for (const secret of [canary, device.token, code, deskToken]) {
      expect(everything).not.toContain(secret)
      expect(everything).not.toContain(Buffer.from(secret, 'utf16le').toString('latin1'))
    }
    const log = JSON.stringify(receiver.log)
    for (const word of ['127.0.0.1', 'app.test', 'node', 'Bearer']) expect(log).not.toContain(word)
    expect(receiver.log.at(-1)).toEqual({
      time: expect.any(String),
      device: device.deviceId,
      status: 200,
      size: bytes.length + 11,
      code: 'kept',
    })
  })
})
