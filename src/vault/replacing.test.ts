import 'fake-indexeddb/auto'
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { checkChains } from '../../desk/chains.ts'
import { openBox } from '../batch/box.ts'
import { outboxView } from '../outbox/outbox.ts'
import { recipientFingerprint } from '../seal/age-keys.ts'
import { newRecipientPair } from '../seal/envelope.ts'
import { aSetUpTablet, type ASetUpTablet } from '../testing/a-set-up-tablet.ts'
import { folded, savedCase } from '../testing/a-tablet.ts'

let tablet: ASetUpTablet['tablet']
let organisation: ASetUpTablet['organisation']
let vault: ASetUpTablet['vault']
let accountId: ASetUpTablet['accountId']
beforeEach(async () => {
  ;({ tablet, organisation, vault, accountId } = await aSetUpTablet())
})
afterEach(() => tablet.database.delete())

/** Cases that were finished, one box each, in the order of sealing. */
async function sent(count: number, tab = vault): Promise<string[]> {
  const ids: string[] = []
  for (let n = 0; n < count; n += 1) {
    const { id, rev } = await savedCase(tab)
    expect((await tab.finish(id, rev)).status).toBe('finished')
    ids.push(id)
  }
  return ids
}

const rows = () => tablet.database.outbox.orderBy('[state+seq]').toArray()
const bytesIn = async () => (await rows()).reduce((sum, { size }) => sum + size, 0)
const opened = async (identities = organisation.identities) =>
  (await Promise.all((await rows()).map((row) => openBox(row.bytes, identities)))).sort((a, b) => a.box.seq - b.box.seq)
/** As the desk would see them if all of them arrived. */
const chains = async () => checkChains((await opened()).map(({ box, boxId }) => ({ ...box, boxId })))
const states = async () => (await vault.list()).cases.map(({ state }) => state)
const deviceId = async () => (await tablet.database.device.get('device'))?.deviceId ?? ''
/** What the sender does before a request leaves. */
const tried = async (boxId: string | undefined) => tablet.database.outbox.update(boxId ?? '', { attempts: 1 })

/** The log holds, every row is the one that it speaks of. */
const isTidy = async () => expect(await vault.tidy()).toMatchObject({ changed: [], gone: [], logIntact: true })

describe('boxes that were never tried', () => {
  test('become one box with every revision, in a fraction of the bytes, and leave no gap that nobody explains', async () => {
    await sent(12)
    const before = await opened()
    const size = await bytesIn()
    expect(await vault.replaceBoxes()).toBe(12)
    const after = await opened()
    expect(after).toHaveLength(1)
    expect(after[0]?.box.items).toEqual(before.flatMap(({ box }) => box.items))
    expect(after[0]?.box.replaces).toEqual(before.map(({ boxId }) => boxId))
    expect((await rows())[0]?.replaces).toEqual(after[0]?.box.replaces)
    expect(await bytesIn()).toBeLessThan(size / 4)
    expect(await chains()).toEqual({ gaps: [], forks: [] })
    expect(await states()).toEqual(Array.from({ length: 12 }, () => 'ready'))
    expect(await vault.waiting()).toBe(12)
    expect((await outboxView(tablet.database)).waiting).toBe(12)
    await isTidy()
  })

  test('are no more than fifty revisions together', async () => {
    await sent(53)
    expect(await vault.replaceBoxes()).toBe(53)
    expect((await opened()).map(({ box }) => box.items.length)).toEqual([50, 3])
    expect(await vault.replaceBoxes()).toBe(0)
  })

  test('grow together with what is finished later, and stay as they are when nothing came', async () => {
    await sent(3)
    expect(await vault.replaceBoxes()).toBe(3)
    expect(await vault.replaceBoxes()).toBe(0)
    await sent(2)
    expect(await vault.replaceBoxes()).toBe(3)
    const [only, ...others] = await opened()
    expect(others).toEqual([])
    expect(only?.box.items).toHaveLength(5)
    expect(await chains()).toEqual({ gaps: [], forks: [] })
    await isTidy()
  })

  test('move to received and opened together, by receipts about the box that they are in now', async () => {
    await sent(3)
    await vault.replaceBoxes()
    const [row] = await rows()
    const named = { id: row?.boxId ?? '', size: row?.size ?? 0 }
    const receipt = await organisation.stored(await deviceId(), [{ ...named, result: 'kept' }])
    await tablet.database.outbox.update(named.id, { state: 'received', receipt })
    expect(await vault.carryReceipts()).toBe(3)
    expect(await states()).toEqual(['received', 'received', 'received'])
    const imported = await organisation.imported(await deviceId(), [{ ...named, result: 'imported' }])
    await tablet.database.outbox.update(named.id, { state: 'opened', imported })
    expect(await vault.carryReceipts()).toBe(3)
    expect(await states()).toEqual(['opened', 'opened', 'opened'])
    expect(await rows()).toEqual([])
    await isTidy()
  })

  test('leave the receipt for a case that was given to somebody else meanwhile', async () => {
    const [given] = await sent(2)
    await vault.replaceBoxes()
    const other = tablet.tab()
    await other.start()
    const made = await other.createAccount({ label: 'Green', passphrase: folded('Otra casa, 9 nubes'), circle: 'me' })
    const { rev } = await vault.open(given ?? '')
    const to = made.status === 'created' ? made.session.accountId : ''
    const recipient = (await tablet.database.accounts.get(to))?.recipient ?? ''
    expect((await vault.give(given ?? '', rev, { accountId: to, recipient })).status).toBe('given')
    expect(await vault.replaceBoxes()).toBe(0)
    const [row] = await rows()
    const named = { id: row?.boxId ?? '', size: row?.size ?? 0, result: 'imported' as const }
    const imported = await organisation.imported(await deviceId(), [named])
    await tablet.database.outbox.update(named.id, { state: 'opened', imported })
    await vault.carryReceipts()
    expect(await rows()).toMatchObject([{ boxId: named.id, imported, bytes: new Uint8Array(0) }])
  })
})

describe('what is not touched', () => {
  test('is a box that was tried once, though the others around it are replaced', async () => {
    await sent(3)
    const [, middle] = await opened()
    await tried(middle?.boxId)
    expect(await vault.replaceBoxes()).toBe(2)
    const after = await opened()
    expect(after.map(({ box }) => box.items.length)).toEqual([1, 2])
    expect(after[0]?.boxId).toBe(middle?.boxId)
    expect(await chains()).toEqual({ gaps: [], forks: [] })
  })

  test('is a box that somebody tries at the very moment', async () => {
    await sent(2)
    const [first] = await rows()
    tablet.meanwhile(() => tried(first?.boxId))
    expect(await vault.replaceBoxes()).toBe(0)
    expect((await rows()).map(({ attempts }) => attempts)).toEqual([1, 0])
    expect(await states()).toEqual(['ready', 'ready'])
  })

  test('is what belongs to another account', async () => {
    await sent(2)
    const other = tablet.tab()
    await other.start()
    await other.createAccount({ label: 'Green', passphrase: folded('Otra casa, 9 nubes'), circle: 'me' })
    const before = await rows()
    expect(await other.replaceBoxes()).toBe(0)
    expect(await rows()).toEqual(before)
  })

  test('is the box of a revision that a withdrawal has erased here', async () => {
    const [id = ''] = await sent(1)
    const { rev } = await vault.open(id)
    await vault.withdraw(id, rev, { reason: 'error' })
    await sent(2)
    expect(await vault.replaceBoxes()).toBe(3)
    expect((await opened()).map(({ box }) => box.items.length)).toEqual([1, 3])
  })

  test('is anything while the settings are not what they were', async () => {
    await sent(2)
    await tablet.database.device.update('device', { configuration: await organisation.configuration({ version: 2 }) })
    expect(await vault.replaceBoxes()).toBe(0)
    expect(await rows()).toHaveLength(2)
  })
})

describe('a recipient who was revoked', () => {
  test('is sealed to no longer, tried or not: what waits is sealed to the new one at the next unlock', async () => {
    await sent(2)
    const [first] = await rows()
    await tried(first?.boxId)
    const says = { kind: 'proceedings', date: '2024-04', ces: 'prosecuted' } as const
    expect((await vault.sendChange({ code: '482913070', says })).status).toBe('sent')
    const said = (await opened()).at(-1)?.box.items[0]
    const work = await newRecipientPair({ kind: 'x25519' })
    const drawer = await newRecipientPair({ kind: 'x25519' })
    const revoked = (first?.recipientFpr ?? '').split(' ').slice(0, 1)
    expect(revoked).toEqual([await recipientFingerprint(organisation.base.recipients[0] ?? '')])
    const text = await organisation.configuration({
      version: 2,
      recipients: [work.recipient, drawer.recipient],
      revoked,
    })
    expect((await vault.setConfiguration(text)).status).toBe('set')
    expect(await vault.replaceBoxes()).toBe(3)
    const after = await opened([work.identity])
    expect(after.map(({ box }) => [box.kind, box.items.length])).toEqual([
      ['change', 1],
      ['record', 2],
    ])
    expect(after[0]?.box.items).toEqual([said])
    await expect(openBox((await rows())[0]?.bytes ?? new Uint8Array(0), organisation.identities)).rejects.toThrow()
    expect(await vault.replaceBoxes()).toBe(0)
    await isTidy()
  })
})

describe('a packed box that was too large', () => {
  test('is split in two, until it fits', async () => {
    await sent(5)
    await vault.replaceBoxes()
    const tooLarge = async () => {
      for (const { boxId } of await rows())
        await tablet.database.outbox.update(boxId, { attempts: 1, lastCode: 'E-TOO-LARGE' })
    }
    await tooLarge()
    expect(await vault.replaceBoxes()).toBe(1)
    const halves = await opened()
    expect(halves.map(({ box }) => box.items.length)).toEqual([3, 2])
    expect(await chains()).toEqual({ gaps: [], forks: [] })
    await tooLarge()
    expect(await vault.replaceBoxes()).toBe(2)
    expect((await opened()).map(({ box }) => box.items.length)).toEqual([2, 1, 1, 1])
    expect(await states()).toEqual(Array.from({ length: 5 }, () => 'ready'))
    await isTidy()
  })
})

test('a session that is over replaces nothing', async () => {
  await sent(2)
  await vault.lock()
  await expect(vault.replaceBoxes()).rejects.toThrow()
  const again = await tablet.session(accountId)
  expect(again.accountId).toBe(accountId)
})
