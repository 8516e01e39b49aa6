import { mkdtemp, readFile, readdir, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { writeBatch } from '../../src/batch/batch.ts'
import { verifyReceipt } from '../../src/batch/receipt.ts'
import { ATablet, aRecord } from '../testing/a-tablet.ts'
import { ATerminal } from '../testing/a-terminal.ts'
import { readSigningRoom } from './key-files.ts'
import { run } from './run.ts'

// A file that a tablet saved comes to the desk by hand, and the answer goes back by hand.

let folder = ''
const keys = () => join(folder, 'keys')
const out = () => join(folder, 'opened')
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'take-'))
  await desk('keygen', '--out', keys(), '--classic', '--plain-keys', '--yes-i-wrote-them-down')
})
afterEach(() => rm(folder, { recursive: true, force: true }))

async function desk(...words: string[]): Promise<{ code: number; said: string }> {
  const terminal = new ATerminal()
  const code = await run(words, terminal, { env: {}, now: () => new Date('2024-07-01T09:30:00Z') })
  return { code, said: terminal.said }
}

async function aTablet(): Promise<ATablet> {
  const about = JSON.parse(await readFile(join(keys(), 'organisation.json'), 'utf8')) as {
    recipients: { work: string; drawer: string }
  }
  return new ATablet([about.recipients.work, about.recipients.drawer])
}

async function saved(name: string, boxes: readonly { bytes: Uint8Array }[]): Promise<string> {
  const path = join(folder, name)
  await writeFile(path, (await writeBatch(boxes.map(({ bytes }) => bytes))).bytes)
  return path
}

const take = (...files: string[]) => desk('take', ...files, '--keys', keys(), '--out', out())

async function answers(): Promise<string[]> {
  const names = (await readdir(join(out(), 'answers'))).filter((name) => name.endsWith('.json')).sort()
  return Promise.all(names.map((name) => readFile(join(out(), 'answers', name), 'utf8')))
}

/** Each line, believed as a tablet believes it. */
async function believed(text: string) {
  const { deskKey } = await readSigningRoom(keys(), async () => '')
  return Promise.all(
    text
      .trimEnd()
      .split('\n')
      .map((line) => verifyReceipt(line, [deskKey], 'imported')),
  )
}

describe('take', () => {
  test('opens what a tablet saved, and writes a signed answer that names each box', async () => {
    const tablet = await aTablet()
    const [one, two] = [
      await tablet.seal([aRecord()]),
      await tablet.seal([aRecord({ caseId: 'exampleCase000000000hA' })]),
    ]
    const { code, said } = await take(await saved('boxes-2024-07-01.boxes', [one, two]))
    expect(code).toBe(0)
    expect(said).toContain('The answer, for 2 of 2 boxes')
    const [text = ''] = await answers()
    expect(await believed(text)).toEqual([
      {
        v: 1,
        level: 'imported',
        deviceId: tablet.deviceId,
        at: '2024-07-01T09:30:00.000Z',
        boxes: [one, two].map(({ boxId: id, bytes }) => ({ id, size: bytes.length, result: 'imported' })),
      },
    ])
    expect(await readFile(join(out(), 'events.csv'), 'utf8')).toContain('ES-AN')
  })

  test('writes the same answer as a QR code where it fits', async () => {
    const tablet = await aTablet()
    const { said } = await take(await saved('boxes', [await tablet.seal([aRecord()])]))
    expect(said).toContain('The same as a QR code')
    const [picture = ''] = (await readdir(join(out(), 'answers'))).filter((name) => name.endsWith('.svg'))
    expect(await readFile(join(out(), 'answers', picture), 'utf8')).toContain('<svg')
  })

  test('answers a file that came before once more, and names no box that came otherwise', async () => {
    const tablet = await aTablet()
    const one = await tablet.seal([aRecord()])
    const first = await saved('one', [one])
    await take(first)
    await take(await saved('two', [await tablet.seal([aRecord({ caseId: 'exampleCase000000000hA' })])]))
    await rm(join(out(), 'answers'), { recursive: true })
    const again = await take(first)
    expect(again.code).toBe(0)
    const [receipt] = await believed((await answers())[0] ?? '')
    expect(receipt?.boxes.map(({ id }) => id)).toEqual([one.boxId])
  })

  test('answers two tablets in one file, a line for each', async () => {
    const [left, right] = [await aTablet(), await aTablet()]
    const files = [
      await saved('left', [await left.seal([aRecord()])]),
      await saved('right', [await right.seal([aRecord({ caseId: 'exampleCase000000000hA' })])]),
    ]
    await take(...files)
    const receipts = await believed((await answers())[0] ?? '')
    expect(receipts.map((receipt) => receipt?.deviceId).sort()).toEqual([left.deviceId, right.deviceId].sort())
  })

  test('names in the answer a box that never can be taken in, with its reason', async () => {
    const tablet = await aTablet()
    const wrong = { ...aRecord(), code: '482 913' } as ReturnType<typeof aRecord>
    const box = await tablet.seal([wrong])
    await take(await saved('wrong', [box]))
    const [receipt] = await believed((await answers())[0] ?? '')
    expect(receipt?.boxes).toMatchObject([{ id: box.boxId, result: 'rejected', reason: 'not-a-record' }])
  })

  test('takes nothing of a file that was cut off, and says so', async () => {
    const tablet = await aTablet()
    const path = await saved('cut', [await tablet.seal([aRecord()])])
    await writeFile(path, (await readFile(path)).subarray(0, -5))
    const { code, said } = await take(path)
    expect(code).toBe(1)
    expect(said).toContain('is not whole')
    await expect(readdir(out())).rejects.toThrow('ENOENT')
  })

  test('writes no answer where nothing could be opened, and says so', async () => {
    const strangers = join(folder, 'strangers')
    await desk('keygen', '--out', strangers, '--classic', '--plain-keys', '--yes-i-wrote-them-down')
    const file = await saved('boxes', [await (await aTablet()).seal([aRecord()])])
    const { code, said } = await desk('take', file, '--keys', strangers, '--out', out())
    expect(code).toBe(0)
    expect(said).toContain('No answer was written')
    await expect(readdir(join(out(), 'answers'))).rejects.toThrow('ENOENT')
  })

  test('needs a file', async () => {
    expect(await take()).toMatchObject({ code: 2, said: expect.stringContaining('needs the file') })
  })
})
