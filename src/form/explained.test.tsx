// @vitest-environment happy-dom
import { I18nProvider } from '@lingui/react'
import { cleanup, fireEvent, render, screen } from '@testing-library/react'
import { afterEach, beforeAll, expect, it } from 'vitest'
import { variable } from '../codebook/codebook.ts'
import { examples } from '../codebook/examples.ts'
import { activate, i18n } from '../i18n/i18n.ts'
import { Explained } from './explained.tsx'

beforeAll(() => activate('en'))
afterEach(cleanup)

it('explains a question with its definition, an example, its source and how sure its answers are', async () => {
  render(
    <I18nProvider i18n={i18n}>
      <Explained variable={variable('dab')} describes="q" />
    </I18nProvider>,
  )
  fireEvent.click(screen.getByRole('button', { name: 'What does this mean?' }))
  expect(screen.getByText(variable('dab').definition)).toBeDefined()
  const example = await screen.findByText('For example')
  expect(example.parentElement?.textContent).toContain(examples.dab)
  expect(screen.getByText('How sure')).toBeDefined()
  expect(screen.getByText('Source')).toBeDefined()
})
