import { expect, type Page } from '@playwright/test'
import { tablet } from './browser.ts'
import { stumblingBlocks } from './looking.ts'
import { type Words, wordsOf } from './words.ts'

/** What the screen says, in the words of one language. */
export type Said = (words: Words) => string

export const languages = ['en', 'fr', 'es', 'ar', 'ru', 'zh'] as const
export type Language = (typeof languages)[number]
const words = Object.fromEntries(languages.map((language) => [language, wordsOf(language)])) as Record<Language, Words>

export const narrow = [
  { width: 360, height: 740 },
  { width: 320, height: 640 },
] as const
const cut = /^(?:scrolls sideways|cut off|runs out of the screen|words over words|does not fit)/

/** Every word that does not fit into this screen as it is: cut off, over others, or beside the screen. */
export async function whatDoesNotFit(page: Page): Promise<string[]> {
  return (await stumblingBlocks(page, { target: 0, focus: false })).filter((line) => cut.test(line))
}

/** Chooses a language as a person does: on the screen itself, or in the menu. */
export async function speak(page: Page, from: Language, to: Language): Promise<void> {
  const choice = page.getByRole('combobox', { name: words[from].say('Language'), exact: true })
  const onTheScreen = await choice.isVisible()
  if (!onTheScreen) await page.getByRole('button', { name: words[from].say('Menu'), exact: true }).click()
  await choice.selectOption(to)
  await expect(page.locator(`html[lang|="${to}"]`)).toBeAttached()
  if (!onTheScreen) await page.keyboard.press('Escape')
}

/** Stands in a sentence for a value that is not compared. */
export const whatever = '\u0007'

const fold = (text: string): string => text.replaceAll(/\s+/g, ' ').trim()

async function isSaid(page: Page, sentence: string): Promise<void> {
  const parts = sentence.split(whatever).map(fold)
  const missing = async () => {
    const seen = fold(await page.locator('body').innerText())
    return parts.filter((part) => !seen.includes(part))
  }
  await expect.poll(missing).toEqual([])
}

async function fits(page: Page, sentence: string): Promise<void> {
  for (const size of narrow) {
    await page.setViewportSize(size)
    expect.soft(await whatDoesNotFit(page), `${size.width} px: ${sentence}`).toEqual([])
  }
  await page.setViewportSize(tablet)
}

/** The screen says this in its language and fits, and in each of the `others`, which are chosen on the spot. */
export async function isSaidAndFits(
  page: Page,
  at: Language,
  said: Said,
  others: readonly Language[] = [],
): Promise<void> {
  let now = at
  for (const language of [at, ...others]) {
    if (language !== now) await speak(page, now, language)
    now = language
    const sentence = said(words[language])
    await isSaid(page, sentence)
    await fits(page, sentence)
  }
  if (now !== at) await speak(page, now, at)
}
