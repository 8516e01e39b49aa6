// @vitest-environment happy-dom
import { I18nProvider } from '@lingui/react'
import { act, cleanup, fireEvent, render, screen } from '@testing-library/react'
import { afterEach, beforeAll, beforeEach, expect, it, vi } from 'vitest'
import { activate, i18n } from '../../i18n/i18n.ts'
import type { BeforeWipe, Wiped } from '../../vault/api.ts'
import { HouseProvider, type House } from '../house.tsx'
import { MyAccount } from './my-account.tsx'

beforeAll(() => activate('en'))
beforeEach(() => vi.useFakeTimers())
afterEach(() => {
  cleanup()
  vi.useRealTimers()
})

const before: BeforeWipe = { onlyMine: 2, unreceived: 1, team: 3, waiting: 4, accounts: 2, lead: false }

async function show(change: Partial<BeforeWipe> = {}, wiped: () => Promise<Wiped> = async () => ({ status: 'wiped' })) {
  const vault = {
    beforeWipe: vi.fn(async () => ({ ...before, ...change })),
    wipeAccount: vi.fn(wiped),
    wipeDevice: vi.fn(wiped),
  }
  const leaveErased = vi.fn()
  const session = { label: 'Blue heron', hasPin: false, hasWipePassphrase: false }
  const house = { vault, leaveErased, session, go: () => undefined, hide: () => undefined } as unknown as House
  await act(async () =>
    render(
      <I18nProvider i18n={i18n}>
        <HouseProvider value={house}>
          <MyAccount />
        </HouseProvider>
      </I18nProvider>,
    ),
  )
  return { vault, leaveErased }
}

const press = async (name: string | RegExp) =>
  await act(async () => void fireEvent.click(screen.getByRole('button', { name })))
const pass = async (ms: number) => await act(async () => void (await vi.advanceTimersByTimeAsync(ms)))
const holdButton = () => screen.getByRole('button', { name: /^Hold for 3 seconds/ })

/** Second by second, as it is drawn. */
async function countDown(seconds: number): Promise<void> {
  for (let second = 0; second < seconds; second++) await pass(1_000)
}

it('says what goes and what stays before anything can be held', async () => {
  const { vault } = await show()
  expect(screen.queryByText(/Hold for 3 seconds/)).toBeNull()
  await press('Erase this account …')
  const said = document.body.textContent ?? ''
  for (const line of [
    '2 cases that only you can open',
    'has not received 1 of them',
    '3 cases of the team',
    '4 sealed cases of this tablet',
    '1 other account',
    'unlawful',
  ])
    expect(said).toContain(line)
  // Looked at again when it was opened, not only when the screen was.
  expect(vault.beforeWipe).toHaveBeenCalledTimes(2)
})

it('erases after three seconds held and five counted down, and not before', async () => {
  const { vault, leaveErased } = await show()
  await press('Erase this account …')
  fireEvent.pointerDown(holdButton(), { button: 0 })
  await pass(3_000)
  fireEvent.pointerUp(holdButton())
  await countDown(4)
  expect(vault.wipeAccount).not.toHaveBeenCalled()
  await countDown(1)
  expect(vault.wipeAccount).toHaveBeenCalledTimes(1)
  expect(leaveErased).toHaveBeenCalledWith('account')
})

it('erases nothing when it was let go too early, and says how to hold it', async () => {
  const { vault } = await show()
  await press('Erase this account …')
  fireEvent.pointerDown(holdButton(), { button: 0 })
  await pass(2_900)
  fireEvent.pointerUp(holdButton())
  await countDown(10)
  expect(vault.wipeAccount).not.toHaveBeenCalled()
  expect(screen.getByText(/Keep it held down/)).toBeDefined()
})

it('is stopped by a tap, by a key, and when the page is put away', async () => {
  const { vault } = await show()
  await press('Erase this account …')
  const stops = [
    () => fireEvent.click(screen.getByRole('button', { name: 'Tap anywhere to stop' })),
    () => fireEvent.keyDown(screen.getByRole('dialog'), { key: 'a' }),
    () => {
      vi.spyOn(document, 'visibilityState', 'get').mockReturnValueOnce('hidden')
      fireEvent(document, new Event('visibilitychange'))
    },
  ]
  for (const stop of stops) {
    fireEvent.keyDown(holdButton(), { key: 'Enter' })
    await pass(3_000)
    await countDown(2)
    await act(async () => {
      stop()
    })
    expect(screen.getByText('Stopped. Nothing was erased.')).toBeDefined()
    await countDown(6)
  }
  expect(vault.wipeAccount).not.toHaveBeenCalled()
})

it('goes on counting while the key that held it is still down', async () => {
  const { vault } = await show()
  await press('Erase this account …')
  fireEvent.keyDown(holdButton(), { key: 'Enter' })
  await pass(3_000)
  fireEvent.keyDown(screen.getByRole('dialog'), { key: 'Enter', repeat: true })
  await countDown(5)
  expect(vault.wipeAccount).toHaveBeenCalledTimes(1)
})

it('offers the whole tablet to a lead alone, with what nobody will have', async () => {
  await show()
  expect(screen.queryByText('Erase the whole tablet')).toBeNull()
  cleanup()
  const { vault, leaveErased } = await show({ lead: true })
  await press('Erase the whole tablet …')
  expect(document.body.textContent).toContain('4 cases that wait to be sent. Nobody will ever have them')
  fireEvent.pointerDown(holdButton(), { button: 0 })
  await pass(3_000)
  await countDown(5)
  expect(vault.wipeDevice).toHaveBeenCalledTimes(1)
  expect(leaveErased).toHaveBeenCalledWith('device')
})

it('stays and says so where it could not be erased', async () => {
  const { leaveErased } = await show({}, () => Promise.reject(new Error('store')))
  await press('Erase this account …')
  fireEvent.pointerDown(holdButton(), { button: 0 })
  await pass(3_000)
  await countDown(5)
  expect(leaveErased).not.toHaveBeenCalled()
  expect(screen.getByRole('alert').textContent).toContain('It could not be erased as a whole')
})
