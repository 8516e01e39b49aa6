import 'fake-indexeddb/auto'
import { copyFile, mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { receiverCommand } from '../../receiver/command.ts'
import { startReceiver, type RunningReceiver } from '../../receiver/server.ts'
import { openBox } from '../batch/box.ts'
import { signReceipt } from '../batch/receipt.ts'
import { deliver } from '../outbox/deliver.ts'
import { boxesAsFile } from '../outbox/to-file.ts'
import { toBase64Url } from '../seal/base64url.ts'
import { newSigningKey } from '../seal/signature.ts'
import { anOrganisation, type AnOrganisation } from '../testing/an-organisation.ts'
import { newLocks } from '../testing/an-outbox.ts'
import { ATablet, folded, savedCase } from '../testing/a-tablet.ts'
import type { VaultApi } from './api.ts'

// Sealed bytes of boxes that a receiver has signed for, on a tablet that is short of room.

const day = 86_400_000
let tablet: ATablet
let organisation: AnOrganisation
let vault: VaultApi
beforeEach(async () => {
  ;[tablet, organisation] = [new ATablet(), await anOrganisation()]
})
afterEach(() => tablet.database.delete())

const rows = () => tablet.database.outbox.toCollection().sortBy('seq')
const deviceId = async () => (await tablet.database.device.get('device'))?.deviceId ?? ''

async function finished(tab = vault): Promise<string> {
  const { id, rev } = await savedCase(tab)
  expect((await tab.finish(id, rev)).status).toBe('finished')
  return id
}

/** As the receiver answers: each box with a receipt of its own day, counted from the tablet's. */
async function stored(days: readonly number[], key = organisation.receiver): Promise<void> {
  for (const [n, { boxId, size }] of (await rows()).entries()) {
    const at = new Date(tablet.clock.time + (days[n] ?? 0) * day).toISOString()
    const boxes = [{ id: boxId, size, result: 'kept' as const }]
    const batch = { v: 1, level: 'stored', batchId: 'a'.repeat(64), deviceId: await deviceId(), at, boxes } as const
    const receipt = await signReceipt({ ...batch, boxes }, key.privateKey)
    await tablet.database.outbox.update(boxId, { state: 'received', receipt, attempts: 1 })
  }
}
const held = async () => (await rows()).map(({ bytes, size }) => bytes.length === size)
const later = (days: number) => void (tablet.clock.time += days * day)

describe('the sealed copy of a box that the receiver has had for 30 days', () => {
  beforeEach(async () => {
    ;({ vault } = await tablet.withAccount({ setup: await organisation.setup() }))
  })

  test('makes room where the tablet is short of it; the case stays, and says what it said', async () => {
    const [old, young] = [await finished(), await finished()]
    await stored([0, 30])
    later(30)
    expect(await vault.tidy()).not.toHaveProperty('letGo')
    expect(await held()).toEqual([true, true])
    expect(await vault.tidy(true)).toMatchObject({ letGo: 1, changed: [], gone: [], logIntact: true })
    expect(await held()).toEqual([false, true])
    await vault.carryReceipts()
    const states = new Map((await vault.list()).cases.map(({ id, state }) => [id, state]))
    expect([states.get(old), states.get(young)]).toEqual(['received', 'received'])
    expect((await vault.open(old)).draft.victims.length).toBeGreaterThan(0)
    expect(await vault.tidy(true)).not.toHaveProperty('letGo')
    expect(await vault.replaceBoxes()).toBe(0)
  })

  test('stays where only the clock of the tablet, or only that of the receiver, says so', async () => {
    await finished()
    await finished()
    await stored([0, 1])
    later(3_650)
    expect(await vault.tidy(true)).not.toHaveProperty('letGo')
    later(-3_650)
    await stored([0, 40])
    expect(await vault.tidy(true)).not.toHaveProperty('letGo')
    expect(await held()).toEqual([true, true])
  })

  test('stays where nobody could seal it anew: the case was removed here, or is another account’s', async () => {
    const { id, rev } = await savedCase(vault)
    await vault.finish(id, rev)
    const other = await tablet.withAccount({ label: 'Green', passphrase: folded('Otra casa, 9 nubes') })
    await other.vault.setConfiguration(await organisation.configuration(), organisation.profileText)
    await finished(other.vault)
    await finished()
    await stored([0, 0, 40])
    later(40)
    expect((await vault.remove(id)).status).toBe('removed')
    expect(await vault.tidy(true)).not.toHaveProperty('letGo')
    expect(await held()).toEqual([true, true, true])
    expect(await other.vault.tidy(true)).toMatchObject({ letGo: 1 })
    expect(await held()).toEqual([true, false, true])
  })

  test('stays where a stranger has signed, and is offered again instead', async () => {
    await finished()
    await finished()
    await stored([0, 40], newSigningKey())
    later(40)
    expect(await vault.tidy(true)).not.toHaveProperty('letGo')
    expect((await rows()).map(({ state }) => state)).toEqual(['waiting', 'waiting'])
  })

  test('is sealed anew where keys were renewed since, and nobody of today’s settings has signed for it', async () => {
    await finished()
    await finished()
    await stored([0, 40])
    later(40)
    await vault.tidy(true)
    const receiverKeys = [toBase64Url(newSigningKey().publicKey)]
    expect((await vault.setConfiguration(await organisation.configuration({ version: 2, receiverKeys }))).status).toBe(
      'set',
    )
    await vault.tidy(true)
    expect((await rows()).map(({ state }) => state)).toEqual(['waiting', 'waiting'])
    expect(await vault.replaceBoxes()).toBe(1)
    expect(await held()).toEqual([true, true])
  })

  test('is opened like any other when the desk answers, and its row goes', async () => {
    const id = await finished()
    await finished()
    await stored([0, 40])
    later(40)
    await vault.tidy(true)
    const [row] = await rows()
    const box = { id: row?.boxId ?? '', size: row?.size ?? 0 }
    const imported = await organisation.imported(await deviceId(), [{ ...box, result: 'imported' }])
    await tablet.database.outbox.update(box.id, { state: 'opened', imported })
    await vault.carryReceipts()
    expect((await vault.list()).cases.find((one) => one.id === id)?.state).toBe('opened')
    expect(await tablet.database.outbox.get(box.id)).toBeUndefined()
  })
})

describe('a receiver that was brought back from before it had the box', () => {
  let [dataDir, yesterday] = ['', '']
  let receiver: RunningReceiver | undefined
  const start = async (port = 0) => {
    receiver = await startReceiver({
      dataDir,
      port,
      appOrigins: ['https://app.example'],
      clock: () => tablet.clock.time,
    })
    return receiver
  }
  beforeEach(async () => {
    ;[dataDir, yesterday] = [await mkdtemp(join(tmpdir(), 'receiver-')), await mkdtemp(join(tmpdir(), 'receiver-'))]
  })
  afterEach(async () => {
    await receiver?.close()
    for (const each of [dataDir, yesterday]) await rm(each, { recursive: true })
  })
  const pass = () =>
    deliver({
      database: tablet.database,
      locks: newLocks(),
      now: () => tablet.clock.time,
      random: () => 0.5,
      trigger: 'person',
      fetch: (url, init) => fetch(url, init),
    })

  test('gets it once more, sealed anew by its account, also where its bytes had made room', async () => {
    const running = await start()
    const { url, receiptPublicKey } = running
    const configurationText = await organisation.configuration({ endpoint: url, receiverKeys: [receiptPublicKey] })
    const setup = { configurationText, profileText: organisation.profileText, enrolCode: await running.issueCode() }
    ;({ vault } = await tablet.withAccount({ setup }))
    await pass()
    await receiver?.close()
    for (const name of ['receiver.db', 'receipt.key']) await copyFile(join(dataDir, name), join(yesterday, name))
    await start(Number(new URL(url).port))

    const id = await finished()
    expect(await pass()).toMatchObject({ status: 'done', received: 1 })
    const [first] = await rows()
    const before = await openBox(first?.bytes ?? new Uint8Array(), organisation.identities)
    later(31)
    await finished()
    expect(await pass()).toMatchObject({ received: 1 })
    await vault.carryReceipts()
    expect(await vault.tidy(true)).toMatchObject({ letGo: 1 })

    await receiver?.close()
    ;[dataDir, yesterday] = [yesterday, dataDir]
    const silent = { out: () => undefined, err: () => undefined, stop: Promise.resolve() }
    expect(await receiverCommand(['restored', '--data', dataDir], silent)).toBe(0)
    await start(Number(new URL(url).port))
    later(1)
    // What still has its bytes goes at once; the other waits for its account, in no request and in no file.
    expect(await pass()).toMatchObject({ received: 1, refused: 0, waiting: 1 })
    expect(await boxesAsFile(tablet.database)).toEqual({ status: 'nothing' })
    expect(await vault.boxes()).toMatchObject({ boxes: [{ boxId: before.boxId, letGo: true, holds: [{ id }] }] })

    expect(await vault.replaceBoxes()).toBe(1)
    const waits = (await rows()).find(({ state }) => state === 'waiting')
    const after = await openBox(waits?.bytes ?? new Uint8Array(), organisation.identities)
    expect(after.box.items).toEqual(before.box.items)
    expect(after.box.replaces).toEqual([before.boxId])
    expect(await pass()).toMatchObject({ status: 'done', received: 1, waiting: 0 })
    await vault.carryReceipts()
    expect((await vault.list()).cases.find((one) => one.id === id)?.state).toBe('received')
    expect(await tablet.database.outbox.get(before.boxId)).toBeUndefined()
  })
})
