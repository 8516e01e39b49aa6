import { execFileSync } from 'node:child_process'
import { mkdir, readdir, readFile, rm, stat, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { Readable } from 'node:stream'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { paths } from '../src/batch/protocol.ts'
import { setupSha, writeSetup } from '../src/batch/setup.ts'
import { newRecipientPair } from '../src/seal/envelope.ts'
import { receiverCommand } from './command.ts'
import { aFolder, databaseOf, likeABox, TestReceiver } from './testing/a-receiver.ts'

let folder: string
let receiver: TestReceiver
let key: { recipient: string; identity: string }
beforeEach(async () => {
  folder = await aFolder()
  receiver = await TestReceiver.start()
  key = await newRecipientPair({ kind: 'x25519' })
  await writeFile(join(folder, 'key'), `${key.identity}\n`)
})
afterEach(async () => {
  await receiver.stop()
  await rm(folder, { recursive: true, force: true })
})

const at = (name: string) => join(folder, name)

async function run(words: readonly string[], dataDir: string, input = ''): Promise<{ exit: number; err: string }> {
  let err = ''
  const { database } = await databaseOf(dataDir)
  const where = ['--data', dataDir, ...(database === undefined ? [] : ['--database', database])]
  const around = { out: () => undefined, err: (text: string) => (err += text), stop: Promise.resolve() }
  const exit = await receiverCommand([...words, ...where], { ...around, input: Readable.from([input]) })
  return { exit, err }
}

/** What is in the backup, opened by the standard command. */
const opened = (name: string): string =>
  execFileSync(process.env['AGE'] ?? 'age', ['-d', '-i', at('key'), at(name)], { encoding: 'utf8', maxBuffer: 1e8 })

const backUp = async (name: string) => await run(['backup', '--to', key.recipient, '--out', at(name)], receiver.dataDir)

async function boxesOf(one: TestReceiver, token: string) {
  return (await (await one.ask(paths.boxes, { token })).json()) as {
    store: string
    last: number
    boxes: { n: number; id: string }[]
  }
}

describe('a backup', () => {
  it('opened by age, makes the same receiver on another machine: devices, desks, boxes, keys, settings', async () => {
    const device = await receiver.aDevice()
    const desk = await receiver.running.deskToken()
    const large = likeABox(300_000)
    const setup = writeSetup({ configuration: 'CONF1 …', profile: '{}' })
    const setupPath = paths.setup(await setupSha(setup))
    expect((await receiver.ask(setupPath, { method: 'PUT', body: setup, token: desk })).status).toBe(200)
    await receiver.put(device.token, [likeABox(), large, likeABox()])
    const before = await boxesOf(receiver, desk)
    expect(await backUp('backup.age')).toMatchObject({ exit: 0, err: expect.stringContaining('3 boxes, sealed') })
    expect((await stat(at('backup.age'))).mode & 0o777).toBe(0o600)
    const sealed = await readFile(at('backup.age'), 'latin1')
    expect(sealed.startsWith('age-encryption.org/v1')).toBe(true)
    expect(sealed).not.toContain('receipt-key-v1')

    const done = await run(['restore'], at('new'), opened('backup.age'))
    expect(done).toMatchObject({ exit: 0, err: expect.stringContaining('3 boxes') })
    const again = await TestReceiver.start({ dataDir: at('new') })
    expect(again.running.receiptPublicKey).toBe(receiver.running.receiptPublicKey)
    const after = await boxesOf(again, desk)
    expect(after.boxes).toEqual(before.boxes)
    expect(after.store).not.toBe(before.store)
    expect(await (await again.ask(setupPath)).text()).toBe(setup)
    const bytes = await (await again.ask(paths.box(before.boxes[1]?.id ?? ''), { token: desk })).arrayBuffer()
    expect(Buffer.compare(Buffer.from(bytes), Buffer.from(large))).toBe(0)
    expect((await again.receiptIn(await again.put(device.token, [likeABox()])))?.boxes).toMatchObject([
      { result: 'kept' },
    ])
    expect((await boxesOf(again, desk)).boxes.map(({ n }) => n)).toEqual([1, 2, 3, 4])
    expect((await again.aDevice()).token).not.toBe('')
    await again.stop()
  })

  it('in which a set-up document is only a word is brought back without it, and the desk can put it again', async () => {
    const setup = writeSetup({ configuration: 'CONF1 …', profile: '{}' })
    const path = paths.setup(await setupSha(setup))
    const token = await receiver.running.deskToken()
    await receiver.ask(path, { method: 'PUT', body: setup, token })
    await backUp('backup.age')
    const bytes = JSON.stringify({ base64: Buffer.from(setup).toString('base64') })
    const spoilt = opened('backup.age').replace(bytes, '"[object ArrayBuffer]"')
    expect(spoilt).toContain('[object')
    expect((await run(['restore'], at('new'), spoilt)).exit).toBe(0)
    const again = await TestReceiver.start({ dataDir: at('new') })
    expect((await again.ask(path)).status).toBe(404)
    await again.ask(path, { method: 'PUT', body: setup, token })
    expect(await (await again.ask(path)).text()).toBe(setup)
    await again.stop()
  })

  it('is made while boxes come in, and holds a whole beginning of them', async () => {
    const device = await receiver.aDevice()
    const desk = await receiver.running.deskToken()
    const sending = Promise.all(
      Array.from({ length: 30 }, async () => await receiver.put(device.token, [likeABox(), likeABox()])),
    )
    const first = await backUp('busy.age')
    await sending
    expect(first.exit).toBe(0)
    expect((await run(['restore'], at('new'), opened('busy.age'))).exit).toBe(0)
    const again = await TestReceiver.start({ dataDir: at('new') })
    const here = (await boxesOf(again, desk)).boxes
    const all = (await boxesOf(receiver, desk)).boxes
    expect(here).toEqual(all.slice(0, here.length))
    await again.put(device.token, [likeABox()])
    expect((await boxesOf(again, desk)).last).toBe(here.length + 1)
    await again.stop()
  })

  it('that is cut short, or no backup, makes no receiver, and neither does a folder in use', async () => {
    const device = await receiver.aDevice()
    await receiver.put(device.token, [likeABox()])
    await backUp('backup.age')
    const whole = opened('backup.age')
    const lines = whole.trim().split('\n')
    const bad = {
      short: lines.slice(0, -1).join('\n'),
      less: lines.toSpliced(4, 1).join('\n'),
      none: 'nothing',
      empty: '',
    }
    for (const [name, text] of Object.entries(bad)) {
      expect(await run(['restore'], at(name), text)).toMatchObject({
        exit: 1,
        err: expect.stringContaining('no whole backup'),
      })
      const begun = await run(['devices'], at(name))
      expect(begun).toMatchObject({ exit: 1, err: expect.stringContaining('was not finished') })
    }
    expect((await run(['restore'], receiver.dataDir, whole)).err).toContain('There is something in this data folder')
    const newer = whole.replace(/"version":\d+/, '"version":99')
    expect((await run(['restore'], at('newer'), newer)).err).toContain('newer version')
    await mkdir(at('there'))
    expect((await run(['restore'], at('there'), whole)).exit).toBe(0)
  })

  it('is sealed to recipients of one kind, or not written', async () => {
    const hybrid = await newRecipientPair({ kind: 'hybrid' })
    const words = (...to: string[]) => ['backup', ...to.flatMap((one) => ['--to', one]), '--out', at('x.age')]
    expect((await run(words('age1nobody'), receiver.dataDir)).exit).toBe(2)
    expect((await run(words(key.recipient, hybrid.recipient), receiver.dataDir)).exit).toBe(2)
    expect((await run(words(), receiver.dataDir)).exit).toBe(2)
    expect(await readdir(folder)).toEqual(['key'])
    expect((await run(words(hybrid.recipient), receiver.dataDir)).exit).toBe(0)
  })
})
