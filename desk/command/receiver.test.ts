import { createServer } from 'node:http'
import { mkdtemp, readFile, readdir, rm, writeFile } from 'node:fs/promises'
import type { AddressInfo } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { startReceiver, type RunningReceiver } from '../../receiver/server.ts'
import { writeBatch } from '../../src/batch/batch.ts'
import { bearer, paths } from '../../src/batch/protocol.ts'
import { openSetup, readSetupLink } from '../../src/batch/setup.ts'
import { verifyReceipt } from '../../src/batch/receipt.ts'
import { makeTrialOrganisation } from '../trial.ts'
import { ATablet, aRecord, type TestBox } from '../testing/a-tablet.ts'
import { ATerminal } from '../testing/a-terminal.ts'
import { run } from './run.ts'

let folder: string
let receiver: RunningReceiver
let token: string
const keys = () => join(folder, 'organisation')
const out = () => join(folder, 'opened')

beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'desk-'))
  receiver = await start()
  token = await receiver.deskToken()
})
afterEach(async () => {
  await receiver.close()
  await rm(folder, { recursive: true, force: true })
})

const start = (port = 0) =>
  startReceiver({
    dataDir: join(folder, 'receiver'),
    port,
    appOrigins: ['http://localhost:8420'],
    freeShare: async () => 1,
  })

const trial = () =>
  makeTrialOrganisation({
    dir: keys(),
    endpoint: receiver.url,
    appUrl: 'http://localhost:8420',
    receiverPublicKey: receiver.receiptPublicKey,
    deskToken: token,
    issueCode: () => receiver.issueCode({ openWhileRunning: true }),
  })

async function setUp(link: string) {
  const read = readSetupLink(link)
  const document = 'u' in read ? await (await fetch(read.u)).text() : read.b
  return { ...(await openSetup(document, read.h)), code: read.c ?? '' }
}

/** A tablet set up by the link, enrolled at the receiver. */
async function anEnrolledTablet(link: string) {
  const { configuration, code } = await setUp(link)
  const tablet = new ATablet(configuration.recipients)
  const enrolled = await fetch(`${configuration.endpoint}${paths.enrol}`, {
    method: 'POST',
    body: JSON.stringify({ deviceId: tablet.deviceId, code }),
  })
  const { token: deviceToken } = (await enrolled.json()) as { token: string }
  const deliver = async (boxes: readonly TestBox[]) => {
    const { batchId, bytes } = await writeBatch(boxes.map((box) => box.bytes))
    const headers = { Authorization: bearer(deviceToken), 'Content-Type': 'application/octet-stream' }
    const response = await fetch(`${configuration.endpoint}${paths.batch(batchId)}`, {
      method: 'PUT',
      headers,
      body: bytes,
    })
    expect(response.status).toBe(200)
  }
  const receipts = async () => {
    const response = await fetch(`${configuration.endpoint}${paths.receipts}?after=0`, {
      headers: { Authorization: bearer(deviceToken) },
    })
    const { receipts } = (await response.json()) as { receipts: { text: string }[] }
    return Promise.all(receipts.map(({ text }) => verifyReceipt(text, configuration.deskKeys, 'imported')))
  }
  return { tablet, deliver, receipts }
}

async function desk(...words: string[]) {
  const terminal = new ATerminal()
  const code = await run(words, terminal, { env: {}, now: () => new Date('2024-07-01T09:30:00Z') })
  return { code, said: terminal.said }
}

describe('an organisation for trying out', () => {
  test('is made once, and sets up any browser by a link', async () => {
    const first = await trial()
    const [one, two] = [await setUp(first.setupLink), await setUp((await trial()).setupLink)]
    expect(two.configurationText).toBe(one.configurationText)
    expect(one.configuration.receiverKeys).toEqual([receiver.receiptPublicKey])
    expect(await readdir(keys())).toContain('FOR-TRYING-OUT.txt')
  })

  test('goes on with the same key where the address changed', async () => {
    const before = await setUp((await trial()).setupLink)
    await receiver.close()
    receiver = await start()
    const after = await setUp((await trial()).setupLink)
    expect(after.configuration).toMatchObject({
      key: before.configuration.key,
      recipients: before.configuration.recipients,
      endpoint: receiver.url,
      version: 2,
    })
  })
})

describe('open, from a receiver', () => {
  test('fetches all that came, writes the tables, and its receipts reach the tablet', async () => {
    const { tablet, deliver, receipts } = await anEnrolledTablet((await trial()).setupLink)
    const cases = ['gA', 'hA', 'iA'].map((end) => aRecord({ caseId: `exampleCase000000000${end}` }))
    const boxes = await inTurn(cases, (record) => tablet.seal([record]))
    await deliver(boxes)
    const { code, said } = await desk('open', '--keys', keys(), '--out', out())
    expect([code, said.includes('3 cases in the tables')]).toEqual([0, true])
    expect((await readFile(join(out(), 'events.csv'), 'utf8')).trim().split('\r\n')).toHaveLength(4)
    expect((await receipts()).flatMap((receipt) => receipt?.boxes.map(({ id, result }) => [id, result]))).toEqual(
      boxes.map(({ boxId }) => [boxId, 'imported']),
    )
    const again = await desk('open', '--keys', keys(), '--out', out())
    expect(again.said).toContain('Receipts made: 0.')
    expect(await receipts()).toHaveLength(1)
  })

  test('goes on where it stopped, and makes no receipt when told so', async () => {
    const { tablet, deliver, receipts } = await anEnrolledTablet((await trial()).setupLink)
    await deliver([await tablet.seal([aRecord()])])
    await desk('open', '--keys', keys(), '--out', out(), '--no-receipt')
    expect(await receipts()).toEqual([])
    const second = await tablet.seal([aRecord({ caseId: 'exampleCase000000000hA' })])
    await deliver([second])
    await desk('open', '--keys', keys(), '--out', out(), '--receiver', receiver.url, '--token', token)
    expect((await receipts()).flatMap((receipt) => receipt?.boxes)).toHaveLength(2)
  })

  test('brings back a kept box that was damaged since', async () => {
    const { tablet, deliver } = await anEnrolledTablet((await trial()).setupLink)
    const box = await tablet.seal([aRecord()])
    await deliver([box])
    await desk('open', '--keys', keys(), '--out', out())
    await writeFile(join(out(), 'boxes', box.boxId), 'damaged')
    const { said } = await desk('open', '--keys', keys(), '--out', out())
    expect(said).toContain('1 case in the tables')
  })

  test('opens what is here where nobody answers, says so, and goes on once somebody does', async () => {
    const { tablet, deliver, receipts } = await anEnrolledTablet((await trial()).setupLink)
    await deliver([await tablet.seal([aRecord()])])
    await desk('open', '--keys', keys(), '--out', out(), '--no-receipt')
    await rm(join(out(), 'events.csv'))
    const port = Number(new URL(receiver.url).port)
    await receiver.close()
    const offline = await desk('open', '--keys', keys(), '--out', out(), '--labels')
    expect(offline).toMatchObject({ code: 0, said: expect.stringContaining('Receipts made: 0.') })
    expect(offline.said.trim().split('\n').at(-1)).toMatch(
      /^Not up to date: nobody answered at .* nothing new was fetched/,
    )
    expect(await readFile(join(out(), 'report.txt'), 'utf8')).toMatch(/^Not up to date: /)
    expect((await readFile(join(out(), 'events.csv'), 'utf8')).trim().split('\r\n')).toHaveLength(2)

    receiver = await start(port)
    await deliver([await tablet.seal([aRecord({ caseId: 'exampleCase000000000hA' })])])
    const { code, said } = await desk('open', '--keys', keys(), '--out', out())
    expect([code, said.includes('2 cases in the tables'), said.includes('Not up to date')]).toEqual([0, true, false])
    expect((await receipts()).flatMap((receipt) => receipt?.boxes)).toHaveLength(2)
  })

  test.each([
    ['has another name', { store: 'another-store', after: 1 }],
    ['counts less than it did', { after: 9 }],
  ])('begins at the first box again where the store there %s, as after a backup was brought back', async (_, was) => {
    const { tablet, deliver } = await anEnrolledTablet((await trial()).setupLink)
    await deliver([await tablet.seal([aRecord()])])
    await desk('open', '--keys', keys(), '--out', out())
    const path = join(out(), 'desk-memory.json')
    const memory = JSON.parse(await readFile(path, 'utf8')) as object
    await writeFile(path, JSON.stringify({ ...memory, ...was, boxes: [] }))
    await deliver([await tablet.seal([aRecord({ caseId: 'exampleCase000000000hA' })])])
    const { code, said } = await desk('open', '--keys', keys(), '--out', out())
    expect([code, said.includes('2 cases in the tables')]).toEqual([0, true])
    expect((await desk('open', '--keys', keys(), '--out', out())).said).toContain('2 cases in the tables')
  })

  /** A receiver with the boxes that are listed, on a line that breaks in the middle of every other answer. */
  async function onABrokenLine(boxes: object[], work: (address: string) => Promise<void>) {
    const broken = createServer((request, answer) => {
      if (request.url?.startsWith(`${paths.boxes}?`))
        return void answer.end(JSON.stringify({ boxes: request.url.includes('after=9&') ? [] : boxes }))
      answer.writeHead(200, { 'Content-Length': '1000' })
      answer.write('half', () => answer.destroy())
    })
    await new Promise<void>((done) => broken.listen(0, '127.0.0.1', done))
    await work(`http://127.0.0.1:${(broken.address() as AddressInfo).port}`)
    await new Promise((done) => broken.close(done))
  }

  test('opens what is here where the line breaks, and asks for the rest the next time', async () => {
    const { tablet, deliver } = await anEnrolledTablet((await trial()).setupLink)
    await deliver([await tablet.seal([aRecord()])])
    await desk('open', '--keys', keys(), '--out', out(), '--no-receipt')
    await onABrokenLine([{ n: 9, id: 'a'.repeat(64), deviceId: tablet.deviceId }], async (address) => {
      const { code, said } = await desk(
        'open',
        '--keys',
        keys(),
        '--out',
        out(),
        '--receiver',
        address,
        '--token',
        token,
      )
      expect([code, said]).toEqual([0, expect.stringContaining('Not up to date: nobody answered')])
      expect(said).toContain('1 case in the tables')
      expect(said).toContain('1 box did not come whole')
    })
  })

  test('writes the tables where only the receipts cannot leave, and hands these back the next time', async () => {
    const { tablet, deliver, receipts } = await anEnrolledTablet((await trial()).setupLink)
    await deliver([await tablet.seal([aRecord()])])
    await desk('open', '--keys', keys(), '--out', out(), '--no-receipt')
    const refusing = createServer((request, answer) => {
      answer.statusCode = request.method === 'PUT' ? 500 : 200
      answer.end('{"boxes":[]}')
    })
    await new Promise<void>((done) => refusing.listen(0, '127.0.0.1', done))
    const address = `http://127.0.0.1:${(refusing.address() as AddressInfo).port}`
    const { code, said } = await desk('open', '--keys', keys(), '--out', out(), '--receiver', address, '--token', token)
    expect([code, said]).toEqual([0, expect.stringContaining('Receipts wait: the receiver at')])
    await new Promise((done) => refusing.close(done))
    await desk('open', '--keys', keys(), '--out', out())
    expect(await receipts()).toHaveLength(1)
  })

  test('says which of token, address and network is wrong', async () => {
    await trial()
    const wrongToken = await desk(
      'open',
      '--keys',
      keys(),
      '--out',
      out(),
      '--receiver',
      receiver.url,
      '--token',
      'x'.repeat(43),
    )
    expect(wrongToken).toMatchObject({ code: 1, said: expect.stringContaining('does not accept this token') })
    expect((await desk('open', '--keys', keys(), '--out', out(), '--receiver', receiver.url)).code).toBe(2)
    const portal = createServer((_, answer) => answer.end('<html>'))
    await new Promise<void>((done) => portal.listen(0, '127.0.0.1', done))
    const address = `http://127.0.0.1:${(portal.address() as AddressInfo).port}`
    const answered = await desk('open', '--keys', keys(), '--out', out(), '--receiver', address, '--token', token)
    expect(answered).toMatchObject({ code: 1, said: expect.stringContaining('There is no receiver at') })
    await new Promise((done) => portal.close(done))
    const nobody = await desk('open', '--keys', keys(), '--out', out(), '--receiver', address, '--token', token)
    expect(nobody).toMatchObject({ code: 1, said: expect.stringContaining('Nobody answered') })
  })
})

test('configure with the desk’s token puts the document on the receiver, so that a QR code holds the link', async () => {
  await desk('keygen', '--out', keys(), '--plain-keys', '--yes-i-wrote-them-down')
  const setting = [
    '--receiver-key',
    receiver.receiptPublicKey,
    '--name',
    'Harbour',
    '--org-code',
    'NGO-14',
    '--org-type',
    'ngo',
  ]
  const { code, said } = await desk(
    'configure',
    '--keys',
    keys(),
    '--endpoint',
    receiver.url,
    '--app',
    'http://localhost:8420',
    '--token',
    token,
    ...setting,
  )
  expect([code, said.includes('▀')]).toEqual([0, true])
  expect(await readFile(join(keys(), 'setup-qr.svg'), 'utf8')).toContain('<svg')
  const { profile } = await setUp(await readFile(join(keys(), 'setup-link.txt'), 'utf8'))
  expect(profile.name).toBe('Harbour')
})

async function inTurn<T, R>(items: readonly T[], work: (item: T) => Promise<R>): Promise<R[]> {
  const done: R[] = []
  for (const item of items) done.push(await work(item))
  return done
}
