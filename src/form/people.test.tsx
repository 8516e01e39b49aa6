// @vitest-environment happy-dom
import { I18nProvider } from '@lingui/react'
import { act, cleanup, fireEvent, render, screen, within } from '@testing-library/react'
import { useLayoutEffect, type ReactNode } from 'react'
import { afterEach, beforeAll, describe, expect, it, vi } from 'vitest'
import { codebook, variable as variableOf } from '../codebook/codebook.ts'
import { activate, i18n } from '../i18n/i18n.ts'
import {
  addPerpetrator,
  addVictim,
  newDraft,
  removeVictim,
  withAnswer,
  type Draft,
  type DraftVictim,
} from '../record/draft.ts'
import { judge } from '../record/rules.ts'
import { aDraft, begun, ids } from '../testing/a-case.ts'
import { ToastProvider } from '../ui/toast.tsx'
import { withMarks, type Aside } from './aside.ts'
import type { CaseForm } from './case-context.ts'
import { CaseFormProvider, useCaseForm } from './case-form.tsx'
import { useCaseUndo, type CaseUndo } from './case-undo.ts'
import { fields } from './fields.tsx'
import { markNames } from './mark-names.ts'
import { onward } from './onward.ts'
import { SectionView } from './section-view.tsx'
import { fetchAhead } from '../ui/later.tsx'

beforeAll(() => activate('en'))
beforeAll(fetchAhead)
afterEach(cleanup)

const steps = [1, 2, 3] as const

interface Props {
  readonly draft: Draft
  readonly section: string
  readonly aside?: Partial<Aside>
  readonly sent?: boolean
  readonly onEdit?: () => void
}

let shown: CaseForm
const seen = (value: CaseForm) => {
  shown = value
}

function OneSection({ draft, section, onEdit, aside, sent = false }: Props): ReactNode {
  const value = useCaseForm(draft, { now: begun, steps, aside, sent, ...(onEdit && { onEdit }) })
  useLayoutEffect(() => seen(value))
  return (
    <I18nProvider i18n={i18n}>
      <ToastProvider>
        <CaseFormProvider value={value}>
          <SectionView key={section} section={section} onRemoved={() => undefined} />
        </CaseFormProvider>
      </ToastProvider>
    </I18nProvider>
  )
}

const show = (props: Props) => render(<OneSection {...props} />)
const emptyCase = (): Draft => newDraft({ now: begun, caseId: ids.case, victimIds: [ids.worker] })
const victimAt = (index: number): DraftVictim => shown.current().victims[index] as DraftVictim
const open = (title: string) => {
  fireEvent.click(screen.getByText(title))
  fireEvent(screen.getByText(title).closest('details') as HTMLElement, new Event('toggle'))
}

describe('a mark', () => {
  it('is proposed for everybody, another one for each, and stays when others go', async () => {
    show({ draft: aDraft(), section: ids.child })
    const { marks } = shown.aside
    expect(new Set(Object.values(marks)).size).toBe(3)
    await act(async () => shown.change((now) => removeVictim(now, ids.worker)))
    expect(shown.aside.marks[ids.child]).toBe(marks[ids.child])
    expect(Object.keys(shown.currentAside().marks).sort()).toEqual([ids.child, ids.recruiter].sort())
  })

  it('is changed from the head of the section, is told to be saved, and is no part of the draft', () => {
    const onEdit = vi.fn()
    const draft = aDraft()
    show({ draft, section: ids.worker, aside: { marks: { [ids.worker]: 'leaf' } }, onEdit })
    fireEvent.click(screen.getByRole('button', { name: 'Mark of Victim 1: leaf. Change it' }))
    fireEvent.click(screen.getByRole('button', { name: 'umbrella' }))
    expect(screen.getByRole('button', { name: 'Mark of Victim 1: umbrella. Change it' })).toBeTruthy()
    expect(document.activeElement).toBe(screen.getByRole('button', { name: /^Mark of Victim 1: umbrella/ }))
    expect(onEdit).toHaveBeenCalled()
    expect(shown.currentAside().marks[ids.worker]).toBe('umbrella')
    expect(shown.current()).toEqual(draft)
    expect(JSON.stringify(shown.current())).not.toContain('umbrella')
  })

  it('is never one that somebody else in the case has, as long as there are pictures', () => {
    show({ draft: aDraft(), section: ids.worker, aside: { marks: { [ids.worker]: 'leaf', [ids.child]: 'key' } } })
    fireEvent.click(screen.getByRole('button', { name: /^Mark of Victim 1/ }))
    expect(screen.queryByRole('button', { name: 'key' })).toBeNull()
    expect(screen.getByRole('button', { name: 'leaf', pressed: true })).toBeTruthy()
  })

  it('is there for forty people, and an unknown one does no harm', () => {
    const many = Array.from({ length: 40 }, (_, n) => `person-${n}`)
    const marks = withMarks({}, newDraft({ now: begun, caseId: ids.case, victimIds: many }))
    expect(Object.keys(marks)).toHaveLength(40)
    expect(new Set(Object.values(marks)).size).toBe(markNames.length)
    show({ draft: emptyCase(), section: ids.worker, aside: { marks: { [ids.worker]: 'of a later edition' } } })
    expect(screen.getByRole('button', { name: 'Choose a mark for Victim 1' })).toBeTruthy()
  })
})

describe('next', () => {
  const at = (draft: Draft, section: string, field?: string) => {
    const next = onward(section, field, draft, judge(draft, { now: begun }), { steps: [1, 2] })
    return next.to === 'question' ? next.place.variable.code : next.to === 'section' ? next.section.key : next.to
  }

  it('is the next open question of this person, from the top once there is none below', () => {
    const draft = addVictim(emptyCase(), ids.child)
    expect(at(draft, ids.worker)).toBe('toe')
    expect(at(draft, ids.worker, 'toe')).toBe('sxv')
    expect(at(withAnswer(draft, ids.worker, 'sxv', 'f'), ids.worker, 'toe')).toBe('agv')
    expect(at(draft, ids.worker, 'lpv')).toBe('toe')
    const last = withAnswer(withAnswer(draft, ids.worker, 'sxv', 'f'), ids.worker, 'civ', ['nk'])
    expect(at(last, ids.worker, 'civ')).toBe('toe')
  })

  it('names another person only when none is left, and does not count what the program fills in', () => {
    const draft = addVictim(aDraft(), 'exampleVictim00000003A')
    expect(at(draft, ids.worker)).toBe(ids.child)
    expect(at(draft, ids.worker, 'agv')).toBe(ids.child)
  })

  it('goes back to what was left open before it comes to the end', () => {
    const done = aDraft()
    expect(at(done, 'reporting-entity')).toBe('end')
    expect(at(withAnswer(done, ids.worker, 'sxv', undefined), 'reporting-entity')).toBe(ids.worker)
  })
})

describe('the same as another victim', () => {
  const two = () => addVictim({ ...aDraft(), victims: aDraft().victims.slice(0, 1), links: [] }, ids.child)

  it('shows what it would copy, copies what is left chosen, and takes it back', async () => {
    show({ draft: two(), section: ids.child })
    open('Same as Victim 1')
    const offered = screen.getAllByRole('checkbox', { checked: true }).map((box) => box.getAttribute('aria-label'))
    expect(offered).toEqual(['toe', 'civ', 'lcv', 'lpv', 'lsv'].map((code) => variableOf(code).label))
    expect(screen.getByText('Colombia, Spain')).toBeTruthy()
    fireEvent.click(screen.getByRole('checkbox', { name: variableOf('lcv').label }))
    fireEvent.click(screen.getByRole('button', { name: 'Copy what is chosen' }))
    expect(victimAt(1).answers).toEqual({ toe: ['1', '2.1'], civ: ['CO', 'ES'], lpv: 'es', lsv: 'na' })
    await vi.waitFor(() => expect(screen.queryByText('Same as Victim 1')).toBeNull())
    fireEvent.click(screen.getByRole('button', { name: 'Undo' }))
    expect(victimAt(1).answers).toEqual({})
    expect(victimAt(1).consent).toEqual({})
  })

  it('takes texts beside codes and what differs from the case along, and never who somebody is', () => {
    show({ draft: addVictim(aDraft(), 'exampleVictim00000003A'), section: 'exampleVictim00000003A' })
    open('Same as Victim 1')
    fireEvent.change(screen.getByRole('combobox', { name: 'The same as' }), { target: { value: ids.child } })
    fireEvent.click(screen.getByRole('button', { name: /^Copy/ }))
    const { answers, overrides } = victimAt(2)
    expect(answers).toEqual({ toe: ['6.5'], toeText: { '6.5': 'made to carry messages for a cult' }, civ: ['nk'] })
    expect(overrides).toEqual({ sta: 'presumed', dae: '2024-04~' })
  })

  it('is offered to nobody of whom something is answered', () => {
    show({ draft: aDraft(), section: ids.child })
    expect(screen.queryByText('Same as Victim 1')).toBeNull()
  })
})

describe('the order of people', () => {
  it('is changed by buttons, and everybody keeps answers, consent and mark', async () => {
    const draft = aDraft()
    show({ draft, section: ids.worker })
    const { marks } = shown.aside
    fireEvent.click(screen.getByRole('button', { name: 'Move Victim 1 earlier' }))
    expect(shown.current()).toEqual(draft)
    fireEvent.click(screen.getByRole('button', { name: 'Move Victim 1 later' }))
    await screen.findByRole('heading', { name: 'Victim 2' })
    expect(shown.current().victims).toEqual(draft.victims.toReversed())
    expect(shown.aside.marks).toEqual(marks)
    expect(screen.getByRole<HTMLInputElement>('radio', { name: 'Female' }).checked).toBe(true)
    fireEvent.click(screen.getByRole('button', { name: 'Move Victim 2 earlier' }))
    await screen.findByRole('heading', { name: 'Victim 1' })
    expect(shown.current()).toEqual(draft)
  })

  it('stays once a version was sent, since others know them by their numbers', () => {
    show({ draft: aDraft(), section: ids.worker, sent: true })
    expect(screen.queryByRole('button', { name: /^Move Victim/ })).toBeNull()
  })
})

describe('links among many', () => {
  const victims = Array.from({ length: 30 }, (_, n) => `exampleVictim000000${String(n).padStart(2, '0')}A`)
  const crowd = () => {
    const draft = newDraft({ now: begun, caseId: ids.case, victimIds: victims })
    return Array.from({ length: 10 }, (_, n) => `examplePerson000000${n}AA`).reduce(
      (next, id) => addPerpetrator(next, id),
      draft,
    )
  }
  const rows = () => screen.getAllByRole('combobox', { name: /What was this perpetrator/ })

  it('are shown for one person at a time, from either side', () => {
    show({ draft: crowd(), section: 'links' })
    expect(rows()).toHaveLength(30)
    const person = screen.getByRole('combobox', { name: 'Links of' })
    expect(
      within(person)
        .getAllByRole('option')
        .map(({ textContent }) => textContent)[40],
    ).toMatch(/^Victim 30 · /)
    fireEvent.change(person, { target: { value: victims[4] } })
    expect(rows()).toHaveLength(10)
    expect(rows()[9]?.getAttribute('aria-label')).toMatch(/^Perpetrator 10 and Victim 5: What was/)
  })

  it('are given to all in one choice, and taken back to what they were', async () => {
    show({ draft: crowd(), section: 'links' })
    fireEvent.change(rows()[2] as HTMLElement, { target: { value: 'friend' } })
    await vi.waitFor(() => expect(shown.current().links).toHaveLength(1))
    fireEvent.change(screen.getByRole('combobox', { name: 'The same for all of these' }), { target: { value: 'work' } })
    expect(shown.current().links).toHaveLength(30)
    await vi.waitFor(() => expect(rows().every((row) => (row as HTMLSelectElement).value === 'work')).toBe(true))
    fireEvent.click(screen.getByRole('button', { name: 'Undo' }))
    expect(shown.current().links.map(({ answers }) => answers)).toEqual([{ rtv: 'friend' }])
  })
})

/** As the screen does it: the form is made anew when a version was sent, and the toasts and undo outlive it. */
function Screens({ draft, section, form }: { readonly draft: Draft; readonly section: string; readonly form: number }) {
  return (
    <I18nProvider i18n={i18n}>
      <ToastProvider>{form > 0 && <OfOneCase draft={draft} section={section} form={form} />}</ToastProvider>
    </I18nProvider>
  )
}

function OfOneCase({ form, ...rest }: { readonly draft: Draft; readonly section: string; readonly form: number }) {
  const undo = useCaseUndo()
  return <InForm key={form} {...rest} undo={undo} />
}

interface InFormProps {
  readonly draft: Draft
  readonly section: string
  readonly undo: CaseUndo
}

function InForm({ draft, section, undo }: InFormProps): ReactNode {
  const value = useCaseForm(draft, { now: begun, steps, sent: true })
  useLayoutEffect(() => seen(value))
  return (
    <CaseFormProvider value={value} undo={undo}>
      <SectionView section={section} onRemoved={() => undefined} />
    </CaseFormProvider>
  )
}

describe('undo', () => {
  const undo = () => act(async () => void fireEvent.click(screen.getByRole('button', { name: 'Undo' })))
  const removed = async () => {
    const view = render(<Screens draft={aDraft()} section={ids.child} form={1} />)
    await act(async () => void fireEvent.click(screen.getByRole('button', { name: 'Remove Victim 2' })))
    expect(screen.getByText('Victim 2 was removed.')).toBeTruthy()
    return view
  }

  it('brings somebody back', async () => {
    await removed()
    expect(shown.current().victims[1]).toHaveProperty('withdrawn')
    await undo()
    expect(shown.current()).toEqual(aDraft())
  })

  it('is done to the next form once a version was sent', async () => {
    const view = await removed()
    await act(async () => view.rerender(<Screens draft={shown.current()} section={ids.worker} form={2} />))
    expect(shown.current().victims[1]).toHaveProperty('withdrawn')
    await undo()
    expect(shown.current()).toEqual(aDraft())
  })

  it('is not offered any more once the case was left, since it would do nothing', async () => {
    const view = await removed()
    await act(async () => view.rerender(<Screens draft={shown.current()} section={ids.worker} form={0} />))
    expect(screen.queryByRole('button', { name: 'Undo' })).toBeNull()
    expect(screen.queryByText('Victim 2 was removed.')).toBeNull()
  })
})

describe('a judgement', () => {
  it('comes after a pause in typing, and what was typed is there at once', async () => {
    const victims = [ids.worker, ...Array.from({ length: 29 }, (_, n) => `person-${n}`)]
    show({ draft: newDraft({ now: begun, caseId: ids.case, victimIds: victims }), section: ids.worker })
    const group = (code: string) => within(screen.getByRole('group', { name: variableOf(code).question }))
    group('agv').getByRole('textbox').focus()
    fireEvent.change(group('agv').getByRole('textbox'), { target: { value: '1' } })
    fireEvent.change(group('agv').getByRole('textbox'), { target: { value: '17' } })
    expect(victimAt(0).answers).toEqual({ agv: 17 })
    expect(group('stv').getAllByRole('radio')).toHaveLength(2)
    await vi.waitFor(() => expect(group('stv').queryByRole('radio')).toBeNull())
    expect(group('stv').getByText('Minor')).toBeTruthy()
  })

  it('comes at once after a tap', () => {
    show({ draft: emptyCase(), section: ids.worker })
    const group = (code: string) => within(screen.getByRole('group', { name: variableOf(code).question }))
    group('agv').getByRole('textbox').focus()
    fireEvent.change(group('agv').getByRole('textbox'), { target: { value: '17' } })
    const tapped = group('sxv').getByLabelText('Male')
    tapped.focus()
    fireEvent.click(tapped)
    expect(group('stv').queryByRole('radio')).toBeNull()
  })

  it('draws again the question that was answered and those that it changes, and no other', async () => {
    const victims = [ids.worker, ...Array.from({ length: 29 }, (_, n) => `person-${n}`)]
    show({ draft: newDraft({ now: begun, caseId: ids.case, victimIds: victims }), section: ids.worker })
    const kinds = ['coded', 'codes', 'exploitation', 'country', 'language', 'count'] as const
    const drawn = kinds.map((kind) => vi.spyOn(fields, kind))
    const codes = () => new Set(drawn.flatMap((spy) => spy.mock.calls.map(([props]) => props.variable.code)))
    const group = (code: string) => within(screen.getByRole('group', { name: variableOf(code).question }))
    fireEvent.change(group('agv').getByRole('textbox'), { target: { value: '17' } })
    expect(group('stv').getByText('Minor')).toBeTruthy()
    expect(codes()).toEqual(new Set(['agv']))
    drawn.forEach((spy) => spy.mockClear())
    fireEvent.change(group('agv').getByRole('textbox'), { target: { value: '' } })
    expect(codes()).toEqual(new Set(['agv', 'stv']))
    vi.restoreAllMocks()
  })
})

describe('consent', () => {
  const told = 'What the person was told and agreed to'

  it('is one text to be read out, with every point of the codebook', () => {
    show({ draft: emptyCase(), section: ids.worker })
    open(told)
    open('The text, to be read out')
    const text = document.querySelector('.spoken') as HTMLElement
    expect(text.querySelectorAll('p')).toHaveLength(codebook.consent.length)
    expect([text.lang, text.dir]).toEqual(['en', 'ltr'])
  })

  it('says who was there beside the record, and blocks nothing', () => {
    const onEdit = vi.fn()
    show({ draft: emptyCase(), section: ids.worker, onEdit })
    open(told)
    fireEvent.click(screen.getByRole('button', { name: 'Through an interpreter' }))
    fireEvent.click(screen.getByRole('button', { name: /^The person is not present/ }))
    expect(screen.getByText(/nobody can be asked now/)).toBeTruthy()
    expect(shown.currentAside().told).toEqual({ [ids.worker]: { absent: true, interpreter: true } })
    fireEvent.click(screen.getByRole('button', { name: /^The person is not present/, pressed: true }))
    expect(shown.currentAside().told).toEqual({ [ids.worker]: { interpreter: true } })
    expect(victimAt(0).consent).toEqual({})
    expect(onEdit).toHaveBeenCalled()
  })

  it('is withdrawn for sharing or for all, says what happens, and can have been a mistake', () => {
    show({ draft: aDraft(), section: ids.worker, sent: true })
    open(told)
    open('The person takes the agreement back')
    fireEvent.click(screen.getByRole('button', { name: 'Take everything of this person out' }))
    expect(victimAt(0).consent.withdrawn).toEqual({ date: '2024-05-02', scope: 'all' })
    expect(screen.getByText(/holds nothing of this victim/)).toBeTruthy()
    expect(screen.getByText(/cannot be called back/)).toBeTruthy()
    fireEvent.click(screen.getByRole('button', { name: 'Entered by mistake' }))
    expect(victimAt(0).consent).toEqual((aDraft().victims[0] as DraftVictim).consent)
  })
})
