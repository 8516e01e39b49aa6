// @vitest-environment happy-dom
import 'fake-indexeddb/auto'
import { I18nProvider } from '@lingui/react'
import { act, cleanup, configure, fireEvent, render, screen, waitFor, within } from '@testing-library/react'
import { afterEach, beforeAll, beforeEach, describe, expect, it, vi } from 'vitest'
import { activate, i18n } from '../../i18n/i18n.ts'
import { isPresent } from '../../record/units.ts'
import { ATablet, savedCase } from '../../testing/a-tablet.ts'
import { fetchAhead } from '../../ui/later.tsx'
import { ToastProvider } from '../../ui/toast.tsx'
import type { VaultApi } from '../../vault/api.ts'
import { HouseProvider, type House } from '../house.tsx'
import { MenuProvider } from '../menu.tsx'
import { CaseScreen } from './case.tsx'

let tablet: ATablet
let vault: VaultApi
// A whole screen over a real vault takes its time on a machine that does something else.
const patience = 15_000
beforeAll(async () => {
  configure({ asyncUtilTimeout: patience })
  await activate('en')
  await fetchAhead()
  const locks = { request: async (_: string, __: unknown, use: (lock: object) => unknown) => await use({}) }
  Object.defineProperty(navigator, 'locks', { value: locks, configurable: true })
})
beforeEach(async () => {
  tablet = new ATablet()
  vi.useFakeTimers({ now: tablet.clock.time, toFake: ['Date'] })
  ;({ vault } = await tablet.withAccount())
})
afterEach(async () => {
  cleanup()
  vi.useRealTimers()
  await tablet.database.delete()
})

/** A case of two victims on the screen; `finish` of its vault may be another one. */
async function aCase(more: Partial<VaultApi> = {}) {
  const { id } = await savedCase(vault)
  const house = {
    vault: { ...vault, ...more },
    go: () => undefined,
    boxAdded: () => undefined,
    session: await vault.session(),
    carried: 0,
  }
  const view = render(
    <I18nProvider i18n={i18n}>
      <HouseProvider value={house as unknown as House}>
        <ToastProvider>
          <MenuProvider>
            <CaseScreen id={id} fresh={false} section="event" />
          </MenuProvider>
        </ToastProvider>
      </HouseProvider>
    </I18nProvider>,
  )
  await screen.findAllByRole('button', { name: /^Check and send/ })
  return { id, view }
}

const press = async (name: string | RegExp) => {
  const [button] = await screen.findAllByRole('button', { name })
  await act(async () => void fireEvent.click(button as HTMLElement))
}
const present = async (id: string) => (await vault.open(id)).draft.victims.filter(isPresent).map((one) => one.id)

async function removeSecond(): Promise<void> {
  await press(/Victim 2/)
  await press('Remove Victim 2')
  await screen.findByText('Victim 2 was removed.')
}

async function send(revision: number): Promise<void> {
  await press(/^Check and send/)
  await waitFor(() =>
    expect(screen.getByRole<HTMLButtonElement>('button', { name: 'Send this version' }).disabled).toBe(false),
  )
  await press('Send this version')
  await screen.findByText(new RegExp(`^Version ${revision}`))
}

describe('undo after a version was sent', () => {
  it('brings somebody back who was removed before it, as a change of the next version', async () => {
    const { id } = await aCase()
    const before = await vault.open(id)
    await send(1)
    await removeSecond()
    await send(2)
    expect(await present(id)).toHaveLength(1)
    await press('Undo')
    await expect.poll(() => present(id), { timeout: patience }).toEqual(before.draft.victims.map((one) => one.id))
    const now = await vault.open(id)
    expect([now.changedSinceSent, now.history.length, now.copyOf]).toEqual([true, 2, undefined])
    expect(now.draft.victims).toEqual(before.draft.victims)
    expect((await vault.list()).cases).toHaveLength(1)
    await send(3)
    const { sent } = await vault.open(id)
    expect(sent?.state === 'complete' && sent.victims.filter(isPresent)).toHaveLength(2)
  })

  it('gives an answer back that was cleared before it', async () => {
    const { id } = await aCase()
    const before = (await vault.open(id)).draft.event.answers['exp']
    expect(before).toBeDefined()
    const question = document.querySelector<HTMLElement>('fieldset[id$="-exp"]')
    if (!question) throw new Error('not asked')
    await act(async () => void fireEvent.click(within(question).getByRole('button', { name: 'Clear' })))
    await screen.findByText(/^Cleared: /)
    await press('Undo')
    await expect
      .poll(async () => (await vault.open(id)).draft.event.answers['exp'], { timeout: patience })
      .toEqual(before)
  })

  it('waits while a version is being sent, and writes no second version of the case', async () => {
    const gate: { open?: () => void } = {}
    const closed = new Promise<void>((resolve) => {
      gate.open = resolve
    })
    const { id } = await aCase({
      finish: async (...given) => {
        await closed
        return await vault.finish(...given)
      },
    })
    await removeSecond()
    await press(/^Check and send/)
    await press('Send this version')
    await press('Undo')
    await act(async () => gate.open?.())
    await screen.findByText(/^Version 1/)
    await expect.poll(() => present(id), { timeout: patience }).toHaveLength(2)
    expect((await vault.list()).cases.map(({ copyOf }) => copyOf)).toEqual([undefined])
    expect((await vault.open(id)).changedSinceSent).toBe(true)
  })

  it('goes with the case when it is left', async () => {
    const { view } = await aCase()
    await removeSecond()
    view.unmount()
    expect(screen.queryByText('Victim 2 was removed.')).toBeNull()
  })
})
