// @vitest-environment happy-dom
import { I18nProvider } from '@lingui/react'
import { cleanup, fireEvent, render, screen, within } from '@testing-library/react'
import { afterEach, beforeAll, beforeEach, expect, it, vi } from 'vitest'
import { activate, i18n } from '../../i18n/i18n.ts'
import { ATablet, folded, savedCase } from '../../testing/a-tablet.ts'
import { anOrganisation } from '../../testing/an-organisation.ts'
import type { VaultApi } from '../../vault/api.ts'
import { HouseProvider, type House } from '../house.tsx'
import type { Autosaving } from '../use-autosave.ts'
import { AnotherTablet } from './another-tablet.tsx'
import { RemoveCase } from './remove-case.tsx'

beforeAll(() => activate('en'))
const handed: Blob[] = []
beforeEach(() => {
  handed.length = 0
  vi.spyOn(URL, 'createObjectURL').mockImplementation((blob) => `blob:${handed.push(blob as Blob)}`)
  vi.spyOn(HTMLAnchorElement.prototype, 'click').mockImplementation(() => undefined)
})
afterEach(() => {
  cleanup()
  vi.restoreAllMocks()
})

async function show(Act: typeof AnotherTablet | typeof RemoveCase, vault: VaultApi, id: string) {
  const open = await vault.open(id)
  const flush = vi.fn(async () => undefined)
  const saving = { flush, target: () => ({ id, rev: open.rev }) } as unknown as Autosaving
  const house = { vault, go: vi.fn() }
  render(
    <I18nProvider i18n={i18n}>
      <HouseProvider value={house as unknown as House}>
        <Act open={open} saving={saving} />
      </HouseProvider>
    </I18nProvider>,
  )
  return { ...house, flush }
}
const press = async (name: string | RegExp) => fireEvent.click(await screen.findByRole('button', { name }))

it('seals a case for an account of another tablet once its six words were compared, and that account opens it', async () => {
  const { vault } = await new ATablet().withAccount()
  const { id, draft } = await savedCase(vault)
  const { vault: there } = await new ATablet().withAccount({ passphrase: folded('Tres gatos, 9 tejados') })
  const { recipient, words } = await there.copies()
  const { flush } = await show(AnotherTablet, vault, id)
  await press(/^Seal it/)
  const box = screen.getByLabelText('Text of the other account')
  fireEvent.change(box, { target: { value: recipient.slice(0, -1) } })
  expect(screen.getByText(/not the text of an account/)).toBeDefined()
  expect(screen.getByRole('button', { name: /words agree/ })).toHaveProperty('disabled', true)
  fireEvent.change(box, { target: { value: `  ${recipient.slice(0, 20)}\n${recipient.slice(20)} ` } })
  const list = await screen.findByRole('list')
  expect(
    within(list)
      .getAllByRole('listitem')
      .map(({ textContent }) => textContent),
  ).toEqual(words)
  await press(/words agree/)
  await press('Save the file')
  expect(flush).toHaveBeenCalled()
  const bytes = new Uint8Array(await (handed[0] ?? new Blob()).arrayBuffer())
  expect(await there.openCopy(bytes)).toMatchObject({ status: 'opened', cases: 1, fresh: 1 })
  expect(await there.restoreCopy()).toMatchObject({ fresh: 1 })
  expect((await there.open(id)).draft).toEqual(draft)
  await press('Yes, it is there')
  expect(screen.getByText(/The case is still here, too/)).toBeDefined()
})

it('removes a case only after saying what nobody else has', async () => {
  const { vault } = await new ATablet().withAccount()
  const { id, rev } = await savedCase(vault)
  const house = await show(RemoveCase, vault, id)
  await press(/^Remove from this tablet …/)
  expect(await screen.findByText(/Something in it was never finished/)).toBeDefined()
  await press('Keep the case')
  expect((await vault.list()).cases).toHaveLength(1)
  await vault.finish(id, rev)
  await press(/^Remove from this tablet …/)
  expect(await screen.findByText(/1 finished version has not been received yet/)).toBeDefined()
  expect(screen.queryByText(/never finished/)).toBeNull()
  await press('Remove it')
  await vi.waitFor(() => expect(house.go).toHaveBeenCalledWith({ name: 'home' }))
  expect((await vault.list()).cases).toEqual([])
})

it('removes what is readable, and leaves what is sealed in the outbox', async () => {
  const tablet = new ATablet()
  const { vault } = await tablet.withAccount({ setup: await (await anOrganisation()).setup() })
  const { id, rev } = await savedCase(vault)
  await vault.finish(id, rev)
  const house = await show(RemoveCase, vault, id)
  await press(/^Remove from this tablet …/)
  await press('Remove it')
  await vi.waitFor(() => expect(house.go).toHaveBeenCalled())
  expect(await tablet.database.records.count()).toBe(0)
  expect(await tablet.database.outbox.count()).toBe(1)
})
