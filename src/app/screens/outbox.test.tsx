// @vitest-environment happy-dom
import { I18nProvider } from '@lingui/react'
import { act, cleanup, fireEvent, render, screen, within } from '@testing-library/react'
import { afterEach, beforeAll, beforeEach, describe, expect, it, vi } from 'vitest'
import { activate, i18n } from '../../i18n/i18n.ts'
import type { OutboxView } from '../../outbox/outbox.ts'
import type { BoxList, WaitingBox } from '../../vault/api.ts'
import type { Delivery } from '../delivery.ts'
import { HouseProvider, type House } from '../house.tsx'
import { sending } from '../sending.ts'
import { OutboxScreen } from './outbox.tsx'

vi.mock('../top-bar.tsx', () => ({ TopBar: () => null }))

beforeAll(() => activate('en'))
afterEach(() => {
  cleanup()
  sending.tell(undefined)
  Reflect.deleteProperty(navigator, 'connection')
})

const quiet: OutboxView = {
  waiting: 0,
  received: 0,
  opened: 0,
  refused: 0,
  lastContactAt: 0,
  triedAt: 0,
  nextAt: 0,
  lastCode: '',
  enrolled: true,
  configured: true,
  wifiOnly: false,
}

const aBox = (code: string, changes: Partial<WaitingBox> = {}): WaitingBox => ({
  boxId: `box-${code}`,
  state: 'ready',
  size: 4_096,
  lastCode: '',
  tried: false,
  nextAt: 0,
  revoked: false,
  cases: 1,
  holds: [{ kind: 'case', id: `id-${code}`, code, revision: 2, at: '2024-05-02T10:00+02:00' }],
  ...changes,
})

const [go, sendNow] = [vi.fn(), vi.fn(async () => undefined)]
const delivery = {
  asFile: vi.fn<Delivery['asFile']>(),
  noteSaved: vi.fn<Delivery['noteSaved']>(async () => undefined),
  takeAnswer: vi.fn<Delivery['takeAnswer']>(),
  setWifiOnly: vi.fn<Delivery['setWifiOnly']>(async () => undefined),
}
beforeEach(() => void vi.clearAllMocks())

const withReceiver = { label: 'our office', endpointHost: 'receiver.example' }

async function show(
  boxes: readonly WaitingBox[],
  view: Partial<OutboxView> = {},
  list: Partial<BoxList> = {},
  organisation: { label: string; endpointHost?: string } = withReceiver,
) {
  const house = {
    vault: { boxes: async () => ({ boxes, copies: { count: 0, size: 0 }, opened: 0, ...list }) },
    organisation,
    outbox: { ...quiet, waiting: boxes.length, ...view },
    carried: 0,
    delivery: () => delivery,
    go,
    sendNow,
  }
  const shown = render(
    <I18nProvider i18n={i18n}>
      <HouseProvider value={house as unknown as House}>
        <OutboxScreen />
      </HouseProvider>
    </I18nProvider>,
  )
  await act(async () => undefined)
  return shown
}
const lines = () => screen.queryAllByRole('listitem').map(({ textContent }) => textContent)
const fact = (name: string) => screen.getByText(name).nextElementSibling?.textContent
const connect = (connection: object) =>
  Object.defineProperty(navigator, 'connection', { value: connection, configurable: true })

describe('what waits', () => {
  it('stands case by case, with version, since when, size and state, and opens the case', async () => {
    await show([aBox('482913070')])
    expect(lines()).toEqual([
      expect.stringMatching(/^482 913 070Version 2 · May 2, 2024, 10:00.*kB · not tried yetReady$/),
    ])
    fireEvent.click(screen.getByRole('button', { name: /482 913 070/ }))
    expect(go).toHaveBeenCalledWith({ name: 'case', id: 'id-482913070', section: 'send' })
  })

  it('says why a box waits for itself, and what is wrong with the line once only, above', async () => {
    await show(
      [
        aBox('100000001', { state: 'attention', lastCode: 'E-TOO-LARGE', tried: true, nextAt: Date.now() + 60_000 }),
        aBox('100000002', { lastCode: 'E-NET', tried: true }),
      ],
      { lastCode: 'net', triedAt: Date.now(), nextAt: Date.now() + 60_000 },
    )
    const [large, other] = lines()
    expect(large).toContain('Show code 413 to your lead.')
    expect(large).toContain('next try')
    expect(large).toContain('Needs attention')
    expect(other).toMatch(/last try .*next try/)
    expect(screen.getAllByText(/^No connection/)).toHaveLength(1)
  })

  it('says of a box that has to be sent again, and has no bytes any more, that its account seals it anew', async () => {
    await show([aBox('100000001', { tried: true, letGo: true })])
    expect(lines()[0]).toContain('It is sealed anew when its account opens Daybook.')
  })

  it('offers new settings where they would let a refused box go', async () => {
    await show([aBox('100000001', { state: 'attention', lastCode: 'revoked', tried: true })], {
      refused: 1,
      waiting: 0,
      lastCode: 'refused',
    })
    fireEvent.click(screen.getByRole('button', { name: 'Take new settings or a new link' }))
    expect(go).toHaveBeenCalledWith({ name: 'settings' })
  })

  it('names several cases of one box apart, and says that they go together', async () => {
    const holds = ['100000001', '100000002'].map((code) => ({
      kind: 'case' as const,
      id: code,
      code,
      revision: 1,
      at: '2024-05-02T10:00+02:00',
    }))
    await show([aBox('x', { cases: 2, holds })])
    expect(lines()).toHaveLength(2)
    expect(lines()[1]).toContain('in one box with 1 other case')
  })

  it('says of a box that this account cannot open its size alone, and opens nothing', async () => {
    await show([aBox('x', { holds: [], cases: 3 })])
    expect(lines()).toEqual([expect.stringMatching(/^Sealed.*kB · 3 cases · not tried yet/)])
    expect(within(screen.getByRole('list', { name: 'Waiting' })).queryByRole('button')).toBeNull()
  })

  it('sums up sizes, safety copies too, and counts as opened what has left the outbox', async () => {
    await show(
      [aBox('100000001'), aBox('100000002')],
      { received: 1 },
      { copies: { count: 2, size: 5_000 }, opened: 3 },
    )
    expect(fact('Size of what waits')).toMatch(/^14.kB$/)
    expect(fact('Safety copies of drafts among it')).toBe('2')
    expect(fact('Opened by our office')).toBe('3')
    expect(fact('Received by our office')).toBe('4')
  })

  it('draws a part of a thousand, and tells the place of each', async () => {
    const many = Array.from({ length: 1_000 }, (_, i) => aBox(String(100_000_000 + i)))
    await show(many)
    const first = screen.getAllByRole('listitem')[0]
    expect(first?.getAttribute('aria-setsize')).toBe('1000')
  })
})

describe('sending', () => {
  it('has a bar that shows how far the sender is, and is right again when somebody comes back', async () => {
    const { unmount } = await show([aBox('100000001')])
    act(() => sending.tell({ done: 3, of: 12, bytes: 52_000 }))
    const bar = () => screen.getByRole('progressbar', { name: 'Sending' })
    expect([bar().getAttribute('aria-valuenow'), bar().getAttribute('aria-valuemax')]).toEqual(['3', '12'])
    expect(bar().textContent).toMatch(/3 of 12 boxes · 52.kB/)
    expect(screen.getByRole<HTMLButtonElement>('button', { name: 'Sending …' }).disabled).toBe(true)
    unmount()
    sending.tell({ done: 7, of: 12, bytes: 90_000 })
    await show([aBox('100000001')])
    expect(bar().getAttribute('aria-valuenow')).toBe('7')
    act(() => sending.tell(undefined))
    expect(screen.queryByRole('progressbar')).toBeNull()
    fireEvent.click(screen.getByRole('button', { name: 'Send now' }))
    expect(sendNow).toHaveBeenCalledOnce()
  })
})

describe('a connection that costs', () => {
  it('is named with what sending takes of it, and Wi-Fi alone can be chosen', async () => {
    connect({ type: 'cellular' })
    await show([aBox('100000001')])
    expect(screen.getByText(/Sending what waits takes about 5.kB of it/)).toBeDefined()
    fireEvent.click(screen.getByRole('checkbox', { name: /only on Wi-Fi/ }))
    expect(delivery.setWifiOnly).toHaveBeenCalledWith(true)
  })

  it('says that Send now sends all the same', async () => {
    connect({ saveData: true })
    await show([aBox('100000001')], { wifiOnly: true })
    expect(screen.getByText(/Nothing leaves by itself before there is Wi-Fi/)).toBeDefined()
  })

  it('is not asked about where the browser does not tell, and that is said', async () => {
    await show([aBox('100000001')])
    expect(screen.queryByRole('checkbox')).toBeNull()
    expect(screen.getByText(/This browser does not tell/)).toBeDefined()
  })
})

describe('by hand', () => {
  const unfold = () => fireEvent.click(screen.getByText('Without a network: by stick or mail'))
  const press = async (name: string) =>
    await act(async () => void fireEvent.click(screen.getByRole('button', { name })))
  const made = { status: 'made', bytes: new Uint8Array(8), boxIds: ['a'], cases: 1, left: 0, last: 4 } as const

  it('makes the file, and asks before it says that the file is there', async () => {
    delivery.asFile.mockResolvedValue(made)
    await show([aBox('100000001')])
    unfold()
    await press('Make the file')
    expect(screen.getByText('It holds 1 case.')).toBeDefined()
    expect(delivery.noteSaved).not.toHaveBeenCalled()
    await press('Save the file')
    await press('Yes, it is there')
    expect(delivery.noteSaved).toHaveBeenCalledWith(['a'])
    expect(screen.getByText(/^Noted\./)).toBeDefined()
  })

  it('goes on with the next file where one is not enough', async () => {
    delivery.asFile.mockResolvedValueOnce({ ...made, left: 1 }).mockResolvedValueOnce(made)
    await show([aBox('100000001')])
    unfold()
    await press('Make the file')
    expect(screen.getByText(/1 boxes fit into one file; 1 more go into the next one/)).toBeDefined()
    await press('Save the file')
    await press('Yes, it is there')
    expect(delivery.asFile).toHaveBeenLastCalledWith(4)
    expect(screen.getByText(/-2\.boxes$/)).toBeDefined()
  })

  it('says of a case on which day it was saved, and that nobody has confirmed it', async () => {
    await show([aBox('100000001', { savedOn: '2024-05-03', tried: true })])
    expect(lines()[0]).toContain('Saved as a file on May 3, 2024, not yet confirmed')
  })

  it.each([
    [{ status: 'taken', opened: 2, rejected: 0, known: 0 }, 'status', 'Your organisation has opened 2 sealed boxes.'],
    [{ status: 'taken', opened: 0, rejected: 1, known: 0 }, 'status', 'It could not use 1 box; the list says why.'],
    [
      { status: 'taken', opened: 0, rejected: 0, known: 2 },
      'status',
      'All that this answer says was known here already.',
    ],
    [{ status: 'no-answer' }, 'alert', 'This is no answer that your organisation signed'],
    [{ status: 'of-others' }, 'alert', 'This answer is for another tablet.'],
    [{ status: 'settings' }, 'alert', 'Settings have been changed'],
  ] as const)('says what came of an answer: %j', async (outcome, role, words) => {
    delivery.takeAnswer.mockResolvedValue(outcome)
    await show([])
    unfold()
    fireEvent.change(screen.getByLabelText('The answer as text'), { target: { value: 'pasted' } })
    await press('Take the answer')
    expect(delivery.takeAnswer).toHaveBeenCalledWith('pasted')
    expect(screen.getByRole(role).textContent).toContain(words)
  })
})

describe('where the organisation has no receiver', () => {
  const none = { label: 'our office' }
  const words = () => document.querySelector('main')?.textContent ?? ''

  it('speaks of the file and the answer, and of no line: nothing is sent, tried or received', async () => {
    connect({ type: 'cellular', addEventListener: vi.fn(), removeEventListener: vi.fn() })
    await show([aBox('482913070'), aBox('100000001', { tried: true, savedOn: '2024-05-02' })], {}, {}, none)
    expect(screen.getByRole('button', { name: 'Make the file' })).toBeDefined()
    expect(screen.getByRole('textbox', { name: 'The answer as text' })).toBeDefined()
    expect(fact('Waiting for a file, or for the answer')).toBe('2')
    expect(fact('Opened by our office')).toBe('0')
    expect(fact('Sends to')).toBe('no receiver: sealed files are handed over by stick or mail')
    expect(lines()[1]).toContain('Saved as a file on')
    expect(screen.queryByRole('button', { name: /Send now|Try/ })).toBeNull()
    expect(words()).not.toMatch(/Received|Last contact|not tried|last try|next try|Wi-Fi|No connection|may cost/)
  })

  it('offers no file where nothing waits, and takes an answer all the same', async () => {
    await show([], { opened: 1 }, { opened: 3 }, none)
    expect(screen.queryByRole('button', { name: 'Make the file' })).toBeNull()
    expect(screen.getByRole('button', { name: 'Take the answer' })).toBeDefined()
    expect(fact('Opened by our office')).toBe('3')
  })
})
