// @vitest-environment happy-dom
import { I18nProvider } from '@lingui/react'
import { cleanup, fireEvent, render, screen, waitFor } from '@testing-library/react'
import { afterEach, beforeAll, expect, test, vi } from 'vitest'
import { activate, i18n } from '../i18n/i18n.ts'
import { beforeLeaving } from './leaving.ts'
import { UpdateLine } from './update-line.tsx'

beforeAll(() => activate('en'))
afterEach(cleanup)

test('starts the new version when everything is saved, and says so where it is not', async () => {
  const accept = vi.fn()
  const answers: ((saved: boolean) => void)[] = []
  const left = beforeLeaving(async () => await new Promise((resolve) => answers.push(resolve)))
  render(
    <I18nProvider i18n={i18n}>
      <UpdateLine updates={{ accept, kept: false }} />
    </I18nProvider>,
  )
  const start = () => fireEvent.click(screen.getByRole('button', { name: 'Start it now' }))
  start()
  expect(screen.getByRole('button', { name: 'Starting …' })).toHaveProperty('disabled', true)
  answers.shift()?.(false)
  expect(await screen.findByText(/It did not start, because not everything is saved yet/)).toBeDefined()
  expect(accept).not.toHaveBeenCalled()
  start()
  answers.shift()?.(true)
  await waitFor(() => expect(accept).toHaveBeenCalledOnce())
  expect(screen.queryByText(/It did not start/)).toBeNull()
  left()
})

test('says what helps where the browser kept the version of before', () => {
  render(
    <I18nProvider i18n={i18n}>
      <UpdateLine updates={{ accept: vi.fn(), kept: true }} />
    </I18nProvider>,
  )
  expect(screen.getByText(/Close every tab of Daybook and open it again/)).toBeDefined()
})
