// @vitest-environment happy-dom
import { I18nProvider } from '@lingui/react'
import { cleanup, render, screen } from '@testing-library/react'
import { afterEach, beforeAll, expect, test, vi } from 'vitest'
import { formatDay } from '../../i18n/format.ts'
import { activate, i18n } from '../../i18n/i18n.ts'
import { HouseProvider, type House } from '../house.tsx'
import { AboutScreen } from './about.tsx'

beforeAll(() => activate('en'))
afterEach(cleanup)

/** What stands beside "Safety copies of drafts". */
async function said(
  safetyCopies: boolean,
  last: () => Promise<string | undefined>,
  receiver = { endpointHost: 'here' } as { endpointHost?: string },
): Promise<string> {
  const organisation = { name: 'Shelter North', orgCode: '', ...receiver, configVersion: 1, safetyCopies }
  const house = {
    vault: { lastSafetyCopy: last },
    session: { hasPin: true },
    organisation,
    carried: 1,
    settingsChanged: false,
    go: vi.fn(),
    delivery: () => ({ troubles: async () => [{ code: 'sw-rejection', count: 3, ms: 61_000 }] }),
  }
  render(
    <I18nProvider i18n={i18n}>
      <HouseProvider value={house as unknown as House}>
        <AboutScreen />
      </HouseProvider>
    </I18nProvider>,
  )
  const beside = (await screen.findByText('Safety copies of drafts')).nextElementSibling
  await vi.waitFor(() => expect(beside?.textContent).toMatch(/;|switched off/))
  return beside?.textContent ?? ''
}

const made = '2024-05-02T10:00:00.000Z'

test('it says of which day the newest safety copy is that was received, or that there is none yet', async () => {
  expect(await said(true, async () => made)).toBe(`on; the newest that was received is of ${formatDay(new Date(made))}`)
  cleanup()
  expect(await said(true, async () => undefined)).toBe('on; of the drafts here none has been received yet')
})

test('where the organisation switched safety copies off it says so, and nothing is looked for', async () => {
  const last = vi.fn(async () => undefined)
  expect(await said(false, last)).toBe('switched off by your organisation')
  expect(last).not.toHaveBeenCalled()
})

test('without a receiver it says so, and of safety copies that they go along in the files', async () => {
  const last = vi.fn(async () => made)
  expect(await said(true, last, {})).toBe('on; they go along in the sealed files')
  expect(screen.getByText('Sends to').nextElementSibling?.textContent).toContain('no receiver')
  expect(last).not.toHaveBeenCalled()
})

test('what went wrong before this page was opened, and beside it, is shown as a code and numbers', async () => {
  await said(false, async () => undefined)
  expect((await screen.findByText('sw-rejection')).closest('dt')?.nextElementSibling?.textContent).toBe('× 3 · 61 s')
})
