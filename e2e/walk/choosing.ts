import { expect, type Locator } from '@playwright/test'
import { formsOfExploitation } from '../../src/codebook/forms-of-exploitation.ts'
import { variable as variableOf } from '../../src/codebook/codebook.ts'
import type { Variable, VariableKind } from '../../src/codebook/variable.ts'
import type { Words } from '../words.ts'
import { walkSearch, type Names } from './long-lists.ts'
import type { Walk } from './section.ts'
import { answered, questionOf } from './shown.ts'
import { offeredOf, silencesOf, wordsOfValue, type Value } from './words-of.ts'

/** One question, where it is answered in every way that it can be: with real clicks, each looked at before the next. */
interface Asked {
  readonly one: Variable
  readonly question: Locator
  readonly words: Words
  readonly names: Names
}

const labelOf = ({ words, one }: Asked, { code }: Value): string => wordsOfValue(words, one.code, code)

/** A short text may stand beside the value, and its box comes with it. */
async function textBeside(asked: Asked, label: string): Promise<void> {
  const { question, words } = asked
  const box = question.getByRole('textbox', { name: words.say('{label}: say which, in a few words', { label }) })
  await box.fill('x')
  await expect(box).toHaveValue('x')
}

const hasText = ({ one }: Asked, { entry }: Value): boolean => one.texts !== undefined && entry.freeText !== undefined

async function chooseEach(asked: Asked, value: Value, chosenWith: (checked: readonly string[]) => void): Promise<void> {
  const { question, one } = asked
  const label = labelOf(asked, value)
  await question.getByRole(one.kind === 'coded' ? 'radio' : 'checkbox', { name: label, exact: true }).check()
  await answered(question, ({ checked, pressed }) => {
    expect({ code: one.code, label, checked }).toMatchObject({ checked: expect.arrayContaining([label]) })
    expect(pressed).toEqual([])
    chosenWith(checked)
  })
  if (hasText(asked, value)) await textBeside(asked, label)
}

async function coded(asked: Asked): Promise<void> {
  for (const value of offeredOf(asked.one.code)) {
    await chooseEach(asked, value, (checked) => expect(checked).toEqual([labelOf(asked, value)]))
    if (asked.one.mark && value.code === 'minor') await mark(asked)
  }
}

/** Stands beside a minor of unknown age alone. */
async function mark({ question, words }: Asked): Promise<void> {
  const row = question.getByRole('checkbox', { name: words.say('Presumed, until the age is verified'), exact: true })
  await row.check()
  await row.uncheck()
}

async function codes(asked: Asked): Promise<void> {
  const values = offeredOf(asked.one.code)
  const alone = values.filter(({ entry }) => entry.exclusive === true)
  for (const value of values)
    await chooseEach(asked, value, (checked) => {
      if (alone.includes(value)) expect(checked).toEqual([labelOf(asked, value)])
      else for (const other of alone) expect(checked).not.toContain(labelOf(asked, other))
    })
}

/** Each broad form, and each narrower one that unfolds under it. */
async function exploitation(asked: Asked): Promise<void> {
  const values = offeredOf(asked.one.code)
  for (const broad of formsOfExploitation.entries.filter(({ level, selectable }) => level === 1 && selectable)) {
    const under = values.filter(({ entry }) => entry.parent === broad.code)
    for (const value of [...values.filter(({ code }) => code === broad.code), ...under])
      await chooseEach(asked, value, () => undefined)
  }
}

async function searched(asked: Asked): Promise<void> {
  const { one, question, words, names } = asked
  await walkSearch(one, question, words, names)
}

async function fillAndLook(box: Locator, text: string): Promise<void> {
  await box.fill(text)
  await expect(box).toHaveValue(text)
}

/** Both ends of the range are taken, and what lies behind it is told. */
async function count({ one, question }: Asked): Promise<void> {
  if (one.kind !== 'count') return
  const box = question.getByRole('textbox')
  const { min, max } = one.range
  for (const [number, wrong] of [
    [max + 1, true],
    [min, false],
    [max, false],
  ] as const) {
    await fillAndLook(box, String(number))
    await box.blur()
    await answered(question, (shown) => expect(shown.wrong).toBe(wrong))
  }
}

/** Year, month and day, each in a box of its own; all months by their names. */
async function dateBoxes({ question, words: { say }, names }: Asked): Promise<void> {
  await fillAndLook(question.getByRole('textbox', { name: say('Year'), exact: true }), '2023')
  const month = question.getByRole('combobox', { name: say('Month'), exact: true })
  await selectEach(month, say('not known'), names.months)
  await fillAndLook(question.getByRole('textbox', { name: say('Day'), exact: true }), '15')
}

async function date(asked: Asked): Promise<void> {
  const { one, question, words } = asked
  await dateBoxes(asked)
  const special = offeredOf(one.code).map((value) => labelOf(asked, value))
  for (const label of [words.say('About then'), ...special]) {
    await question.getByRole('button', { name: label, exact: true }).click()
    await answered(question, ({ pressed }) => expect(pressed).toEqual([label]))
  }
}

async function moment(asked: Asked): Promise<void> {
  await dateBoxes(asked)
  await fillAndLook(asked.question.getByLabel(asked.words.say('Time'), { exact: true }), '10:00')
}

/** A country and an area, or outside of any: then the boxes are gone. */
async function place(asked: Asked): Promise<void> {
  const { one, question, words, names } = asked
  const outside = offeredOf(one.code).filter(({ code }) => code !== 'adm')
  const box = question.getByRole('combobox')
  if (!(await box.isVisible()))
    await question
      .getByRole('button', { name: new RegExp(words.say('Remove {label}', { label: '' })) })
      .first()
      .click()
  await walkSearch(one, question, words, names)
  await fillAndLook(
    question.getByRole('textbox', { name: words.say('Area: a code such as ES-AN, or a name') }),
    'ES-AN',
  )
  for (const value of outside) {
    await question.getByRole('checkbox', { name: labelOf(asked, value), exact: true }).check()
    await expect(box).toBeHidden()
  }
}

async function article(asked: Asked): Promise<void> {
  const { one, question, words, names } = asked
  await walkSearch(one, question, words, names)
  await fillAndLook(question.getByRole('textbox', { name: words.say('Law'), exact: true }), 'x')
  await fillAndLook(question.getByRole('textbox', { name: words.say('Article'), exact: true }), '177')
}

async function organisation({ question, words }: Asked): Promise<void> {
  const { say } = words
  await fillAndLook(question.getByRole('textbox', { name: say('Code of the organisation') }), 'HARBOUR')
  const labels = offeredOf('ret').map(({ code }) => wordsOfValue(words, 'ret', code))
  await selectEach(question.getByRole('combobox', { name: say('Kind of organisation') }), say('Choose'), labels)
}

/** The platform's own list holds just these, and each can be chosen. */
export async function selectEach(list: Locator, none: string, labels: readonly string[]): Promise<void> {
  expect(await list.getByRole('option').allTextContents()).toEqual([none, ...labels])
  for (const label of labels) {
    await list.selectOption({ label })
    await expect(list.locator('option:checked')).toHaveText(label)
  }
}

const ways: Readonly<Record<VariableKind, (asked: Asked) => Promise<void>>> = {
  coded,
  codes,
  exploitation,
  country: searched,
  language: searched,
  sectors: searched,
  count,
  date,
  moment,
  place,
  article,
  organisation,
}

/**
 * Every value, then every silence; a silence drives out what stood there. What the program computes is looked at instead:
 * it is shown, and there is nothing to choose.
 */
export async function answerInEveryWay({ page, words, names }: Walk, code: string): Promise<void> {
  const [one, question] = [variableOf(code), questionOf(page, code)]
  if (one.question === '(derived)') return await expect(question.locator('.note.derived b')).not.toBeEmpty()
  await ways[one.kind]({ one, question, words, names })
  for (const label of silencesOf(words, code)) {
    await question.getByRole('button', { name: label, exact: true }).click()
    await answered(question, ({ checked, pressed, chips }) =>
      expect({ code, checked, pressed, chips }).toEqual({ code, checked: [], pressed: [label], chips: [] }),
    )
  }
}
