import 'fake-indexeddb/auto'
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { aSetUpTablet, type ASetUpTablet } from '../testing/a-set-up-tablet.ts'
import { savedCase } from '../testing/a-tablet.ts'

let tablet: ASetUpTablet['tablet']
let organisation: ASetUpTablet['organisation']
let vault: ASetUpTablet['vault']
beforeEach(async () => {
  ;({ tablet, organisation, vault } = await aSetUpTablet())
})
afterEach(() => tablet.database.delete())

const day = 86_400_000
const begin = Date.UTC(2024, 4, 2, 8)
const at = (days: number) => new Date(begin + days * day).toISOString()
const clockTo = (days: number) => void (tablet.clock.time = begin + days * day)

/** A case whose last version the organisation opened on that day, as its receipt says. */
async function openedOn(days: number): Promise<string> {
  const { id, rev } = await savedCase(vault)
  expect((await vault.finish(id, rev)).status).toBe('finished')
  await organisationOpens(days)
  return id
}

async function organisationOpens(days: number): Promise<void> {
  const deviceId = (await tablet.database.device.get('device'))?.deviceId ?? ''
  const rows = await tablet.database.outbox.toArray()
  const named = rows.map(({ boxId, size }) => ({ id: boxId, size, result: 'imported' as const }))
  const imported = await organisation.imported(deviceId, named, at(days))
  await tablet.database.outbox.toCollection().modify({ state: 'opened', imported })
  await vault.carryReceipts()
}

async function closed(id: string): Promise<void> {
  expect((await vault.close(id, (await vault.open(id)).rev)).status).toBe('closed')
}

const here = async () => (await vault.list()).cases.map(({ id }) => id)

describe('a closed case that the organisation opened', () => {
  test('goes when the time is over by the clock and by a later receipt, its revisions too, and the log keeps a line', async () => {
    const id = await openedOn(0)
    await closed(id)
    const { code } = await vault.open(id).then(({ draft }) => draft)
    const later = await openedOn(90)
    clockTo(90)
    expect(await vault.tidy()).toMatchObject({ overdue: 1, changed: [], gone: [], logIntact: true })
    expect(await here()).toEqual([later])
    expect(await tablet.database.revisions.count()).toBe(1)
    const [trail] = await vault.trail()
    expect(trail?.entries[0]).toMatchObject({ action: 'overdue', target: id, line: { code, revision: 1 } })
    expect(await vault.tidy()).toMatchObject({ overdue: 0 })
  })

  test('stays while the clock alone says so, and while receipts alone do', async () => {
    const id = await openedOn(0)
    await closed(id)
    clockTo(4000)
    expect(await vault.tidy()).toMatchObject({ overdue: 0 })
    clockTo(0)
    await openedOn(90)
    expect(await vault.tidy()).toMatchObject({ overdue: 0 })
    expect(await here()).toContain(id)
  })

  test('goes at once where nothing may be kept', async () => {
    const text = await organisation.configuration({
      version: 2,
      limits: { coverMinutes: 30, idleSeconds: 120, retentionDays: 0 },
    })
    expect((await vault.setConfiguration(text)).status).toBe('set')
    const [open, over] = [await openedOn(0), await openedOn(0)]
    await closed(over)
    expect(await vault.tidy()).toMatchObject({ overdue: 1 })
    expect(await here()).toEqual([open])
  })
})

describe('what stays, however long ago it was', () => {
  const longAgo = async () => {
    await openedOn(1000)
    clockTo(1000)
    expect(await vault.tidy()).toMatchObject({ overdue: 0 })
  }

  test('a case that nobody closed', async () => {
    const id = await openedOn(0)
    await longAgo()
    expect(await here()).toContain(id)
  })

  test('a closed case in which something was written since it was sent', async () => {
    const id = await openedOn(0)
    const { rev, draft } = await vault.open(id)
    await vault.save(id, rev, { ...draft, localReference: 'one word more' })
    await closed(id)
    await longAgo()
    expect(await here()).toContain(id)
  })

  test('a closed case that was received and never opened, and one that was never sent', async () => {
    const { id } = await savedCase(vault)
    await closed(id)
    await openedOn(0)
    const sent = await savedCase(vault)
    await vault.finish(sent.id, sent.rev)
    await closed(sent.id)
    const deviceId = (await tablet.database.device.get('device'))?.deviceId ?? ''
    const [row] = await tablet.database.outbox.toArray()
    const named = { id: row?.boxId ?? '', size: row?.size ?? 0, result: 'kept' as const }
    await tablet.database.outbox.toCollection().modify({
      state: 'received',
      receipt: await organisation.stored(deviceId, [named]),
    })
    await vault.carryReceipts()
    clockTo(1000)
    expect(await vault.tidy()).toMatchObject({ overdue: 0 })
    expect(await here()).toEqual(expect.arrayContaining([id, sent.id]))
  })
})
