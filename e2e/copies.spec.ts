import { type BrowserContext, expect, type Page, test } from '@playwright/test'
import { join } from 'node:path'
import { readSetupLink, writeSetupLink } from '../src/batch/setup.ts'
import { onlyPage, openBrowser, removeProfile, watchForNoise } from './browser.ts'
import { temporaryFolder } from './house.ts'
import { anOrganisation, type Organisation } from './organisation.ts'
import { goTo, menu, recordCase, saved, sendVersion } from './steps.ts'

/** A shelter alone, its tablet broken: a copy and 24 words bring all back, and an organisation that comes later gets it. */
test.describe.configure({ mode: 'serial' })

let organisation: Organisation
let words: string[] = []
const profiles = [temporaryFolder('copies-first'), temporaryFolder('copies-second')] as const
let second: { context: BrowserContext; page: Page; noise: readonly string[] } | undefined

test.beforeAll(async () => {
  organisation = await anOrganisation('copies')
})
test.afterAll(async () => {
  await second?.context.close()
  await organisation?.close()
  for (const profile of profiles) removeProfile(profile)
})

const copyFile = (): string => join(organisation.folder, 'copy.age')

async function open(profile: string) {
  const context = await openBrowser(profile, { acceptDownloads: true })
  const noise = watchForNoise(context, [organisation.appUrl, organisation.receiverUrl])
  return { context, noise, page: await onlyPage(context) }
}

/** Ends at the screen of the key for the drawer. */
async function beginAlone(page: Page): Promise<void> {
  await page.goto(organisation.appUrl)
  await page.getByRole('button', { name: 'Begin without an organisation' }).click()
  await page.getByLabel('Nickname').fill('Blue heron')
  const offered = page.getByRole('list', { name: 'Your six words' }).getByRole('listitem')
  await expect(offered).toHaveCount(6)
  await page.getByLabel('Type the passphrase once').fill((await offered.allTextContents()).join(' ').trim())
  await page.getByRole('button', { name: 'Make the account' }).click()
  await expect(page.getByRole('heading', { name: 'Key for the drawer' })).toBeVisible({ timeout: 30_000 })
}

async function takeSettings(page: Page, link: string): Promise<void> {
  await page.goto(link)
  await expect(page.getByRole('heading', { name: 'Settings of the organisation' })).toBeVisible()
  await page.getByRole('button', { name: 'The words agree: accept' }).click()
  await expect(page.getByText(/The settings are in use/)).toBeVisible()
}

async function received(page: Page, number: number): Promise<void> {
  await menu(page, 'What waits to be sent')
  const count = page.getByText(/^Received by/).locator('xpath=following-sibling::dd[1]')
  await expect(count).toHaveText(String(number), { timeout: 30_000 })
}

test('a shelter without an organisation writes 24 words down, and copies a draft and a finished case', async () => {
  const { context, page, noise } = await open(profiles[0])
  await beginAlone(page)
  await page.getByRole('button', { name: 'Show the 24 words' }).click()
  const shown = page.getByRole('list', { name: 'The 24 words' }).getByRole('listitem')
  await expect(shown).toHaveCount(24)
  words = (await shown.allTextContents()).map((word) => word.trim())
  await page.getByRole('button', { name: 'They are on paper' }).click()
  for (let asked = 0; asked < 3; asked += 1) {
    const box = page.getByLabel(/^Word \d+ of 24$/)
    const [number = ''] = /\d+/.exec((await page.getByText(/^Word \d+ of 24$/).textContent()) ?? '') ?? []
    const word = words[Number(number) - 1] ?? ''
    await box.fill(word.slice(0, 4))
    await page.getByRole('button', { name: word, exact: true }).click()
    await expect(page.getByText(`Word ${number} of 24`, { exact: true })).toBeHidden()
  }
  await expect(page.getByText(/^The key is kept\. Copies/)).toBeVisible()
  await page.getByRole('button', { name: 'All cases' }).click()

  await recordCase(page)
  await saved(page)
  await menu(page, 'All cases')
  await recordCase(page)
  await goTo(page, 'Check and send')
  await page.getByRole('button', { name: 'Send this version' }).click()
  await expect(page.getByText(/On this tablet only/).first()).toBeVisible()
  await menu(page, 'All cases')
  await expect(page.getByText('No copy was made yet.')).toBeVisible()
  await page.getByRole('button', { name: 'Copy to a stick or another device' }).click()
  await page.getByRole('button', { name: 'Make a copy' }).click()
  await expect(page.getByText('It holds 2 cases.')).toBeVisible()
  const handed = page.waitForEvent('download')
  await page.getByRole('button', { name: 'Save the file' }).click()
  const download = await handed
  expect(download.suggestedFilename()).toMatch(/^copy-\d{4}-\d{2}-\d{2}\.age$/)
  await download.saveAs(copyFile())
  await page.getByRole('button', { name: 'Yes, it is there' }).click()
  await expect(page.getByText(/^Noted/)).toBeVisible()
  expect(noise).toEqual([])
  await context.close()
})

test('another tablet brings them back by the words, without a network', async () => {
  second = await open(profiles[1])
  const { page, context } = second
  await beginAlone(page)
  await page.evaluate(async () => void (await navigator.serviceWorker.ready))
  await context.setOffline(true)
  await page.getByRole('button', { name: 'Later' }).click()
  await expect(page.getByText(/no key for the drawer yet/)).toBeVisible()
  await menu(page, 'Copies')
  await page.getByLabel('Choose the file').setInputFiles(copyFile())
  for (const word of words.slice(0, 2)) await page.getByLabel(/^Word \d+ of 24$/).fill(`${word} `)
  await page.getByLabel(/^Word \d+ of 24$/).fill(words.slice(2).join(' '))
  await page.getByRole('button', { name: 'Look what is in it' }).click()
  await expect(page.getByText(/It holds 2 cases. 2 of them are not on this tablet./)).toBeVisible()
  await page.getByRole('button', { name: 'Bring them back' }).click()
  await expect(page.getByText('2 cases were brought to this tablet.')).toBeVisible()
  await context.setOffline(false)
})

test('an organisation that comes later receives what was finished before, and the draft when it is sent', async () => {
  if (!second) throw new Error('there is no second tablet')
  const { page } = second
  await takeSettings(page, organisation.setupLink)
  await expect(page.getByText(/1 version that was finished before is now sealed/)).toBeVisible()
  await received(page, 1)
  await menu(page, 'All cases')
  await page.getByRole('button', { name: 'Continue' }).click()
  await sendVersion(page)
  await received(page, 2)
  // Where the look after the unlock ends late, the draft has left as a safety copy before it was sent.
  const opened = ['--keys', organisation.keys, '--out', join(organisation.folder, 'opened'), '--no-receipt']
  expect(organisation.desk('open', ...opened)).toContain('with finished revisions: 2')
})

test('a tablet that was revoked and readmitted sends again by a link with a new code', async () => {
  if (!second) throw new Error('there is no second tablet')
  const { page, noise } = second
  const data = ['--data', organisation.receiverData]
  const [device = ''] = /[\w-]{22}/.exec(organisation.receiver('devices', ...data)) ?? []
  organisation.receiver('revoke', ...data, '--', device)
  await menu(page, 'All cases')
  await recordCase(page)
  await goTo(page, 'Check and send')
  await page.getByRole('button', { name: 'Send this version' }).click()
  await expect(page.getByText(/^Saved on this tablet .* · (Ready|Needs attention)$/)).toBeVisible()
  await menu(page, 'What waits to be sent')
  await expect(page.getByText('Could not be accepted')).toBeVisible({ timeout: 30_000 })
  organisation.receiver('readmit', ...data, '--', device)
  const code = organisation.receiver('code', ...data).trim()
  await takeSettings(page, writeSetupLink(organisation.appUrl, { ...readSetupLink(organisation.setupLink), c: code }))
  await received(page, 3)
  expect(noise).toEqual([])
})
