// @vitest-environment happy-dom
import 'fake-indexeddb/auto'
import { I18nProvider } from '@lingui/react'
import { act, cleanup, fireEvent, render, screen, within } from '@testing-library/react'
import { afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { activate, i18n } from '../../../i18n/i18n.ts'
import { ATablet, folded, savedCase } from '../../../testing/a-tablet.ts'
import { ToastProvider } from '../../../ui/toast.tsx'
import type { VaultApi } from '../../../vault/api.ts'
import { HouseProvider, type House } from '../../house.tsx'
import { TeamScreen } from './team-screen.tsx'

beforeAll(() => activate('en'))

const theirs = 'Puerto Nuevo, 4 faros'
let tablet: ATablet
let lead: { vault: VaultApi; accountId: string }
let colleague: { vault: VaultApi; accountId: string }
beforeEach(async () => {
  tablet = new ATablet()
  lead = await tablet.withAccount({ circle: 'team' })
  colleague = await tablet.withAccount({ label: 'Green', circle: 'team', passphrase: folded(theirs) })
})
afterEach(async () => {
  cleanup()
  await tablet.database.delete()
})

async function show(vault: VaultApi): Promise<void> {
  cleanup()
  const session = { hasPin: true }
  const house = { vault, session, go: () => undefined, hide: () => undefined } as unknown as House
  render(
    <I18nProvider i18n={i18n}>
      <HouseProvider value={house}>
        <ToastProvider>
          <TeamScreen />
        </ToastProvider>
      </HouseProvider>
    </I18nProvider>,
  )
  await screen.findAllByRole('heading', { level: 2 })
}

const press = (name: string | RegExp, within_: HTMLElement = document.body) =>
  fireEvent.click(within(within_).getByRole('button', { name }))
const wordsOn = (list: HTMLElement) =>
  within(list)
    .getAllByRole('listitem')
    .map(({ textContent }) => textContent)
const member = (label: string) => screen.findByRole('listitem', { name: label })

async function letIn(): Promise<void> {
  await show(lead.vault)
  press('Let in …')
  press('The words agree: let in', await screen.findByRole('dialog'))
  await member('Green')
  await screen.findByText('Green is in the team from the next unlock on.')
}

async function again(): Promise<VaultApi> {
  const vault = tablet.tab()
  await vault.unlock(colleague.accountId, folded(theirs))
  return vault
}

describe('the screen of the team', () => {
  it('shows who waits the same six words as the member who lets them in', async () => {
    await show(colleague.vault)
    const own = wordsOn(screen.getByRole('list', { name: 'Six words' }))
    expect(own).toHaveLength(6)
    expect(screen.getByText(/^You wait to be let in/)).toBeDefined()
    await show(lead.vault)
    press('Let in …')
    const dialog = await screen.findByRole('dialog')
    expect(wordsOn(within(dialog).getByRole('list', { name: 'Six words' }))).toEqual(own)
  })

  it('lets nobody in where the words differ', async () => {
    await show(lead.vault)
    press('Let in …')
    press('The words differ', await screen.findByRole('dialog'))
    expect(screen.queryByRole('dialog')).toBeNull()
    expect((await lead.vault.team()).members).toHaveLength(1)
  })

  it('lets a colleague in, who then opens the case of the team', async () => {
    const { id } = await savedCase(lead.vault)
    await letIn()
    expect((await (await again()).list()).cases.map((one) => one.id)).toEqual([id])
  })

  it('takes out only after it said what that cannot do, and the key is another one then', async () => {
    await letIn()
    press('Take out …', await member('Green'))
    const dialog = await screen.findByRole('dialog')
    expect(within(dialog).getByText(/^What was read, printed or handed out before cannot be taken back/)).toBeDefined()
    await act(async () => press('Take out', dialog))
    await screen.findByText('Not in the team')
    expect((await (await again()).list()).cases).toEqual([])
  })

  it('offers taking out and roles to a lead only', async () => {
    await letIn()
    await show(await again())
    await member('Green')
    expect(screen.queryByRole('button', { name: 'Take out …' })).toBeNull()
    expect(screen.queryByRole('button', { name: 'Make lead' })).toBeNull()
    expect(screen.getByText('Only a lead takes somebody out of the team.')).toBeDefined()
  })

  it('makes a member a lead, and says it of the last one that there is no other', async () => {
    await letIn()
    expect(screen.queryByRole('button', { name: 'No longer lead' })).toBeNull()
    press('Make lead', await member('Green'))
    expect(await screen.findAllByRole('button', { name: 'No longer lead' })).toHaveLength(2)
    expect((await (await again()).team()).lead).toBe(true)
  })

  it('names a member whose account is gone as such, and takes it out', async () => {
    await letIn()
    const vault = await again()
    await vault.wipeAccount()
    await show(lead.vault)
    press('Take out …', await member('Account that is not on this tablet any more'))
    await act(async () => press('Take out', await screen.findByRole('dialog')))
    await expect.poll(async () => (await lead.vault.team()).members).toHaveLength(1)
  })

  it('sends new cases where one chooses, and starts a team for who works alone', async () => {
    await show(lead.vault)
    fireEvent.click(screen.getByRole('radio', { name: 'Only me' }))
    await expect.poll(async () => (await lead.vault.team()).home).toBe('me')
    await show(colleague.vault)
    press('Start a team')
    await screen.findByText('In the team')
    expect(await colleague.vault.team()).toMatchObject({ inTeam: true, home: 'team' })
  })

  it('shows each team of somebody who is in two, by its members, and says where new cases go', async () => {
    await colleague.vault.startTeam()
    await letIn()
    const vault = await again()
    await show(vault)
    const which = await screen.findByRole('group', { name: 'You are in several teams. This is about' })
    const names = within(which)
      .getAllByRole('radio')
      .map((one) => one.closest('label')?.textContent ?? '')
    expect(names.map((name) => name.replaceAll(/[\u2068\u2069]|Team \d: /g, '')).toSorted()).toEqual([
      'only you',
      'you, Blue',
    ])
    expect(screen.queryByText('Only a lead takes somebody out of the team.')).toBeNull()
    fireEvent.click(within(which).getByRole('radio', { name: /Blue/ }))
    await screen.findByText('Only a lead takes somebody out of the team.')
    expect((await member('Blue')).textContent).toContain('lead')
    const { circleId: before } = await vault.team()
    const newCases = screen.getByRole('group', { name: 'Who may open new cases?' })
    fireEvent.click(within(newCases).getByRole('radio', { name: /Blue/ }))
    await expect.poll(async () => (await vault.team()).members.map(({ label }) => label)).toEqual(['Blue', 'Green'])
    expect((await vault.team()).circleId).not.toBe(before)
  })
})
