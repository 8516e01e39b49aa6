// @vitest-environment happy-dom
import 'fake-indexeddb/auto'
import { I18nProvider } from '@lingui/react'
import { act, cleanup, fireEvent, render, screen, within } from '@testing-library/react'
import { afterEach, beforeAll, beforeEach, expect, it } from 'vitest'
import { activate, i18n } from '../../../i18n/i18n.ts'
import { showCaseCode } from '../../../record/ids.ts'
import { ATablet, folded, savedCase } from '../../../testing/a-tablet.ts'
import type { VaultApi } from '../../../vault/api.ts'
import { HouseProvider, type House } from '../../house.tsx'
import { LeavingScreen } from './leaving.tsx'

beforeAll(() => activate('en'))

const theirs = 'Puerto Nuevo, 4 faros'
let tablet: ATablet
let vault: VaultApi
let green: string
beforeEach(async () => {
  tablet = new ATablet()
  vault = (await tablet.withAccount({ circle: 'me' })).vault
  green = (await tablet.withAccount({ label: 'Green', passphrase: folded(theirs) })).accountId
})
afterEach(async () => {
  cleanup()
  await tablet.database.delete()
})

async function show(): Promise<void> {
  const house = { vault, session: { hasPin: true }, go: () => undefined, hide: () => undefined } as unknown as House
  render(
    <I18nProvider i18n={i18n}>
      <HouseProvider value={house}>
        <LeavingScreen />
      </HouseProvider>
    </I18nProvider>,
  )
  await screen.findAllByRole('heading', { level: 2 })
}

const erasing = () => screen.queryByRole('button', { name: 'Erase this account …' })

async function listOfGreen(): Promise<string[]> {
  const other = tablet.tab()
  await other.unlock(green, folded(theirs))
  return (await other.list()).cases.map(({ id }) => id)
}

it('lets the account go only when each open case that nobody else opens was given to somebody', async () => {
  const first = await savedCase(vault)
  const second = await savedCase(vault)
  await show()
  expect(screen.getByText('2 open cases that only you can open')).toBeDefined()
  expect(erasing()).toBeNull()
  fireEvent.click(screen.getByRole('radio', { name: 'Green' }))
  const line = screen.getByRole('listitem', { name: showCaseCode(first.draft.code) })
  await act(async () => void fireEvent.click(within(line).getByRole('button', { name: 'Give it' })))
  await screen.findByText('1 open case that only you can open')
  expect(erasing()).toBeNull()
  await act(async () => void fireEvent.click(screen.getByRole('button', { name: 'Give all of them' })))
  await screen.findByText('There is no open case that only you can open. You can go.')
  expect(erasing()).not.toBeNull()
  expect((await listOfGreen()).toSorted()).toEqual([first.id, second.id].toSorted())
})

it('asks nothing of who leaves only cases of the team and closed ones behind', async () => {
  const { id, rev } = await savedCase(vault)
  await vault.close(id, rev)
  await vault.startTeam()
  await savedCase(vault)
  await show()
  expect(screen.getByText('There is no open case that only you can open. You can go.')).toBeDefined()
  expect(erasing()).not.toBeNull()
})
