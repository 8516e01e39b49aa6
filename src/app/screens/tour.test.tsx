// @vitest-environment happy-dom
import { I18nProvider } from '@lingui/react'
import { cleanup, fireEvent, render, screen } from '@testing-library/react'
import { afterEach, beforeAll, expect, it, vi } from 'vitest'
import { activate, i18n } from '../../i18n/i18n.ts'
import { HouseProvider, type House } from '../house.tsx'
import { Tour } from './tour.tsx'

beforeAll(() => activate('en'))
afterEach(cleanup)

function show() {
  const setTour = vi.fn()
  render(
    <I18nProvider i18n={i18n}>
      <HouseProvider value={{ setTour, session: { hasPin: true } } as unknown as House}>
        <Tour />
      </HouseProvider>
    </I18nProvider>,
  )
  return setTour
}
const press = (name: string) => fireEvent.click(screen.getByRole('button', { name }))
const title = () => screen.getByRole('heading').textContent

it('has five cards, moves the reader to each title, and ends with the last', () => {
  const setTour = show()
  const titles = [title()]
  while (screen.queryByRole('button', { name: 'Next' })) {
    press('Next')
    titles.push(title())
    expect(document.activeElement?.textContent).toBe(title())
  }
  expect(new Set(titles).size).toBe(5)
  expect(setTour).not.toHaveBeenCalled()
  press('Begin')
  expect(setTour).toHaveBeenCalledWith(false)
})

it('goes back, and can be skipped at any card but the last', () => {
  const setTour = show()
  const first = title()
  press('Next')
  press('Back')
  expect(title()).toBe(first)
  press('Skip')
  expect(setTour).toHaveBeenCalledWith(false)
})
