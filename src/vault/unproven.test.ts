import 'fake-indexeddb/auto'
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import type { OutboxRow } from '../database.ts'
import { newKeyId } from '../seal/random.ts'
import { newSigningKey } from '../seal/signature.ts'
import { aSetUpTablet, type ASetUpTablet } from '../testing/a-set-up-tablet.ts'
import { savedCase } from '../testing/a-tablet.ts'

let here: ASetUpTablet
let row: OutboxRow
let deviceId: string
beforeEach(async () => {
  here = await aSetUpTablet()
  const { id, rev } = await savedCase(here.vault)
  await here.vault.finish(id, rev)
  const [box] = await here.tablet.database.outbox.toArray()
  if (!box) throw new Error('no box')
  row = box
  deviceId = (await here.tablet.database.device.get('device'))?.deviceId ?? ''
})
afterEach(() => here.tablet.database.delete())

const write = (change: Partial<OutboxRow>) => here.tablet.database.outbox.update(row.boxId, change)
const now = async () => {
  await here.vault.tidy()
  const { state, lastCode, nextAt } = (await here.tablet.database.outbox.get(row.boxId)) ?? {}
  return { state, lastCode, nextAt }
}
const offered = { state: 'waiting', lastCode: '', nextAt: 0 }
const named = <R extends string>(result: R) => [{ id: row.boxId, size: row.size, result }]
const stranger = newSigningKey()

describe('a box that nobody of today’s settings has signed for', () => {
  test('is offered again, whether it is called received, opened or refused', async () => {
    const { organisation } = here
    const received = await organisation.stored(deviceId, named('kept'), stranger)
    await write({ state: 'received', receipt: received })
    expect(await now()).toEqual(offered)
    await write({
      state: 'opened',
      imported: await organisation.imported(deviceId, named('imported'), undefined, stranger),
    })
    expect(await now()).toEqual(offered)
    await write({ state: 'refused', lastCode: 'revoked', receipt: received })
    expect(await now()).toEqual(offered)
    await write({ state: 'refused', lastCode: 'rejected' })
    expect(await now()).toEqual(offered)
  })

  test('is offered again where the signature is for another tablet or another box', async () => {
    const { organisation } = here
    await write({ state: 'received', receipt: await organisation.stored(newKeyId(), named('kept')) })
    expect(await now()).toEqual(offered)
    const other = [{ id: row.boxId, size: row.size + 1, result: 'kept' as const }]
    await write({ state: 'received', receipt: await organisation.stored(deviceId, other) })
    expect(await now()).toEqual(offered)
  })

  test('goes back to received where the receiver’s own receipt is there', async () => {
    const { organisation } = here
    const receipt = await organisation.stored(deviceId, named('kept'))
    const imported = await organisation.imported(deviceId, named('imported'), undefined, stranger)
    await write({ state: 'opened', receipt, imported })
    expect(await now()).toMatchObject({ state: 'received' })
  })

  test('is one of a batch, or several: each is judged by itself', async () => {
    const { organisation, tablet, vault } = here
    const { id, rev } = await savedCase(vault)
    await vault.finish(id, rev)
    const receipt = await organisation.stored(deviceId, named('kept'))
    await tablet.database.outbox.toCollection().modify({ state: 'received', receipt })
    await vault.tidy()
    const rows = await tablet.database.outbox.toCollection().sortBy('seq')
    expect(rows.map(({ state }) => state)).toEqual(['received', 'waiting'])
  })

  test('is left as it is while the settings are in doubt', async () => {
    const another = await here.organisation.configuration({}, stranger)
    await here.tablet.database.device.update('device', { configuration: another })
    await write({ state: 'received', receipt: '{"receipt":"{}","sig":""}' })
    expect(await now()).toMatchObject({ state: 'received' })
  })
})

test('what is proven stays, and so does a box that was set aside here', async () => {
  const { organisation } = here
  const receipt = await organisation.stored(deviceId, named('kept'))
  await write({ state: 'received', receipt })
  expect(await now()).toMatchObject({ state: 'received' })
  await write({ state: 'opened', imported: await organisation.imported(deviceId, named('imported')) })
  expect(await now()).toMatchObject({ state: 'opened' })
  const rejected = [{ id: row.boxId, size: row.size, result: 'rejected' as const, reason: 'rule-broken' }]
  const [lastCode, imported] = ['rejected' as const, await organisation.imported(deviceId, rejected)]
  await write({ state: 'refused', lastCode, imported })
  expect(await now()).toEqual({ state: 'refused', lastCode, nextAt: 0 })
  await write({
    state: 'refused',
    lastCode: 'unknown-format',
    receipt: '',
    imported: '',
    bytes: row.bytes.map(() => 7),
  })
  expect(await now()).toMatchObject({ state: 'refused', lastCode: 'unknown-format' })
})
