// @vitest-environment happy-dom
import { I18nProvider } from '@lingui/react'
import { act, cleanup, fireEvent, render, screen } from '@testing-library/react'
import { useLayoutEffect, type ReactNode } from 'react'
import { afterEach, beforeAll, describe, expect, it } from 'vitest'
import { activate, i18n } from '../i18n/i18n.ts'
import { variable as variableOf } from '../codebook/codebook.ts'
import { draftOf } from '../record/amend.ts'
import { changesBetween } from '../record/changes.ts'
import { removePerpetrator, withAnswer, withdrawVictim, type Draft } from '../record/draft.ts'
import { judge } from '../record/rules.ts'
import { aDraft, aFinishedCase, begun, ids } from '../testing/a-case.ts'
import { fetchAhead } from '../ui/later.tsx'
import { ToastProvider } from '../ui/toast.tsx'
import type { CaseForm } from './case-context.ts'
import { CaseFormProvider, useCaseForm } from './case-form.tsx'
import { changeWords } from './change-words.ts'
import { codeChangeWords } from './code-change-words.ts'
import { eventInShort, kindsOfVictims, placeAndTime } from './plain-summary.ts'
import { SectionView } from './section-view.tsx'
import { showAnswer } from './wording.ts'

beforeAll(() => activate('en'))
beforeAll(fetchAhead)
afterEach(cleanup)

const { record } = aFinishedCase()
const worded = (edit: (draft: Draft) => Draft) => {
  const after = edit(draftOf(record))
  return changesBetween(record, after).map((change) => changeWords(change, record, after))
}

describe('a change in words', () => {
  it('is the question, the answer before and the answer after, and knows where it is asked', () => {
    const [age, status] = worded((draft) => withAnswer(draft, ids.worker, 'agv', 17))
    expect(age).toMatchObject({ who: 'Victim 1', before: '24', after: '17', section: ids.worker, code: 'agv' })
    expect(age?.what).toMatch(/^How old is the person/)
    expect(status).toMatchObject({ before: 'Adult', after: 'Minor' })
  })

  it('holds the words beside an answer, and says where there is none', () => {
    const [other] = worded((draft) => withAnswer(draft, 'event', 'mocText', { other: 'papers were taken' }))
    expect(other?.after).toContain('“papers were taken”')
    const [gone] = worded((draft) => withAnswer(draft, 'event', 'cyb', undefined))
    expect(gone).toMatchObject({ who: 'Event', before: 'Non-cybercrime-related', after: 'no answer' })
  })

  it('numbers whoever is gone as the sent version did', () => {
    const [person] = worded((draft) => removePerpetrator(draft, ids.recruiter))
    expect(person).toMatchObject({ who: 'Perpetrator 1', what: 'taken out' })
    const words = worded((draft) => withdrawVictim(draft, ids.child, { date: '2024-06-01', reason: 'error' }))
    expect(words).toContainEqual(expect.objectContaining({ who: 'Victim 2' }))
  })

  it('names both ends of a link', () => {
    const at = `${ids.worker}/${ids.recruiter}`
    const [link] = worded((draft) => withAnswer(draft, at, 'rtv', 'unknown_off'))
    expect(link).toMatchObject({ who: 'Perpetrator 1 and Victim 1', section: 'links' })
  })

  it('is said of a change by code without the case', () => {
    expect(codeChangeWords({ kind: 'correction', victim: 2, variable: 'agv', value: 17 })).toMatch(/^Victim 2: .*17$/)
    expect(codeChangeWords({ kind: 'consent', date: '2024-09-01', scope: 'all' })).toMatch(/^The whole case: /)
  })
})

it('the summary says where and when, and counts victims of one kind together', () => {
  const judgement = judge(aDraft(), { now: begun })
  expect(placeAndTime(judgement)).toMatch(
    /^Recorded in: Spain, ES-AN · Place of exploitation: Morocco, Spain · Began: 2023/,
  )
  expect(kindsOfVictims(aDraft(), judgement)).toHaveLength(2)
  const [first] = aDraft().victims
  const twins = { ...aDraft(), victims: [first!, { ...first!, id: 'exampleVictim00000004A' }] }
  expect(kindsOfVictims(twins, judge(twins, { now: begun }))[0]).toMatch(/^2 × Female, Adult/)
})

it('the summary says nothing of a place where no exploitation took place, or where it is not known', () => {
  const said = (exp: string, coe: string) => {
    const draft = aDraft({ event: { answers: { exp, geo: 'nk', coe: [coe] } } })
    return placeAndTime(judge(draft, { now: begun }))
  }
  expect([said('noc', 'ES'), said('occ', 'nk')]).toEqual(['No exploitation took place', ''])
})

it.each([
  ['ar', /[,;]/],
  ['zh', /[,;:]/],
] as const)('what is joined is joined as the language writes it: %s', async (locale, foreign) => {
  await activate(locale)
  const draft = aDraft()
  const judgement = judge(draft, { now: begun })
  const said = [
    eventInShort(draft, judgement),
    placeAndTime(judgement),
    ...kindsOfVictims(draft, judgement),
    codeChangeWords({
      kind: 'correction',
      victim: 2,
      variable: 'moc',
      value: ['other', 'debt_bondage'],
      texts: { other: 'x' },
    }),
    codeChangeWords({ kind: 'status', date: '2024-06', sta: 'confirmed', ret: 'police', dem: 'nk' }),
    showAnswer(variableOf('coe'), ['MA', 'ES', 'FR']),
  ]
  await activate('en')
  expect(said.filter((text) => foreign.test(text))).toEqual([])
  expect(said.join(' ')).toMatch(locale === 'ar' ? /، .* و/ : /、.*，|，.*、/)
})

let shown: CaseForm
const seen = (value: CaseForm) => {
  shown = value
}

function Victim({ sentVictims }: { readonly sentVictims: ReadonlySet<string> }): ReactNode {
  const value = useCaseForm(aDraft(), { now: begun, steps: [1, 2, 3], sent: true, sentVictims })
  useLayoutEffect(() => seen(value))
  return (
    <I18nProvider i18n={i18n}>
      <ToastProvider>
        <CaseFormProvider value={value}>
          <SectionView section={ids.child} onRemoved={() => undefined} />
        </CaseFormProvider>
      </ToastProvider>
    </I18nProvider>
  )
}

describe('removing a victim', () => {
  const remove = () => act(async () => void fireEvent.click(screen.getByRole('button', { name: 'Remove Victim 2' })))
  const undo = () => act(async () => void fireEvent.click(screen.getByRole('button', { name: 'Undo' })))

  it('who was sent leaves a tombstone alone, and undoing brings every answer back', async () => {
    render(<Victim sentVictims={new Set([ids.worker, ids.child])} />)
    const before = shown.current()
    await remove()
    const tombstone = { id: ids.child, withdrawn: { date: '2024-05-02', reason: 'error' } }
    expect(shown.current().victims[1]).toEqual(tombstone)
    expect(shown.current().links.map(({ victim }) => victim)).toEqual([ids.worker])
    await undo()
    expect(shown.current()).toEqual(before)
  })

  it('who was added since vanishes', async () => {
    render(<Victim sentVictims={new Set([ids.worker])} />)
    await remove()
    expect(shown.current().victims.map(({ id }) => id)).toEqual([ids.worker])
  })
})
