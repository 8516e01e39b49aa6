// @vitest-environment happy-dom
import { act, cleanup, fireEvent, render, screen, within } from '@testing-library/react'
import { I18nProvider } from '@lingui/react'
import { useLayoutEffect, useState, type ReactNode } from 'react'
import { afterEach, beforeAll, describe, expect, it, vi } from 'vitest'
import { allVariables, codebook, variable as variableOf } from '../codebook/codebook.ts'
import type { Variable, VariableKind } from '../codebook/variable.ts'
import { activate, i18n } from '../i18n/i18n.ts'
import type { Answer } from '../record/answers.ts'
import {
  addPerpetrator,
  addVictim,
  newDraft,
  removeVictim,
  withAnswer,
  type Draft,
  type DraftVictim,
} from '../record/draft.ts'
import { aDraft, begun, ids } from '../testing/a-case.ts'
import { ToastProvider } from '../ui/toast.tsx'
import { CaseFormProvider, useCaseForm } from './case-form.tsx'
import type { CaseForm } from './case-context.ts'
import { checkLists } from './checks.ts'
import { fields } from './fields.tsx'
import { Question } from './question.tsx'
import { SectionView } from './section-view.tsx'
import { sectionsOf } from './sections.ts'
import { questionOf } from './wording.ts'
import { fetchAhead } from '../ui/later.tsx'

beforeAll(() => activate('en'))
beforeAll(fetchAhead)
afterEach(cleanup)

const steps = [1, 2, 3] as const

function Around({ children }: { readonly children: ReactNode }): ReactNode {
  return (
    <I18nProvider i18n={i18n}>
      <ToastProvider>{children}</ToastProvider>
    </I18nProvider>
  )
}

interface CaseProps {
  readonly draft: Draft
  readonly section: string
  readonly sought?: string
  readonly onEdit?: () => void
}

let shown: CaseForm
const seen = (value: CaseForm) => {
  shown = value
}

function OneSection({ draft, section, sought, onEdit }: CaseProps): ReactNode {
  const value = useCaseForm(draft, { now: begun, steps, ...(onEdit && { onEdit }) })
  useLayoutEffect(() => seen(value))
  return (
    <CaseFormProvider value={value}>
      <SectionView section={section} sought={sought} onRemoved={() => undefined} />
    </CaseFormProvider>
  )
}

function show(props: CaseProps) {
  return render(<OneSection {...props} />, { wrapper: Around })
}

function group(question: string): HTMLElement {
  return screen.getByRole('group', { name: question })
}

function answers(id: string): Record<string, Answer> {
  const victim = shown.current().victims.find((one) => one.id === id) as DraftVictim
  return victim.answers
}

function emptyCase(): Draft {
  return newDraft({ now: begun, victimIds: [ids.worker] })
}

function Alone({ variable, first }: { readonly variable: Variable; readonly first?: Answer }): ReactNode {
  const [value, setValue] = useState<Answer | undefined>(first)
  return (
    <>
      <Question variable={variable} id="q" value={value} onChange={setValue} />
      <output>{JSON.stringify(value) ?? 'absent'}</output>
    </>
  )
}

function showAlone(code: string, first?: Answer) {
  render(<Alone variable={variableOf(code)} {...(first !== undefined && { first })} />, { wrapper: Around })
}

function kept(): string | null {
  return document.querySelector('output')?.textContent ?? null
}

describe('every variable of the codebook', () => {
  it('has a component for its kind', () => {
    const kinds = new Set<VariableKind>(allVariables.map((variable) => variable.kind))
    expect([...kinds].filter((kind) => !(kind in fields))).toEqual([])
  })

  it.each(allVariables.filter(({ stored }) => stored !== false).map((variable) => [variable.code, variable] as const))(
    '%s is drawn under its question, with something to answer it by',
    (_, variable) => {
      render(<Alone variable={variable} />, { wrapper: Around })
      const name = variable.question === '(derived)' ? variable.label : questionOf(variable)
      const controls = group(name).querySelectorAll('input, select')
      expect(controls.length).toBeGreaterThan(0)
      for (const control of controls) expect(control.getAttribute('autocomplete')).toBe('off')
    },
  )

  it('offers every value of its list to be chosen, and none that only a rule sets', () => {
    const listed = allVariables.filter((variable) => variable.kind === 'coded' || variable.kind === 'codes')
    for (const variable of listed) {
      const { unmount } = render(<Alone variable={variable} />, { wrapper: Around })
      for (const entry of variable.list.entries) {
        const name = entry.display ?? entry.label
        const row = screen.queryByRole(variable.kind === 'coded' ? 'radio' : 'checkbox', { name })
        const pill = screen.queryByRole('button', { name })
        const expected = entry.offered === false ? undefined : entry.missing ? 'pill' : 'row'
        expect([variable.code, entry.code, row ? 'row' : pill ? 'pill' : undefined]).toEqual([
          variable.code,
          entry.code,
          expected,
        ])
      }
      unmount()
    }
  })
})

describe('silences', () => {
  it('are one tap, and a second tap takes them back', () => {
    showAlone('agv')
    fireEvent.click(screen.getByRole('button', { name: 'Not known' }))
    expect(kept()).toBe('"nk"')
    fireEvent.click(screen.getByRole('button', { name: 'Not known', pressed: true }))
    expect(kept()).toBe('absent')
  })

  it('are the only item of an answer that is a list', () => {
    showAlone('civ', ['CO'])
    fireEvent.click(screen.getByRole('button', { name: 'Declined to answer' }))
    expect(kept()).toBe('["ref"]')
  })

  it('give way to an answer', () => {
    showAlone('moc', ['nk'])
    fireEvent.click(screen.getByRole('checkbox', { name: 'Threats' }))
    expect(kept()).toBe('["threats"]')
  })

  it('do not offer what only a rule may set', () => {
    for (const code of ['sxv', 'agp', 'cca', 'geo']) {
      const { unmount } = render(<Alone variable={variableOf(code)} />, { wrapper: Around })
      expect(screen.queryByRole('button', { name: 'Not applicable' })).toBeNull()
      unmount()
    }
    showAlone('lsv')
    expect(screen.getByRole('button', { name: 'Not applicable' })).toBeTruthy()
  })
})

describe('several answers', () => {
  it('keep the order of the list, and one that stands alone drives the others out', () => {
    showAlone('moc')
    fireEvent.click(screen.getByRole('checkbox', { name: 'Threats' }))
    fireEvent.click(screen.getByRole('checkbox', { name: 'Debt bondage' }))
    expect(kept()).toBe('["debt_bondage","threats"]')
    fireEvent.click(screen.getByRole('checkbox', { name: 'None recorded' }))
    expect(kept()).toBe('["none"]')
    fireEvent.click(screen.getByRole('checkbox', { name: 'Threats' }))
    expect(kept()).toBe('["threats"]')
  })
})

describe('the tree of forms of exploitation', () => {
  it('unfolds under a chosen form, and keeps the most detailed codes', () => {
    showAlone('toe')
    expect(screen.queryByRole('checkbox', { name: 'Slavery or similar practices' })).toBeNull()
    fireEvent.click(screen.getByRole('checkbox', { name: 'Forced labour' }))
    expect(kept()).toBe('["2"]')
    fireEvent.click(screen.getByRole('checkbox', { name: 'Slavery or similar practices' }))
    expect(kept()).toBe('["2.2"]')
    expect(screen.getByRole<HTMLInputElement>('checkbox', { name: 'Forced labour' }).checked).toBe(true)
    fireEvent.click(screen.getByRole('checkbox', { name: 'Slavery or similar practices' }))
    expect(kept()).toBe('["2"]')
    fireEvent.click(screen.getByRole('checkbox', { name: 'Forced labour' }))
    expect(kept()).toBe('absent')
  })

  it('never offers mixed forms, and purposes not recorded stand alone', () => {
    showAlone('toe', ['1', '4'])
    expect(screen.queryByRole('checkbox', { name: /mixed/i })).toBeNull()
    fireEvent.click(screen.getByRole('checkbox', { name: 'Purposes not recorded' }))
    expect(kept()).toBe('["7"]')
    fireEvent.click(screen.getByRole('checkbox', { name: 'Organ removal' }))
    expect(kept()).toBe('["3"]')
  })
})

describe('dates', () => {
  it('may be a year, a month, a day, or about one of them', () => {
    showAlone('dab')
    fireEvent.change(screen.getByLabelText('Year'), { target: { value: '2023' } })
    expect(kept()).toBe('"2023"')
    fireEvent.change(screen.getByLabelText('Month'), { target: { value: '04' } })
    fireEvent.change(screen.getByLabelText('Day'), { target: { value: '9' } })
    expect(kept()).toBe('"2023-04-09"')
    fireEvent.click(screen.getByRole('button', { name: 'About then' }))
    expect(kept()).toBe('"2023-04-09~"')
    fireEvent.click(screen.getByRole('button', { name: 'Clear' }))
    expect(kept()).toBe('absent')
  })

  it('are kept and called wrong where there is no such day', () => {
    showAlone('dab', '2023-02-3')
    fireEvent.change(screen.getByLabelText('Day'), { target: { value: '31' } })
    expect(kept()).toBe('"2023-02-31"')
    expect(screen.getByText(/There is no such date/)).toBeTruthy()
    fireEvent.change(screen.getByLabelText('Day'), { target: { value: '' } })
    expect(screen.queryByText(/There is no such date/)).toBeNull()
  })

  it('are typed in any digits', () => {
    showAlone('dab')
    fireEvent.change(screen.getByLabelText('Year'), { target: { value: '٢٠٢٣' } })
    expect(kept()).toBe('"2023"')
  })

  it('may still be going on where the codebook offers it', () => {
    showAlone('dae')
    fireEvent.click(screen.getByRole('button', { name: 'Still going on' }))
    expect(kept()).toBe('"ongoing"')
  })
})

describe('searched lists', () => {
  it('find a country by another name, and keep the order in which countries were chosen', async () => {
    showAlone('civ', ['ES'])
    const box = screen.getByRole('combobox', { name: 'Which citizenship or citizenships does the person have?' })
    fireEvent.change(box, { target: { value: 'burma' } })
    fireEvent.click(screen.getAllByRole('option')[0] as HTMLElement)
    expect(kept()).toBe('["ES","MM"]')
    fireEvent.click(screen.getByRole('button', { name: /^Move Myanmar/ }))
    expect(kept()).toBe('["MM","ES"]')
    fireEvent.click(screen.getByRole('button', { name: 'Remove Spain' }))
    expect(kept()).toBe('["MM"]')
  })

  it('let stateless stand alone', () => {
    showAlone('civ', ['ES'])
    fireEvent.change(screen.getByRole('combobox'), { target: { value: 'stateless' } })
    fireEvent.click(screen.getAllByRole('option')[0] as HTMLElement)
    expect(kept()).toBe('["stateless"]')
  })

  it('offer kinds of work by section, and say nothing of divisions, whose titles no source gives', () => {
    showAlone('fls', ['A'])
    expect(screen.getByText('Agriculture, forestry and fishing')).toBeTruthy()
    expect([screen.queryByText(/division/), screen.queryByRole('button', { name: '03' })]).toEqual([null, null])
    fireEvent.change(screen.getByRole('combobox'), { target: { value: 'mine' } })
    fireEvent.click(screen.getAllByRole('option')[0] as HTMLElement)
    expect(kept()).toBe('["A","B"]')
  })

  it('keep a division that came from elsewhere until it is removed', () => {
    showAlone('fls', ['A03'])
    const box = screen.getByRole('combobox')
    fireEvent.change(box, { target: { value: 'farm' } })
    expect(screen.queryByRole('option', { name: /^Agriculture/ })).toBeNull()
    fireEvent.change(box, { target: { value: 'mine' } })
    fireEvent.click(screen.getAllByRole('option')[0] as HTMLElement)
    expect(kept()).toBe('["A03","B"]')
    fireEvent.click(screen.getByRole('button', { name: 'Remove Agriculture, forestry and fishing (A03)' }))
    expect(kept()).toBe('["B"]')
  })
})

describe('a victim', () => {
  it('is given an age, and the age status follows and is locked', async () => {
    show({ draft: emptyCase(), section: ids.worker })
    fireEvent.change(within(group(variableOf('agv').question)).getByRole('textbox'), { target: { value: '17' } })
    await vi.waitFor(() => expect(within(group(variableOf('stv').question)).getByText('Minor')).toBeTruthy())
    expect(within(group(variableOf('stv').question)).queryByRole('radio')).toBeNull()
    expect(answers(ids.worker)).toEqual({ agv: 17 })
  })

  it('counts as mixed with two different forms', async () => {
    show({ draft: emptyCase(), section: ids.worker })
    fireEvent.click(screen.getByRole('checkbox', { name: 'Sexual exploitation' }))
    fireEvent.click(screen.getByRole('checkbox', { name: 'Forced begging' }))
    await screen.findByText(/this victim counts as mixed forms of exploitation \(8\)/)
    expect(answers(ids.worker)).toEqual({ toe: ['1', '4'] })
  })

  it('keeps a number that is none, and says so', async () => {
    show({ draft: emptyCase(), section: ids.worker })
    const box = within(group(variableOf('agv').question)).getByRole('textbox')
    fireEvent.change(box, { target: { value: '1000000000' } })
    expect(screen.getByText(/whole number from 0 to 120/)).toBeTruthy()
    expect(answers(ids.worker)).toEqual({ agv: '1000000000' })
    fireEvent.change(box, { target: { value: '' } })
    expect(answers(ids.worker)).toEqual({})
  })

  it('stays empty where an answer was taken back', async () => {
    show({ draft: aDraft(), section: ids.worker })
    fireEvent.click(within(group(variableOf('sxv').question)).getByRole('button', { name: 'Clear' }))
    expect('sxv' in answers(ids.worker)).toBe(false)
    expect(within(group(variableOf('sxv').question)).queryByRole('radio', { checked: true })).toBeNull()
  })

  it('is asked for words beside a form that has no code, and is warned of a number in them, once', async () => {
    show({ draft: emptyCase(), section: ids.worker })
    fireEvent.click(screen.getByRole('checkbox', { name: 'Other forms of exploitation' }))
    fireEvent.click(screen.getByRole('checkbox', { name: 'Other exploitation' }))
    const box = screen.getByRole('textbox', { name: /Other exploitation: say which/ })
    fireEvent.change(box, { target: { value: 'call 0034 600 123 456' } })
    expect(answers(ids.worker)).toEqual({ toe: ['6.5'], toeText: { '6.5': 'call 0034 600 123 456' } })
    await screen.findByRole('button', { name: 'It is right' })
    expect(screen.getAllByText(/looks (like|as if it held) a name/)).toHaveLength(1)
  })

  it('agrees to all points in one tap', () => {
    show({ draft: emptyCase(), section: ids.worker })
    fireEvent.click(screen.getByText('What the person was told and agreed to'))
    fireEvent(document.querySelector('details') as HTMLElement, new Event('toggle'))
    fireEvent.click(screen.getByRole('button', { name: 'All agreed' }))
    const victim = shown.current().victims[0] as DraftVictim
    expect(victim.consent).toEqual(
      Object.fromEntries(codebook.consent.map(({ id }) => [id, { value: 'yes', date: '2024-05-02' }])),
    )
  })

  it('comes back with links and answers after being removed', async () => {
    const draft = aDraft()
    show({ draft, section: ids.child })
    fireEvent.click(screen.getByRole('button', { name: 'Remove Victim 2' }))
    await vi.waitFor(() => expect(shown.draft.victims).toHaveLength(1))
    expect(shown.current().links.some((link) => link.victim === ids.child)).toBe(false)
    fireEvent.click(screen.getByRole('button', { name: 'Undo' }))
    await vi.waitFor(() => expect(shown.draft.victims).toHaveLength(2))
    expect(shown.current()).toEqual(draft)
  })
})

describe('a perpetrator that is an organisation', () => {
  it('is not asked for sex and age, and says why', async () => {
    const draft = addPerpetrator(emptyCase(), ids.recruiter)
    show({ draft, section: ids.recruiter })
    fireEvent.click(screen.getByRole('radio', { name: 'Legal entity' }))
    await vi.waitFor(() => expect(within(group(variableOf('sxp').question)).getByText('Not applicable')).toBeTruthy())
    expect(within(group(variableOf('sxp').question)).getByText(/does not apply to an organisation/)).toBeTruthy()
  })
})

describe('a change of the whole draft', () => {
  it('gives a new unit in the place of a removed one none of its answers', async () => {
    const { rerender } = show({ draft: aDraft(), section: ids.child })
    await act(async () => shown.change((now) => removeVictim(now, ids.child)))
    await act(async () => shown.change((now) => addVictim(now, 'another')))
    rerender(<OneSection draft={aDraft()} section="another" />)
    expect(screen.getByRole('heading', { name: 'Victim 2' })).toBeTruthy()
    expect(screen.queryAllByRole('checkbox', { checked: true })).toEqual([])
    expect(answers('another')).toEqual({})
  })

  it('empties the box of an answer that it takes away', async () => {
    show({ draft: aDraft(), section: ids.worker })
    const box = () => within(group(variableOf('agv').question)).getByRole<HTMLInputElement>('textbox')
    expect(box().value).toBe('24')
    await act(async () => shown.change((now) => withAnswer(now, ids.worker, 'agv', undefined)))
    expect(box().value).toBe('')
    expect('agv' in answers(ids.worker)).toBe(false)
  })
})

describe('links', () => {
  it('are made by an answer and taken with it', async () => {
    const draft = addPerpetrator(emptyCase(), ids.recruiter)
    show({ draft, section: 'links' })
    const choice = () => screen.getByRole('combobox', { name: /^Perpetrator 1 and Victim 1: What was/ })
    fireEvent.change(choice(), { target: { value: 'friend' } })
    const friend = [{ victim: ids.worker, perpetrator: ids.recruiter, answers: { rtv: 'friend' } }]
    await vi.waitFor(() => expect(shown.current().links).toEqual(friend))
    fireEvent.change(choice(), { target: { value: '' } })
    expect(shown.current().links).toEqual([])
  })
})

describe('what an answer hides', () => {
  it('is named, kept, and can be removed', async () => {
    const draft = {
      ...emptyCase(),
      event: { answers: { exp: 'occ', cyb: 'yes', ces: 'none', cca: { article: '177' } } },
    }
    show({ draft, section: 'event' })
    expect(screen.queryByRole('group', { name: variableOf('cca').question })).toBeNull()
    expect(screen.getByText('Kept, but not part of the record now')).toBeTruthy()
    fireEvent.click(screen.getByRole('button', { name: 'Remove' }))
    await vi.waitFor(() => expect(screen.queryByText('Kept, but not part of the record now')).toBeNull())
    expect('cca' in shown.current().event.answers).toBe(false)
  })
})

describe('checks', () => {
  it('are confirmed at the question, and the confirmation goes when the answer changes', async () => {
    const draft = addPerpetrator(emptyCase(), ids.recruiter)
    show({ draft, section: ids.recruiter })
    const age = () => within(group(variableOf('agp').question))
    fireEvent.change(age().getByRole('textbox'), { target: { value: '9' } })
    fireEvent.click(await age().findByRole('button', { name: 'It is right' }))
    expect(shown.current().confirmed).toEqual([{ rule: 'R20', at: ids.recruiter }])
    await vi.waitFor(() => expect(age().getByRole('button', { name: 'Look again' })).toBeTruthy())
    fireEvent.change(age().getByRole('textbox'), { target: { value: '8' } })
    expect(shown.current().confirmed).toEqual([])
  })

  it('stand in three lists, each line with the question that it leads to', async () => {
    const draft = addPerpetrator(emptyCase(), ids.recruiter)
    show({ draft: { ...draft, perpetrators: [{ id: ids.recruiter, answers: { agp: 9 } }] }, section: 'event' })
    const lists = checkLists(shown.draft, shown.judgement, { steps })
    expect(lists.must.map(({ question }) => question)).toContain(`q-${ids.worker}-toe`)
    expect(lists.check).toMatchObject([{ section: ids.recruiter, sectionTitle: 'Perpetrator 1', code: 'agp' }])
    expect(lists.open.map(({ question }) => question)).toContain('q-event-geo')
    expect(lists.open.map(({ question }) => question)).not.toContain(`q-${ids.worker}-toe`)
  })

  it('lead to the question, and open the step that it stands in', () => {
    show({ draft: emptyCase(), section: 'event', sought: 'moc' })
    expect(group(variableOf('moc').question).contains(document.activeElement)).toBe(true)
  })
})

describe('the map', () => {
  it('says of each section how far it is', () => {
    const draft = addPerpetrator(aDraft(), 'another')
    show({ draft, section: 'event' })
    const states = sectionsOf(shown.draft, shown.judgement, { steps }).map(({ title, state }) => [title, state])
    expect(states).toEqual(
      expect.arrayContaining([
        ['Victim 1', 'complete'],
        ['Perpetrator 2', 'empty'],
      ]),
    )
  })

  it('says who somebody is, of an organisation its kind, and nothing of what is not known or does not apply', () => {
    const perpetrators = [
      { id: 'company', answers: { x3pls: '2a' } },
      { id: 'person', answers: { x3pls: '1a', sxp: 'nk', agp: 40 } },
    ]
    show({ draft: { ...aDraft(), perpetrators }, section: 'event' })
    const summaries = sectionsOf(shown.draft, shown.judgement, { steps })
      .filter(({ kind }) => kind === 'perpetrator')
      .map(({ summary }) => summary)
    expect(summaries).toEqual(['private entity', 'adult'])
  })
})

describe('editing', () => {
  it('is told at once, so that the draft can be saved', () => {
    const onEdit = vi.fn()
    show({ draft: emptyCase(), section: ids.worker, onEdit })
    expect(onEdit).not.toHaveBeenCalled()
    fireEvent.click(screen.getByRole('radio', { name: 'Female' }))
    expect(onEdit).toHaveBeenCalled()
  })
})
