// @vitest-environment happy-dom
import { I18nProvider } from '@lingui/react'
import { cleanup, fireEvent, render, screen } from '@testing-library/react'
import { afterEach, beforeAll, expect, it } from 'vitest'
import { activate, i18n } from '../i18n/i18n.ts'
import { fetchAhead } from '../ui/later.tsx'
import { HouseProvider, type House } from './house.tsx'
import { MenuProvider } from './menu.tsx'
import { TopBar } from './top-bar.tsx'

beforeAll(async () => {
  await activate('en')
  await fetchAhead()
})
afterEach(cleanup)

const house = { session: { label: 'Blue heron', hasPin: true }, settingsChanged: false, go: () => undefined }
const screenOf = (nth: number) => (
  <I18nProvider i18n={i18n}>
    <HouseProvider value={house as unknown as House}>
      <MenuProvider>
        <TopBar key={nth} title={`Case, ${nth}`} caseId="one" />
      </MenuProvider>
    </HouseProvider>
  </I18nProvider>
)

it('stays open while the screen under it is drawn anew, with what it offers of the case, and closes when it is closed', () => {
  const { rerender } = render(screenOf(1))
  expect(screen.queryByRole('dialog')).toBeNull()
  fireEvent.click(screen.getByRole('button', { name: 'Menu' }))
  const menu = screen.getByRole('dialog', { name: 'Menu' })
  rerender(screenOf(2))
  expect(screen.getByText('Case, 2')).toBeDefined()
  expect(screen.getByRole('dialog', { name: 'Menu' })).toBe(menu)
  expect(screen.getByRole('button', { name: 'Print this case' })).toBeDefined()
  fireEvent.click(screen.getByRole('button', { name: 'Close' }))
  expect(screen.queryByRole('dialog')).toBeNull()
})
