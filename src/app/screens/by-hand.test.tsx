// @vitest-environment happy-dom
import { I18nProvider } from '@lingui/react'
import { cleanup, configure, fireEvent, render, screen } from '@testing-library/react'
import { decodeQR } from 'qr/decode.js'
import { afterEach, beforeAll, describe, expect, it, vi } from 'vitest'
import { activate, i18n } from '../../i18n/i18n.ts'
import type { LineTrial, LineTried } from '../../outbox/try-line.ts'
import { ATablet, folded } from '../../testing/a-tablet.ts'
import { anOrganisation, type AnOrganisation } from '../../testing/an-organisation.ts'
import type { VaultApi } from '../../vault/api.ts'
import type { Delivery } from '../delivery.ts'
import { fetchSetup } from '../fetch-setup.ts'
import { HouseProvider, type House } from '../house.tsx'
import { type Scanned, withCodes } from '../scanned.ts'
import { SettingsScreen } from './settings.tsx'

// What is fetched late comes when it comes, on a slow machine too.
configure({ asyncUtilTimeout: 20_000 })
beforeAll(() => activate('en'))
afterEach(cleanup)

/** The line to a receiver with the organisation's key: what leaves is noted, and signed for. */
function aLine(tablet: ATablet, organisation: AnOrganisation, answer?: LineTried) {
  const sent: (Omit<LineTrial, 'box'> | undefined)[] = []
  const tryLine: Delivery['tryLine'] = async ({ boxId, bytes }, trial) => {
    sent.push(trial)
    if (answer) return answer
    await trial?.keepToken?.('A'.repeat(43))
    const { deviceId = '' } = (await tablet.database.device.get('device')) ?? {}
    const receipt = await organisation.stored(deviceId, [{ id: boxId, size: bytes.length, result: 'kept' }])
    return { status: 'received', receipt, clockOff: 3 * 60 * 60_000 }
  }
  return { sent, delivery: () => ({ tryLine }) as unknown as Delivery }
}

async function show(vault: VaultApi, more: Partial<House> = {}) {
  const [organisation, session] = [await vault.profile(), await vault.session()]
  const settingsChanged = (await vault.verifyConfiguration()) === 'changed'
  const settingsTaken = vi.fn(async () => undefined)
  const common = { vault, organisation, session, settingsChanged, settingsTaken, forgetLink: vi.fn(), go: vi.fn() }
  render(
    <I18nProvider i18n={i18n}>
      <HouseProvider value={{ ...common, ...more } as unknown as House}>
        <SettingsScreen />
      </HouseProvider>
    </I18nProvider>,
  )
  return { settingsTaken }
}

const type = (label: string, value: string) => fireEvent.change(screen.getByLabelText(label), { target: { value } })
const press = async (name: string) => fireEvent.click(await screen.findByRole('button', { name }))

async function typeAll({ base }: AnOrganisation): Promise<void> {
  await press('Set up by hand')
  await screen.findByLabelText('Address of the receiver')
  type('Address of the receiver', base.endpoint)
  type('Key of the receiver', base.receiverKeys[0] ?? '')
  type('Enrolment code', 'code-14-of-the-operator')
  type('Recipient for work', base.recipients[0] ?? '')
  type('Recipient of the key in the drawer', base.recipients[1] ?? '')
  type('Name of the organisation', 'Harbour House (invented)')
  type('Code that the organisation registers cases under', 'NGO-14')
  type('Kind of organisation', 'ngo')
}

describe('settings by hand', () => {
  it('are tried with what was typed, then in use, and said to be signed by nobody', async () => {
    const [tablet, organisation] = [new ATablet(), await anOrganisation()]
    const { vault } = await tablet.withAccount()
    const { sent, delivery } = aLine(tablet, organisation)
    const { settingsTaken } = await show(vault, { delivery })
    await typeAll(organisation)
    await press('Try these settings and use them')
    await screen.findByText(/The settings are in use/)
    expect(settingsTaken).toHaveBeenCalledOnce()
    expect(sent).toMatchObject([{ device: { enrolCode: 'code-14-of-the-operator', token: '' } }])
    cleanup()
    await show(vault)
    expect(screen.getByText('Set by hand on this tablet. No organisation has signed them.')).toBeDefined()
    expect(screen.getByText('never shown: the key of the desk is not known here')).toBeDefined()
    expect(screen.queryByText('Settings, version')).toBeNull()
    await screen.findByRole('button', { name: 'Change by hand' })
    expect(screen.queryByRole('button', { name: 'Set up another tablet' })).toBeNull()
  })

  it('say at each field what is wrong, and stand first where it is', async () => {
    const [tablet, organisation] = [new ATablet(), await anOrganisation()]
    const { vault } = await tablet.withAccount()
    const { sent, delivery } = aLine(tablet, organisation)
    await show(vault, { delivery })
    await typeAll(organisation)
    type('Address of the receiver', 'http://receiver.example')
    type('Recipient of the key in the drawer', '')
    await press('Try these settings and use them')
    const address = screen.getByLabelText('Address of the receiver')
    await vi.waitFor(() => expect(document.activeElement).toBe(address), { timeout: 20_000 })
    const words = document.getElementById(address.getAttribute('aria-describedby') ?? '')?.textContent
    expect(words).toMatch(/plain http/)
    expect(screen.getByText(/say below that there is no key in a drawer/)).toBeDefined()
    expect(sent).toEqual([])
  })

  it('are not in use where nobody signed for the test box, and keep what was typed', async () => {
    const [tablet, organisation] = [new ATablet(), await anOrganisation()]
    const { vault } = await tablet.withAccount()
    const { delivery } = aLine(tablet, organisation, { status: 'not-received', code: 'code-expired' })
    await show(vault, { delivery })
    await typeAll(organisation)
    await press('Try these settings and use them')
    expect((await screen.findByRole('alert')).textContent).toMatch(/does not take this enrolment code.*are not in use/)
    expect(screen.getByLabelText<HTMLInputElement>('Enrolment code').value).toBe('code-14-of-the-operator')
    expect(await vault.verifyConfiguration()).toBe('none')
  })

  it('of another account are shown with their words, and taken by this one when they agree', async () => {
    const [tablet, organisation] = [new ATablet(), await anOrganisation()]
    const { vault } = await tablet.withAccount()
    const { delivery } = aLine(tablet, organisation)
    await show(vault, { delivery })
    await typeAll(organisation)
    await press('Try these settings and use them')
    await screen.findByText(/The settings are in use/)
    const { accountId } = await tablet.withAccount({ label: 'Green' })
    await vault.setConfiguration(await organisation.configuration(), organisation.profileText)
    cleanup()
    const other = tablet.tab()
    await other.unlock(accountId, folded())
    await show(other)
    await screen.findByRole('heading', { name: 'Other settings were taken on this tablet' })
    expect(screen.getAllByRole('listitem')).toHaveLength(6)
    expect(screen.queryByRole('button', { name: /by hand/ })).toBeNull()
    await press('The words agree: accept')
    await screen.findByText(/The settings are in use/)
    expect(await other.verifyConfiguration()).toBe('verified')
  })
})

describe('a look at the tablet', () => {
  it('says what came of an empty box, and by how much the clock is off', async () => {
    const [tablet, organisation] = [new ATablet(), await anOrganisation()]
    const { vault } = await tablet.withAccount({ setup: await organisation.setup() })
    const { sent, delivery } = aLine(tablet, organisation)
    await show(vault, { delivery })
    await press('Try the connection')
    await screen.findByText('The test box has arrived: the receiver has signed for it.')
    expect(screen.getByText(/ahead of that of the receiver: 3 hours\./)).toBeDefined()
    expect(sent).toEqual([undefined])
    expect(await tablet.database.outbox.count()).toBe(0)
  })

  it('names the code of what keeps the box back, for a lead to hear', async () => {
    const [tablet, organisation] = [new ATablet(), await anOrganisation()]
    const { vault } = await tablet.withAccount({ setup: await organisation.setup() })
    const { delivery } = aLine(tablet, organisation, { status: 'not-received', code: 'portal' })
    await show(vault, { delivery })
    await press('Try the connection')
    expect((await screen.findByText(/This network answered instead/)).textContent).toMatch(/E-PORTAL$/)
  })
})

/** The picture of the screen, as a camera would have it: four pixels a module, dark between each second pair of edges. */
function pixelsOf(svg: Element): { width: number; height: number; data: Uint8ClampedArray } {
  const [left = 0, , side = 0] = (svg.getAttribute('viewBox') ?? '').split(' ').map(Number)
  const rows = Array.from({ length: side }, (): number[] => [])
  for (const [, ring = ''] of (svg.querySelector('path')?.getAttribute('d') ?? '').matchAll(/M([^Z]*)Z/g)) {
    const points = ring.split('L').map((point) => point.split(' ').map((at) => Number(at) - left))
    for (const [i, [x = 0, y = 0]] of points.entries()) {
      const [nextX = 0, nextY = 0] = points[(i + 1) % points.length] ?? []
      if (x === nextX) for (let row = Math.min(y, nextY); row < Math.max(y, nextY); row++) rows[row]?.push(x)
    }
  }
  const width = side * 4
  const data = new Uint8ClampedArray(width * width * 4).fill(255)
  for (let y = 0; y < width; y++) {
    const edges = rows[Math.floor(y / 4)]?.toSorted((one, other) => one - other) ?? []
    for (let i = 0; i + 1 < edges.length; i += 2)
      data.fill(0, (y * width + (edges[i] ?? 0) * 4) * 4, (y * width + (edges[i + 1] ?? 0) * 4) * 4)
  }
  for (let at = 3; at < data.length; at += 4) data[at] = 255
  return { width, height: width, data }
}

const codeLabel = 'Enrolment code for the other tablet (may be left out)'

describe('setting up another tablet', () => {
  it('is what the other one reads off this screen, code and six words included', async () => {
    const [tablet, organisation] = [new ATablet(), await anOrganisation()]
    const setup = await organisation.setup()
    const { vault } = await tablet.withAccount({ setup })
    await show(vault)
    await press('Set up another tablet')
    await screen.findByLabelText(codeLabel)
    type(codeLabel, ' code-for-the-next \n')
    await press('Show the codes')
    let scanned: Scanned = { status: 'nothing' }
    for (;;) {
      const square = await screen.findByRole('img', { name: 'Code for the camera of the other tablet' })
      scanned = await withCodes(scanned, [decodeQR(pixelsOf(square))])
      const next = screen.queryByRole('button', { name: 'Next code' })
      if (!next) break
      fireEvent.click(next)
    }
    if (scanned.status !== 'link') throw new Error(scanned.status)
    const found = await fetchSetup(scanned.link)
    expect(found).toMatchObject({ status: 'found', code: 'code-for-the-next' })
    expect(found).toMatchObject({ setup: { configurationText: setup.configurationText } })
    const words = screen.getAllByRole('listitem').map(({ textContent }) => textContent)
    expect(found.status === 'found' && found.words).toEqual(words)
    await press('Done')
    await screen.findByRole('button', { name: 'Set up another tablet' })
  })

  it('refuses what is no code, and is not offered to a caseworker', async () => {
    const [tablet, organisation] = [new ATablet(), await anOrganisation()]
    const { vault } = await tablet.withAccount({ setup: await organisation.setup() })
    const caseworker = await tablet.withAccount({ label: 'Green' })
    await show(vault)
    await press('Set up another tablet')
    await screen.findByLabelText(codeLabel)
    type(codeLabel, 'a code?')
    await press('Show the codes')
    expect((await screen.findByRole('alert')).textContent).toBe('This is no enrolment code. Copy all of it.')
    cleanup()
    await show(caseworker.vault)
    await screen.findByRole('button', { name: 'Try the connection' })
    expect(screen.queryByRole('button', { name: 'Set up another tablet' })).toBeNull()
  })
})
