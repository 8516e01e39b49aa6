// @vitest-environment happy-dom
import 'fake-indexeddb/auto'
import { I18nProvider } from '@lingui/react'
import { act, cleanup, configure, fireEvent, render, screen, within } from '@testing-library/react'
import { afterEach, beforeAll, beforeEach, describe, expect, it, vi } from 'vitest'
import { activate, i18n } from '../../i18n/i18n.ts'
import { showCaseCode } from '../../record/ids.ts'
import { momentNow } from '../../record/moment.ts'
import { ATablet, answered, folded } from '../../testing/a-tablet.ts'
import { fetchAhead } from '../../ui/later.tsx'
import { ToastProvider } from '../../ui/toast.tsx'
import type { VaultApi } from '../../vault/api.ts'
import { HouseProvider, type House } from '../house.tsx'
import { Home } from './home.tsx'

const day = 86_400_000

let tablet: ATablet
let vault: VaultApi
let accountId: string
const go = vi.fn()
// A whole screen over a real vault takes its time on a machine that does something else.
const patience = 15_000
beforeAll(async () => {
  configure({ asyncUtilTimeout: patience })
  await activate('en')
  await fetchAhead()
})
beforeEach(async () => {
  go.mockReset()
  tablet = new ATablet()
  ;({ vault, accountId } = await tablet.withAccount())
})
afterEach(async () => {
  cleanup()
  vi.useRealTimers()
  await tablet.database.delete()
})

/** A draft that was begun, and written in last, so many days ago. */
async function draftOf(daysAgo: number): Promise<{ id: string; code: string }> {
  const then = tablet.clock.time
  tablet.clock.time = then - daysAgo * day
  const open = await vault.newCase()
  await vault.save(open.id, open.rev, { ...answered(open), createdAt: open.draft.createdAt })
  tablet.clock.time = then
  return { id: open.id, code: showCaseCode(open.code) }
}

/** The days go by, as they do for somebody who opens the tablet now and then. */
async function daysLater(days: number): Promise<void> {
  for (let left = days; left > 0; left -= 30) {
    tablet.clock.time += Math.min(left, 30) * day
    vault = tablet.tab()
    await vault.unlock(accountId, folded())
  }
}

async function home(): Promise<void> {
  cleanup()
  vi.useFakeTimers({ now: tablet.clock.time, toFake: ['Date'] })
  const house = { vault, go, session: await vault.session(), carried: 0, taken: 0 }
  render(
    <I18nProvider i18n={i18n}>
      <HouseProvider value={house as unknown as House}>
        <ToastProvider>
          <Home />
        </ToastProvider>
      </HouseProvider>
    </I18nProvider>,
  )
  await screen.findByRole('list', { name: 'Cases' })
}

const waiting = () => screen.findByRole('region', { name: 'Not sent for more than 14 days' })
const toDecide = () => screen.findByRole('region', { name: /^Not sent for more than 90 days/ })
const asked = async () =>
  within(await toDecide())
    .getAllByRole('listitem')
    .map((line) => line.getAttribute('aria-label'))
const press = async (name: string | RegExp, inside: HTMLElement = document.body) =>
  await act(async () => void fireEvent.click(within(inside).getByRole('button', { name })))

describe('what was not sent for more than 14 days', () => {
  it('stands first with what is missing, the case of last on top, which then has no card of its own', async () => {
    const old = await draftOf(20)
    const last = await draftOf(15)
    const { draft, rev } = await vault.open(old.id)
    const { toe: _, ...person } = draft.victims[0] && 'answers' in draft.victims[0] ? draft.victims[0].answers : {}
    await vault.save(old.id, rev, {
      ...draft,
      victims: draft.victims.map((one, at) => (at === 0 ? { ...one, answers: person } : one)),
    })
    await home()
    const lines = within(await waiting()).getAllByRole('listitem')
    expect(lines.map(({ textContent }) => textContent.slice(0, 11))).toEqual([old.code, last.code])
    expect(lines[0]?.textContent).toMatch(/begun .* 2024.*Missing to send it: Type of exploitation/)
    expect(screen.getAllByRole('button', { name: 'Continue' })).toHaveLength(1)
    expect(document.querySelectorAll('.continue')).toHaveLength(0)
    await press('Continue')
    expect(go).toHaveBeenLastCalledWith({ name: 'case', id: old.id })
    await press(`Finish case ${last.code}`)
    expect(go).toHaveBeenLastCalledWith({ name: 'case', id: last.id })
  })

  it('is not there for a younger draft, which has the card to continue', async () => {
    await draftOf(13)
    await home()
    expect(screen.queryByText('Not sent for more than 14 days')).toBeNull()
    expect(document.querySelectorAll('.continue')).toHaveLength(1)
  })

  it('is at most three until more are asked for', async () => {
    for (let n = 0; n < 5; n++) await draftOf(20)
    await home()
    const card = await waiting()
    expect(within(card).getAllByRole('listitem')).toHaveLength(3)
    await press('Show 2 more', card)
    expect(within(card).getAllByRole('listitem')).toHaveLength(5)
  })
})

describe('after 30 days', () => {
  it('it is said how many wait so long, changes of a sent case among them', async () => {
    await draftOf(20)
    const sent = await draftOf(0)
    const { rev } = await vault.open(sent.id)
    expect((await vault.finish(sent.id, rev)).status).toBe('finished')
    const open = await vault.open(sent.id)
    await vault.save(sent.id, open.rev, { ...open.draft, localReference: 'changed' })
    await home()
    expect((await waiting()).textContent).not.toContain('30 days')
    await daysLater(31)
    await home()
    const card = await waiting()
    expect(card.textContent).toContain('2 cases have waited for more than 30 days. Nothing is deleted by itself.')
    expect(card.textContent).toMatch(/changed May .* 2024, not sent since/)
    expect(screen.queryByRole('region', { name: /90 days/ })).toBeNull()
  })
})

describe('after 90 days', () => {
  it('it is asked what becomes of the case: finish it, go on, or remove it by an own act', async () => {
    const { id, code } = await draftOf(61)
    await daysLater(30)
    await home()
    expect(await asked()).toEqual([`Case ${code}`])
    expect(screen.queryByText('Not sent for more than 14 days')).toBeNull()
    await press('Finish and send')
    expect(go).toHaveBeenLastCalledWith({ name: 'case', id, section: 'send' })
    await press('Go on')
    expect(go).toHaveBeenLastCalledWith({ name: 'case', id })
    await press(`Remove case ${code} from this tablet …`)
    const dialog = await screen.findByRole('dialog')
    expect(dialog.textContent).toContain('Something in it was never finished')
    expect((await vault.list()).cases).toHaveLength(1)
    await press('Remove it', dialog)
    await screen.findByText('The case was removed from this tablet.')
    await screen.findByText('No case yet')
    expect((await vault.list()).cases).toEqual([])
  })

  it('it may be put off, which is logged, and is asked again 30 days later', async () => {
    const { id, code } = await draftOf(61)
    await daysLater(30)
    await home()
    await press('Ask again in 30 days', await toDecide())
    expect((await waiting()).textContent).toContain('1 case has waited for more than 30 days')
    expect(screen.queryByRole('region', { name: /90 days/ })).toBeNull()
    const [trail] = await vault.trail()
    expect(trail?.entries[0]).toMatchObject({ action: 'put-off', target: id })
    await daysLater(29)
    await home()
    await waiting()
    expect(screen.queryByRole('region', { name: /90 days/ })).toBeNull()
    await daysLater(2)
    await home()
    expect(await asked()).toEqual([`Case ${code}`])
  })

  it('it may be put off on a screen that has stood open for a while', async () => {
    await draftOf(91)
    await home()
    const asking = await toDecide()
    tablet.clock.time += 20 * 60_000
    await press('Ask again in 30 days', asking)
    await waiting()
    expect(screen.queryByRole('region', { name: /90 days/ })).toBeNull()
  })

  it('asks of three at once, the oldest first, and says how many come afterwards', async () => {
    for (const days of [95, 99, 96, 98, 97]) await draftOf(days)
    await draftOf(20)
    await home()
    expect(await asked()).toHaveLength(3)
    expect((await toDecide()).textContent).toContain('2 more cases are asked about afterwards.')
    expect(within(await waiting()).getAllByRole('listitem')).toHaveLength(1)
  })
})

describe('a clock that jumped', () => {
  it.each([
    ['ten years ahead', 3_653],
    ['into 1970', -19_800],
  ])('%s asks nobody for a decision, whatever was saved meanwhile, until it is back', async (_, jump) => {
    for (let n = 0; n < 4; n++) await draftOf(5)
    tablet.clock.time += jump * day
    vault = tablet.tab()
    await vault.unlock(accountId, folded())
    const { id, rev, draft } = await vault.newCase()
    await vault.save(id, rev, { ...draft, localReference: momentNow(new Date(tablet.clock.time)) })
    await daysLater(2)
    await home()
    if (jump > 0) await screen.findByText(/^This tablet says that today is .* 2034/)
    expect(screen.queryByRole('region', { name: /90 days/ })).toBeNull()
    expect(document.body.textContent).not.toMatch(/waited for more than 30 days/)
    tablet.clock.time -= jump * day
    vault = tablet.tab()
    await vault.unlock(accountId, folded())
    await home()
    expect(screen.queryByText(/^This tablet says/)).toBeNull()
    expect(screen.queryByRole('region', { name: /90 days/ })).toBeNull()
  })

  it('is asked about once: a date that is right, as after months in a drawer, counts from then on', async () => {
    const { code } = await draftOf(0)
    tablet.clock.time += 100 * day
    vault = tablet.tab()
    await vault.unlock(accountId, folded())
    await home()
    await screen.findByText(/^This tablet says/)
    expect(screen.queryByRole('region', { name: /90 days/ })).toBeNull()
    await press('The date is right')
    expect(await asked()).toEqual([`Case ${code}`])
    expect(screen.queryByText(/^This tablet says/)).toBeNull()
    await home()
    expect(await asked()).toEqual([`Case ${code}`])
  })

  it('that said 1970 when a case was begun is not believed: it counts from when it was saved', async () => {
    const then = tablet.clock.time
    tablet.clock.time = 0
    const open = await vault.newCase()
    tablet.clock.time = then
    await vault.save(open.id, open.rev, { ...open.draft, localReference: 'x' })
    await home()
    expect(screen.queryByText(/Not sent for more than/)).toBeNull()
  })
})
