// @vitest-environment happy-dom
import { I18nProvider } from '@lingui/react'
import { cleanup, fireEvent, render, screen } from '@testing-library/react'
import { afterEach, beforeAll, expect, it, vi } from 'vitest'
import { activate, i18n } from '../../i18n/i18n.ts'
import { newSigningKey } from '../../seal/signature.ts'
import { anOrganisation } from '../../testing/an-organisation.ts'
import { ATablet, folded } from '../../testing/a-tablet.ts'
import type { VaultApi } from '../../vault/api.ts'
import { HouseProvider, type House } from '../house.tsx'
import { HomeNotices } from './home-notices.tsx'

beforeAll(() => activate('en'))
afterEach(cleanup)

const theirs = 'Puerto Nuevo, 4 faros'

const changed = { settingsChanged: true, letGo: 0 }

async function show(vault: VaultApi, news: { settingsChanged: boolean; letGo: number } = changed) {
  const [session, go] = [await vault.session(), vi.fn()]
  render(
    <I18nProvider i18n={i18n}>
      <HouseProvider value={{ session, go } as unknown as House}>
        <HomeNotices {...news} overdue={0} later={0} taken={0} onTakenRead={() => undefined} />
      </HouseProvider>
    </I18nProvider>,
  )
  return go
}

it('is not said to somebody whose colleague has set the tablet up: they are asked to accept it, too', async () => {
  const [tablet, organisation] = [new ATablet(), await anOrganisation()]
  const { vault } = await tablet.withAccount()
  const { accountId } = await tablet.withAccount({ label: 'Green', passphrase: folded(theirs) })
  expect(await vault.setConfiguration(await organisation.configuration(), organisation.profileText)).toMatchObject({
    status: 'set',
  })
  const tab = tablet.tab()
  expect((await tab.unlock(accountId, folded(theirs))).status).toBe('settings-changed')
  const go = await show(tab)
  expect(screen.queryByText(/Sending is stopped/)).toBeNull()
  expect(screen.getByText(/accept them with your account, too/)).toBeDefined()
  fireEvent.click(screen.getByRole('button', { name: 'Take new settings or a new link' }))
  expect(go).toHaveBeenCalledWith({ name: 'settings' })
})

it('is said where others have taken the place of those that the account took', async () => {
  const [tablet, organisation] = [new ATablet(), await anOrganisation()]
  const { accountId } = await tablet.withAccount({ setup: await organisation.setup() })
  const configuration = await organisation.configuration({}, newSigningKey())
  await tablet.database.device.update('device', { configuration })
  const tab = tablet.tab()
  expect((await tab.unlock(accountId, folded())).status).toBe('settings-changed')
  await show(tab)
  expect(screen.getByText(/Sending is stopped/)).toBeDefined()
})

it('is not said where something else happened: sealed copies that made room are counted, and the cases stay', async () => {
  const { vault } = await new ATablet().withAccount()
  await show(vault, { settingsChanged: false, letGo: 2 })
  const note = screen.getByRole('status').textContent
  expect(note).toMatch(/short of room: the sealed copies of 2 cases .* The cases themselves stay here\.$/)
})
