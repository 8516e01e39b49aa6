import 'fake-indexeddb/auto'
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { ATablet, folded, savedCase } from '../testing/a-tablet.ts'
import type { VaultApi } from './api.ts'
import { readAudit } from './audit.ts'
import { ownCircle, teamCircle } from './circle-kinds.ts'

const theirs = 'Puerto Nuevo, 4 faros'

let tablet: ATablet
let giver: { vault: VaultApi; accountId: string }
let other: { vault: VaultApi; accountId: string }
beforeEach(async () => {
  tablet = new ATablet()
  giver = await tablet.withAccount({ circle: 'team' })
  other = await tablet.withAccount({ label: 'Green', circle: 'me', passphrase: folded(theirs) })
})
afterEach(() => tablet.database.delete())

const openOther = async (): Promise<VaultApi> => {
  const vault = tablet.tab()
  await vault.unlock(other.accountId, folded(theirs))
  return vault
}

async function finishedCase(): Promise<{ id: string; rev: number; text: string }> {
  const { id, rev } = await savedCase(giver.vault)
  const finished = await giver.vault.finish(id, rev)
  if (finished.status !== 'finished') throw new Error(finished.status)
  return { id, rev: finished.rev, text: JSON.stringify((await giver.vault.open(id)).sent) }
}

const recipientOf = async (accountId: string) =>
  (await giver.vault.team()).others.find((one) => one.accountId === accountId)?.recipient ?? ''

describe('a case given to another account', () => {
  test('is gone here at once, and there with every version at the next unlock', async () => {
    const { id, rev, text } = await finishedCase()
    const to = { accountId: other.accountId, recipient: await recipientOf(other.accountId) }
    expect((await giver.vault.give(id, rev, to)).status).toBe('given')
    expect((await giver.vault.list()).cases).toEqual([])
    expect(await tablet.database.revisions.count()).toBe(0)
    const vault = tablet.tab()
    expect(await vault.unlock(other.accountId, folded(theirs))).toMatchObject({ session: { taken: 1 } })
    const found = await vault.open(id)
    expect(JSON.stringify(found.sent)).toBe(text)
    expect(found.history).toHaveLength(1)
    expect(await tablet.database.handovers.count()).toBe(0)
    expect((await vault.list()).cases).toMatchObject([{ id, circle: 'me' }])
  })

  test('is opened by that account alone, whoever is in the team that its new cases go to', async () => {
    const recipient = await recipientOf(other.accountId)
    await giver.vault.letIn(other.accountId, recipient)
    const before = await openOther()
    await before.keepCasesWith('team')
    await giver.vault.keepCasesWith('me')
    const mine = await savedCase(giver.vault)
    expect((await giver.vault.open(mine.id)).circle).toBe('me')
    await giver.vault.give(mine.id, mine.rev, { accountId: other.accountId, recipient })
    const after = await openOther()
    expect((await after.open(mine.id)).circle).toBe('me')
    expect((await after.newCase()).circle).toBe('team')
    await expect(giver.vault.open(mine.id)).rejects.toMatchObject({ reason: 'cannot-open' })
    expect((await after.tidy()).logIntact).toBe(true)
  })

  test('is logged by who gave it and by who took it', async () => {
    const { id, rev } = await finishedCase()
    await giver.vault.give(id, rev, { accountId: other.accountId, recipient: await recipientOf(other.accountId) })
    await openOther()
    const given = await readAudit(await tablet.session(giver.accountId))
    const taken = await readAudit(await tablet.session(other.accountId, theirs))
    expect(given.intact && taken.intact).toBe(true)
    expect(given.entries).toContainEqual(expect.objectContaining({ action: 'give', target: id }))
    expect(taken.entries).toContainEqual(expect.objectContaining({ action: 'take', target: id }))
  })

  test('that does not open stays as it is, is counted, and keeps nothing else shut', async () => {
    const first = await finishedCase()
    const second = await savedCase(giver.vault)
    const to = { accountId: other.accountId, recipient: await recipientOf(other.accountId) }
    await giver.vault.give(first.id, first.rev, to)
    await giver.vault.give(second.id, second.rev, to)
    const [row] = await tablet.database.handovers.toArray()
    if (!row) throw new Error('nothing was handed over')
    row.bytes[row.bytes.length - 1] = (row.bytes.at(-1) ?? 0) ^ 1
    await tablet.database.handovers.put(row)
    const list = await (await openOther()).list()
    expect(list.cases).toHaveLength(1)
    expect(list.unreadable).toBe(1)
    expect(await tablet.database.handovers.get(row.id)).toEqual(row)
  })

  test('is not given to an account whose recipient was changed, nor over what was saved since', async () => {
    const { id, rev, draft } = await savedCase(giver.vault)
    const recipient = await recipientOf(other.accountId)
    expect(await giver.vault.give(id, rev - 1, { accountId: other.accountId, recipient })).toEqual({
      status: 'changed',
    })
    await tablet.database.accounts.update(other.accountId, { recipient: `${recipient}x` })
    expect(await giver.vault.give(id, rev, { accountId: other.accountId, recipient })).toEqual({ status: 'changed' })
    expect((await giver.vault.open(id)).draft).toEqual(draft)
  })
})

describe('a case given to a circle', () => {
  test('is opened by who is in it and by nobody else, and both logs hold', async () => {
    const { id, rev, text } = await finishedCase()
    await giver.vault.keepCasesWith('me')
    const given = await giver.vault.give(id, rev, { circle: 'me' })
    expect(given).toEqual({ status: 'given', rev: rev + 1 })
    const session = await tablet.session(giver.accountId)
    const row = await tablet.database.records.get(id)
    expect(row?.circleId).toBe(ownCircle(session))
    for (const circleId of [ownCircle(session), teamCircle(session)])
      expect((await readAudit(session, circleId)).intact).toBe(true)
    expect(JSON.stringify((await giver.vault.open(id)).sent)).toBe(text)
    const back = await giver.vault.give(id, rev + 1, { circle: 'team' })
    expect(back).toEqual({ status: 'given', rev: rev + 2 })
    expect(JSON.stringify((await giver.vault.open(id)).sent)).toBe(text)
  })

  test('goes on being amended there', async () => {
    const { id, rev } = await finishedCase()
    await giver.vault.keepCasesWith('me')
    await giver.vault.give(id, rev, { circle: 'me' })
    const open = await giver.vault.open(id)
    const again = await giver.vault.finish(id, open.rev)
    expect(again).toMatchObject({ status: 'finished', revision: 2 })
  })

  test('of my own is made for the first case that goes there, and new cases still go to the team', async () => {
    const { id, rev } = await finishedCase()
    expect(await giver.vault.give(id, rev, { circle: 'me' })).toEqual({ status: 'given', rev: rev + 1 })
    expect((await giver.vault.open(id)).circle).toBe('me')
    expect((await giver.vault.newCase()).circle).toBe('team')
    const vault = tablet.tab()
    await vault.unlock(giver.accountId, folded())
    expect((await vault.list()).cases.map(({ circle }) => circle).toSorted()).toEqual(['me', 'team'])
  })

  test('of my own keeps what two tabs wrote in it to itself', async () => {
    const { id, rev } = await finishedCase()
    await giver.vault.give(id, rev, { circle: 'me' })
    const { rev: seen, draft } = await giver.vault.open(id)
    expect((await giver.vault.save(id, seen, { ...draft, localReference: 'one' })).status).toBe('saved')
    const other = await giver.vault.save(id, seen, { ...draft, localReference: 'other' })
    if (other.status !== 'conflict') throw new Error(other.status)
    expect((await giver.vault.open(other.copyId)).circle).toBe('me')
    expect((await giver.vault.newCase()).circle).toBe('team')
    expect((await giver.vault.tidy()).logIntact).toBe(true)
  })

  test('that this account is not in is refused', async () => {
    const { id, rev } = await savedCase(other.vault)
    expect(await other.vault.give(id, rev, { circle: 'team' })).toEqual({ status: 'no-circle' })
  })
})
