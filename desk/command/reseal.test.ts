import { mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { receiverCommand } from '../../receiver/command.ts'
import { openData, startReceiver, type RunningReceiver } from '../../receiver/server.ts'
import { writeBatch } from '../../src/batch/batch.ts'
import { bearer, paths } from '../../src/batch/protocol.ts'
import { verifyReceipt } from '../../src/batch/receipt.ts'
import { openWith, sealTo } from '../../src/seal/envelope.ts'
import { concatBytes, utf8 } from '../../src/seal/bytes.ts'
import { ATablet, aRecord, type TestBox } from '../testing/a-tablet.ts'
import { ATerminal } from '../testing/a-terminal.ts'
import { makeTrialOrganisation } from '../trial.ts'
import { readIdentityFile } from './key-files.ts'
import { run } from './run.ts'

let folder: string
let receiver: RunningReceiver
let token: string
let deviceToken: string
let tablet: ATablet
const at = (...names: string[]) => join(folder, ...names)
const dataDir = () => at('receiver')
const start = () =>
  startReceiver({ dataDir: dataDir(), port: 0, appOrigins: ['http://localhost:8420'], freeShare: async () => 1 })

interface About {
  readonly recipients: { readonly work: string; readonly drawer: string }
  readonly deskKey: string
}
const about = async (keys: string) => JSON.parse(await readFile(at(keys, 'organisation.json'), 'utf8')) as About

beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'reseal-'))
  receiver = await start()
  token = await receiver.deskToken()
  await makeTrialOrganisation({
    dir: at('keys'),
    endpoint: receiver.url,
    appUrl: 'http://localhost:8420',
    receiverPublicKey: receiver.receiptPublicKey,
    deskToken: token,
    issueCode: () => receiver.issueCode({ openWhileRunning: true }),
  })
  const { recipients } = await about('keys')
  tablet = new ATablet([recipients.work, recipients.drawer])
  const body = JSON.stringify({ deviceId: tablet.deviceId, code: await receiver.issueCode() })
  const enrolled = await fetch(receiver.url + paths.enrol, { method: 'POST', body })
  deviceToken = ((await enrolled.json()) as { token: string }).token
})
afterEach(async () => {
  await receiver.close()
  await rm(folder, { recursive: true, force: true })
})

async function deliver(...boxes: readonly TestBox[]) {
  const { batchId, bytes } = await writeBatch(boxes.map((box) => box.bytes))
  const headers = { Authorization: bearer(deviceToken), 'Content-Type': 'application/octet-stream' }
  const response = await fetch(receiver.url + paths.batch(batchId), { method: 'PUT', headers, body: bytes })
  expect(response.status).toBe(200)
}

async function desk(words: string) {
  const terminal = new ATerminal()
  const code = await run(words.split(' '), terminal, { env: {}, now: () => new Date('2024-07-01T09:30:00Z') })
  return { code, said: terminal.said }
}
const open = (keys: string, out: string, more = '') =>
  desk(`open --keys ${at(keys)} --out ${at(out)} --receiver ${receiver.url} --token ${token}${more}`)
const renew = (keys: string, out: string) => desk(`renew --keys ${at(keys)} --out ${at(out)} --plain-keys`)
const reseal = (keys: string, more = '') => desk(`reseal --keys ${at(keys)} --from ${at('opened')}${more}`)

async function operator(...words: string[]) {
  let said = ''
  const write = (text: string) => (said += text)
  const exit = await receiverCommand(words, { out: write, err: write, stop: Promise.resolve() })
  return { exit, said }
}

const table = (out: string) => readFile(at(out, 'events.csv'), 'utf8')
const cases = (...ends: string[]) => ends.map((end) => aRecord({ caseId: `exampleCase000000000${end}` }))

async function sealed(...ends: string[]): Promise<TestBox[]> {
  const boxes: TestBox[] = []
  for (const record of cases(...ends)) boxes.push(await tablet.seal([record]))
  return boxes
}

const identitiesIn = (keys: string) => readIdentityFile(at(keys, 'work.key'), async () => '')

/** What a tablet reads that believes the desk with these keys. */
async function receiptsBy(keys: string) {
  const headers = { Authorization: bearer(deviceToken) }
  const answer = await fetch(`${receiver.url}${paths.receipts}?after=0`, { headers })
  const { receipts } = (await answer.json()) as { receipts: { text: string }[] }
  const { deskKey } = await about(keys)
  const believed = receipts.map(({ text }) => verifyReceipt(text, [deskKey], 'imported'))
  return (await Promise.all(believed)).flatMap((receipt) => receipt?.boxes ?? [])
}
const receipted = async (keys: string) => (await receiptsBy(keys)).map(({ id }) => id)

/** How many of the boxes in a folder of the desk the key for work of these keys opens, without those before it. */
async function openedBy(keys: string, from: string): Promise<number> {
  const [identity = ''] = await identitiesIn(keys)
  const boxes = (await readdir(at(from, 'boxes'))).map(async (name) => await readFile(at(from, 'boxes', name)))
  const opened = (await Promise.all(boxes)).map(
    async (bytes) => await openWith([identity], bytes).catch(() => undefined),
  )
  return (await Promise.all(opened)).filter((plain) => plain !== undefined).length
}

describe('the key holder left', () => {
  test('what lies at the desk and at the receiver opens with the new key and no more with the old one', async () => {
    const boxes = await sealed('gA', 'hA', 'iA')
    await deliver(...boxes)
    await open('keys', 'opened')
    const before = await table('opened')
    expect((await renew('keys', 'keys-2')).said).toContain('"reseal --keys')

    const { code, said } = await reseal('keys-2', ` --out ${at('handed')}`)
    expect([code, said]).toEqual([
      0,
      expect.stringContaining('and the drawer: 3. Left, since they open with it already: 0.'),
    ])
    expect(await openedBy('keys-2', 'opened')).toBe(3)
    expect(await openedBy('keys', 'opened')).toBe(0)
    expect((await open('keys-2', 'opened')).said).toContain('Nothing needs attention.')
    expect(await table('opened')).toBe(before)

    const { deskKey } = await about('keys-2')
    const words = ['reseal', '--data', dataDir(), '--desk-key', deskKey, at('handed')]
    expect((await operator(...words)).said).toContain('sealed anew: 3. Not here any more, and left: 0.')
    expect((await open('keys', 'by-the-old-key', ' --no-receipt')).said).toContain('3 boxes')
    await expect(table('by-the-old-key')).resolves.not.toContain('exampleCase')
    expect((await open('keys-2', 'by-the-new-key', ' --no-receipt')).said).toContain('Nothing needs attention.')
    expect(await table('by-the-new-key')).toBe(before)
    await receiver.close()
    receiver = await start()
    await deliver(...boxes)
  })

  test('tablets believe the receipts for what was sealed anew: names and sizes are those of the boxes that they sent', async () => {
    const boxes = await sealed('gA', 'hA')
    await deliver(...boxes)
    await open('keys', 'opened', ' --no-receipt')
    await renew('keys', 'keys-2')
    await reseal('keys-2')
    expect((await open('keys-2', 'opened')).said).toContain('Receipts made: 1.')
    expect(await receiptsBy('keys-2')).toEqual(
      boxes.map(({ boxId, bytes }) => ({ id: boxId, size: bytes.length, result: 'imported' })),
    )
  })

  test('once more changes nothing, and after the next renewal all is sealed anew again', async () => {
    await deliver(...(await sealed('gA', 'hA')))
    await open('keys', 'opened')
    await renew('keys', 'keys-2')
    await reseal('keys-2')
    const files = await readdir(at('opened', 'boxes'))
    expect((await reseal('keys-2')).said).toContain('and the drawer: 0. Left, since they open with it already: 2.')
    expect(await readdir(at('opened', 'boxes'))).toEqual(files)
    await renew('keys-2', 'keys-3')
    expect((await reseal('keys-3')).said).toContain('and the drawer: 2. Left, since they open with it already: 0.')
    expect(await readdir(at('opened', 'boxes'))).toHaveLength(2)
    expect((await open('keys-3', 'opened')).said).toContain('from 2 boxes. Nothing needs attention.')
    expect(await openedBy('keys-2', 'opened')).toBe(0)
  })

  test('a box that comes in its old form is not taken for another, nor put in the place of the new one', async () => {
    const [box] = await sealed('gA')
    await deliver(box as TestBox)
    await open('keys', 'opened')
    await renew('keys', 'keys-2')
    await reseal('keys-2')
    const files = await readdir(at('opened', 'boxes'))
    await writeFile(at('old.box'), (box as TestBox).bytes)
    const { said } = await desk(`open --keys ${at('keys-2')} --out ${at('opened')} --boxes ${at('old.box')}`)
    expect(said).toContain('from 1 box. Nothing needs attention.')
    expect(await readdir(at('opened', 'boxes'))).toEqual(files)
    await rm(at('opened', 'boxes', files[0] ?? ''))
    await desk(`open --keys ${at('keys-2')} --out ${at('opened')} --boxes ${at('old.box')}`)
    expect(await readdir(at('opened', 'boxes'))).toEqual([(box as TestBox).boxId])
    expect((await reseal('keys-2')).said).toContain('and the drawer: 1.')
  })

  test('a box that calls itself another one is set aside, and the other one is not lost for it', async () => {
    const [box, other] = (await sealed('gA', 'hA')) as [TestBox, TestBox]
    const { recipients } = await about('keys')
    const plain = await openWith(await identitiesIn('keys'), other.bytes)
    const inside = concatBytes(utf8(`RSEAL1 ${box.boxId} ${box.bytes.length}\n`), plain)
    await deliver({ boxId: '', bytes: await sealTo([recipients.work, recipients.drawer], inside) }, box)
    const { said } = await open('keys', 'opened')
    expect(said).toContain('(another-name)')
    expect(said).toContain('Receipts made: 1.')
    expect(await table('opened')).toContain('exampleCase000000000gA')
    expect(await table('opened')).not.toContain('exampleCase000000000hA')
    await renew('keys', 'keys-2')
    expect((await reseal('keys-2')).said).toContain('Left, since they were not taken in: 1.')
  })

  test('a receiver that puts one box under the name of another gets no receipt for the other', async () => {
    const [first, second] = (await sealed('gA', 'hA')) as [TestBox, TestBox]
    await deliver(first, second)
    const { recipients } = await about('keys')
    const plain = await openWith(await identitiesIn('keys'), first.bytes)
    const inside = concatBytes(utf8(`RSEAL1 ${second.boxId} ${second.bytes.length}\n`), plain)
    const { store } = await openData(dataDir(), 'existing')
    await store.replaceBytes('first', second.boxId, await sealTo([recipients.work, recipients.drawer], inside))
    await store.close()
    const { said } = await open('keys', 'opened')
    expect(said).toContain('Receipts made: 1.')
    expect(await receipted('keys')).toEqual([first.boxId])
    expect(said).toContain('Out of line')
  })

  test('nothing is written where the folder to hand over is there already, or there is nothing to take from', async () => {
    await deliver(...(await sealed('gA')))
    await open('keys', 'opened')
    await renew('keys', 'keys-2')
    const files = await readdir(at('opened', 'boxes'))
    expect(await reseal('keys-2', ` --out ${at('keys')}`)).toMatchObject({
      code: 1,
      said: expect.stringContaining('is there already'),
    })
    expect(await readdir(at('opened', 'boxes'))).toEqual(files)
    expect((await desk(`reseal --keys ${at('keys-2')} --from ${at('nowhere')}`)).code).toBe(1)
    expect((await desk(`reseal --keys ${at('keys-2')}`)).code).toBe(2)
  })
})
