// @vitest-environment happy-dom
import { I18nProvider } from '@lingui/react'
import { cleanup, render, screen } from '@testing-library/react'
import { afterEach, beforeAll, expect, it } from 'vitest'
import { activate, i18n } from '../../i18n/i18n.ts'
import type { OpenCase } from '../../vault/api.ts'
import type { SaveState } from '../autosave.ts'
import { HouseProvider, type House } from '../house.tsx'
import { SavedLine } from './saved-line.tsx'

beforeAll(() => activate('en'))
afterEach(cleanup)

const line = (state: SaveState, travelled: OpenCase['state']) => (
  <I18nProvider i18n={i18n}>
    <HouseProvider value={{ practising: false } as unknown as House}>
      <SavedLine
        state={state}
        open={{ state: travelled, circle: 'me', changedAt: '2025-11-22T10:00:00.000Z' } as OpenCase}
        readOnly={false}
        onChanges={() => undefined}
      />
    </HouseProvider>
  </I18nProvider>
)
const savedAt = (minute: string): SaveState => ({ status: 'saved', at: `2025-11-22T10:${minute}:00.000Z` })

/** A case with this line, and what its quiet region has said so far, in order. */
function opened(travelled: OpenCase['state']) {
  const { rerender } = render(line(savedAt('00'), travelled))
  const region = screen.getByRole('status')
  const said: string[] = []
  const hear = () => said.push(region.textContent)
  const watch = new MutationObserver(hear)
  watch.observe(region, { childList: true, characterData: true, subtree: true })
  return {
    said,
    becomes: async (state: SaveState, now = travelled) => {
      rerender(line(state, now))
      await Promise.resolve()
    },
  }
}

it('says nothing when a case is opened, once that all is saved, and not again with every save', async () => {
  const { said, becomes } = opened('draft')
  for (const minute of ['01', '02', '03']) {
    await becomes({ status: 'unsaved' })
    await becomes(savedAt(minute))
  }
  expect(said).toEqual(['All is saved (not sent yet)'])
})

it('says how far a case has come when that changes, and that something of it was changed since', async () => {
  const { said, becomes } = opened('ready')
  await becomes(savedAt('00'), 'received')
  await becomes({ status: 'unsaved' }, 'received')
  await becomes({ status: 'saved', at: '2025-11-22T10:05:00.000Z', changed: true }, 'received')
  expect(said).toEqual(['All is saved (Received)', 'All is saved (Received, changes not sent)'])
})

it('interrupts when something could not be saved, and says it when it is saved again', async () => {
  const { said, becomes } = opened('draft')
  await becomes({ status: 'unsaved' })
  await becomes(savedAt('01'))
  await becomes({ status: 'not-saved', reason: 'quota' })
  expect(screen.getByRole('alert').textContent).toMatch(/^Not saved yet/)
  await becomes(savedAt('02'))
  expect(said).toEqual(['All is saved (not sent yet)', '', 'All is saved (not sent yet)'])
})

it('keeps the room of what it stands instead of while it is saving, and says only that', async () => {
  const { becomes } = opened('received')
  await becomes({ status: 'unsaved' })
  expect(screen.getByText(/^Saved on this tablet/).getAttribute('aria-hidden')).toBe('true')
  expect(screen.queryByRole('button')).toBeNull()
  expect(screen.getByText('Saving …').closest('[aria-hidden]')).toBeNull()
})
