// @vitest-environment happy-dom
import 'fake-indexeddb/auto'
import { I18nProvider } from '@lingui/react'
import { cleanup, fireEvent, render, screen } from '@testing-library/react'
import type { ReactNode } from 'react'
import { afterEach, beforeAll, expect, it } from 'vitest'
import { activate, i18n } from '../../i18n/i18n.ts'
import { ATablet, folded, savedCase } from '../../testing/a-tablet.ts'
import type { VaultApi } from '../../vault/api.ts'
import { HouseProvider, type House } from '../house.tsx'
import { Cases } from './case-list.tsx'
import { CopyRestoring } from './copy-restoring.tsx'

beforeAll(() => activate('en'))
let tablet: ATablet
afterEach(async () => {
  cleanup()
  await tablet.database.delete()
})

/** Green has a team of its own, and is let into Blue's; each team has one case. */
async function greenInTwo() {
  const theirs = 'Puerto Nuevo, 4 faros'
  tablet = new ATablet()
  const blue = await tablet.withAccount({ circle: 'team' })
  const green = await tablet.withAccount({ label: 'Green', circle: 'team', passphrase: folded(theirs) })
  await green.vault.startTeam()
  const ours = await savedCase(blue.vault)
  await savedCase(green.vault)
  const recipient = (await blue.vault.team()).others[0]?.recipient ?? ''
  expect(await blue.vault.letIn(green.accountId, recipient)).toEqual({ status: 'done' })
  const vault = tablet.tab()
  await vault.unlock(green.accountId, folded(theirs))
  return { vault, ours }
}

const show = (vault: VaultApi, children: ReactNode) =>
  render(
    <I18nProvider i18n={i18n}>
      <HouseProvider value={{ vault, go: () => undefined, boxAdded: () => undefined } as unknown as House}>
        {children}
      </HouseProvider>
    </I18nProvider>,
  )

/** What a team is called on every screen, by who else is in it. */
async function nameWith(vault: VaultApi, other: string | undefined): Promise<string> {
  const { teams } = await vault.team()
  const at = teams.findIndex(({ others }) => others[0] === other)
  return other === undefined ? `Team ${at + 1}: only you` : `Team ${at + 1}: you, \u2068${other}\u2069`
}

it('the list says to which team each case belongs', async () => {
  const { vault } = await greenInTwo()
  const { cases } = await vault.list()
  show(vault, <Cases cases={cases} now={Date.now()} busy={false} onBegin={() => undefined} />)
  for (const other of ['Blue', undefined]) {
    const name = await nameWith(vault, other)
    expect(await screen.findAllByText((words) => words.endsWith(name))).toHaveLength(1)
  }
})

it('whoever is in several teams says which one the cases of a copy go to', async () => {
  const { vault, ours } = await greenInTwo()
  const copy = await vault.copyCase(ours.id, (await vault.copies()).recipient)
  if (copy.status !== 'made') throw new Error(copy.status)
  const { teams } = await vault.team()
  const port = teams.find(({ others }) => others[0] === 'Blue')
  await tablet.database.records.delete(ours.id)
  expect(port?.home).toBe(false)
  show(vault, <CopyRestoring />)
  fireEvent.change(screen.getByLabelText('Choose the file'), {
    target: { files: [new File([copy.bytes], 'copy.age')] },
  })
  fireEvent.click(await screen.findByLabelText(/My account/))
  fireEvent.click(screen.getByRole('button', { name: 'Look what is in it' }))
  const group = await screen.findByRole('group', { name: 'Which team do cases of a team go to?' })
  const choices = [...group.querySelectorAll('input')]
  expect(choices.map(({ checked }) => checked)).toEqual(teams.map(({ home }) => home))
  fireEvent.click(screen.getByLabelText(await nameWith(vault, 'Blue')))
  fireEvent.click(screen.getByRole('button', { name: 'Bring them back' }))
  await screen.findByText('1 case was brought to this tablet.')
  expect((await vault.open(ours.id)).team).toBe(port?.circleId)
})
