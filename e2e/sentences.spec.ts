import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, type Page, test } from '@playwright/test'
import { languages, narrow, speak, whatDoesNotFit } from './fitting.ts'
import { projectRoot } from './house.ts'
import { aWorkplace, type Workplace } from './workplace.ts'

/**
 * Every sentence of every language in the app's own notice, the longest word of each in its narrowest place: nothing is
 * cut off or runs out of the screen. Where sentences stand in the app, and with what, codes.spec.ts and axe.spec.ts show.
 */
test.describe.configure({ mode: 'serial' })

let here: Workplace
let page: Page

test.beforeAll(async () => {
  here = await aWorkplace('sentences', { reducedMotion: 'reduce' })
  page = here.page
  await page.goto(here.house.appUrl)
  await page.getByLabel('Set-up link from your organisation').fill('no link')
  await page.getByRole('button', { name: 'Continue' }).click()
  await page.getByRole('alert').waitFor()
})
test.afterAll(async () => await here?.close())

const quoted = /^(msgid|msgstr) ((?:".*"(?:\n|$))+)/gm

/** What the catalogues of a language say: each branch of a plural for itself, values as long ones would be. */
function messagesOf(language: string): string[] {
  const files = ['locales/lock', 'locales/first', 'locales'].map((folder) =>
    join(projectRoot, 'src/i18n', folder, `${language}.po`),
  )
  const texts = files.flatMap((file) =>
    [...readFileSync(file, 'utf8').matchAll(quoted)]
      .filter(([, kind]) => kind === 'msgstr')
      .map(([, , lines = '']) =>
        lines
          .trimEnd()
          .split('\n')
          .map((line) => JSON.parse(line) as string)
          .join(''),
      ),
  )
  const branches = texts.flatMap((text) =>
    / (?:plural|select), /.test(text)
      ? [...text.matchAll(/\{((?:[^{}]|\{\w+\})+)\}/g)].map(([, of = '']) => of)
      : [text],
  )
  const filled = branches.map((text) =>
    text
      .replace(/<\/?\d+\/?>/g, '')
      .replace(/\{\w+\}|#/g, '1234')
      .trim(),
  )
  return [...new Set(filled)].filter((text) => text.length > 4)
}

/** Puts each text in a copy of the notice that the app has drawn, one below the other. */
async function showAll(texts: readonly string[]): Promise<void> {
  await page.evaluate((all) => {
    const notice = document.querySelector('main .note')
    if (!notice?.parentElement) throw new Error('no notice')
    document.querySelectorAll('[data-copy]').forEach((copy) => copy.remove())
    const copies = all.map((text) => {
      const copy = notice.cloneNode(true) as HTMLElement
      copy.setAttribute('data-copy', '')
      copy.removeAttribute('role')
      const words = copy.querySelector('.grow')
      if (!words) throw new Error('no words')
      words.textContent = text
      return copy
    })
    notice.after(...copies)
  }, texts)
}

for (const language of languages)
  test(`every sentence in ${language} fits into a notice at 360 and 320 px`, async () => {
    const messages = messagesOf(language)
    expect(messages.length).toBeGreaterThan(600)
    await speak(page, 'en', language)
    for (let from = 0; from < messages.length; from += 100) {
      await showAll(messages.slice(from, from + 100))
      for (const size of narrow) {
        await page.setViewportSize(size)
        expect.soft(await whatDoesNotFit(page), `${language}, ${size.width} px`).toEqual([])
      }
    }
    await speak(page, language, 'en')
  })

test('a word that no line can hold is found', async () => {
  await showAll(['x'.repeat(400)])
  await page.evaluate(() => {
    const sheet = new CSSStyleSheet()
    sheet.replaceSync('[data-copy] .grow { overflow-wrap: normal; white-space: nowrap }')
    document.adoptedStyleSheets = [sheet]
  })
  expect((await whatDoesNotFit(page)).join('\n')).toMatch(/runs out of the screen|scrolls sideways/)
})
