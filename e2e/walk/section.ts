import { expect, type Page } from '@playwright/test'
import { variable as variableOf } from '../../src/codebook/codebook.ts'
import { wordsOf, type Words } from '../words.ts'
import type { Names } from './long-lists.ts'
import { questionOf } from './shown.ts'
import { wordsOfValue } from './words-of.ts'

/** One language's way through the codebook. */
export interface Walk {
  readonly page: Page
  readonly words: Words
  readonly locale: string
  /** By variable: what has to stand there so that every question is asked. */
  readonly answers: ReadonlyMap<string, readonly string[]>
  readonly names: Names
}

/** What a computed value is computed from, by the variable that is filled in: the month of 2023. */
const months: Readonly<Record<string, number>> = { dab: 0, dae: 2 }

/** Goes by the map, and unfolds everything. */
export async function goTo({ page, words: { say } }: Walk, section: string, title = section): Promise<void> {
  const map = page.getByRole('navigation', { name: say('Map of the case') })
  await map.getByRole('button', { name: section }).click()
  await expect(page.getByRole('heading', { level: 1, name: title, exact: true })).toBeVisible()
  const folded = page.locator('main details:not([open]) > summary')
  while ((await folded.count()) > 0) await folded.first().click()
  // What is inside is drawn a moment after it was opened.
  await expect(page.locator('main details > summary:only-child')).toHaveCount(0)
}

/** Gives the answers that others need; nothing, where none needs any. */
export async function give({ page, words, answers, names }: Walk, code: string): Promise<void> {
  const [one, question] = [variableOf(code), questionOf(page, code)]
  for (const answer of answers.get(code) ?? []) {
    const name = wordsOfValue(words, code, answer)
    if (one.missing.some((silence) => silence === answer)) {
      const silence = question.getByRole('button', { name, exact: true })
      if ((await silence.getAttribute('aria-pressed')) === 'false') await silence.click()
    } else await question.getByRole(one.kind === 'coded' ? 'radio' : 'checkbox', { name, exact: true }).check()
  }
  const month = names.months[months[code] ?? -1]
  if (month === undefined) return
  await question.getByRole('textbox', { name: words.say('Year'), exact: true }).fill('2023')
  await question.getByRole('combobox', { name: words.say('Month'), exact: true }).selectOption({ label: month })
}

/** Opens, or closes, what stands behind every question, and waits for what is fetched for it. */
export async function explainAll(page: Page, name: string): Promise<void> {
  for (const why of await page.locator('main').getByRole('button', { name, exact: true }).all()) await why.click()
  const sources = page.locator('main .explained dl:last-child dd:last-child')
  await expect
    .poll(async () => await sources.evaluateAll((all) => all.filter(({ textContent }) => !textContent).length))
    .toBe(0)
}

/** The tag and the direction of the document, such as `ar rtl`. */
export const languageOf = async (page: Page): Promise<string> =>
  await page.evaluate(() => `${document.documentElement.lang} ${document.documentElement.dir}`)

/** To all cases, in a language: from wherever the page is, and whatever it speaks. */
export async function homeIn(page: Page, locale: string): Promise<void> {
  const before = wordsOf((await languageOf(page)).split(' ')[0] ?? 'en')
  await page.getByRole('button', { name: before.say('Menu') }).click()
  const menu = page.getByRole('dialog')
  await menu.getByRole('combobox', { name: before.say('Language') }).selectOption(locale)
  const { say } = wordsOf(locale)
  await menu.getByRole('button', { name: say('All cases') }).click()
  await expect.poll(async () => await languageOf(page)).toMatch(new RegExp(`^${locale} `))
}
