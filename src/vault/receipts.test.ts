import 'fake-indexeddb/auto'
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import type { OutboxRow } from '../database.ts'
import { newKeyId } from '../seal/random.ts'
import { aSetUpTablet, type ASetUpTablet } from '../testing/a-set-up-tablet.ts'
import { folded, savedCase } from '../testing/a-tablet.ts'
import { anOrganisation } from '../testing/an-organisation.ts'

let tablet: ASetUpTablet['tablet']
let organisation: ASetUpTablet['organisation']
let vault: ASetUpTablet['vault']
let accountId: ASetUpTablet['accountId']
let id: string
let rev: number
let row: OutboxRow
let deviceId: string
beforeEach(async () => {
  ;({ tablet, organisation, vault, accountId } = await aSetUpTablet())
  const saved = await savedCase(vault)
  id = saved.id
  const done = await vault.finish(id, saved.rev)
  if (done.status !== 'finished') throw new Error(done.status)
  rev = done.rev
  const [first] = await tablet.database.outbox.toArray()
  if (!first) throw new Error('no box')
  row = first
  deviceId = (await tablet.database.device.get('device'))?.deviceId ?? ''
})
afterEach(() => tablet.database.delete())

const state = async () => (await vault.list()).cases[0]?.state
const kept = () => [{ id: row.boxId, size: row.size, result: 'kept' as const }]
const imported = () => [{ id: row.boxId, size: row.size, result: 'imported' as const }]
/** What an outbox, honest or not, writes beside a box. */
const write = (change: Partial<OutboxRow>) => tablet.database.outbox.update(row.boxId, change)

describe('a receipt in the outbox', () => {
  test("makes the case received, and the desk's makes it opened and lets the box go", async () => {
    await write({ state: 'received', receipt: await organisation.stored(deviceId, kept()) })
    expect(await vault.carryReceipts()).toBe(1)
    expect(await state()).toBe('received')
    expect(await vault.carryReceipts()).toBe(0)
    expect(await vault.unreceived(id)).toEqual({ revisions: [], draft: false })
    expect(await tablet.database.outbox.count()).toBe(1)

    await write({ state: 'opened', imported: await organisation.imported(deviceId, imported()) })
    expect(await vault.carryReceipts()).toBe(1)
    expect(await state()).toBe('opened')
    expect(await tablet.database.outbox.count()).toBe(0)
    expect((await vault.open(id)).history).toMatchObject([{ revision: 1, state: 'opened' }])
  })

  test('is carried while the case is open, without overtaking what is written there', async () => {
    const { draft } = await vault.open(id)
    await write({ receipt: await organisation.stored(deviceId, kept()) })
    await vault.carryReceipts()
    expect(await vault.save(id, rev, { ...draft, localReference: 'x' })).toMatchObject({
      status: 'saved',
      rev: rev + 1,
    })
    expect((await vault.list()).cases[0]).toMatchObject({ state: 'received', changedSinceSent: true })
  })

  test('that refuses says why, and a later one that keeps it wins', async () => {
    const refused = [{ id: row.boxId, size: row.size, result: 'refused' as const, reason: 'revoked' as const }]
    await write({ state: 'refused', receipt: await organisation.stored(deviceId, refused) })
    await vault.carryReceipts()
    expect((await vault.list()).cases[0]).toMatchObject({ state: 'attention', lastCode: 'revoked' })
    await write({ state: 'received', receipt: await organisation.stored(deviceId, kept()) })
    await vault.carryReceipts()
    expect(await state()).toBe('received')
  })

  test('is not believed where it is forged, foreign, of another box, size, device or level', async () => {
    const { stored, imported: opened, desk, receiver } = organisation
    const other = await anOrganisation()
    const good = await stored(deviceId, kept())
    const forgeries: Partial<OutboxRow>[] = [
      { receipt: '<html>OK</html>' },
      { receipt: good.replace('kept', 'Kept') },
      { receipt: await other.stored(deviceId, kept()) },
      { receipt: await stored(deviceId, kept(), desk) },
      { receipt: await stored(newKeyId(), kept()) },
      { receipt: await stored(deviceId, [{ id: 'b'.repeat(64), size: row.size, result: 'kept' }]) },
      { receipt: await stored(deviceId, [{ id: row.boxId, size: row.size + 1, result: 'kept' }]) },
      { receipt: await stored(deviceId, []) },
      { receipt: await opened(deviceId, imported()) },
      { imported: await opened(deviceId, imported(), undefined, receiver) },
      { imported: good },
    ]
    for (const forgery of forgeries) {
      await write({ state: 'opened', receipt: '', imported: '', ...forgery })
      expect(await vault.carryReceipts()).toBe(0)
      expect(await state()).toBe('ready')
    }
    expect(await tablet.database.outbox.count()).toBe(1)
  })

  test("does not help where only the row says that it arrived, or the row's own id and size were edited to fit", async () => {
    await write({ state: 'opened' })
    expect(await vault.carryReceipts()).toBe(0)
    const size = row.size + 512
    const receipt = await organisation.stored(deviceId, [{ id: row.boxId, size, result: 'kept' }])
    await write({ size, receipt })
    expect(await vault.carryReceipts()).toBe(0)
    expect(await state()).toBe('ready')
  })

  test('is not believed while the configuration on the disk is another than the pinned one', async () => {
    const stranger = await anOrganisation()
    await write({ receipt: await stranger.stored(deviceId, kept()) })
    await tablet.database.device.update('device', { configuration: await stranger.configuration({ version: 5 }) })
    const after = tablet.tab()
    expect(await after.unlock(accountId, folded())).toMatchObject({ status: 'settings-changed' })
    expect(await after.carryReceipts()).toBe(0)
    expect((await after.list()).cases[0]?.state).toBe('ready')
  })

  test("of another account's case is left to that account", async () => {
    await write({ receipt: await organisation.stored(deviceId, kept()) })
    const { vault: other } = await tablet.withAccount({ label: 'Green', passphrase: folded('green sea') })
    const before = await tablet.database.records.toArray()
    expect(await other.carryReceipts()).toBe(0)
    expect(await tablet.database.records.toArray()).toEqual(before)
    expect(await vault.carryReceipts()).toBe(1)
  })
})

test('a box whose bytes are not what was sealed is shown at its case, and a sound one that only its row calls refused is not', async () => {
  await write({ state: 'refused', lastCode: 'unknown-format' })
  expect(await vault.carryReceipts()).toBe(0)
  expect(await state()).toBe('ready')
  await write({ bytes: row.bytes.with(9, (row.bytes[9] ?? 0) ^ 1) })
  expect(await vault.carryReceipts()).toBe(1)
  expect((await vault.list()).cases[0]).toMatchObject({ state: 'attention', lastCode: 'unknown-format' })
  expect(await vault.carryReceipts()).toBe(0)
  expect(await tablet.database.outbox.count()).toBe(1)
})

test('what keeps a box waiting is shown at its case, and worries somebody only where time does not mend it', async () => {
  await write({ lastCode: 'E-NET' })
  expect((await vault.list()).cases[0]).toMatchObject({ state: 'ready', lastCode: 'E-NET' })
  await write({ lastCode: 'E-DEVICE' })
  expect((await vault.list()).cases[0]).toMatchObject({ state: 'attention', lastCode: 'E-DEVICE' })
})
