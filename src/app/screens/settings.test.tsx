// @vitest-environment happy-dom
import { I18nProvider } from '@lingui/react'
import { cleanup, fireEvent, render, screen } from '@testing-library/react'
import { afterEach, beforeAll, describe, expect, it, vi } from 'vitest'
import { setupSha, writeSetup, writeSetupLink } from '../../batch/setup.ts'
import { activate, i18n } from '../../i18n/i18n.ts'
import { aSetUpTablet } from '../../testing/a-set-up-tablet.ts'
import { ATablet, savedCase } from '../../testing/a-tablet.ts'
import { anOrganisation } from '../../testing/an-organisation.ts'
import type { VaultApi } from '../../vault/api.ts'
import { HouseProvider, type House } from '../house.tsx'
import { SettingsScreen } from './settings.tsx'

beforeAll(() => activate('en'))
afterEach(cleanup)

interface Sent {
  readonly configurationText: string
  readonly profileText: string
}

async function linkOf({ configurationText, profileText }: Sent, code?: string): Promise<string> {
  const text = writeSetup({ configuration: configurationText, profile: profileText })
  const digest = { h: await setupSha(text), ...(code !== undefined && { c: code }) }
  return writeSetupLink('https://app.example', { b: text, ...digest })
}

async function show(vault: VaultApi, more: Partial<House> = {}) {
  const organisation = await vault.profile()
  const house = {
    vault,
    organisation,
    session: { hasPin: true },
    settingsChanged: false,
    settingsTaken: vi.fn(async () => undefined),
    forgetLink: vi.fn(),
    go: vi.fn(),
    ...more,
  }
  render(
    <I18nProvider i18n={i18n}>
      <HouseProvider value={house as unknown as House}>
        <SettingsScreen />
      </HouseProvider>
    </I18nProvider>,
  )
  return house
}

async function paste(link: string): Promise<void> {
  fireEvent.change(screen.getByLabelText('Set-up link from your organisation'), { target: { value: link } })
  fireEvent.click(screen.getByRole('button', { name: 'Continue' }))
}
const accept = async () => fireEvent.click(await screen.findByRole('button', { name: /words agree/ }))

async function aTabletAndItsNext() {
  const { tablet, organisation, vault } = await aSetUpTablet()
  const sent = async (version: number, key?: typeof organisation.config): Promise<Sent> => ({
    configurationText: await organisation.configuration({ version }, key),
    profileText: organisation.profileText,
  })
  return { tablet, organisation, vault, sent }
}

describe('settings for a tablet that is set up', () => {
  it('offer the camera, and let it be left again', async () => {
    const { vault } = await aTabletAndItsNext()
    await show(vault)
    fireEvent.click(screen.getByRole('button', { name: 'Scan a code' }))
    expect(await screen.findByText(/No camera was found/)).toBeDefined()
    fireEvent.click(screen.getByRole('button', { name: 'Back' }))
    expect(screen.getByLabelText('Set-up link from your organisation')).toBeDefined()
  })

  it('are shown with both versions and six words first, and taken when they are accepted', async () => {
    const { tablet, vault, sent } = await aTabletAndItsNext()
    const house = await show(vault)
    await paste(await linkOf(await sent(3), 'fresh-code-3'))
    await screen.findByText('3, until now 1')
    expect(screen.getAllByRole('listitem')).toHaveLength(6)
    expect(await vault.profile()).toMatchObject({ configVersion: 1 })
    await accept()
    await screen.findByText(/The settings are in use/)
    expect(await vault.profile()).toMatchObject({ configVersion: 3 })
    expect((await tablet.database.device.get('device'))?.enrolCode).toBe('fresh-code-3')
    expect(house.settingsTaken).toHaveBeenCalledOnce()
  })

  it('can be the same ones with a fresh code', async () => {
    const { tablet, organisation, vault } = await aTabletAndItsNext()
    await show(vault)
    await paste(await linkOf(await organisation.setup(), 'second-code'))
    await accept()
    await screen.findByText(/The settings are in use/)
    expect((await tablet.database.device.get('device'))?.enrolCode).toBe('second-code')
  })

  it('may be signed by the successor that the ones before announced', async () => {
    const { organisation, vault, sent } = await aTabletAndItsNext()
    await show(vault)
    await paste(await linkOf(await sent(2, organisation.successor)))
    await accept()
    await screen.findByText(/The settings are in use/)
    expect(await vault.profile()).toMatchObject({ configVersion: 2 })
  })

  it.each([
    ['older ones', /older than those of this tablet/, async () => (await anOrganisation()).setup(), 'same'],
    ['those of another organisation', /signed by somebody else/, async () => (await anOrganisation()).setup(), 'other'],
  ] as const)('are refused with a sentence that says what is safe: %s', async (_, sentence, other, whose) => {
    const { tablet, vault, sent } = await aTabletAndItsNext()
    await vault.setConfiguration((await sent(5)).configurationText)
    const before = await tablet.everything()
    await show(vault)
    await paste(await linkOf(whose === 'same' ? await sent(4) : await other()))
    await accept()
    expect((await screen.findByRole('alert')).textContent).toMatch(sentence)
    expect(await tablet.everything()).toEqual(before)
  })

  it('that were changed on their way are not even offered', async () => {
    const { vault, sent } = await aTabletAndItsNext()
    await show(vault)
    const good = await sent(2)
    const bad = { ...good, configurationText: good.configurationText.replace('receiver.example', 'receiver.exampla') }
    await paste(await linkOf(bad))
    expect((await screen.findByRole('alert')).textContent).toMatch(/not the ones that the link names/)
    expect(screen.queryByRole('button', { name: /words agree/ })).toBeNull()
  })

  it('are read from a file, too: the settings themselves, or the link in a text', async () => {
    const { vault, sent } = await aTabletAndItsNext()
    await show(vault)
    const { configurationText, profileText } = await sent(2)
    const text = writeSetup({ configuration: configurationText, profile: profileText })
    const choose = (content: string) =>
      fireEvent.change(screen.getByLabelText('Choose its file instead'), {
        target: { files: [new File([content], 'setup.json')] },
      })
    choose('a letter to somebody')
    expect((await screen.findByRole('alert')).textContent).toMatch(/not complete/)
    fireEvent.click(screen.getByRole('button', { name: 'Use another link' }))
    choose(`${await linkOf(await sent(2))}\n`)
    await screen.findByText('2, until now 1')
    fireEvent.click(screen.getByRole('button', { name: 'Not my organisation' }))
    choose(text)
    await accept()
    await screen.findByText(/The settings are in use/)
  })

  it('are looked at at once where the link was opened in the browser', async () => {
    const { vault, sent } = await aTabletAndItsNext()
    const house = await show(vault, { offeredLink: (await linkOf(await sent(2))).replace(/^.*(?=#)/, '') })
    await screen.findByText('2, until now 1')
    fireEvent.click(screen.getByRole('button', { name: 'Not my organisation' }))
    expect(house.forgetLink).toHaveBeenCalled()
    expect(await vault.profile()).toMatchObject({ configVersion: 1 })
  })
})

it('an organisation that comes later gets what was finished before', async () => {
  const tablet = new ATablet()
  const { vault } = await tablet.withAccount()
  const { id, rev } = await savedCase(vault)
  await vault.finish(id, rev)
  await show(vault)
  expect(screen.getByText(/No organisation is set up/)).toBeDefined()
  await paste(await linkOf(await (await anOrganisation()).setup(), 'first-code'))
  await screen.findByText(/Cases that were finished before are then sealed/)
  await accept()
  await screen.findByText(/1 version that was finished before is now sealed/)
  expect(await tablet.database.outbox.count()).toBe(1)
})
