import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, inject, it } from 'vitest'
import { paths } from '../src/batch/protocol.ts'
import { verifyRefusal } from '../src/batch/receipt.ts'
import { sha256HexOf } from '../src/seal/digest.ts'
import { newKeyId } from '../src/seal/random.ts'
import { issueCode } from './codes.ts'
import { EmbeddedDatabase } from './embedded-database.ts'
import { orgKey } from './receipt-keys.ts'
import { rows } from './sql.ts'
import { likeABox, TestReceiver, type Device } from './testing/a-receiver.ts'
import { newCode, newToken } from './tokens.ts'

const limits = { failuresPerMinute: 20, sameFailuresPerMinute: 5, requestsPerMinute: 60 }
let receiver: TestReceiver
let device: Device
let now: number

beforeEach(async () => {
  now = Date.UTC(2026, 0, 1)
  receiver = await TestReceiver.start({ clock: () => now, limits })
  device = await receiver.aDevice()
})
afterEach(() => receiver.stop())

/** Everything that can be tried without a token or code that is good; some of it in the name of a tablet that has one. */
const guesses: readonly (() => Promise<Response>)[] = [
  () => receiver.put(newToken(), [likeABox()]),
  () => receiver.ask(paths.receipts, { token: newToken() }),
  () => receiver.ask(paths.boxes, { token: newToken() }),
  () => receiver.ask(paths.codes, { method: 'POST', body: '{}', token: newToken() }),
  () => receiver.ask(`/v1/${newKeyId()}`, { token: newToken() }),
  () => receiver.enrol(newKeyId(), newCode()),
  () => receiver.enrol(device.deviceId, newCode()),
  async () => receiver.ask(paths.setup(await sha256HexOf(newToken()))),
]
const guess = (n: number): Promise<Response> => (guesses[n % guesses.length] as (typeof guesses)[number])()
const flood = (count: number): Promise<Response[]> =>
  Promise.all(Array.from({ length: count }, async (_, n) => await guess(n)))

const isSigned = async (answer: Response) =>
  (await verifyRefusal(await answer.clone().text(), [receiver.running.receiptPublicKey]))?.code === answer.status
const statusesOf = (answers: readonly Response[]) => answers.map(({ status }) => status)
const wrong = async (token = newToken()) => (await receiver.ask(paths.receipts, { token })).status

describe('many bad attempts', () => {
  it('keep nobody out who has a good token or a good code, while they last or afterwards', async () => {
    const desk = await receiver.running.deskToken()
    const served = async () => {
      const [deviceId, code] = [newKeyId(), await receiver.running.issueCode()]
      const enrolled = await receiver.enrol(deviceId, code)
      const { token } = (await enrolled.clone().json()) as { token: string }
      return statusesOf([
        enrolled,
        await receiver.put(token, [likeABox()]),
        await receiver.put(device.token, [likeABox()]),
        await receiver.ask(paths.receipts, { token: device.token }),
        await receiver.ask(paths.boxes, { token: desk }),
        await receiver.ask(paths.codes, { method: 'POST', body: '{}', token: desk }),
      ])
    }
    const attempts = flood(400)
    const meanwhile: number[] = []
    for (let n = 0; n < 10; n += 1) meanwhile.push(...(await served()))
    await attempts
    for (let n = 0; n < 5; n += 1) meanwhile.push(...(await served()))
    expect(new Set(meanwhile)).toEqual(new Set([200]))
  })

  it('are refused by a signature while they are few, and then told to come again in a minute', async () => {
    const answers = await flood(100)
    const signed = await Promise.all(answers.map(isSigned))
    expect(signed.filter(Boolean)).toHaveLength(20)
    const late = answers.filter((_, n) => !signed[n])
    expect(new Set(statusesOf(late))).toEqual(new Set([429]))
    for (const answer of late) {
      expect(answer.headers.get('Retry-After')).toBe('60')
      expect(await answer.json()).toEqual({ error: 'too-many-failures' })
    }
    expect(receiver.log.filter(({ code }) => code === 'too-many-failures')).toHaveLength(80)
    now += 60_000
    expect(await isSigned(await guess(0))).toBe(true)
  })

  it('with one token or one code use up their own share, and leave that of others', async () => {
    const [token, code] = [newToken(), newCode()]
    const tried = async () => [await wrong(token), (await receiver.enrol(newKeyId(), code)).status]
    for (let n = 0; n < 5; n += 1) expect(await tried()).toEqual([401, 403])
    for (let n = 0; n < 20; n += 1) expect(await tried()).toEqual([429, 429])
    expect(await wrong()).toBe(401)
  })

  it('at one organisation leave the share of others, and of who knows none', async () => {
    const store = await receiver.openStore()
    await store.addOrg({ org: 'harbour', bytesPerDay: null })
    await orgKey(receiver.dataDir, store, 'harbour')
    const spent = async (org: string) => {
      const { code } = await issueCode(store, org, now)
      await receiver.enrol(newKeyId(), code)
      return async () => (await receiver.enrol(newKeyId(), code)).status
    }
    for (let code = 0; code < 4; code += 1) {
      const again = await spent('harbour')
      for (let n = 0; n < 5; n += 1) expect(await again()).toBe(403)
    }
    expect(await (await spent('harbour'))()).toBe(429)
    expect(await (await spent('first'))()).toBe(403)
    expect(await wrong()).toBe(401)
    await store.close()
  })
})

describe('requests to enrol', () => {
  it('with a good code count as requests of the device, and of no other', async () => {
    const [deviceId, code] = [newKeyId(), await receiver.running.issueCode()]
    for (let n = 0; n < 60; n += 1) expect((await receiver.enrol(deviceId, code)).status).toBe(200)
    const answer = await receiver.enrol(deviceId, code)
    expect([answer.status, answer.headers.get('Retry-After')]).toEqual([429, '1'])
    expect((await receiver.enrol(newKeyId(), await receiver.running.issueCode())).status).toBe(200)
    now += 1000
    expect((await receiver.enrol(deviceId, code)).status).toBe(200)
  })

  it.skipIf(inject('postgres') !== undefined)('with a bad code wait for nobody who writes', async () => {
    const writer = new EmbeddedDatabase(join(receiver.dataDir, 'receiver.db'))
    await writer.run(rows('BEGIN IMMEDIATE'))
    const answer = await receiver.enrol(newKeyId(), newCode())
    await writer.run(rows('ROLLBACK'))
    await writer.close()
    expect(answer.status).toBe(403)
  })
})

it('a revoked tablet’s questions count as its requests', async () => {
  const store = await receiver.openStore()
  await store.revokeDevice('first', device.deviceId, now)
  await store.close()
  const asked = async () => (await receiver.ask(paths.receipts, { token: device.token })).status
  const statuses: number[] = []
  for (let n = 0; n < 61; n += 1) statuses.push(await asked())
  // Enrolling was one of them.
  expect(statuses).toEqual([...Array.from({ length: 59 }, () => 403), 429, 429])
})
