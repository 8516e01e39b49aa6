import { type BrowserContext, expect, type Page, test } from '@playwright/test'
import { aDraft } from '../src/testing/a-case.ts'
import type { OpenCase } from '../src/vault/api.ts'
import { onlyPage, openBrowser, removeProfile, watchForNoise } from './browser.ts'
import { temporaryFolder } from './house.ts'
import { anOrganisation, type Organisation } from './organisation.ts'
import { makeAccount, menu, setUp, unlock } from './steps.ts'
import { askVault, holdVault } from './vault-by-hand.ts'
import { expectWait, noteWaits } from './waits-told.ts'

/** Several people on one tablet: each with a key of their own, which they change, forget and erase for themselves. */
test.describe.configure({ mode: 'serial' })

const wrongWords = 'That is not the passphrase of this account. Nothing was changed or deleted.'
const erasing = 'seven geese fly south'

let organisation: Organisation
let profile = ''
let context: BrowserContext
let page: Page
let noise: string[]
const phrases = new Map<string, string>()
const phraseOf = (label: string): string => phrases.get(label) ?? ''

test.beforeAll(async () => {
  organisation = await anOrganisation('accounts', { settings: ['--allow-wipe-passphrase', '--circle', 'me'] })
  profile = temporaryFolder('profile')
  context = await openBrowser(profile)
  await holdVault(context)
  noise = watchForNoise(context, [organisation.appUrl, organisation.receiverUrl])
  page = await onlyPage(context)
})
test.afterAll(async () => {
  await context?.close()
  removeProfile(profile)
  await organisation?.close()
})

async function endShift(): Promise<void> {
  await menu(page, 'End my shift')
  await page.getByRole('link', { name: 'Open Daybook' }).click()
  await expect(page.getByRole('heading', { name: 'Who is working?' })).toBeVisible()
}

const account = (label: string) =>
  page.getByRole('group', { name: 'Accounts on this tablet' }).getByRole('button', { name: label })

async function open(label: string): Promise<void> {
  await account(label).click()
  await unlock(page, phraseOf(label))
}

async function miss(phrase: string): Promise<void> {
  await page.getByLabel('Passphrase', { exact: true }).fill(phrase)
  await page.getByRole('button', { name: 'Unlock' }).click()
  await expect(page.getByRole('alert')).toHaveText(wrongWords)
}

async function anotherAccount(label: string): Promise<void> {
  await page.getByRole('button', { name: 'New account' }).click()
  phrases.set(label, await makeAccount(page, label, false))
}

/** Cases with all answers, finished or left as drafts, as the vault keeps them when they were typed. */
async function cases(count: number, finished: boolean): Promise<void> {
  for (let made = 0; made < count; made++) {
    const { id, rev, draft } = await askVault<OpenCase>(page, 'newCase')
    const full = aDraft({ caseId: draft.caseId, code: draft.code })
    const saved = await askVault<{ status: string; rev: number }>(page, 'save', id, rev, full)
    expect(saved.status).toBe('saved')
    if (finished) expect(await askVault(page, 'finish', id, saved.rev)).toMatchObject({ status: 'finished' })
  }
}

/** Opens what is said before, holds the button down and lets the five seconds go by. */
async function erase(what: 'account' | 'tablet'): Promise<void> {
  const names = {
    account: ['Erase this account …', 'Hold for 3 seconds to erase this account'],
    tablet: ['Erase the whole tablet …', 'Hold for 3 seconds to erase everything'],
  } as const
  await menu(page, 'My account')
  await page.getByRole('button', { name: names[what][0] }).click()
  await page.getByRole('button', { name: names[what][1] }).hover()
  await page.mouse.down()
  await expect(page.getByRole('button', { name: 'Tap anywhere to stop' })).toBeVisible()
  await page.mouse.up()
}

const erased = async () => await expect(page).toHaveURL(/\/locked#bare-en$/, { timeout: 20_000 })

/** What a browser still keeps of us. */
const leftOver = async () =>
  await page.evaluate(async () => {
    const names: string[] = []
    for await (const name of (await navigator.storage.getDirectory()).keys()) names.push(name)
    return {
      databases: (await indexedDB.databases()).map(({ name }) => name),
      files: names,
      caches: await caches.keys(),
      cookies: document.cookie,
      workers: (await navigator.serviceWorker.getRegistrations()).length,
    }
  })
const nothing = { databases: [], files: [], caches: [], cookies: '', workers: 0 }

test('a colleague makes an account beside the first, and sees nothing of it', async () => {
  phrases.set('Blue heron', await setUp(page, organisation.setupLink, 'Blue heron', false))
  await organisation.stopReceiver()
  await cases(20, true)
  await endShift()
  await expect(page.getByText('20 cases wait to be sent and are safe.')).toBeVisible()
  await page.getByRole('button', { name: 'New account' }).click()
  // The organisation has said whose new cases are.
  await expect(page.getByText('Who may open new cases?')).toBeHidden()
  await page.getByRole('button', { name: 'Back' }).click()
  await anotherAccount('Grey owl')
  await endShift()
  await expect(account('Blue heron')).toBeVisible()
  await expect(account('Grey owl')).toBeVisible()
})

test('wrong passphrases make one account wait and not the other, also after a reload', async () => {
  await noteWaits(page)
  await page.reload()
  await account('Grey owl').click()
  for (let tries = 1; tries <= 4; tries++) await miss('not it')
  await expectWait(page, /^disabled: Try again in [45] seconds$/)
  await expectWait(page, /Grey owl.*Try again in [45] seconds$/)
  await page.reload()
  await account('Grey owl').click()
  await expectWait(page, /^disabled: Try again in [2345] seconds$/)
  await expectWait(page, /Grey owl.*Try again in [2345] seconds$/)
  await open('Blue heron')
  await endShift()
  await account('Grey owl').click()
  await expect(page.getByRole('button', { name: 'Unlock' })).toBeEnabled()
})

test('a phrase is entered word by word, and what is safe is said where it is forgotten', async () => {
  await account('Grey owl').click()
  await page.getByRole('button', { name: 'I forgot it' }).click()
  const dialog = page.getByRole('dialog', { name: 'The passphrase is forgotten' })
  await expect(dialog).toContainText('20 cases wait to be sent. They leave without your passphrase, too.')
  await dialog.getByRole('button', { name: 'Close' }).click()
  await page.getByRole('button', { name: 'Enter word by word' }).click()
  const offered = page.getByRole('group', { name: 'Words that begin so' }).getByRole('button')
  for (const word of phraseOf('Grey owl').split(' ')) {
    const whole = offered.and(page.getByRole('button', { name: word, exact: true }))
    // More words may begin with the first three letters than are offered.
    for (let letters = 3; letters <= word.length && !(await whole.isVisible()); letters++) {
      await page.getByLabel('Next word: its first letters').fill(word.slice(0, letters))
      await expect(offered.first()).toHaveText(new RegExp(`^${word.slice(0, letters)}`))
    }
    await whole.click()
  }
  await expect(page.getByRole('list', { name: 'Words so far' })).not.toContainText(phraseOf('Grey owl').slice(0, 3))
  await page.getByRole('button', { name: 'Unlock' }).click()
  await expect(page.getByRole('button', { name: 'Menu' })).toBeVisible({ timeout: 30_000 })
})

test('a changed passphrase opens from then on, and the old one does not, without a network', async () => {
  await context.setOffline(true)
  await menu(page, 'My account')
  await page.getByRole('button', { name: 'Change the passphrase', exact: true }).click()
  const words = page.getByRole('list', { name: 'Your six words' }).getByRole('listitem')
  await expect(words).toHaveCount(6)
  const next = (await words.allTextContents()).join(' ').trim()
  const change = page.getByRole('button', { name: 'Change the passphrase now' })
  await page.getByLabel('Type the passphrase once').fill(next)
  await page.getByLabel('Your passphrase until now').fill('not it')
  await change.click()
  await expect(page.getByRole('alert')).toHaveText('That is not your passphrase. Nothing was changed.')
  await page.getByLabel('Your passphrase until now').fill(phraseOf('Grey owl'))
  await change.click()
  await expect(page.getByText('The passphrase is changed.')).toBeVisible({ timeout: 30_000 })
  const before = phraseOf('Grey owl')
  phrases.set('Grey owl', next)
  await endShift()
  await page.reload()
  await account('Grey owl').click()
  await miss(before)
  await unlock(page, next)
  await context.setOffline(false)
})

test('a PIN is set, changed and taken away, and the bar says which of cover and lock comes', async () => {
  await menu(page, 'My account')
  await expect(page.getByRole('button', { name: 'Lock', exact: true })).toBeVisible()
  await page.getByLabel('PIN, 6 digits').fill('428193')
  await page.getByRole('button', { name: 'Set the PIN' }).click()
  await expect(page.getByText('The PIN is set.')).toBeVisible()
  await page.getByRole('button', { name: 'Hide', exact: true }).click()
  await page.getByLabel('PIN', { exact: true }).fill('428193')
  await page.getByRole('button', { name: 'Take the PIN away' }).click()
  await expect(page.getByText('There is no PIN any more: every pause locks.')).toBeVisible()
})

test('an account is erased; a tap in time stops it, and the unsent cases of the other are still there', async () => {
  await cases(2, false)
  await erase('account')
  await expect(page.getByText('2 cases that only you can open. Nobody brings them back.')).toBeAttached()
  await page.mouse.click(200, 200)
  await expect(page.getByText('Stopped. Nothing was erased.')).toBeVisible()
  await menu(page, 'All cases')
  await erase('account')
  await erased()
  await expect(page.getByText('Everything is saved on this tablet.')).toBeHidden()
  await page.getByRole('link', { name: 'Open Daybook' }).click()
  await expect(page.getByText('20 cases wait to be sent and are safe.')).toBeVisible()
  await expect(account('Blue heron')).toBeVisible()
  await expect(account('Grey owl')).toBeHidden()
})

test('and they are then sent', async () => {
  await organisation.startReceiver()
  await unlock(page, phraseOf('Blue heron'))
  await menu(page, 'What waits to be sent')
  await page.getByRole('button', { name: /^(Try|Send) now$/ }).click()
  await expect(page.getByRole('button', { name: /\d+ waiting/ })).toBeHidden({ timeout: 60_000 })
  await endShift()
  await expect(page.getByText('Nothing waits to be sent.')).toBeVisible()
})

test('a wipe passphrase at the lock screen looks like a wrong one, and everything of the account is gone', async () => {
  const rows = async () =>
    await page.evaluate(
      async () =>
        await new Promise<number>((resolve) => {
          const request = indexedDB.open('daybook')
          request.addEventListener('success', () => {
            const count = request.result.transaction('records').objectStore('records').count()
            count.addEventListener('success', () => {
              request.result.close()
              resolve(count.result)
            })
          })
        }),
    )
  const before = await rows()
  await anotherAccount('Red kite')
  await cases(2, false)
  await menu(page, 'My account')
  await page.getByLabel('Passphrase that erases').fill(erasing)
  await page.getByLabel('Type it once more').fill(erasing)
  await page.getByLabel('Passphrase that opens').fill(phraseOf('Red kite'))
  await page.getByRole('button', { name: 'Set the wipe passphrase' }).click()
  await expect(page.getByText('The wipe passphrase is set.')).toBeVisible({ timeout: 30_000 })
  await endShift()
  expect(await rows()).toBe(before + 2)
  await account('Red kite').click()
  await miss('not it')
  const screen = await page.getByRole('main').ariaSnapshot()
  await miss(erasing)
  expect(await page.getByRole('main').ariaSnapshot()).toBe(screen)
  await expect.poll(rows).toBe(before)
  await miss(phraseOf('Red kite'))
  await account('Blue heron').click()
  await unlock(page, phraseOf('Blue heron'))
})

test('a lead erases the tablet, and the browser keeps nothing of it', async () => {
  expect((await leftOver()).databases).toEqual(['daybook'])
  await page.evaluate(() => void (document.cookie = '__Host-had-data=1; Path=/; Secure'))
  await erase('tablet')
  await erased()
  await expect.poll(leftOver).toEqual(nothing)
  await page.getByRole('link', { name: 'Open Daybook' }).click()
  await expect(page.getByRole('heading', { name: 'Who is working?' })).toBeHidden()
  // The browser itself says what it cleared for us.
  expect(noise.filter((line) => !line.startsWith('info: Clear-Site-Data header on'))).toEqual([])
  noise.length = 0
})

test('and does so without a network, where a page of ours still says goodbye', async () => {
  await page.goto('about:blank')
  await page.goto(organisation.setupLink)
  await page.getByRole('button', { name: 'The words agree: accept' }).click()
  phrases.set('Blue heron', await makeAccount(page, 'Blue heron', false))
  await page.evaluate(async () => void (await navigator.serviceWorker.ready))
  await endShift()
  expect((await leftOver()).workers).toBe(1)
  await unlock(page, phraseOf('Blue heron'))
  await context.setOffline(true)
  await erase('tablet')
  await erased()
  await expect(page.getByRole('heading', { name: 'Closed' })).toBeVisible()
  await expect.poll(leftOver).toEqual(nothing)
  expect(noise).toEqual([])
})
