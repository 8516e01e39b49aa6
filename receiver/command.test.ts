import { mkdir, rm, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import { paths } from '../src/batch/protocol.ts'
import { lostNumberOf } from '../src/batch/lost-number.ts'
import { newKeyId } from '../src/seal/random.ts'
import { receiverCommand } from './command.ts'
import { aFolder, appOrigin, likeABox, TestReceiver } from './testing/a-receiver.ts'
import { hashOf } from './tokens.ts'

let folder: string
let receiver: TestReceiver

beforeEach(async () => {
  folder = await aFolder()
  receiver = await TestReceiver.start({ dataDir: folder })
})
afterEach(async () => {
  await receiver.stop()
  await rm(folder, { recursive: true, force: true })
})

async function run(...words: string[]): Promise<{ exit: number; out: string; err: string }> {
  let [out, err] = ['', '']
  const exit = await receiverCommand(words, {
    out: (text) => (out += text),
    err: (text) => (err += text),
    stop: Promise.resolve(),
  })
  return { exit, out: out.trim(), err: err.trim() }
}

describe('beside a running receiver the command', () => {
  it('makes codes that enrol', async () => {
    const { out } = await run('code', '--data', folder, '--days', '1')
    expect((await receiver.enrol(newKeyId(), out)).status).toBe(200)
    expect((await receiver.enrol(newKeyId(), out)).status).toBe(403)
    const open = await run('code', '--data', folder, '--open-while-running')
    for (const _ of [1, 2]) expect((await receiver.enrol(newKeyId(), open.out)).status).toBe(200)
  })

  it('makes a code worthless', async () => {
    const { out } = await run('code', '--data', folder)
    expect((await run('withdraw', '--data', folder, out)).exit).toBe(0)
    expect((await receiver.enrol(newKeyId(), out)).status).toBe(403)
    expect((await run('withdraw', '--data', folder, out)).exit).toBe(1)
  })

  it('knows a device by its id even when that begins with a hyphen', async () => {
    const deviceId = `-${'A'.repeat(21)}`
    await receiver.enrol(deviceId, await receiver.running.issueCode())
    expect((await run('revoke', '--data', folder, deviceId)).exit).toBe(0)
    expect((await run('readmit', deviceId, '--data', folder)).exit).toBe(0)
    expect((await run('devices', '--data', folder, '-x')).exit).toBe(2)
  })

  it('takes what stands after -- as it stands', async () => {
    const { out } = await run('code', '--data', folder)
    expect((await run('withdraw', '--data', folder, '--', out)).exit).toBe(0)
    const deviceId = `-${'B'.repeat(20)}A`
    await receiver.enrol(deviceId, await receiver.running.issueCode())
    expect((await run('revoke', '--data', folder, '--', deviceId)).exit).toBe(0)
    expect(await run('withdraw', '--data', folder, '--', '--days')).toMatchObject({
      exit: 1,
      err: expect.stringMatching(/^No unused code/),
    })
    expect((await run('withdraw', '--data', folder, '--')).err).toMatch(/^"withdraw" needs CODE\./)
  })

  it('makes a token that opens the desk', async () => {
    const { out } = await run('desk', 'add', '--data', folder)
    expect((await receiver.ask(paths.boxes, { token: out })).status).toBe(200)
  })

  it('lists, revokes and readmits devices', async () => {
    const device = await receiver.aDevice()
    await receiver.put(device.token, [likeABox()])
    expect((await run('devices', '--data', folder)).out).toMatch(
      new RegExp(`^${device.deviceId}  since [0-9-]{10}  boxes 1  enrolled$`),
    )
    expect((await run('revoke', '--data', folder, device.deviceId)).exit).toBe(0)
    expect((await run('devices', '--data', folder)).out).toMatch(/revoked [0-9-]{10}$/)
    const receipt = await receiver.receiptIn(await receiver.put(device.token, [likeABox()]))
    expect(receipt?.boxes).toMatchObject([{ reason: 'revoked' }])
    expect((await run('revoke', '--data', folder, device.deviceId)).exit).toBe(1)

    expect((await run('readmit', '--data', folder, device.deviceId)).exit).toBe(0)
    const { out: code } = await run('code', '--data', folder)
    const { token } = (await (await receiver.enrol(device.deviceId, code)).json()) as { token: string }
    expect((await receiver.receiptIn(await receiver.put(token, [likeABox()])))?.boxes).toMatchObject([
      { result: 'kept' },
    ])
  })
})

describe('the number on a lost-tablet card', () => {
  const numberOf = (code: string) => lostNumberOf(hashOf(code))
  const inThrees = (number: string) => number.replace(/(...)(...)(...)/, '$1 $2 $3')

  it('revokes the tablet that the sheet let in, and no other', async () => {
    const [code, deviceId] = [await receiver.running.issueCode(), newKeyId()]
    const { token } = (await (await receiver.enrol(deviceId, code)).json()) as { token: string }
    const other = await receiver.aDevice()
    expect(await run('lost', '--data', folder, inThrees(numberOf(code)))).toMatchObject({
      exit: 0,
      out: `The device ${deviceId} is revoked.`,
    })
    const resultOf = async (of: string) => (await receiver.receiptIn(await receiver.put(of, [likeABox()])))?.boxes
    expect(await resultOf(token)).toMatchObject([{ reason: 'revoked' }])
    expect(await resultOf(other.token)).toMatchObject([{ result: 'kept' }])
    expect(await run('lost', '--data', folder, numberOf(code))).toMatchObject({ exit: 1 })
  })

  it('withdraws a code that let nobody in yet', async () => {
    const { out: code } = await run('code', '--data', folder)
    expect((await run('lost', '--data', folder, numberOf(code))).exit).toBe(0)
    expect((await receiver.enrol(newKeyId(), code)).status).toBe(403)
  })

  it('stops nothing for a number that was heard wrongly, that is of no sheet, or of another organisation', async () => {
    const { out: code } = await run('code', '--data', folder)
    const number = numberOf(code)
    const wrong = number.slice(0, 8) + ((Number(number[8]) + 1) % 10)
    expect(await run('lost', '--data', folder, wrong)).toMatchObject({
      exit: 2,
      err: expect.stringMatching(/^The number has nine digits/),
    })
    expect(await run('lost', '--data', folder, numberOf('no code'))).toMatchObject({
      exit: 1,
      err: expect.stringMatching(/^No set-up sheet has this number/),
    })
    await run('org', 'add', '--data', folder, 'second')
    expect((await run('lost', '--data', folder, '--org', 'second', number)).exit).toBe(1)
    expect((await receiver.enrol(newKeyId(), code)).status).toBe(200)
  })
})

describe('the command that serves', () => {
  it('receives and gives the app in one process, each on an origin of its own', async () => {
    await mkdir(join(folder, 'app'))
    await writeFile(join(folder, 'app', 'index.html'), '<!doctype html>index')
    let [said, stop] = ['', () => {}]
    const hear = (text: string) => (said += text)
    const both = ['--root', join(folder, 'app'), '--app-port', '0', '--origin', appOrigin]
    const exit = receiverCommand(['serve', '--data', join(folder, 'both'), '--port', '0', ...both], {
      out: hear,
      err: hear,
      stop: new Promise<void>((resolve) => (stop = resolve)),
    })
    await vi.waitFor(() => expect(said).toContain('The app is served on'))
    const [receiving = '', app = ''] = [...said.matchAll(/http:\/\/127\.0\.0\.1:\d+/g)].map(([url]) => url)
    expect(await (await fetch(`${receiving}/health`)).json()).toEqual({ health: 'healthy' })
    expect((await fetch(app)).headers.get('Cross-Origin-Opener-Policy')).toBe('same-origin')
    stop()
    expect(await exit).toBe(0)
  })

  it('starts neither where one of them cannot start', async () => {
    const words = ['--root', join(folder, 'nothing'), '--app-port', '0', '--origin', appOrigin]
    const done = await run('serve', '--data', join(folder, 'both'), '--port', '0', ...words)
    expect(done).toMatchObject({ exit: 1, err: expect.stringContaining('no built app') })
  })
})

describe('the command that serves the app', () => {
  const root = () => join(folder, 'app')
  const words = (...more: string[]) => ['app', '--root', root(), '--port', '0', ...more]
  beforeEach(async () => {
    await mkdir(root())
    await writeFile(join(root(), 'index.html'), '<!doctype html>index')
  })

  /** Asks for the first page while the command runs. */
  async function firstPage(...more: string[]): Promise<Response> {
    let [said, stop] = ['', () => {}]
    const stopped = new Promise<void>((resolve) => (stop = resolve))
    const hear = (text: string) => (said += text)
    const exit = receiverCommand(words(...more), { out: hear, err: hear, stop: stopped })
    await vi.waitFor(() => expect(said).toMatch(/^The app is served on http:\/\/127\.0\.0\.1:\d+\. /))
    const page = await fetch(/http:\S+\d/.exec(said)?.[0] ?? '')
    stop()
    expect(await exit).toBe(0)
    return page
  }
  const mayCall = (page: Response) => /connect-src ([^;]*)/.exec(page.headers.get('Content-Security-Policy') ?? '')?.[1]

  it('gives it with its headers until it is told to stop', async () => {
    const page = await firstPage('--connect', 'https://r.example.org/', '--connect', 'https://s.example.org:8443')
    expect([page.status, await page.text()]).toEqual([200, '<!doctype html>index'])
    expect(page.headers.get('Cross-Origin-Opener-Policy')).toBe('same-origin')
    expect(mayCall(page)).toBe("'self' https://r.example.org https://s.example.org:8443")
    expect(mayCall(await firstPage())).toBe("'self' https:")
    expect(mayCall(await firstPage('--development'))).toContain('http://localhost:*')
  })

  it('says in one sentence why it cannot', async () => {
    const port = new URL(receiver.running.url).port
    const wrong: [string[], number, RegExp][] = [
      [['app', '--root', root(), '--port', port], 1, /^Another program uses this port\./],
      [['app', '--root', folder, '--port', '0'], 1, /^There is no built app in this folder/],
      [['app', '--root', join(root(), 'index.html'), '--port', '0'], 1, /^There is no built app in this folder/],
      [['app', '--port', '0'], 2, /^--root DIR is missing/],
      [words('--data', folder), 2, /^"app" does not take --data\./],
      [words('--connect', 'https://r.test; script-src *'), 2, /^--connect must be/],
      [words('--connect', 'http://r.test'), 2, /^--connect must be/],
      [words('--connect', 'https://r.test/v1'), 2, /^--connect must be/],
    ]
    for (const [given, code, sentence] of wrong) {
      const { exit, err } = await run(...given)
      expect([exit, err]).toEqual([code, expect.stringMatching(sentence)])
    }
  })
})

describe('the command', () => {
  it('serves until it is told to stop, and writes nothing but its log to the output', async () => {
    const words = ['serve', '--data', join(folder, 'own'), '--port', '0', '--origin', appOrigin]
    const { exit, out, err } = await run(...words)
    expect([exit, out]).toEqual([0, ''])
    expect(err).toMatch(/^The receiver listens on http:\/\/127\.0\.0\.1:\d+\./)
  })

  it('says in one sentence what it did not understand', async () => {
    const data = ['--data', folder]
    const wrong: [string[], RegExp][] = [
      [['dance'], /^There is no command "dance"\./],
      [['toString'], /^There is no command/],
      [['serve', ...data, '--port', '99999', '--origin', appOrigin], /^--port must be a number from 0 to 65535\./],
      [['serve', ...data, '--port', '1'], /^--origin URL is missing/],
      [['serve', '--port', '1', '--origin', appOrigin], /^--data DIR is missing/],
      [['serve', ...data, '--origin', appOrigin], /^--port is missing\./],
      [['code', ...data, '--days', '15'], /^--days must be a number from 1 to 14\./],
      [['code', ...data, '--days', '3', '--open-while-running'], /^Either --days or --open-while-running/],
      [['devices', ...data, '--port', '1'], /^"devices" does not take --port\./],
      [['revoke', ...data], /^"revoke" needs DEVICE\./],
      [['revoke', ...data, 'a', 'b'], /^"revoke" does not take "b"\./],
      [['devices', '--dta', folder], /^Unknown option '--dta'\./],
      [['devices', '--data'], /^--data needs a value\.\n/],
      [['serve', '--data', '--port', '1'], /^--data needs a value\.\n/],
    ]
    for (const [words, sentence] of wrong) {
      const { exit, err } = await run(...words)
      expect(err).toMatch(sentence)
      expect(exit).toBe(2)
    }
  })

  it('says in one sentence what it could not do', async () => {
    const port = new URL(receiver.running.url).port
    const taken = await run('serve', '--data', join(folder, 'other'), '--port', port, '--origin', appOrigin)
    expect(taken).toMatchObject({ exit: 1, err: expect.stringMatching(/^Another program uses this port\./) })
    const nowhere = await run('devices', '--data', join(folder, 'nowhere'))
    expect(nowhere).toMatchObject({
      exit: 1,
      err: expect.stringMatching(/^There is no receiver in this data folder\./),
    })
    const origin = await run('serve', '--data', join(folder, 'other'), '--port', '0', '--origin', 'example.org')
    expect(origin).toMatchObject({ exit: 1, err: expect.stringMatching(/^An --origin is not one/) })
  })
})
