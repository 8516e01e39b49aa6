// @vitest-environment happy-dom
import { I18nProvider } from '@lingui/react'
import { cleanup, fireEvent, render, screen } from '@testing-library/react'
import { afterEach, beforeAll, expect, it } from 'vitest'
import { variable } from '../codebook/codebook.ts'
import { examples } from '../codebook/examples.ts'
import { activate, i18n, wordings } from '../i18n/i18n.ts'
import { Explained } from './explained.tsx'
import { fetchAhead } from '../ui/later.tsx'

beforeAll(() => activate('en'))
beforeAll(fetchAhead)
afterEach(cleanup)

const show = () =>
  render(
    <I18nProvider i18n={i18n}>
      <Explained variable={variable('dab')} describes="q" />
    </I18nProvider>,
  )

it('explains a question with its definition, an example, its source and how sure its answers are', async () => {
  show()
  fireEvent.click(screen.getByRole('button', { name: 'What does this mean?' }))
  expect(screen.getByText(variable('dab').definition)).toBeDefined()
  const example = await screen.findByText('For example')
  expect(example.parentElement?.textContent).toContain(examples.dab)
  expect(screen.getByText('How sure')).toBeDefined()
  expect(screen.getByText('Source')).toBeDefined()
})

it('gives the example in the language of the app', async () => {
  await activate('ar')
  show()
  fireEvent.click(screen.getByRole('button'))
  const { default: arabic } = await wordings.ar()
  const words: string = arabic['dab.example'] ?? 'no words'
  expect(words).not.toBe(examples.dab)
  expect(await screen.findByText((_, element) => element?.textContent === `مثلا ${words}`)).toBeDefined()
  await activate('en')
})
