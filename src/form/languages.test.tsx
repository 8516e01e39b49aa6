// @vitest-environment happy-dom
import { I18nProvider, useLingui } from '@lingui/react'
import { act, cleanup, fireEvent, render } from '@testing-library/react'
import { useState, type ReactNode } from 'react'
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest'
import { allVariables, missingEntriesOf, variable as variableOf } from '../codebook/codebook.ts'
import { englishWording } from '../codebook/english-wording.ts'
import { formsOfExploitation } from '../codebook/forms-of-exploitation.ts'
import { countryCodes } from '../codebook/lists/countries.ts'
import type { Variable } from '../codebook/variable.ts'
import { activate, directionOf, i18n, locales, wordings, type Locale } from '../i18n/i18n.ts'
import type { Answer } from '../record/answers.ts'
import { newDraft, type Draft } from '../record/draft.ts'
import { begun, ids } from '../testing/a-case.ts'
import { ToastProvider } from '../ui/toast.tsx'
import { CaseFormProvider, useCaseForm } from './case-form.tsx'
import { countryItems, languageItems } from './names.ts'
import { Question } from './question.tsx'
import { SectionView } from './section-view.tsx'
import { fetchAhead } from '../ui/later.tsx'

afterEach(cleanup)
beforeAll(fetchAhead)
afterAll(() => activate('en'))

const english = englishWording()

/** What stands in the data of one language under a key, whatever the form makes of it. */
async function dataOf(locale: Locale): Promise<(key: string) => string | undefined> {
  const { default: wording } = await wordings[locale]()
  return (key) => (locale === 'en' ? english.get(key) : wording[key])
}

function Around({ children }: { readonly children: ReactNode }): ReactNode {
  return (
    <I18nProvider i18n={i18n}>
      <ToastProvider>{children}</ToastProvider>
    </I18nProvider>
  )
}

function Alone({ variable, first }: { readonly variable: Variable; readonly first?: Answer | undefined }): ReactNode {
  const [value, setValue] = useState<Answer | undefined>(first)
  return <Question variable={variable} id="q" value={value} onChange={setValue} />
}

const texts = (selector: string, read: (element: Element) => string | null): string[] =>
  [...document.querySelectorAll(selector)].map((element) => read(element) ?? '')
const rows = (): string[] => texts('label.option input', (input) => input.getAttribute('aria-label'))
const pills = (): string[] => texts('.silences button', (button) => button.textContent)
const options = (): string[] => texts('[role=option] > span', (option) => option.textContent)

/** The codes that a person can choose of a variable's own list, silences among them. */
function offered(variable: Variable): readonly { readonly code: string; readonly missing?: true }[] {
  const listed = 'list' in variable ? (variable.list?.entries ?? []) : []
  // Of the place's list one value is a country and an area, which are two boxes and no row.
  const own = listed.filter((entry) => !entry.missing && entry.offered !== false && entry.code !== 'adm')
  const silences = missingEntriesOf(variable).filter(
    (entry) => entry.offered !== false && (entry.code !== 'na' || listed.includes(entry)),
  )
  return [...own, ...silences]
}

/** One detailed form under each broad one, so that the whole tree is unfolded. */
const unfolded = formsOfExploitation.entries
  .filter((form) => form.selectable && form.level === 2)
  .map(({ code }) => code)

describe.each(locales)('in %s', (locale) => {
  let said: (key: string) => string | undefined
  beforeAll(async () => {
    await activate(locale)
    said = await dataOf(locale)
  })

  it.each(allVariables.filter(({ stored }) => stored !== false).map((variable) => [variable.code, variable] as const))(
    '%s and each of its values is drawn under the words of the data',
    (code, variable) => {
      const first = variable.kind === 'exploitation' ? unfolded : undefined
      render(<Alone variable={variable} first={first} />, { wrapper: Around })
      const legend = document.querySelector('#q > legend')?.textContent?.trim()
      expect(legend).toBe(said(`${code}.question`) ?? said(`${code}.label`))
      const box = document.querySelector('[role=combobox]')
      if (box) fireEvent.click(box)
      const drawn = [...rows(), ...pills(), ...options()]
      for (const entry of offered(variable)) {
        const list = 'list' in variable ? (variable.list?.id ?? '') : ''
        const words = said(`${list}.${entry.code}`) ?? said(`missing.${entry.code}`) ?? 'nothing in the data'
        if (!drawn.includes(words) && box) {
          fireEvent.change(box, { target: { value: words } })
          drawn.push(...options())
        }
        expect(drawn).toContain(words)
      }
      if (variable.kind !== 'exploitation') return
      for (const form of formsOfExploitation.entries.filter(({ selectable }) => selectable))
        expect(drawn).toContain(said(`forms-of-exploitation.${form.code}.short`))
    },
  )

  it('every country has a name of its own, in the order of the language', () => {
    const items = countryItems()
    expect(items.map(({ value }) => value).sort()).toEqual([...countryCodes].sort())
    expect(items.filter(({ label, value }) => label === value)).toEqual([])
    expect(new Set(items.map(({ label }) => label)).size).toBe(items.length)
    const labels = items.map(({ label }) => label)
    expect(labels).toEqual([...labels].sort(new Intl.Collator(locale).compare))
  })

  it('the languages that the platform knows stand first, in the order of the language', () => {
    const named = languageItems()
      .filter(({ label, value }) => label !== value)
      .map(({ label }) => label)
    expect(named.length).toBeGreaterThan(300)
    expect(named).toEqual([...named].sort(new Intl.Collator(locale).compare))
  })
})

const draft: Draft = {
  ...newDraft({ now: begun, victimIds: [ids.worker] }),
  event: { answers: { exp: 'occ', moc: ['other'], mocText: { other: 'the door code' } } },
}

/** As the app does it: what stands inside is drawn anew with the language. */
function Case(): ReactNode {
  useLingui()
  const value = useCaseForm(draft, { now: begun, steps: [1, 2] })
  return (
    <CaseFormProvider value={value}>
      <SectionView section="event" sought="moc" onRemoved={() => undefined} />
    </CaseFormProvider>
  )
}

describe('another language in the middle of a case', () => {
  it('leaves the text, the focus and the place as they were', async () => {
    await activate('en')
    render(<Case />, { wrapper: Around })
    const question = document.querySelector('fieldset[id$="-moc"]')
    const box = question?.querySelector<HTMLInputElement>('input[type=text], textarea')
    if (!question || !box) throw new Error('no box to write in')
    box.focus()
    fireEvent.change(box, { target: { value: 'the door code was kept' } })
    for (const locale of [...locales, 'en'] as const) {
      await act(async () => await activate(locale))
      const said = await dataOf(locale)
      expect(question.querySelector('legend')?.textContent).toContain(said('moc.question'))
      expect(rows()).toContain(said('means-of-control.threats'))
      expect(document.activeElement).toBe(box)
      expect(box.isConnected).toBe(true)
      expect(box.value).toBe('the door code was kept')
      expect([document.documentElement.lang, document.documentElement.dir]).toEqual([locale, directionOf(locale)])
    }
  })

  it('draws every question that was drawn before', async () => {
    await activate('en')
    render(<Case />, { wrapper: Around })
    const drawn = () => texts('fieldset.question', (question) => question.id)
    const before = drawn()
    await act(async () => await activate('ar'))
    expect(drawn()).toEqual(before)
    const english = [...document.querySelectorAll('fieldset.question > legend')].map((one) => one.textContent)
    expect(english.filter((text) => /[a-z]{4}/.test(text ?? ''))).toEqual([])
    expect(variableOf('moc').question).toMatch(/controlled/)
  })
})
