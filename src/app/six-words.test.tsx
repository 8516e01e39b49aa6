// @vitest-environment happy-dom
import { I18nProvider } from '@lingui/react'
import { cleanup, render, screen, waitFor } from '@testing-library/react'
import { afterEach, expect, test } from 'vitest'
import { activate, i18n, type Locale } from '../i18n/i18n.ts'
import { SixWords } from './six-words.tsx'

afterEach(cleanup)

async function show(locale: Locale) {
  await activate(locale)
  render(
    <I18nProvider i18n={i18n}>
      <SixWords words={['abandon', 'zoo']} />
    </I18nProvider>,
  )
  return () => screen.getAllByRole('listitem').map(({ textContent }) => textContent)
}

test('below the English words stand those of the language that is read', async () => {
  const items = await show('fr')
  await waitFor(() => expect(items()).toEqual(['abandonabaisser', 'zoozoologie']))
  await activate('en')
  await waitFor(() => expect(items()).toEqual(['abandon', 'zoo']))
})

test('in Arabic, of which there is no list, the English ones stand alone', async () => {
  const items = await show('ar')
  await new Promise((resolve) => setTimeout(resolve, 100))
  expect(items()).toEqual(['abandon', 'zoo'])
})
