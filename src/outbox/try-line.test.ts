import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { openData, startReceiver, type RunningReceiver } from '../../receiver/server.ts'
import { hasReceiver, openConfiguration } from '../batch/configuration.ts'
import { verifyReceipt } from '../batch/receipt.ts'
import { anOutbox, type AnOutbox } from '../testing/an-outbox.ts'
import { tryLine, trySettingsInUse, type LineTrial } from './try-line.ts'

// With the receiver that organisations run, over loopback.

let [dataDir, receiver]: [string, RunningReceiver | undefined] = ['', undefined]
beforeEach(async () => {
  dataDir = await mkdtemp(join(tmpdir(), 'receiver-'))
  receiver = await startReceiver({ dataDir, port: 0, appOrigins: ['http://127.0.0.1:4173'] })
})
afterEach(async () => {
  await receiver?.close()
  await rm(dataDir, { recursive: true })
})

const running = (): RunningReceiver => {
  if (!receiver) throw new Error('not running')
  return receiver
}
const tablet = async (enrolCode = ''): Promise<AnOutbox> =>
  anOutbox(running().url, { receiverPublicKey: running().receiptPublicKey, enrolCode })
const locks = { request: async <T>(_name: string, callback: () => Promise<T>): Promise<T> => await callback() }
const deps = (outbox: AnOutbox, fetch_ = fetch) => ({ database: outbox.database, fetch: fetch_, now: Date.now, locks })
const deviceOf = async ({ database }: AnOutbox) => {
  const device = await database.device.get('device')
  if (!device) throw new Error('no device')
  return device
}
/** As one who has other settings in hand than those of the tablet. */
async function trialOf(outbox: AnOutbox, change: Partial<LineTrial> = {}): Promise<LineTrial> {
  const device = await deviceOf(outbox)
  const configuration = await openConfiguration(device.configuration)
  if (!hasReceiver(configuration)) throw new Error('no receiver')
  return { configuration, device, box: await outbox.makeBox(), ...change }
}

describe('one test box under the settings in use', () => {
  test('enrols, is received, and leaves outbox and line as they were', async () => {
    const outbox = await tablet(await running().issueCode())
    const box = await outbox.makeBox()
    const tried = await trySettingsInUse(deps(outbox), box)
    expect(tried).toMatchObject({ status: 'received', clockOff: 0 })
    const receipt = tried.status === 'received' ? tried.receipt : ''
    const keys = [running().receiptPublicKey]
    expect((await verifyReceipt(receipt, keys, 'stored'))?.boxes).toMatchObject([{ id: box.boxId, result: 'kept' }])
    expect(await outbox.rows()).toEqual([])
    expect(await deviceOf(outbox)).toMatchObject({ enrolCode: '', lastContactAt: 0 })
    expect(await trySettingsInUse(deps(outbox), await outbox.makeBox())).toMatchObject({ status: 'received' })
  })

  test('says by how much the clock is ahead of the receiver, or behind it', async () => {
    const outbox = await tablet(await running().issueCode())
    const day = 24 * 60 * 60_000
    const ahead = { ...deps(outbox), now: () => Date.now() + day }
    const tried = await trySettingsInUse(ahead, await outbox.makeBox())
    expect(tried).toMatchObject({ status: 'received' })
    expect(Math.abs((tried.status === 'received' ? tried.clockOff : 0) - day)).toBeLessThan(60_000)
  })

  test.each([
    ['a network that is not there', async () => Promise.reject(new TypeError('no network')), 'net'],
    ['a portal that says yes to everything', async () => new Response('{"ok":true}'), 'portal'],
    ['a server that signs for nobody', async () => new Response('{"receipt":"{}","sig":"x"}'), 'receipt'],
    ['a full receiver', async () => new Response('', { status: 507 }), 'full'],
  ])('is not received behind %s', async (_, answer, code) => {
    const outbox = await anOutbox(running().url, { receiverPublicKey: running().receiptPublicKey })
    expect(await trySettingsInUse(deps(outbox, answer), await outbox.makeBox())).toEqual({
      status: 'not-received',
      code,
    })
  })

  test('is said to be of a tablet that is not known, or to need a new code', async () => {
    const stranger = await tablet('')
    expect(await trySettingsInUse(deps(stranger), await stranger.makeBox())).toMatchObject({ code: 'device' })
    const late = await tablet('NOBODYKNOWSIT')
    expect(await trySettingsInUse(deps(late), await late.makeBox())).toMatchObject({ code: 'code-expired' })
    await late.database.device.update('device', { configuration: 'CONF1 changed' })
    expect(await trySettingsInUse(deps(late), await late.makeBox())).toMatchObject({ code: 'config' })
  })

  test('gives a token that the receiver refuses up for a fresh code', async () => {
    const outbox = await tablet('')
    await outbox.database.device.update('device', { enrolCode: await running().issueCode() })
    expect(await trySettingsInUse(deps(outbox), await outbox.makeBox())).toMatchObject({ status: 'received' })
    expect((await deviceOf(outbox)).token).not.toBe(outbox.token)
  })

  test('waits for whoever is spending the code, and then keeps nobody from sending', async () => {
    const outbox = await tablet(await running().issueCode())
    let held = false
    const busy = {
      request: async <T>(_name: string, callback: () => Promise<T>): Promise<T> => {
        await trySettingsInUse(deps(outbox), await outbox.makeBox())
        held = true
        const result = await callback()
        held = false
        return result
      },
    }
    const meanwhile: boolean[] = []
    const noted: typeof fetch = async (url, init) => {
      meanwhile.push(held)
      return await fetch(url, init)
    }
    const tried = await trySettingsInUse({ ...deps(outbox, noted), locks: busy }, await outbox.makeBox())
    expect([tried.status, meanwhile]).toEqual(['received', [false]])
  })

  test('does not leave once it is broken off, even after it had to wait', async () => {
    const outbox = await tablet(await running().issueCode())
    const leaving = new AbortController()
    const asked: string[] = []
    const noted: typeof fetch = async (url, init) => {
      asked.push(String(url))
      return await fetch(url, init)
    }
    const busy = {
      request: async <T>(_name: string, callback: () => Promise<T>): Promise<T> => {
        leaving.abort()
        return await callback()
      },
    }
    const line = { ...deps(outbox, noted), locks: busy, signal: leaving.signal }
    expect(await trySettingsInUse(line, await outbox.makeBox())).toEqual({ status: 'not-received', code: 'net' })
    expect(asked).toEqual([])
    expect(await deviceOf(outbox)).not.toHaveProperty('tokenAsked')
  })

  test('goes by POST where a line lets no PUT through', async () => {
    const outbox = await tablet(await running().issueCode())
    const methods: (string | undefined)[] = []
    const narrow: typeof fetch = async (url, init) => {
      methods.push(init?.method)
      return init?.method === 'PUT' ? new Response('', { status: 405 }) : await fetch(url, init)
    }
    expect(await trySettingsInUse(deps(outbox, narrow), await outbox.makeBox())).toMatchObject({ status: 'received' })
    expect(methods).toEqual(['POST', 'PUT', 'POST'])
  })
})

describe('one test box under settings that are not in use', () => {
  test('hands the token out before it is used, writes nothing, and the token is good again after a lost answer', async () => {
    const outbox = await anOutbox('https://receiver.example', { receiverPublicKey: running().receiptPublicKey })
    const before = await deviceOf(outbox)
    const code = await running().issueCode()
    const kept: string[] = []
    const { configuration } = await trialOf(outbox)
    const trial = await trialOf(outbox, {
      configuration: { ...configuration, endpoint: running().url },
      device: { deviceId: before.deviceId, token: '', enrolCode: code },
      keepToken: async (token) => void kept.push(token),
    })
    const deaf: typeof fetch = async (url, init) => {
      const response = await fetch(url, init)
      if (init?.method === 'PUT') throw new TypeError('the line broke')
      return response
    }
    expect(await tryLine(deps(outbox, deaf), trial)).toEqual({ status: 'not-received', code: 'net' })
    expect(kept).toHaveLength(1)
    const again = { ...trial, device: { ...trial.device, token: kept[0] ?? '' } }
    expect(await tryLine(deps(outbox), again)).toMatchObject({ status: 'received' })
    expect(await deviceOf(outbox)).toEqual(before)
    const { store } = await openData(dataDir)
    expect(await store.listBoxes('first', 0, 10)).toHaveLength(1)
    await store.close()
  })

  test('uses no token that could not be kept', async () => {
    const outbox = await anOutbox(running().url, { receiverPublicKey: running().receiptPublicKey })
    const device = { deviceId: outbox.deviceId, token: '', enrolCode: await running().issueCode() }
    const keepToken = () => Promise.reject(new Error('full'))
    await expect(tryLine(deps(outbox), await trialOf(outbox, { device, keepToken }))).rejects.toThrow('full')
    expect(await tryLine(deps(outbox), await trialOf(outbox, { device }))).toMatchObject({ status: 'received' })
  })
})
