// @vitest-environment happy-dom
import { I18nProvider } from '@lingui/react'
import { cleanup, render } from '@testing-library/react'
import type { ReactNode } from 'react'
import { afterEach, beforeAll, describe, expect, it } from 'vitest'
import { allVariables } from '../codebook/codebook.ts'
import { activate, i18n } from '../i18n/i18n.ts'
import { isAsked } from '../record/completeness.ts'
import { judge } from '../record/rules.ts'
import { aDraft, begun } from '../testing/a-case.ts'
import { offeredEntries } from './coded-fields.tsx'
import { PaperForm } from './paper-form.tsx'
import { PaperRecord } from './paper-record.tsx'
import { questionOf } from './wording.ts'

beforeAll(() => activate('en'))
afterEach(cleanup)

const linesOf = (children: ReactNode): readonly string[] => {
  const { container } = render(<I18nProvider i18n={i18n}>{children}</I18nProvider>)
  return [...container.querySelectorAll('.sheet-line')].map((line) => line.textContent)
}
const steps = [1, 2, 3] as const
const asked = allVariables.filter((variable) => isAsked(variable, steps) && variable.question !== '(derived)')

describe('the blank paper form', () => {
  it('asks every variable once, with its code', () => {
    const lines = linesOf(<PaperForm steps={steps} />)
    expect(lines).toHaveLength(asked.length)
    for (const variable of asked)
      expect(
        lines.some((line) => line.startsWith(`${questionOf(variable)} ${variable.code}`)),
        variable.code,
      ).toBe(true)
  })

  it('has a box with its code for every value that is offered, for every silence, and for none that only a rule sets', () => {
    const { container } = render(
      <I18nProvider i18n={i18n}>
        <PaperForm steps={steps} />
      </I18nProvider>,
    )
    const lines = [...container.querySelectorAll('.sheet-line')]
    for (const variable of asked) {
      const line = lines.find((one) => one.textContent.startsWith(`${questionOf(variable)} ${variable.code}`))
      const codes = [...(line?.querySelectorAll('.sheet-box small') ?? [])].map((one) => one.textContent)
      const offered = 'list' in variable && variable.list && variable.kind !== 'place' && variable.kind !== 'language'
      const values = offered && variable.list ? offeredEntries(variable.list).map(({ code }) => code) : []
      expect(codes, variable.code).toEqual(
        expect.arrayContaining([...values, ...variable.missing.filter((code) => code !== 'na')]),
      )
      const entries = 'list' in variable ? (variable.list?.entries ?? []) : []
      for (const never of entries.filter((entry) => entry.offered === false))
        expect(codes, variable.code).not.toContain(never.code)
    }
  })

  it('has no sheet on which nothing is asked', () => {
    const sheets = (of: readonly (1 | 2 | 3)[]) => {
      const form = <PaperForm steps={of} />
      const { container } = render(<I18nProvider i18n={i18n}>{form}</I18nProvider>)
      return [...container.querySelectorAll('.sheet-unit')].map((sheet) => sheet.querySelectorAll('.sheet-line').length)
    }
    expect(sheets([1])).toHaveLength(4)
    expect(sheets([1, 2])).toHaveLength(5)
    for (const lines of [...sheets([1]), ...sheets([1, 2])]) expect(lines).toBeGreaterThan(0)
  })

  it('of step 1 alone asks nothing of the others', () => {
    expect(linesOf(<PaperForm steps={[1]} />).length).toBeLessThan(asked.length / 2)
  })
})

describe('a case on paper', () => {
  const lines = () => {
    const draft = aDraft()
    return linesOf(<PaperRecord draft={draft} judgement={judge(draft, { now: begun })} steps={steps} />)
  }

  it('has question, answer and code, what was written beside it, and the victim of an own answer', () => {
    const all = lines()
    expect(all).toContain('What is the sex marker on your official document? sxvFemale f')
    expect(all.find((line) => line.includes(' toe') && line.includes('6.5'))).toContain('messages for a cult')
    expect(all.find((line) => line.includes(' dae') && line.includes('about'))).toContain('April 2024')
  })

  it('says what a question has no answer to, and leaves out what is not asked', () => {
    expect(lines().some((line) => line.endsWith('not answered'))).toBe(true)
    const draft = aDraft({ event: { answers: { exp: 'noc' } } })
    const none = linesOf(<PaperRecord draft={draft} judgement={judge(draft, { now: begun })} steps={steps} />)
    expect(none.some((line) => line.includes(' ssc'))).toBe(false)
  })
})
