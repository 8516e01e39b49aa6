import { cpSync } from 'node:fs'
import { join } from 'node:path'
import { type BrowserContext, expect, type Page, test } from '@playwright/test'
import { onlyPage, openBrowser, removeProfile, watchForNoise } from './browser.ts'
import { projectRoot, removeFolder, temporaryFolder } from './house.ts'
import { anOrganisation, type Organisation } from './organisation.ts'
import { release } from './release.ts'
import { menu, recordCase, saved, setUp, textField, unlock } from './steps.ts'

/** New versions of the app: they wait for a person who is writing, and start by themselves when nobody is. */
test.describe.configure({ mode: 'serial' })

let app = ''
let organisation: Organisation
let profile = ''
let context: BrowserContext
let page: Page
let noise: string[]
let passphrase = ''

test.beforeAll(async () => {
  app = temporaryFolder('app')
  cpSync(join(projectRoot, 'dist', 'app'), app, { recursive: true })
  organisation = await anOrganisation('update', { app })
  profile = temporaryFolder('profile')
})
test.afterAll(async () => {
  await context?.close()
  removeProfile(profile)
  await organisation?.close()
  removeFolder(app)
})

const version = async (): Promise<string | null> => {
  const mark = page.locator('meta[name=version]')
  return (await mark.count()) === 0 ? null : await mark.getAttribute('content')
}

/** The browser looks for a new worker by itself, at its own time; here it is told to look now. */
const lookNow = async () =>
  await page.evaluate(async () => void (await (await navigator.serviceWorker.getRegistration())?.update()))

const ready = () => page.getByRole('status').filter({ hasText: 'A new version is ready.' })

async function open(): Promise<void> {
  // Judged where it may be said.
  context = await openBrowser(profile, { told: /dynamically imported module/ })
  noise = watchForNoise(context, [organisation.appUrl, organisation.receiverUrl])
  page = await onlyPage(context)
}

test('a new version waits while a case is open, and starts when it is accepted, with every word saved', async () => {
  await open()
  passphrase = await setUp(page, organisation.setupLink)
  await page.evaluate(async () => await navigator.serviceWorker.ready)
  await recordCase(page)
  await (await textField(page)).fill('written before')
  await saved(page)
  release(app, 2)
  await lookNow()
  await expect(ready()).toBeVisible()
  expect(await version()).toBeNull()
  await (await textField(page)).fill('written while it waited')
  // In mid-answer, not saved yet: accepting saves first.
  await page.getByRole('button', { name: 'Start it now' }).click()
  await expect(page.getByLabel('Passphrase', { exact: true })).toBeVisible()
  await expect.poll(version).toBe('2')
  await unlock(page, passphrase)
  await page.getByRole('button', { name: 'Continue' }).click()
  await expect(await textField(page)).toHaveValue('written while it waited')
  await expect(ready()).toBeHidden()
  expect(noise).toEqual([])
})

test('a new version that nobody accepted starts after the shift, and nothing is asked for twice', async () => {
  release(app, 3)
  await lookNow()
  await expect(ready()).toBeVisible()
  await (await textField(page)).fill('not now')
  await saved(page)
  expect(await version()).toBe('2')
  await menu(page, 'End my shift')
  await expect(page).toHaveURL(/\/locked$/)
  // The browser holds a new worker back while the old one still ends something: then the next start has it.
  let starts = 0
  await expect(async () => {
    starts += 1
    await page.goto(organisation.appUrl)
    await expect.poll(version, { timeout: 8_000 }).toBe('3')
  }).toPass({ timeout: 100_000 })
  await unlock(page, passphrase)
  await page.getByRole('button', { name: 'Continue' }).click()
  await expect(await textField(page)).toHaveValue('not now')
  await saved(page)
  // Only a page that was left for another start, while it still loaded, says so.
  const left = (line: string) => starts > 1 && line.includes('dynamically imported module')
  expect(noise.filter((line) => !left(line))).toEqual([])
  await context.close()
})

test('opened cold, the app takes a new version at once, and the case is as it was left', async () => {
  release(app, 4)
  await open()
  await page.goto(organisation.appUrl)
  await expect.poll(version).toBe('4')
  await unlock(page, passphrase)
  await page.getByRole('button', { name: 'Continue' }).click()
  await expect(await textField(page)).toHaveValue('not now')
  expect(noise).toEqual([])
})
