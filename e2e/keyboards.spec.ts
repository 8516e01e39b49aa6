import { expect, type Page, test } from '@playwright/test'
import { fold } from '../src/seal/fold.ts'
import { keyboardPhrases } from '../src/testing/keyboard-phrases.ts'
import type { Created } from '../src/vault/api.ts'
import { type Language, languages, speak } from './fitting.ts'
import { setUp } from './steps.ts'
import { askVault, holdVault } from './vault-by-hand.ts'
import { wordsOf } from './words.ts'
import { aWorkplace, type Workplace } from './workplace.ts'

/**
 * A passphrase that was chosen on one keyboard of a language is typed on the others, at the lock of the real app with its
 * screens in that language: it opens, and one that differs in a word does not. Every way of writing is tried in
 * src/vault/keyboards.test.ts.
 */
test.describe.configure({ mode: 'serial' })

let here: Workplace
let page: Page

test.beforeAll(async () => {
  here = await aWorkplace('keyboards', { prepare: holdVault })
  page = here.page
  await setUp(page, here.house.setupLink, 'Blue heron', false)
})
test.afterAll(async () => await here?.close())

/** The screen takes no own passphrase in another script than Latin, for it cannot judge it: the vault is asked. */
async function makeAccount(label: string, passphrase: string): Promise<void> {
  const wish = { label, passphrase: { phrase: fold(passphrase) }, circle: 'me' }
  const { status } = await askVault<Created>(page, 'createAccount', wish)
  expect(status).toBe('created')
}

/** Loads the app anew, and types at the lock as a keyboard does that puts whole words in. */
async function type(language: Language, text: string): Promise<void> {
  const { say } = wordsOf(language)
  await page.goto('about:blank')
  await page.goto(here.house.appUrl)
  await page.getByRole('button', { name: language, exact: true }).click()
  if ((await page.locator('html').getAttribute('lang')) !== language) await speak(page, 'en', language)
  await page.getByLabel(say('Passphrase'), { exact: true }).focus()
  await page.keyboard.insertText(text)
  await page.getByRole('button', { name: say('Unlock'), exact: true }).click()
}

/** Of the ways of writing, three that differ from how it was chosen, the last one with its marks apart. */
function threeOf({ keyboards, typed }: ReturnType<typeof keyboardPhrases>): string[] {
  const all = Array.from({ length: keyboards - 1 }, (_, n) => typed(n + 1)).filter((text) => text !== typed(0))
  const [first = '', second = '', third = ''] = [...new Set(all)]
  return [first, second, (third || first).normalize('NFD')]
}

for (const language of languages)
  test(`chosen in ${language}, a passphrase opens from three other keyboards, and nothing else does`, async () => {
    const { say } = wordsOf(language)
    const phrases = keyboardPhrases(language)
    await makeAccount(language, phrases.typed(0))
    await type(language, phrases.typed(1, 0))
    await expect(page.getByRole('alert')).toHaveText(
      say('That is not the passphrase of this account. Nothing was changed or deleted.'),
      { timeout: 30_000 },
    )
    const three = threeOf(phrases)
    expect(new Set([...three, phrases.typed(0)]).size).toBe(4)
    for (const text of three) {
      await type(language, text)
      await expect(page.getByRole('button', { name: say('Menu'), exact: true }), text).toBeVisible({ timeout: 30_000 })
    }
    await page.getByRole('button', { name: say('Menu'), exact: true }).click()
    await page.getByRole('combobox', { name: say('Language'), exact: true }).selectOption('en')
    await expect(page.locator('html[lang|=en]')).toBeAttached()
  })
