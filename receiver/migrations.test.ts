import { mkdirSync, readdirSync, readFileSync } from 'node:fs'
import { rm } from 'node:fs/promises'
import { join } from 'node:path'
import { Readable } from 'node:stream'
import { afterEach, beforeEach, describe, expect, inject, it } from 'vitest'
import { paths } from '../src/batch/protocol.ts'
import { verifyReceipt, verifyRefusal } from '../src/batch/receipt.ts'
import { sha256Hex, sha256HexOf } from '../src/seal/digest.ts'
import { newKeyId } from '../src/seal/random.ts'
import { restore } from './backup.ts'
import { migrating, schemaVersion } from './migrations.ts'
import { openData } from './server.ts'
import type { Query } from './sql.ts'
import { aFolder, databaseOf, likeABox, TestReceiver } from './testing/a-receiver.ts'
import { liveIn, type Known, type KnownDevice } from './testing/a-life.ts'
import { frozenFrom, madeIn, rawly, rowsOf, thaw, type Frozen, type FrozenRow } from './testing/frozen.ts'

// What a receiver of every version of the tables wrote (tools/freeze-receiver.mjs). Files are added, never changed: what
// they hold must be found for good, on both databases.
const vectors = new URL('vectors/', import.meta.url)
const versions = readdirSync(vectors)
  .map((name) => Number(/^folder-(\d+)\.json$/.exec(name)?.[1]))
  .toSorted((a, b) => a - b)
const frozenOf = (version: number): Frozen =>
  JSON.parse(readFileSync(new URL(`folder-${version}.json`, vectors), 'utf8')) as Frozen

let folder: string
let url: string | undefined
beforeEach(async () => {
  folder = await aFolder()
  url = (await databaseOf(folder)).database
})
afterEach(() => rm(folder, { recursive: true, force: true }))

it('there is a folder of every version', () => {
  expect(versions).toEqual(Array.from({ length: schemaVersion }, (_, at) => at + 1))
  for (const version of versions) expect(frozenOf(version).version).toBe(version)
})

/** The rows of a table in an order of their own, since a database may give them in any. */
const inOrder = (rows: readonly FrozenRow[] = []) => rows.map((row) => JSON.stringify(row)).toSorted()
/** As much of each row as there was of it before. */
const asBefore = (rows: readonly FrozenRow[], [first = {}]: readonly FrozenRow[]): FrozenRow[] =>
  rows.map((row) => Object.fromEntries(Object.keys(first).map((name) => [name, row[name] ?? null])))

describe.each(versions)('a folder of version %i', (version) => {
  const frozen = frozenOf(version)

  it('has every row of every table once it is brought up to date, and is brought up to date once', async () => {
    await thaw(frozen, folder, url)
    const tables = Object.keys(frozen.rows)
    expect(await rowsOf(tables, folder, url)).toEqual(frozen.rows)
    for (let start = 0; start < 2; start += 1) {
      await (await openData(folder, 'existing', url)).store.close()
      const { migrations = [], ...kept } = await rowsOf(tables, folder, url)
      expect(migrations.map((row) => row['version'])).toEqual(Array.from({ length: schemaVersion }, (_, at) => at + 1))
      for (const [table, rows] of Object.entries(kept)) {
        const before = frozen.rows[table] ?? []
        expect([table, inOrder(asBefore(rows, before))]).toEqual([table, inOrder(before)])
      }
    }
  })

  it('knows its tablets, desks, codes, boxes, receipts and keys, and goes on with them', async () => {
    await thaw(frozen, folder, url)
    const receiver = await TestReceiver.start({ dataDir: folder, clock: () => frozen.at })
    for (const known of frozen.known) await goesOn(receiver, known)
    await receiver.stop()
  })

  // The first version had no backups.
  it.skipIf(version === 1)('is the same when it comes out of a backup', async () => {
    const files = Object.entries(frozen.files).map(([file, text]) => ({ file, text }))
    const rows = Object.entries(frozen.rows).flatMap(([table, each]) => each.map((row) => ({ table, row })))
    const kept = rows.filter(
      ({ table, row }) => table !== 'migrations' && !['run', 'store'].includes(String(row['name'])),
    )
    const lines = [{ backup: 1, version }, ...files, ...kept, { end: kept.length }].map((line) => JSON.stringify(line))
    const restored = join(folder, 'restored')
    mkdirSync(restored)
    const there = await databaseOf(restored)
    await restore({ dataDir: restored, ...there }, Readable.from([`${lines.join('\n')}\n`]))
    const receiver = await TestReceiver.start({ dataDir: restored, clock: () => frozen.at })
    for (const known of frozen.known) await goesOn(receiver, known)
    await receiver.stop()
  })

  it.skipIf(inject('postgres') !== undefined)(
    'has the tables that the steps up to its version still make',
    async () => {
      const database = rawly(folder, undefined)
      const steps = migrating()
      let step = steps.next()
      while (!step.done) {
        const { sql, values }: Query = step.value
        step = steps.next(await database.ask(sql, values))
        if (sql.startsWith('INSERT INTO migrations') && values[0] === version) break
      }
      expect(await madeIn(database)).toEqual(frozen.made)
    },
  )
})

it.skipIf(inject('postgres') !== undefined)('a folder that is written today can be kept like these', async () => {
  const now = join(folder, 'now')
  const known = await liveIn(now)
  const frozen = await frozenFrom(now, known, Date.now())
  expect(frozen.version).toBe(schemaVersion)
  expect(frozen.made).toEqual(frozenOf(schemaVersion).made)
  await thaw(frozen, folder, undefined)
  const receiver = await TestReceiver.start({ dataDir: folder })
  for (const each of known) await goesOn(receiver, each)
  await receiver.stop()
})

/** Asks for everything that the organisation was ever told, and sends, opens and enrols on. */
async function goesOn(receiver: TestReceiver, known: Known): Promise<void> {
  const { desk, devices, codes } = known
  await boxesAreThere(receiver, known)
  await devicesAreKnown(receiver, known)
  const enrol = async (code: string, { deviceId } = { deviceId: newKeyId() }) =>
    (await receiver.enrol(deviceId, code)).status
  for (const code of [devices.sending.code, devices.stolen.code, codes.withdrawn]) expect(await enrol(code)).toBe(403)
  expect(await enrol(devices.silent.code, devices.silent)).toBe(200)
  expect(await enrol(codes.unused, devices.sending)).toBe(409)
  expect(await enrol(codes.unused, devices.found)).toBe(200)
  expect(await enrol(codes.unused)).toBe(403)
  const setup = await receiver.ask(paths.setup(await sha256HexOf(known.setup)))
  expect(await setup.text()).toBe(known.setup)
  if (known.org === 'harbour') {
    const answer = await receiver.put(devices.sending.token, [likeABox(1024 * 1024)])
    expect(await answer.json()).toEqual({ error: 'too-much-today' })
  }
  const last = Math.max(...known.boxes.map(({ n }) => n))
  expect(await isKept(receiver, known, devices.sending, likeABox())).toBe(true)
  const more = await receiver.ask(`${paths.boxes}?after=${last}`, { token: desk })
  expect(await more.json()).toMatchObject({ last: last + 1, boxes: [{ n: last + 1 }] })
}

async function boxesAreThere(receiver: TestReceiver, known: Known): Promise<void> {
  const { desk, boxes, pruned, devices } = known
  const listed = await receiver.ask(paths.boxes, { token: desk })
  expect(((await listed.json()) as Pick<Known, 'boxes'>).boxes).toEqual(boxes)
  for (const { id } of boxes) {
    const answer = await receiver.ask(paths.box(id), { token: desk })
    const bytes = new Uint8Array(await answer.arrayBuffer())
    expect(await sha256Hex(bytes)).toBe(id)
    expect(await isKept(receiver, known, devices.sending, bytes)).toBe(true)
  }
  if (pruned) {
    expect((await receiver.ask(paths.box(pruned.id), { token: desk })).status).toBe(404)
    const bytes = new Uint8Array(Buffer.from(pruned.base64, 'base64'))
    expect(await isKept(receiver, known, devices.sending, bytes)).toBe(true)
  }
  const again = await receiver.ask(paths.boxes, { token: desk })
  expect(((await again.json()) as Pick<Known, 'boxes'>).boxes).toEqual(boxes)
}

async function devicesAreKnown(receiver: TestReceiver, { devices, receipts, receiptKey }: Known): Promise<void> {
  const got = await receiver.ask(paths.receipts, { token: devices.sending.token })
  expect(await got.json()).toMatchObject({ receipts })
  const stolen = await receiver.ask(paths.receipts, { token: devices.stolen.token })
  expect(await verifyRefusal(await stolen.text(), [receiptKey])).toMatchObject({
    code: 403,
    deviceId: devices.stolen.deviceId,
  })
}

async function isKept(
  receiver: TestReceiver,
  { receiptKey }: Known,
  { deviceId, token }: KnownDevice,
  box: Uint8Array,
): Promise<boolean> {
  const receipt = await verifyReceipt(await (await receiver.put(token, [box])).text(), [receiptKey], 'stored')
  return receipt?.deviceId === deviceId && receipt.boxes.every(({ result }) => result === 'kept')
}
