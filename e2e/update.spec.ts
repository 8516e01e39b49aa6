import { appendFileSync, cpSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { type BrowserContext, expect, type Page, test } from '@playwright/test'
import { browserOfStory, onlyPage, openBrowser, removeProfile, watchForNoise } from './browser.ts'
import { projectRoot, removeFolder, temporaryFolder } from './house.ts'
import { anOrganisation, type Organisation } from './organisation.ts'
import { sayIntegrity } from '../tools/integrity.ts'
import { release, releaseWithTable } from './release.ts'
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

const version = async (tab = page): Promise<string | null> => {
  const mark = tab.locator('meta[name=version]')
  return (await mark.count()) === 0 ? null : await mark.getAttribute('content')
}

/** Of the database on the disk: ten for each version that the app gives it. */
const structure = async (): Promise<number> =>
  await page.evaluate(async () => (await indexedDB.databases()).find(({ name }) => name === 'daybook')?.version ?? 0)

/** The app is of that version. A page that is left for it while it still loads says that it could not. */
async function isOf(wanted: string, tab = page, timeout = 20_000): Promise<void> {
  await expect.poll(async () => await version(tab), { timeout }).toBe(wanted)
  noise.splice(0, noise.length, ...noise.filter((line) => !line.includes('dynamically imported module')))
}

/**
 * Starts the app until it is of that version: the browser holds a new worker back while the old one still ends something,
 * and then the next start has it.
 */
async function startAs(wanted: string, tab: Page): Promise<void> {
  await expect(async () => {
    await tab.goto(organisation.appUrl)
    await isOf(wanted, tab, 8_000)
  }).toPass({ timeout: 100_000 })
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
  await expect.poll(async () => await version()).toBe('2')
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
  await startAs('3', page)
  await unlock(page, passphrase)
  await page.getByRole('button', { name: 'Continue' }).click()
  await expect(await textField(page)).toHaveValue('not now')
  await saved(page)
  expect(noise).toEqual([])
  await context.close()
})

/** A worker that gives an answer without an end: while a page reads it, the browser keeps that worker. */
const endless = `
self.addEventListener('fetch', (event) => {
  if (new URL(event.request.url).pathname === '/endless') event.respondWith(new Response(new ReadableStream()))
});
`
const worker = () => join(app, 'sw.js')

test('opened cold, the app takes a new version at once, and the case is as it was left', async () => {
  release(app, 4)
  writeFileSync(worker(), endless + readFileSync(worker(), 'utf8'))
  await open()
  await page.goto(organisation.appUrl)
  await isOf('4')
  await unlock(page, passphrase)
  await page.getByRole('button', { name: 'Continue' }).click()
  await expect(await textField(page)).toHaveValue('not now')
  expect(noise).toEqual([])
})

test('a new version starts all the same where the page that starts it keeps the older one', async () => {
  test.setTimeout(120_000)
  writeFileSync(worker(), readFileSync(worker(), 'utf8').replace(endless, ''))
  release(app, 5)
  const tries: string[] = []
  page.on('framenavigated', (frame) => void tries.push(new URL(frame.url()).hash))
  await page.addInitScript(() => {
    if (location.pathname === '/starting' && location.hash === '#en.1') void fetch('/endless')
  })
  await lookNow()
  await expect(ready()).toBeVisible()
  await page.getByRole('button', { name: 'Start it now' }).click()
  await expect(page.getByLabel('Passphrase', { exact: true })).toBeVisible({ timeout: 60_000 })
  expect(await version()).toBe('5')
  // Firefox ends a worker all the same.
  if (browserOfStory() === 'chromium') expect(tries).toContain('#en.2')
  await unlock(page, passphrase)
  await page.getByRole('button', { name: 'Continue' }).click()
  await expect(await textField(page)).toHaveValue('not now')
  expect(noise).toEqual([])
})

/** A tab of the origin that runs none of the app's code, and lets go of the storage only when it is closed. */
async function holdStorage(): Promise<Page> {
  const tab = await context.newPage()
  await tab.goto(`${organisation.appUrl}/locked`)
  await tab.evaluate(
    async () =>
      await new Promise<void>((resolve, reject) => {
        const asked = indexedDB.open('daybook')
        asked.addEventListener('error', () => reject(asked.error ?? new Error('not opened')))
        asked.addEventListener('success', () => {
          Object.assign(globalThis, { held: asked.result })
          resolve()
        })
      }),
  )
  return tab
}

test('a new structure of the storage, begun in another tab, waits for the last words and takes them over', async () => {
  const before = await structure()
  const held = await holdStorage()
  releaseWithTable(app, 6)
  const newer = await context.newPage()
  await (await textField(page)).fill('the last words of the old structure')
  await startAs('6', newer)
  await expect(newer.getByRole('heading', { name: 'Daybook is open in another tab' })).toBeVisible()
  await expect(page.getByRole('heading', { name: 'A newer version runs in another tab' })).toBeVisible()
  await expect(page.getByText('What was written here is saved.')).toBeVisible()
  await held.close()
  await expect(newer.getByLabel('Passphrase', { exact: true })).toBeVisible()
  await newer.close()
  await page.getByRole('button', { name: 'Load again' }).click()
  await unlock(page, passphrase)
  expect(await version()).toBe('6')
  expect(await structure()).toBe(before + 10)
  await page.getByRole('button', { name: 'Continue' }).click()
  await expect(await textField(page)).toHaveValue('the last words of the old structure')
  await (await textField(page)).fill('in the new structure')
  await saved(page)
  expect(noise).toEqual([])
})

test('a script of the start that is another than its page was built with does not run', async () => {
  await context?.close()
  const page = readFileSync(join(app, 'index.html'), 'utf8')
  const [, entry = ''] = /<script type="module"[^>]* src="\/([^"]+)"/.exec(page) ?? []
  appendFileSync(join(app, entry), ';document.title = "not ours"')
  // The page is loaded when its script has run, or was refused.
  const open = async (fresh: string, told?: RegExp) => {
    const browser = await openBrowser(fresh, told && { told })
    const tab = await onlyPage(browser)
    await tab.goto(organisation.appUrl)
    return { browser, tab }
  }
  const [first, second] = [temporaryFolder('other-script'), temporaryFolder('same-script')]
  try {
    const { browser, tab } = await open(
      first,
      /valid digest in the 'integrity' attribute|hashes in the integrity attribute/,
    )
    expect(await tab.title()).toBe('Daybook')
    await expect(tab.locator('#root')).toBeEmpty()
    await browser.close()
    // The very same script, of which its page says so, does run.
    sayIntegrity(app)
    const later = await open(second)
    await expect(later.tab).toHaveTitle('not ours')
    await later.browser.close()
  } finally {
    removeProfile(first)
    removeProfile(second)
  }
})
