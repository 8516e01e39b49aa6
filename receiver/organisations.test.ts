import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { paths } from '../src/batch/protocol.ts'
import { signReceipt, verifyReceipt, verifyRefusal, type ImportedReceipt } from '../src/batch/receipt.ts'
import { sha256HexOf } from '../src/seal/digest.ts'
import { newKeyId } from '../src/seal/random.ts'
import { newSigningKey } from '../src/seal/signature.ts'
import { receiverCommand } from './command.ts'
import { databaseOf, likeABox, TestReceiver } from './testing/a-receiver.ts'
import { newToken } from './tokens.ts'

let receiver: TestReceiver
beforeEach(async () => {
  receiver = await TestReceiver.start()
})
afterEach(() => receiver.stop())

async function run(...words: string[]): Promise<{ exit: number; out: string; err: string }> {
  let [out, err] = ['', '']
  const { database } = await databaseOf(receiver.dataDir)
  const where = ['--data', receiver.dataDir, ...(database === undefined ? [] : ['--database', database])]
  const exit = await receiverCommand([...words, ...where], {
    out: (text) => (out += text),
    err: (text) => (err += text),
    stop: Promise.resolve(),
  })
  return { exit, out: out.trim(), err: err.trim() }
}

interface Organisation {
  readonly key: string
  readonly desk: string
  readonly device: { readonly deviceId: string; readonly token: string }
}

async function aDeviceOf(org: string): Promise<Organisation['device']> {
  const [deviceId, code] = [newKeyId(), (await run('code', '--org', org)).out]
  const { token } = (await (await receiver.enrol(deviceId, code)).json()) as { token: string }
  return { deviceId, token }
}

async function added(name: string, ...more: string[]): Promise<Organisation> {
  const { exit, out, err } = await run('org', 'add', name, ...more)
  expect(exit).toBe(0)
  const key = /receipt key of \S+ is (\S{43})\./.exec(err)?.[1] ?? ''
  return { key, desk: out, device: await aDeviceOf(name) }
}

const listed = async (token: string): Promise<string[]> => {
  const answer = await receiver.ask(paths.boxes, { token })
  return ((await answer.json()) as { boxes: { id: string }[] }).boxes.map(({ id }) => id)
}

describe('an organisation beside others', () => {
  it('is served from the moment when it is added, and its tablets get receipts by its own key alone', async () => {
    const one = await added('harbour')
    const text = await (await receiver.put(one.device.token, [likeABox()])).text()
    expect((await verifyReceipt(text, [one.key], 'stored'))?.boxes).toMatchObject([{ result: 'kept' }])
    expect(await verifyReceipt(text, [receiver.running.receiptPublicKey], 'stored')).toBeUndefined()
    const first = await receiver.aDevice()
    expect(await receiver.receiptIn(await receiver.put(first.token, [likeABox()]))).toBeDefined()
    expect((await run('org', 'list')).out).toBe('first  devices 1  boxes 1\nharbour  devices 1  boxes 1')
  })

  it('is in no answer to another: not its boxes, receipts, devices, nor how many there are', async () => {
    const [one, other] = [await added('harbour'), await added('north-road')]
    const shared = likeABox()
    await receiver.put(one.device.token, [shared, likeABox()])
    await receiver.put(other.device.token, [shared])
    const [ofOne, ofOther] = [await listed(one.desk), await listed(other.desk)]
    expect([ofOne.length, ofOther.length]).toEqual([2, 1])
    const [only = ''] = ofOne.filter((id) => !ofOther.includes(id))
    expect((await receiver.ask(paths.box(only), { token: one.desk })).status).toBe(200)
    const kept = await receiver.ask(paths.box(only), { token: other.desk })
    const none = await receiver.ask(paths.box('0'.repeat(64)), { token: other.desk })
    const said = async (answer: Response) => [
      answer.status,
      (await verifyRefusal(await answer.text(), [other.key]))?.code,
    ]
    expect(await said(kept)).toEqual(await said(none))

    const deskKey = newSigningKey()
    const about: ImportedReceipt = {
      v: 1,
      level: 'imported',
      deviceId: one.device.deviceId,
      at: '2024-05-02T08:00:00Z',
      boxes: [],
    }
    const text = await signReceipt(about, deskKey.privateKey)
    await receiver.ask(paths.receipt(await sha256HexOf(text)), { method: 'PUT', body: text, token: other.desk })
    const forOne = await receiver.ask(paths.receipts, { token: one.device.token })
    const { store, receipts } = (await forOne.json()) as { store: string; receipts: unknown[] }
    expect(receipts).toEqual([])
    const forOther = await receiver.ask(paths.receipts, { token: other.device.token })
    expect(((await forOther.json()) as { store: string }).store).not.toBe(store)
    expect((await run('devices', '--org', 'north-road')).out).not.toContain(one.device.deviceId)
    expect((await run('revoke', '--org', 'north-road', one.device.deviceId)).exit).toBe(1)
    expect((await run('withdraw', '--org', 'north-road', (await run('code', '--org', 'harbour')).out)).exit).toBe(1)
  })

  it('has its refusals signed by its own key, and a stranger gets one that nobody signed', async () => {
    const one = await added('harbour')
    const alone = await receiver.ask(paths.boxes, { token: one.device.token })
    expect((await verifyRefusal(await alone.text(), [one.key]))?.code).toBe(403)
    const stranger = await receiver.put(newToken(), [likeABox()])
    expect([stranger.status, await stranger.json()]).toEqual([401, { error: 'bad-token' }])
    const code = (await run('code', '--org', 'harbour')).out
    await receiver.enrol(newKeyId(), code)
    const spent = await receiver.enrol(newKeyId(), code)
    expect((await verifyRefusal(await spent.text(), [one.key]))?.code).toBe(403)
  })

  it('may be allowed less in a day than others', async () => {
    const one = await added('harbour', '--mib-per-day', '1')
    const [half, rest] = [likeABox(700 * 1024), likeABox(700 * 1024)]
    expect((await receiver.put(one.device.token, [half])).status).toBe(200)
    const answer = await receiver.put(one.device.token, [rest])
    expect([answer.status, await answer.json()]).toEqual([429, { error: 'too-much-today' }])
    expect((await receiver.put((await receiver.aDevice()).token, [half, rest])).status).toBe(200)
  })

  it('is added once, by a name that will do', async () => {
    await added('harbour')
    expect(await run('org', 'add', 'harbour')).toMatchObject({ exit: 1, out: '' })
    for (const name of ['Harbour', 'h', '../up', 'a b', '']) expect((await run('org', 'add', name)).exit).toBe(2)
  })
})

describe('the desk of an organisation', () => {
  it('may have several tokens, and one that is revoked opens nothing', async () => {
    const one = await added('harbour')
    const { out: second } = await run('desk', 'add', '--org', 'harbour')
    const desks = (await run('desk', 'list', '--org', 'harbour')).out
      .split('\n')
      .map((line) => line.split(' ')[0] ?? '')
    expect(desks).toHaveLength(2)
    expect((await run('desk', 'revoke', desks[0] ?? '')).exit).toBe(1)
    for (const desk of desks) {
      expect((await run('desk', 'revoke', '--org', 'harbour', desk)).exit).toBe(0)
      const open = await Promise.all(
        [one.desk, second].map(async (token) => (await receiver.ask(paths.boxes, { token })).status),
      )
      expect(open.filter((status) => status === 200)).toHaveLength(desk === desks[0] ? 1 : 0)
    }
  })
})
