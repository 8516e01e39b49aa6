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
