import 'fake-indexeddb/auto'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { ATablet } from '../testing/a-tablet.ts'
import { anOrganisation } from '../testing/an-organisation.ts'

let tablet: ATablet
beforeEach(() => {
  tablet = new ATablet()
})
afterEach(async () => {
  await tablet.database.delete()
})

const refused = { name: 'VaultError', reason: 'bad-input' }

test('a filled record may be printed where there is no organisation', async () => {
  const { vault } = await tablet.withAccount()
  expect(await vault.mayPrint()).toBe(true)
  await expect(vault.note('print')).resolves.toBeUndefined()
})

test('under an organisation it is off, log entry and all, until a configuration that it signed switches it on', async () => {
  const organisation = await anOrganisation()
  const { vault } = await tablet.withAccount({ setup: await organisation.setup() })
  expect([await vault.mayPrint(), (await vault.profile())?.print]).toEqual([false, false])
  await expect(vault.note('print')).rejects.toMatchObject(refused)
  await vault.setConfiguration(await organisation.configuration({ version: 2, print: true }))
  expect([await vault.mayPrint(), (await vault.profile())?.print]).toEqual([true, true])
  await expect(vault.note('print')).resolves.toBeUndefined()
})

test('a configuration that somebody edited or took away on the disk does not switch it on', async () => {
  const organisation = await anOrganisation()
  const { vault } = await tablet.withAccount({ setup: await organisation.setup() })
  for (const configuration of ['', await organisation.configuration({ print: true })]) {
    await tablet.database.device.update('device', { configuration })
    expect(await vault.mayPrint()).toBe(false)
    await expect(vault.note('print')).rejects.toMatchObject(refused)
  }
})
