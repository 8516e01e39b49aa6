// @vitest-environment happy-dom
import { I18nProvider } from '@lingui/react'
import { cleanup, fireEvent, render, screen, within } from '@testing-library/react'
import { useLayoutEffect, type ReactNode } from 'react'
import { afterEach, beforeAll, describe, expect, it, vi } from 'vitest'
import { variable as variableOf } from '../codebook/codebook.ts'
import { activate, i18n } from '../i18n/i18n.ts'
import { draftSchema, newDraft, type Draft } from '../record/draft.ts'
import type { Answers } from '../record/answers.ts'
import { begun, ids } from '../testing/a-case.ts'
import { ToastProvider } from '../ui/toast.tsx'
import type { CaseForm } from './case-context.ts'
import { CaseFormProvider, useCaseForm } from './case-form.tsx'
import { SectionView } from './section-view.tsx'
import { fetchAhead } from '../ui/later.tsx'

beforeAll(() => activate('en'))
beforeAll(fetchAhead)
afterEach(cleanup)

let shown: CaseForm
const seen = (value: CaseForm) => {
  shown = value
}

function Case({
  draft,
  section,
  sought,
  now,
}: {
  draft: Draft
  section: string
  sought: string
  now: string
}): ReactNode {
  const value = useCaseForm(draft, { now, steps: [1, 2, 3] })
  useLayoutEffect(() => seen(value))
  return (
    <I18nProvider i18n={i18n}>
      <ToastProvider>
        <CaseFormProvider value={value}>
          <SectionView section={section} sought={sought} onRemoved={() => undefined} />
        </CaseFormProvider>
      </ToastProvider>
    </I18nProvider>
  )
}

function show(section: string, sought: string, event: Answers = {}, now = begun): void {
  const draft = newDraft({ now, caseId: ids.case, victimIds: [ids.worker] })
  const answered = { ...draft, event: { answers: { ...draft.event.answers, ...event } } }
  render(<Case draft={answered} section={section} sought={sought} now={now} />)
}

const group = (code: string) => within(screen.getByRole('group', { name: variableOf(code).question }))
/** Whatever was typed, the draft can be kept as it stands. */
const keeps = () => expect(draftSchema.safeParse(shown.current()).success).toBe(true)
const type = (box: HTMLElement, value: string) => fireEvent.change(box, { target: { value } })

const novel = 'It was a dark and stormy night. '.repeat(5_000)

describe('an age', () => {
  it.each([
    ['10^9', '1000000000'],
    ['a novel', novel],
    ['emoji', '👧🏽👧🏽'],
    ['a fraction', '17.5'],
    ['less than nothing', '-3'],
  ])('that is %s is kept, and told to be none', (_, typed) => {
    show(ids.worker, 'agv')
    type(group('agv').getByRole('textbox'), typed)
    fireEvent.blur(group('agv').getByRole('textbox'))
    expect(screen.getByText('This has to be a whole number from 0 to 120.')).toBeTruthy()
    keeps()
  })

  it('with marks of writing direction around it is the age', () => {
    show(ids.worker, 'agv')
    type(group('agv').getByRole('textbox'), '\u200F\u202B١٧\u202C')
    expect(shown.current().victims[0]).toMatchObject({ answers: { agv: 17 } })
  })
})

describe('a text', () => {
  it('as long as a novel is kept, and told by how much it is too long', () => {
    show('event', 'moc')
    fireEvent.click(group('moc').getByRole('checkbox', { name: 'Other' }))
    type(group('moc').getByRole('textbox'), novel)
    expect(group('moc').getByText(/^Too long by \d+ signs; it is kept, but it cannot be sent like this/)).toBeTruthy()
    keeps()
  })

  it('of emoji and other scripts is counted by signs and not by bytes, and is fine', () => {
    show('event', 'moc')
    fireEvent.click(group('moc').getByRole('checkbox', { name: 'Other' }))
    type(group('moc').getByRole('textbox'), '🔒 дверь \u200Fباب')
    expect(group('moc').getByText(/^Name nobody\. 188 signs left/)).toBeTruthy()
    keeps()
  })

  it('too long for the name of an area is told so', () => {
    show('event', 'geo', { geo: { country: 'ES' } })
    const area = group('geo').getByRole('textbox', { name: /^Area/ })
    type(area, novel)
    fireEvent.blur(area)
    expect(group('geo').getByText(/^One of these texts is too long/)).toBeTruthy()
    keeps()
  })
})

describe('a date', () => {
  it('that is no day is kept, and told to be none', () => {
    show('event', 'dab', { exp: 'occ', dab: '2023-02' })
    type(group('dab').getByLabelText('Day'), '31')
    fireEvent.blur(group('dab').getByLabelText('Day'))
    expect(group('dab').getByText(/^There is no such date/)).toBeTruthy()
    keeps()
  })

  it('of an end before the beginning is told at the end', async () => {
    show('event', 'dae', { exp: 'occ', dab: '2023-04', dae: '2023' })
    type(group('dae').getByLabelText('Year'), '2022')
    expect(await screen.findByText('The beginning is later than the end.')).toBeTruthy()
    keeps()
  })

  it('in the future is told to be later than the recording', async () => {
    show('event', 'dab', { exp: 'occ' })
    type(group('dab').getByLabelText('Year'), '2031')
    expect(await screen.findByText('The beginning is later than the day on which the case was recorded.')).toBeTruthy()
    keeps()
  })
})

describe('a clock that stands at 1970', () => {
  it('is told at the date of recording, and a case begins all the same', async () => {
    show('event', 'dat', {}, '1970-01-01T00:03+00:00')
    await vi.waitFor(() => expect(group('dat').getByText(/The clock of this device may be wrong/)).toBeTruthy())
    fireEvent.click(group('dat').getByRole('button', { name: 'It is right' }))
    keeps()
  })
})
