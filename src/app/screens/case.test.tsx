// @vitest-environment happy-dom
import { I18nProvider } from '@lingui/react'
import { act, cleanup, fireEvent, render, screen, within } from '@testing-library/react'
import { afterAll, afterEach, beforeAll, beforeEach, expect, it, vi } from 'vitest'
import { variable as variableOf } from '../../codebook/codebook.ts'
import { activate, i18n } from '../../i18n/i18n.ts'
import { newDraft, type Draft } from '../../record/draft.ts'
import { begun, ids } from '../../testing/a-case.ts'
import { fetchAhead } from '../../ui/later.tsx'
import { ToastProvider } from '../../ui/toast.tsx'
import { HouseProvider, type House } from '../house.tsx'
import { CaseScreen } from './case.tsx'

beforeAll(() => activate('en'))
beforeAll(fetchAhead)
beforeAll(() => {
  const request = async (_: string, __: object, held: (lock: object) => Promise<void>) => await held({})
  vi.stubGlobal('scrollTo', () => undefined)
  Object.defineProperty(navigator, 'locks', { configurable: true, value: { request } })
})
afterAll(() => vi.unstubAllGlobals())
beforeEach(() => vi.useFakeTimers())
afterEach(() => {
  cleanup()
  vi.useRealTimers()
})

const draft = newDraft({ now: begun, victimIds: [ids.worker] })

async function show() {
  const saves: Draft[] = []
  const open = {
    id: 'one',
    rev: 1,
    draft,
    state: 'draft',
    code: draft.code,
    changedSinceSent: false,
    changedAt: begun,
    history: [],
    circle: 'me',
    place: { section: ids.worker },
  }
  const vault = {
    open: async () => open,
    note: async () => undefined,
    copyDrafts: async () => 0,
    possibleDoubles: async () => [],
    save: async (_: string, rev: number, saved: Draft) => {
      saves.push(saved)
      return { status: 'saved', rev: rev + 1, at: begun }
    },
  }
  const house = { vault, go: () => undefined, session: { hasPin: false }, carried: 0 } as unknown as House
  await act(async () =>
    render(
      <I18nProvider i18n={i18n}>
        <ToastProvider>
          <HouseProvider value={house}>
            <CaseScreen id="one" fresh={false} />
          </HouseProvider>
        </ToastProvider>
      </I18nProvider>,
    ),
  )
  return saves
}

const onMap = (name: RegExp) =>
  within(screen.getByRole('navigation', { name: 'Map of the case' })).getByRole('button', { name })

it('shows somebody new at once, on the map and as the section', async () => {
  await show()
  fireEvent.click(onMap(/^Add a victim/))
  expect(screen.getByRole('heading', { level: 1, name: 'Victim 2' })).toBeTruthy()
  expect(onMap(/Victim 2/).getAttribute('aria-current')).toBe('page')
})

it('says on the map what was answered, and in its line that it is being saved and then that it is', async () => {
  const saves = await show()
  expect(onMap(/Victim 1/).textContent).toContain('not started')
  const sex = within(screen.getByRole('group', { name: variableOf('sxv').question }))
  fireEvent.click(sex.getByRole('radio', { name: 'Female' }))
  expect(onMap(/Victim 1/).textContent).toContain('female')
  expect(screen.getByText('Saving …')).toBeTruthy()
  await act(async () => await vi.advanceTimersByTimeAsync(1_000))
  expect(screen.queryByText('Saving …')).toBeNull()
  expect(screen.getByText(/^Saved on this tablet/)).toBeTruthy()
  expect(saves.at(-1)?.victims).toMatchObject([{ answers: { sxv: 'f' } }])
})
