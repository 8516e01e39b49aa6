import 'fake-indexeddb/auto'
import { expect, test } from 'vitest'
import { openDatabase } from '../database.ts'
import { ATablet, folded, savedCase } from '../testing/a-tablet.ts'
import { openVault } from './vault.ts'

test('a tablet without room opens, shows what is there, and refuses to save with the reason', async () => {
  const tablet = new ATablet()
  const { vault, accountId } = await tablet.withAccount()
  const { id, draft } = await savedCase(vault)
  const database = openDatabase({ hasRoom: async () => false }, tablet.name)
  const full = openVault({ ...tablet.tools(), database })
  expect((await full.start()).accounts).toHaveLength(1)
  expect(await full.unlock(accountId, folded('another one, 5 cats'))).toMatchObject({ status: 'wrong' })
  expect((await full.unlock(accountId, folded())).status).toBe('opened')
  const open = await full.open(id)
  expect(open.draft.victims).toEqual(draft.victims)
  expect(await full.save(id, open.rev, { ...open.draft, localReference: 'no room for this' })).toEqual({
    status: 'not-saved',
    reason: 'quota',
  })
  expect((await full.list()).cases).toHaveLength(1)
  database.close()
  await tablet.database.delete()
})

test('a tablet that fills while it is unlocked opens, counts in memory, and says at the next save that it is full', async () => {
  const tablet = new ATablet()
  const { vault, accountId } = await tablet.withAccount()
  const { id } = await savedCase(vault)
  await vault.lock()
  let [left, asked] = [1, 0]
  const hasRoom = async () => (asked++, left-- > 0)
  const database = openDatabase({ hasRoom }, tablet.name)
  const filling = openVault({ ...tablet.tools(), database })
  const failed = async () => (await database.accounts.get(accountId))?.failed
  // Room for counting the attempt, and for nothing after it.
  expect((await filling.unlock(accountId, folded())).status).toBe('opened')
  expect(asked).toBeGreaterThan(1)
  expect(await failed()).toBe(1)
  const open = await filling.open(id)
  const draft = { ...open.draft, localReference: 'typed on the full tablet' }
  expect(await filling.save(id, open.rev, draft)).toEqual({ status: 'not-saved', reason: 'quota' })
  await filling.lock()
  expect(await filling.unlock(accountId, folded('another one, 5 cats'))).toMatchObject({ status: 'wrong' })
  expect(await failed()).toBe(1)
  left = Infinity
  expect((await filling.unlock(accountId, folded())).status).toBe('opened')
  expect(await failed()).toBe(0)
  expect(await filling.save(id, open.rev, draft)).toMatchObject({ status: 'saved' })
  database.close()
  await tablet.database.delete()
})

test('the accounts of a tablet are shown without waiting for somebody who looks for room to write', async () => {
  const tablet = new ATablet()
  await tablet.withAccount()
  const database = openDatabase({ hasRoom: async () => await new Promise(() => undefined) }, tablet.name)
  expect((await openVault({ ...tablet.tools(), database }).start()).accounts).toHaveLength(1)
  database.close()
  await tablet.database.delete()
})
