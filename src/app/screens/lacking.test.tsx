// @vitest-environment happy-dom
import { I18nProvider } from '@lingui/react'
import { act, cleanup, fireEvent, render, screen } from '@testing-library/react'
import { afterEach, beforeAll, describe, expect, it, vi } from 'vitest'
import { activate, i18n, locales } from '../../i18n/i18n.ts'
import type { Lack } from '../browser-check.ts'
import { KeptLanguage } from '../language-choice.tsx'
import { lackSentences } from '../lack-sentences.ts'
import { Lacking } from './lacking.tsx'

const lacks = Object.keys(lackSentences) as Lack[]
const english = new Map(lacks.map((lack) => [lack, String(lackSentences[lack].message)]))

function show(keep = vi.fn(async () => undefined)) {
  render(
    <I18nProvider i18n={i18n}>
      <KeptLanguage value={keep}>
        <Lacking lacks={lacks} />
      </KeptLanguage>
    </I18nProvider>,
  )
  return keep
}
afterEach(cleanup)

describe.each(locales)('in %s', (locale) => {
  beforeAll(async () => await activate(locale))

  it('each thing that a browser may lack has a sentence of its own, which says what may help', () => {
    show()
    const said = screen.getAllByRole('listitem').map((item) => item.textContent ?? '')
    expect(new Set(said).size).toBe(lacks.length)
    for (const [at, lack] of lacks.entries()) {
      expect(said[at]).toBe(i18n._(lackSentences[lack]))
      expect(said[at] === english.get(lack)).toBe(locale === 'en')
      // What is missing, and what to do.
      expect(said[at]?.match(/[.。]/gu)?.length, lack).toBeGreaterThanOrEqual(2)
    }
  })
})

it('the language can be chosen, and is kept nowhere: nothing may be stored here', async () => {
  await activate('en')
  const keep = show()
  await act(async () => void fireEvent.change(screen.getByRole('combobox'), { target: { value: 'fr' } }))
  await vi.waitFor(() => expect(document.documentElement.lang).toBe('fr'))
  expect(screen.getByRole('heading').textContent).not.toContain('does not work')
  expect(keep).not.toHaveBeenCalled()
})
