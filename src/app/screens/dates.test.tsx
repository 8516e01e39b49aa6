// @vitest-environment happy-dom
import { I18nProvider } from '@lingui/react'
import { cleanup, fireEvent, render, screen } from '@testing-library/react'
import { readdir, readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { useLayoutEffect, useState, type ReactNode } from 'react'
import { afterEach, beforeAll, describe, expect, it } from 'vitest'
import { ChangeQuestions } from './change-questions.tsx'
import { variable as variableOf } from '../../codebook/codebook.ts'
import { datePartsOrder } from '../../i18n/format.ts'
import { activate, i18n, locales, type Locale } from '../../i18n/i18n.ts'
import type { Answer } from '../../record/answers.ts'
import { saidIn, type ChangeEntry } from '../../record/change-entry.ts'
import { Question } from '../../form/question.tsx'

beforeAll(() => activate('en'))
afterEach(cleanup)

const inLanguage = (children: ReactNode) => render(<I18nProvider i18n={i18n}>{children}</I18nProvider>)

let recorded: Answer | undefined
const seen = (value: Answer | undefined) => {
  recorded = value
}
function Recorded({ first }: { readonly first: string }): ReactNode {
  const [value, setValue] = useState<Answer | undefined>(first)
  useLayoutEffect(() => seen(value))
  return <Question variable={variableOf('dat')} id="dat" value={value} onChange={setValue} />
}

describe('the date of recording', () => {
  const orders: Readonly<Record<Locale, string>> = {
    en: 'month day year',
    fr: 'day month year',
    es: 'day month year',
    ar: 'day month year',
    ru: 'day month year',
    zh: 'year month day',
  }

  it.each(locales)('stands in three boxes, in the order of the language: %s', async (locale) => {
    await activate(locale)
    inLanguage(<Recorded first="2024-05-02T10:00+02:00" />)
    const boxes = [...document.querySelectorAll<HTMLInputElement>('.date input, .date select')]
    const parts = { '2024': 'year', '05': 'month', '2': 'day' } as Readonly<Record<string, string>>
    expect(boxes.map(({ value }) => parts[value]).join(' ')).toBe(orders[locale])
    expect(datePartsOrder().join(' ')).toBe(orders[locale])
    await activate('en')
  })

  it('keeps time and offset while the day is changed, and half a date as it was typed', () => {
    inLanguage(<Recorded first="2024-05-02T10:00+02:00" />)
    fireEvent.change(screen.getByLabelText('Day'), { target: { value: '٣' } })
    expect(recorded).toBe('2024-05-03T10:00+02:00')
    fireEvent.change(screen.getByLabelText('Day'), { target: { value: '' } })
    expect(recorded).toBe('2024-05T10:00+02:00')
    expect(screen.getByText('The date and the time are both needed.')).toBeTruthy()
  })
})

const empty: ChangeEntry = {
  code: '482913070',
  kind: 'status',
  whom: 'event',
  victim: '',
  date: '2024-09-01',
  answers: { sta: 'confirmed', ret: 'nk', dem: 'nk' },
  variable: '',
  value: null,
  texts: {},
  scope: 'share',
}
let entry = empty
const entered = (value: ChangeEntry) => {
  entry = value
}
function Change({ first }: { readonly first: ChangeEntry }): ReactNode {
  const [now, setNow] = useState(first)
  useLayoutEffect(() => entered(now))
  return <ChangeQuestions entry={now} onChange={(part) => setNow({ ...now, ...part })} />
}
const said = () => saidIn(entry, '2024-09-02T10:00+02:00')
const type = (label: string, value: string) => fireEvent.change(screen.getByLabelText(label), { target: { value } })

describe('a change by code', () => {
  it('takes a decision of which only the month or the year is known, or about when it was', () => {
    inLanguage(<Change first={empty} />)
    type('Day', '')
    expect(said()).toMatchObject({ date: '2024-09' })
    type('Month', '')
    expect(said()).toMatchObject({ date: '2024' })
    fireEvent.click(screen.getByRole('button', { name: 'About then' }))
    expect(said()).toMatchObject({ date: '2024~' })
    type('Year', '20')
    expect(said()).toBeUndefined()
    expect(screen.getByText('There is no such date. A year alone, or a month and a year, is enough.')).toBeTruthy()
  })

  it('takes a consent back on a day, and says so where the day is missing', () => {
    inLanguage(<Change first={{ ...empty, date: '2024-09-01~' }} />)
    fireEvent.click(screen.getByRole('radio', { name: 'A consent was taken back' }))
    expect(said()).toMatchObject({ kind: 'consent', date: '2024-09-01' })
    expect(screen.queryByRole('button', { name: 'About then' })).toBeNull()
    type('Day', '')
    expect(said()).toBeUndefined()
    expect(screen.getByText('The day is needed.')).toBeTruthy()
  })
})

it('no screen asks for a date in the box of the browser, which follows the browser’s language', async () => {
  const files = (await readdir('src', { recursive: true })).filter((name) => name.endsWith('.tsx'))
  const native = []
  for (const name of files.filter((one) => !one.includes('.test.')))
    if (/type="(date|month|datetime-local)"/.test(await readFile(join('src', name), 'utf8'))) native.push(name)
  expect([files.length > 50, native]).toEqual([true, []])
})
