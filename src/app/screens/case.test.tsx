// @vitest-environment happy-dom
import { I18nProvider } from '@lingui/react'
import { act, cleanup, fireEvent, render, screen, within } from '@testing-library/react'
import { afterAll, afterEach, beforeAll, beforeEach, expect, it, vi } from 'vitest'
import { variable as variableOf } from '../../codebook/codebook.ts'
import { activate, i18n } from '../../i18n/i18n.ts'
import { newDraft, type Draft } from '../../record/draft.ts'
import { aDraft, begun, ids } from '../../testing/a-case.ts'
import type { CasePlace } from '../../vault/api.ts'
import { flushAll } from '../leaving.ts'
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

async function show(place: CasePlace = { section: ids.worker }, written = draft) {
  const saves: { readonly draft: Draft; readonly place: CasePlace | undefined }[] = []
  const open = {
    id: 'one',
    rev: 1,
    draft: written,
    state: 'draft',
    code: draft.code,
    changedSinceSent: false,
    changedAt: begun,
    history: [],
    circle: 'me',
    place,
  }
  const vault = {
    open: async () => open,
    note: async () => undefined,
    copyDrafts: async () => 0,
    possibleDoubles: async () => [],
    save: async (_: string, rev: number, saved: Draft, at: CasePlace | undefined) => {
      saves.push({ draft: saved, place: at })
      return { status: 'saved', rev: rev + 1, at: begun }
    },
    finish: async () => ({ status: 'too-large' }),
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
  expect(saves.at(-1)?.draft.victims).toMatchObject([{ answers: { sxv: 'f' } }])
})

const age = () =>
  within(screen.getByRole('group', { name: variableOf('agv').question })).getByRole<HTMLInputElement>('textbox')

it('keeps where in a text somebody is, also where they tap Hide after it, and brings them back there', async () => {
  const saves = await show()
  fireEvent.focus(age())
  fireEvent.change(age(), { target: { value: '1234' } })
  age().setSelectionRange(1, 3)
  fireEvent.focus(screen.getByRole('button', { name: 'Menu' }))
  await act(async () => void (await flushAll()))
  const left = saves.at(-1)
  expect(left?.place).toEqual({ section: ids.worker, field: 'agv', caret: { box: 0, from: 1, to: 3 } })
  cleanup()
  await show(left?.place, left?.draft)
  expect(document.activeElement).toBe(age())
  expect([age().value, age().selectionStart, age().selectionEnd]).toEqual(['1234', 1, 3])
})

it('takes somebody to the question where its text is gone that they were in', async () => {
  await show({ section: ids.worker, field: 'sxv', caret: { box: 7, from: 1, to: 1 } })
  const sex = screen.getByRole('group', { name: variableOf('sxv').question })
  expect(sex.contains(document.activeElement)).toBe(true)
})

it('says of a version that no box could hold what is safe and what to do', async () => {
  await show({ section: 'send' }, aDraft())
  const send = screen.getByRole('button', { name: 'Send this version' })
  await act(async () => fireEvent.click(send))
  expect(screen.getByRole('alert').textContent).toBe(
    'Not sent: this case has grown too large for one version. All of it is saved on this tablet and nothing is lost. Shorten long texts, or record some of the people in a second case, then send again.',
  )
  expect(send).toHaveProperty('disabled', false)
})
