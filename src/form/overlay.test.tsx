// @vitest-environment happy-dom
import { cleanup, fireEvent, render, screen, within } from '@testing-library/react'
import { I18nProvider } from '@lingui/react'
import { useLayoutEffect, type ReactNode } from 'react'
import { afterEach, beforeAll, beforeEach, expect, test } from 'vitest'
import { codebook, type Codebook } from '../codebook/codebook.ts'
import { withOverlay, type Overlay } from '../codebook/overlay.ts'
import { activate, i18n } from '../i18n/i18n.ts'
import { withAnswer, type Draft } from '../record/draft.ts'
import { underCodebook } from '../record/kept.ts'
import { aDraft, begun } from '../testing/a-case.ts'
import { ToastProvider } from '../ui/toast.tsx'
import type { CaseForm } from './case-context.ts'
import { CaseFormProvider, useCaseForm } from './case-form.tsx'
import { checkLists } from './checks.ts'
import { SectionView } from './section-view.tsx'
import { fetchAhead } from '../ui/later.tsx'

const overlay: Overlay = {
  version: '4',
  variables: { off: ['ces'] },
  values: {
    rtv: [{ code: 'cousin', parent: 'blood_rel', labels: { en: 'Cousin' } }],
    moc: [{ code: 'door', parent: 'restricts_movement', labels: { en: 'Locked doors', ar: 'أبواب مقفلة' } }],
  },
  areas: {
    ES: [
      { code: 'north', labels: { en: 'North', ar: 'الشمال' } },
      { code: 'port', parent: 'north', labels: { en: 'Port' } },
    ],
  },
  words: {
    moc: {
      label: { en: 'What kept the person from leaving?', ar: 'ما الذي منع الشخص من المغادرة؟' },
      help: { en: '<b>Ask</b> with care.', ar: 'اسأل بلطف.' },
    },
  },
}
const asked = withOverlay(codebook, overlay)

beforeAll(fetchAhead)
beforeEach(() => activate('en'))
afterEach(cleanup)

let shown: CaseForm
const seen = (value: CaseForm) => {
  shown = value
}

interface OneProps {
  readonly draft: Draft
  readonly section: string
  readonly sought?: string
  readonly as?: Codebook
}

function OneSection({ draft, section, sought, as = asked }: OneProps): ReactNode {
  const value = useCaseForm(draft, { now: begun, steps: [1, 2, 3], asked: as })
  useLayoutEffect(() => seen(value))
  return (
    <CaseFormProvider value={value}>
      <SectionView section={section} sought={sought} onRemoved={() => undefined} />
    </CaseFormProvider>
  )
}

function show(props: OneProps) {
  return render(
    <I18nProvider i18n={i18n}>
      <ToastProvider>
        <OneSection {...props} draft={underCodebook(props.draft, props.as ?? asked)} />
      </ToastProvider>
    </I18nProvider>,
  )
}

const means = () => screen.getByRole('group', { name: 'What kept the person from leaving?' })

test('an organisation’s question, help and value are asked, and said to be its own', () => {
  show({ draft: aDraft(), section: 'event', sought: 'moc' })
  expect(within(means()).getByText("In your organisation's words")).toBeDefined()
  fireEvent.click(within(means()).getByRole('checkbox', { name: /^Locked doors/ }))
  expect(shown.current().event.answers['moc']).toContain('restricts_movement/door')
})

test('a help text is text, whatever it looks like', () => {
  show({ draft: aDraft(), section: 'event', sought: 'moc' })
  expect(within(means()).getByText('<b>Ask</b> with care.').innerHTML).toBe('&lt;b&gt;Ask&lt;/b&gt; with care.')
})

test('the standard’s question stands behind "What does this mean?"', () => {
  show({ draft: aDraft(), section: 'event', sought: 'moc' })
  expect(screen.queryByText(/^How was the person controlled/)).toBeNull()
  fireEvent.click(within(means()).getByRole('button', { name: /What does this mean/ }))
  expect(within(means()).getByText(/^How was the person controlled/)).toBeDefined()
})

test('in Arabic it has the Arabic words, and where none are given the standard’s', async () => {
  await activate('ar')
  show({ draft: aDraft(), section: 'event', sought: 'moc' })
  const arabic = screen.getByRole('group', { name: 'ما الذي منع الشخص من المغادرة؟' })
  expect(within(arabic).getByRole('checkbox', { name: /أبواب مقفلة/ })).toBeDefined()
  expect(within(arabic).getByText('اسأل بلطف.')).toBeDefined()
  cleanup()
  await activate('fr')
  show({ draft: aDraft(), section: 'event', sought: 'moc' })
  expect(screen.queryByText('What kept the person from leaving?')).toBeNull()
  expect(screen.getByRole('checkbox', { name: /^Locked doors/ })).toBeDefined()
})

test('what is off is not asked, and its answer is kept in words until it is removed', () => {
  show({ draft: withAnswer(aDraft(), 'event', 'ces', 'investigation'), section: 'event' })
  expect(screen.queryByRole('group', { name: /^Is there a criminal case/ })).toBeNull()
  const kept = screen.getByRole('region', { name: 'Kept from before' })
  expect(within(kept).getByText(/investigation/i)).toBeDefined()
  expect(shown.current().kept).toHaveLength(1)
  const { leftOut } = checkLists(shown.draft, shown.judgement, { steps: [1, 2, 3], asked })
  expect(leftOut).toHaveLength(1)
  expect(leftOut[0]).toMatchObject({ section: 'event', answer: expect.stringMatching(/investigation/i) })
  fireEvent.click(within(kept).getByRole('button', { name: 'Remove it' }))
  expect(shown.current()).not.toHaveProperty('kept')
  expect(screen.queryByRole('region', { name: 'Kept from before' })).toBeNull()
})

test('a value that is gone is told at its question, and may stay for now', () => {
  const draft = withAnswer(withAnswer(aDraft(), 'event', 'ces', undefined), 'event', 'moc', ['other/club'])
  show({ draft, section: 'event', sought: 'moc' })
  expect(within(means()).getByText(/other\/club/)).toBeDefined()
  expect(screen.queryByRole('region', { name: 'Kept from before' })).toBeNull()
  fireEvent.click(within(means()).getByRole('button', { name: 'Keep for now' }))
  expect(within(means()).getByText('Kept on this tablet.')).toBeDefined()
  expect(shown.current().kept).toEqual([{ at: 'event', code: 'moc', answers: { moc: ['other/club'] } }])
})

test('what an edition no longer asks is kept under the name that it had', () => {
  const { answers } = aDraft().event
  show({ draft: { ...aDraft(), event: { answers: { ...answers, zzz: ['abc', 'def'] } } }, section: 'event' })
  expect(within(screen.getByRole('region', { name: 'Kept from before' })).getByText(/abc, def/)).toBeDefined()
})

test('the organisation’s areas are offered for their country, and one that was written before stays', () => {
  show({ draft: withAnswer(aDraft(), 'event', 'geo', { country: 'ES', area: 'ES-AN' }), section: 'event' })
  const area = screen.getByLabelText<HTMLSelectElement>('Area')
  expect([...area.options].map(({ text }) => text)).toEqual(['Choose', 'North', 'Port (North)', 'ES-AN'])
  expect(area.value).toBe('ES-AN')
  fireEvent.change(area, { target: { value: 'port' } })
  expect(shown.current().event.answers['geo']).toEqual({ country: 'ES', area: 'port' })
})

test('more than twelve areas are found by typing a name or a code, and one that was written before can be taken away', async () => {
  const thirteen = Array.from({ length: 13 }, (_, at) => ({ code: `d${at + 1}`, labels: { en: `Distrito ${at + 1}` } }))
  const many = withOverlay(codebook, {
    ...overlay,
    areas: { ES: [...thirteen.slice(1), { code: 'muelle', labels: { en: 'Muélle' } }] },
  })
  show({ draft: withAnswer(aDraft(), 'event', 'geo', { country: 'ES', area: 'ES-AN' }), section: 'event', as: many })
  const place = screen.getByRole('group', { name: 'Where was this case recorded?' })
  expect(within(place).queryByRole('combobox', { name: /Area$/ })).toBeNull()
  fireEvent.click(within(place).getByRole('button', { name: 'Remove ES-AN' }))
  const box = within(place).getByRole('combobox', { name: /Area$/ })
  fireEvent.change(box, { target: { value: 'muel' } })
  fireEvent.click(await within(place).findByRole('option', { name: 'Muélle' }))
  expect(shown.current().event.answers['geo']).toEqual({ country: 'ES', area: 'muelle' })
  expect(within(place).getByRole('button', { name: 'Remove Muélle' })).toBeDefined()
  fireEvent.click(within(place).getByRole('button', { name: 'Remove Muélle' }))
  fireEvent.change(within(place).getByRole('combobox', { name: /Area$/ }), { target: { value: 'd12' } })
  expect(await within(place).findByRole('option', { name: 'Distrito 12' })).toBeDefined()
})

test('an own relation is offered for a link', () => {
  show({ draft: aDraft(), section: 'links' })
  expect(screen.getAllByRole('option', { name: 'Cousin' }).length).toBeGreaterThan(0)
})
