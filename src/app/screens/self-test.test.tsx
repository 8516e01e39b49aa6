// @vitest-environment happy-dom
import { I18nProvider } from '@lingui/react'
import { cleanup, fireEvent, render, screen } from '@testing-library/react'
import { StrictMode } from 'react'
import { afterEach, beforeAll, expect, it, vi } from 'vitest'
import { activate, i18n } from '../../i18n/i18n.ts'
import type { LineTried } from '../../outbox/try-line.ts'
import type { Delivery } from '../delivery.ts'
import { HouseProvider, type House } from '../house.tsx'
import { SelfTest } from './self-test.tsx'
import { Tour } from './tour.tsx'

beforeAll(() => activate('en'))
afterEach(cleanup)

/** A tablet whose boxes are answered when the test says so. */
function aTablet({ setUp = true, mayByItself = true, more = {} as Partial<House> } = {}) {
  const tried: { readonly signal: AbortSignal | undefined; readonly answer: (tried: LineTried) => void }[] = []
  const delivery: Partial<Delivery> = {
    mayByItself: async () => mayByItself,
    tryLine: async (_box, _trial, signal) =>
      await new Promise<LineTried>((resolve) => tried.push({ signal, answer: resolve })),
  }
  let left = setUp
  const house = {
    organisation: { name: 'Harbour House', endpointHost: 'receiver.example' },
    session: { hasPin: true },
    setTour: vi.fn(),
    takeFirstLook: () => {
      const is = left
      left = false
      return is
    },
    vault: { sealTest: async () => ({ status: 'sealed', boxId: 'a box', bytes: new Uint8Array(4) }) },
    delivery: () => delivery,
    practising: false,
    ...more,
  } as unknown as House
  const show = (what = <Tour />, given = house) =>
    render(
      <StrictMode>
        <I18nProvider i18n={i18n}>
          <HouseProvider value={given}>{what}</HouseProvider>
        </I18nProvider>
      </StrictMode>,
    )
  return { house, tried, show }
}
const received: LineTried = { status: 'received', receipt: '', clockOff: 0 }
const aMoment = async () => await new Promise((resolve) => setTimeout(resolve, 50))
const button = (name: string) => screen.findByRole<HTMLButtonElement>('button', { name })

it('is looked at by itself behind the account that set it up, and everything else can be tapped meanwhile', async () => {
  const { tried, show } = aTablet()
  show()
  expect((await button('Trying …')).disabled).toBe(true)
  fireEvent.click(await button('Next'))
  await screen.findByText('Not knowing is an answer')
  await vi.waitFor(() => expect(tried).toHaveLength(1))
  tried[0]?.answer(received)
  await screen.findByText('The test box has arrived: the receiver has signed for it.')
  await screen.findByText('The clock of this tablet agrees with that of the receiver.')
  expect((await button('Try the connection')).disabled).toBe(false)
  expect(tried).toHaveLength(1)
})

it('is looked at once: not when somebody comes back to the tour, and not behind another account', async () => {
  const { tried, show } = aTablet()
  const { unmount } = show()
  await vi.waitFor(() => expect(tried).toHaveLength(1))
  unmount()
  show()
  const other = aTablet({ setUp: false })
  other.show()
  await aMoment()
  expect([tried.length, other.tried.length]).toEqual([1, 0])
})

it('is broken off with the screen, and nothing is said of it', async () => {
  const { tried, show } = aTablet()
  const { unmount } = show()
  await vi.waitFor(() => expect(tried).toHaveLength(1))
  expect(tried[0]?.signal?.aborted).toBe(false)
  unmount()
  expect(tried[0]?.signal?.aborted).toBe(true)
  tried[0]?.answer(received)
  await aMoment()
  expect(screen.queryByRole('status')).toBeNull()
})

it('says that there is no connection, and can be tried again', async () => {
  const { tried, show } = aTablet()
  show()
  await vi.waitFor(() => expect(tried).toHaveLength(1))
  tried[0]?.answer({ status: 'not-received', code: 'net' })
  expect((await screen.findByText(/^No connection\./)).textContent).toMatch(/E-NET$/)
  fireEvent.click(await button('Try the connection'))
  await vi.waitFor(() => expect(tried).toHaveLength(2))
})

it('sends nothing by itself where that may cost: a tap does', async () => {
  const { tried, show } = aTablet({ mayByItself: false })
  show()
  await screen.findByText(/has not promised to keep what Daybook stores/)
  expect(tried).toEqual([])
  fireEvent.click(await button('Try the connection'))
  await vi.waitFor(() => expect(tried).toHaveLength(1))
})

it('offers the button again where the vault was locked in the middle of it', async () => {
  let lock = () => {}
  const sealTest = async () => await new Promise((_, reject) => (lock = () => reject(new Error('locked'))))
  const { tried, show } = aTablet({ more: { vault: { sealTest } } as unknown as Partial<House> })
  show()
  await button('Trying …')
  await aMoment()
  lock()
  await button('Try the connection')
  expect(tried).toEqual([])
})

it('waits for a tap in the settings, and is not there in practice', async () => {
  const { house, tried, show } = aTablet()
  show(<SelfTest />)
  show(<Tour />, { ...house, practising: true })
  await aMoment()
  expect(tried).toEqual([])
  expect(house.takeFirstLook()).toBe(true)
})
