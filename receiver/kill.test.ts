import { rm } from 'node:fs/promises'
import { request, type IncomingMessage } from 'node:http'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { writeBatch } from '../src/batch/batch.ts'
import { paths } from '../src/batch/protocol.ts'
import { verifyReceipt } from '../src/batch/receipt.ts'
import { sha256Hex } from '../src/seal/digest.ts'
import { newKeyId } from '../src/seal/random.ts'
import { issueCode } from './codes.ts'
import { publicText } from './keys.ts'
import { newDeskToken, openData } from './server.ts'
import { firstOrg } from './store.ts'
import { aFolder, appOrigin, databaseOf, likeABox } from './testing/a-receiver.ts'
import { compileReceiver, runReceiver, type ReceiverProcess } from './testing/compiled.ts'

const rounds = Number(process.env['KILLS'] ?? 5)

let built: { folder: string; file: string }
let dataDir: string

beforeAll(async () => {
  built = await compileReceiver()
  dataDir = await aFolder()
}, 60_000)
afterAll(async () => {
  await rm(dataDir, { recursive: true, force: true })
  await rm(built.folder, { recursive: true, force: true })
})

const openHere = async (folder: string) => await openData(folder, 'any', (await databaseOf(folder)).database)
const runHere = async (folder: string) =>
  await runReceiver(built.file, folder, appOrigin, (await databaseOf(folder)).database)

interface Known {
  readonly key: string
  readonly desk: string
  readonly token: string
  readonly deviceId: string
}

/** The boxes of receipts that reached a sender: those of all rounds, and of this one. */
const promised = new Set<string>()
const promisedNow = new Set<string>()

async function setUp(): Promise<Known> {
  const { store, key } = await openHere(dataDir)
  const { code } = await issueCode(store, firstOrg, Date.now())
  const desk = await newDeskToken(store, Date.now())
  await store.close()
  const running = await runHere(dataDir)
  const deviceId = newKeyId()
  const answer = await fetch(running.url + paths.enrol, { method: 'POST', body: JSON.stringify({ deviceId, code }) })
  const { token } = (await answer.json()) as { token: string }
  running.child.kill('SIGTERM')
  expect(await running.ended).toEqual({ code: 0, signal: null })
  return { key: publicText(key), desk, token, deviceId }
}

/** Sends batch after batch until the receiver is gone, and notes what was promised. */
async function sendUntilGone({ url }: ReceiverProcess, { token, key }: Known): Promise<void> {
  for (;;) {
    const boxes = Array.from({ length: 3 }, (_, i) => likeABox(4096 * (1 + i)))
    const { batchId, bytes } = await writeBatch(boxes)
    const headers = { Authorization: `Bearer ${token}` }
    const text = await fetch(url + paths.batch(batchId), { method: 'PUT', body: bytes, headers }).then(
      (answer) => answer.text(),
      () => undefined,
    )
    if (text === undefined) return
    const receipt = await verifyReceipt(text, [key], 'stored')
    for (const { id } of receipt?.boxes ?? []) promisedNow.add(id)
  }
}

async function boxesAt({ url }: ReceiverProcess, { desk }: Known): Promise<string[]> {
  const ids: string[] = []
  let after = 0
  for (;;) {
    const headers = { Authorization: `Bearer ${desk}` }
    const answer = await fetch(`${url}${paths.boxes}?after=${after}&limit=500`, { headers })
    const { boxes } = (await answer.json()) as { boxes: { n: number; id: string }[] }
    if (boxes.length === 0) return ids
    ids.push(...boxes.map(({ id }) => id))
    after = boxes.at(-1)?.n ?? 0
  }
}

async function textIn(answer: IncomingMessage): Promise<string> {
  let text = ''
  for await (const chunk of answer) text += String(chunk)
  return text
}

describe(`a receiver killed ${rounds} times while it receives`, () => {
  it(
    'has every box that it signed for, whole and once, after each restart',
    { timeout: 60_000 + rounds * 20_000 },
    async () => {
      const known = await setUp()
      for (let round = 0; round < rounds; round++) {
        const running = await runHere(dataDir)
        promisedNow.clear()
        const senders = Array.from({ length: 4 }, () => sendUntilGone(running, known))
        await expect.poll(() => promisedNow.size, { timeout: 60_000 }).toBeGreaterThan(0)
        await new Promise((resolve) => setTimeout(resolve, Math.random() * 150))
        running.child.kill('SIGKILL')
        expect((await running.ended).signal).toBe('SIGKILL')
        await Promise.all(senders)
        const { store } = await openHere(dataDir)
        for (const id of promisedNow) {
          const found = await store.readBox(firstOrg, id)
          expect(found && (await sha256Hex(found))).toBe(id)
          promised.add(id)
        }
        await store.close()
      }
      const last = await runHere(dataDir)
      const ids = await boxesAt(last, known)
      const there = new Set(ids)
      expect(there.size).toBe(ids.length)
      expect([...promised].filter((id) => !there.has(id))).toEqual([])
      last.child.kill('SIGTERM')
      expect(await last.ended).toEqual({ code: 0, signal: null })
    },
  )
})

describe('the command in a process of its own', () => {
  it('finishes what is under way when it is told to stop, and says so with exit code 0', async () => {
    const folder = join(dataDir, 'stopping')
    const { store, key } = await openHere(folder)
    const { code } = await issueCode(store, firstOrg, Date.now())
    await store.close()
    const running = await runHere(folder)
    const deviceId = newKeyId()
    const enrolled = await fetch(running.url + paths.enrol, {
      method: 'POST',
      body: JSON.stringify({ deviceId, code }),
    })
    const { token } = (await enrolled.json()) as { token: string }
    const { batchId, bytes } = await writeBatch([likeABox(20_000)])
    const headers = { Authorization: `Bearer ${token}`, 'Content-Length': bytes.length }
    const sending = request(running.url + paths.batch(batchId), { method: 'PUT', headers })
    const answered = new Promise<IncomingMessage>((resolve, reject) => {
      sending.on('response', resolve)
      sending.on('error', reject)
    })
    sending.write(bytes.slice(0, 10_000))
    await new Promise((resolve) => setTimeout(resolve, 200))
    running.child.kill('SIGTERM')
    await expect.poll(running.said).toContain('Finishing')
    sending.end(bytes.slice(10_000))
    const receipt = await verifyReceipt(await textIn(await answered), [publicText(key)], 'stored')
    expect(receipt?.boxes).toMatchObject([{ result: 'kept' }])
    expect(await running.ended).toEqual({ code: 0, signal: null })
    const log = running
      .said()
      .split('\n')
      .filter((line) => line.startsWith('{'))
    expect(log.map((line) => Object.keys(JSON.parse(line) as object))).toEqual(
      log.map(() => ['time', 'device', 'status', 'size', 'code']),
    )
  })
})
