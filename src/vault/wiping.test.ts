import 'fake-indexeddb/auto'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { ATablet, folded, savedCase } from '../testing/a-tablet.ts'
import { anOrganisation } from '../testing/an-organisation.ts'
import type { VaultApi } from './api.ts'

const theirs = 'Puerto Nuevo, 4 faros'

let tablet: ATablet
let first: { vault: VaultApi; accountId: string }
let second: { vault: VaultApi; accountId: string }
beforeEach(async () => {
  tablet = new ATablet()
  const setup = await (await anOrganisation()).setup()
  first = await tablet.withAccount({ setup, circle: 'team' })
  second = await tablet.withAccount({ label: 'Green', circle: 'me', passphrase: folded(theirs) })
})
afterEach(() => tablet.database.delete())

/** All rows that are not the second account's, to the byte. */
async function ofTheFirst(): Promise<unknown> {
  const { database } = tablet
  const own = (await database.circles.where('accountId').equals(second.accountId).toArray()).map((row) => row.circleId)
  const all = await tablet.everything()
  return all.map(({ table, rows }) => ({
    table,
    rows: (rows as { circleId?: string; accountId?: string }[]).filter(
      (row) => row.accountId !== second.accountId && !own.includes(row.circleId ?? ''),
    ),
  }))
}

test('what another account has and what waits to be sent is bit-identical after this one failed, worked and was wiped', async () => {
  for (let made = 0; made < 5; made++) {
    const { id, rev } = await savedCase(first.vault)
    await first.vault.finish(id, rev)
  }
  await savedCase(first.vault)
  await savedCase(second.vault)
  const before = await ofTheFirst()
  const tab = tablet.tab()
  expect((await tab.unlock(second.accountId, folded('not it at all, 3'))).status).toBe('wrong')
  await tab.unlock(second.accountId, folded(theirs))
  await savedCase(tab)
  expect(await tab.wipeAccount()).toEqual({ status: 'wiped' })
  expect(await ofTheFirst()).toEqual(before)
  expect(await tablet.database.outbox.where('state').equals('waiting').count()).toBe(5)
  expect(tablet.keySlots.files.has(first.accountId)).toBe(true)
})

test('a wiped account is gone with its file, and its vault is locked', async () => {
  const { id } = await savedCase(second.vault)
  const file = tablet.keySlots.files.get(second.accountId)
  const secret = file?.flushed.slice(0, 32) ?? new Uint8Array()
  expect(await second.vault.wipeAccount()).toEqual({ status: 'wiped' })
  expect(Buffer.from(file?.flushed ?? []).includes(Buffer.from(secret))).toBe(false)
  expect(tablet.keySlots.files.has(second.accountId)).toBe(false)
  expect(await tablet.database.accounts.get(second.accountId)).toBeUndefined()
  expect(await tablet.database.records.get(id)).toBeUndefined()
  expect(await tablet.database.circles.where('accountId').equals(second.accountId).count()).toBe(0)
  await expect(second.vault.list()).rejects.toMatchObject({ reason: 'locked' })
})

test('the key is overwritten before the first row goes', async () => {
  const slots = tablet.keySlots.files.get(second.accountId)
  const before = slots?.flushed.slice() ?? new Uint8Array()
  let whenRowsWent: Uint8Array | undefined
  tablet.meanwhile(async () => void (whenRowsWent = slots?.flushed.slice()))
  await second.vault.wipeAccount()
  expect(whenRowsWent).toBeDefined()
  expect(Buffer.from(whenRowsWent ?? before).includes(Buffer.from(before.slice(0, 32)))).toBe(false)
})

test('it says before what would go and what would stay', async () => {
  await savedCase(first.vault)
  expect(await first.vault.beforeWipe()).toEqual({
    onlyMine: 1,
    unreceived: 1,
    team: 0,
    waiting: 0,
    accounts: 2,
    lead: true,
  })
  const { others } = await first.vault.team()
  await first.vault.letIn(second.accountId, others[0]?.recipient ?? '')
  expect(await first.vault.beforeWipe()).toMatchObject({ onlyMine: 0, team: 1 })
  expect(await second.vault.beforeWipe()).toMatchObject({ onlyMine: 0, lead: false })
})

test('the team keeps its cases when a member is wiped', async () => {
  const { id, draft } = await savedCase(first.vault)
  const { others } = await first.vault.team()
  await first.vault.letIn(second.accountId, others[0]?.recipient ?? '')
  const tab = tablet.tab()
  await tab.unlock(second.accountId, folded(theirs))
  await first.vault.wipeAccount()
  const found = await tab.open(id)
  expect(found.draft).toEqual(draft)
  expect((await tab.team()).lead).toBe(true)
})

test('a whole device is wiped by a lead alone: every key first, then everything', async () => {
  await savedCase(first.vault)
  expect(await second.vault.wipeDevice()).toEqual({ status: 'not-lead' })
  expect(await tablet.database.records.count()).toBe(1)
  const files = [...tablet.keySlots.files.values()]
  const secrets = files.map((file) => file.flushed.slice(0, 32))
  expect(await first.vault.wipeDevice()).toEqual({ status: 'wiped' })
  for (const [at, file] of files.entries())
    expect(Buffer.from(file.flushed).includes(Buffer.from(secrets[at] ?? []))).toBe(false)
  expect(tablet.keySlots.files.size).toBe(0)
  expect((await indexedDB.databases()).map(({ name }) => name)).not.toContain(tablet.name)
})

test('a team that somebody begins alone makes nobody the lead of the whole device', async () => {
  await savedCase(first.vault)
  expect(await second.vault.startTeam()).toEqual({ status: 'done' })
  expect(await second.vault.setRole(second.accountId, 'lead')).toEqual({ status: 'done' })
  expect(await second.vault.beforeWipe()).toMatchObject({ lead: false })
  expect(await second.vault.wipeDevice()).toEqual({ status: 'not-lead' })
  expect(await tablet.database.records.count()).toBe(1)
  expect(await first.vault.beforeWipe()).toMatchObject({ lead: true })
})

test('who was made a lead still is one when all others have left the team', async () => {
  const { others } = await first.vault.team()
  await first.vault.letIn(second.accountId, others[0]?.recipient ?? '')
  await first.vault.setRole(second.accountId, 'lead')
  const tab = tablet.tab()
  await tab.unlock(second.accountId, folded(theirs))
  await first.vault.wipeAccount()
  await tablet.withAccount({ label: 'Red' })
  await tab.takeOut(first.accountId)
  expect(await tab.beforeWipe()).toMatchObject({ lead: true, accounts: 2 })
})

test('where the power fails while a device is wiped, the lead who did it can go on as long as any key is left', async () => {
  const order: string[] = []
  const { keySlots } = tablet
  const open = keySlots.open.bind(keySlots)
  keySlots.open = async (accountId, work) => {
    const done = await open(accountId, work)
    order.push(accountId)
    return done
  }
  await first.vault.wipeDevice()
  expect(order).toEqual([second.accountId, first.accountId])
})
