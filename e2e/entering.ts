import { expect, type Locator, type Page } from '@playwright/test'
import type { Answer } from '../src/record/answers.ts'
import type { Variable } from '../src/codebook/variable.ts'
import type { Hand } from './hands.ts'
import { askedBy, questionWords, silenceIn, type Told, type ToldCase, valueWords } from './told.ts'

/** A told case, entered by whatever hand: everything is found by role and label. */
export const asked = (page: Page, code: string): Locator =>
  page.getByRole('group', { name: questionWords(code), exact: true })

const texts = (answer: Answer): readonly string[] =>
  (Array.isArray(answer) ? answer : [answer]).filter((one) => typeof one === 'string')
const part = (answer: Answer, name: string): string => {
  const held = typeof answer === 'object' && answer !== null && !Array.isArray(answer) ? answer[name] : undefined
  return typeof held === 'string' ? held : ''
}

/** Enough to find it by. */
const begin = (words: string): string => words.slice(0, 4).toLowerCase()

type Enter = (question: Locator, hand: Hand, answer: Answer, variable: Variable) => Promise<void>

const tick = async (question: Locator, hand: Hand, role: 'radio' | 'checkbox', name: string) =>
  await hand.tick(question.getByRole(role, { name, exact: true }))

/** A row of a list that is searched; a kind of work has its letter at its end. */
const rowOf = (words: string, code?: string): RegExp =>
  new RegExp(`^${words.replaceAll(/[()]/g, String.raw`\$&`)}${code ? String.raw`\s*${code}` : ''}$`)

const search: Enter = async (question, hand, answer, variable) => {
  for (const code of texts(answer)) {
    const words = valueWords(variable, code)
    const row = rowOf(words, variable.kind === 'sectors' ? code : undefined)
    await hand.find(question.getByRole('combobox'), begin(words), row)
  }
}

const months = new Intl.DateTimeFormat('en', { month: 'long', timeZone: 'UTC' })

const enterDate: Enter = async (question, hand, answer, variable) => {
  const text = String(answer)
  const pill = async (name: string) =>
    await hand.press(question.getByRole('toolbar', { name: 'About the date' }).getByRole('button', { name }))
  if (text === 'ongoing') return await pill(valueWords(variable, text))
  const [year = '', month, day] = text.replace('~', '').split('-')
  await hand.write(question.getByLabel('Year'), year)
  if (month) await hand.select(question.getByLabel('Month'), months.format(Date.UTC(2024, Number(month) - 1)))
  if (day) await hand.write(question.getByLabel('Day'), String(Number(day)))
  if (text.endsWith('~')) await pill('About then')
}

const enterBy: { readonly [K in Variable['kind']]?: Enter } = {
  coded: async (question, hand, answer, variable) =>
    await tick(question, hand, 'radio', valueWords(variable, String(answer))),
  codes: async (question, hand, answer, variable) => {
    for (const code of texts(answer)) await tick(question, hand, 'checkbox', valueWords(variable, code))
  },
  // A form that lies under another one unfolds with it.
  exploitation: async (question, hand, answer, variable) => {
    const codes = texts(answer).flatMap((code) => [code.split('.')[0] ?? code, code])
    for (const code of new Set(codes)) await tick(question, hand, 'checkbox', valueWords(variable, code))
  },
  country: search,
  language: search,
  sectors: search,
  count: async (question, hand, answer) => await hand.write(question.getByRole('textbox'), String(answer)),
  date: enterDate,
  place: async (question, hand, answer, variable) => {
    const words = valueWords(variable, part(answer, 'country'))
    await hand.find(question.getByRole('combobox'), begin(words), rowOf(words))
  },
}

async function enterAnswer(page: Page, hand: Hand, key: string, answer: Answer): Promise<void> {
  const variable = askedBy(key)
  const question = asked(page, variable.code)
  if (!(await question.isVisible()) && variable.step === 2) await hand.press(page.getByText('More detail (step 2)'))
  if (key.endsWith('Text')) return await enterText(question, hand, answer, variable)
  if (key.endsWith('Presumed')) return await tick(question, hand, 'checkbox', 'Presumed, until the age is verified')
  const silence = silenceIn(answer)
  const enter = enterBy[variable.kind]
  if (silence !== undefined)
    await hand.press(
      question
        .getByRole('toolbar', { name: 'If there is no answer' })
        .getByRole('button', { name: valueWords(variable, silence), exact: true }),
    )
  else if (enter) await enter(question, hand, answer, variable)
  else throw new Error(`no hand knows how to enter ${variable.kind}`)
}

const enterText: Enter = async (question, hand, answer, variable) => {
  for (const [code, text] of Object.entries(answer ?? {}))
    await hand.write(question.getByLabel(`${valueWords(variable, code)}: say which, in a few words`), String(text))
}

/** Answers one after the other, in the section that is open. */
export async function enter(page: Page, hand: Hand, told: Told): Promise<void> {
  for (const [key, answer] of Object.entries(told)) await enterAnswer(page, hand, key, answer)
}

/** By the map, which stands beside the section or opens from its line. */
export async function goBy(page: Page, hand: Hand, line: string): Promise<void> {
  const opener = page.getByRole('button', { name: 'Map of the case' })
  if (await opener.isVisible()) await hand.press(opener)
  await hand.press(page.getByRole('navigation', { name: 'Map of the case' }).getByRole('button', { name: line }))
  await expect(page.getByRole('dialog')).toBeHidden()
  const title = line.replace(/^Add a (victim|perpetrator)$/, (_, kind: string) => `${kind} `)
  const heading = page.getByRole('heading', { level: 1, name: new RegExp(title, 'i') })
  await (hand.name === 'keyboard' ? expect(heading).toBeFocused() : expect(heading).toBeVisible())
}

export async function goByMenu(page: Page, hand: Hand, line: string): Promise<void> {
  await hand.press(page.getByRole('button', { name: 'Menu' }))
  await hand.press(page.getByRole('dialog', { name: 'Menu' }).getByRole('button', { name: line }))
  await expect(page.getByRole('dialog')).toBeHidden()
}

/** Links are shown of one person at a time, whom the list names with their mark. */
async function showLinksOf(page: Page, hand: Hand, person: string): Promise<void> {
  const list = page.getByLabel('Links of')
  await hand.select(list, await list.getByRole('option', { name: person }).innerText())
}

/** Begins a case and tells it all, up to where it can be checked and sent. */
export async function enterCase(page: Page, hand: Hand, told: ToldCase): Promise<void> {
  await hand.press(page.getByRole('button', { name: 'New case' }))
  await expect(page.getByRole('heading', { name: 'Victim 1' })).toBeVisible()
  for (const [at, victim] of told.victims.entries()) {
    if (at > 0) await goBy(page, hand, 'Add a victim')
    await enter(page, hand, victim)
  }
  await goBy(page, hand, 'Event')
  await enter(page, hand, told.event)
  for (const perpetrator of told.perpetrators ?? []) {
    await goBy(page, hand, 'Add a perpetrator')
    await enter(page, hand, perpetrator)
  }
  if (told.links) await goBy(page, hand, 'Links')
  for (const { perpetrator, victim, rtv } of told.links ?? []) {
    const row = page.getByLabel(new RegExp(`^Perpetrator ${perpetrator + 1} and Victim ${victim + 1}:`))
    if (!(await row.isVisible())) await showLinksOf(page, hand, `Perpetrator ${perpetrator + 1}`)
    await hand.select(row, valueWords(askedBy('rtv'), rtv))
  }
  if (told.reportingEntity) {
    await goBy(page, hand, 'Reporting entity')
    await enter(page, hand, told.reportingEntity)
  }
}

/** Sends what is open and waits until the receiver has signed for it. */
export async function sendIt(page: Page, hand: Hand): Promise<void> {
  await goBy(page, hand, 'Check and send')
  await hand.press(page.getByRole('button', { name: 'Send this version' }))
  await expect(page.getByText(/^Saved on this tablet .* · Received$/)).toBeVisible({ timeout: 30_000 })
}
