import { execFileSync } from 'node:child_process'
import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, type Page, test } from '@playwright/test'
import { browserOfStory } from './browser.ts'
import { projectRoot } from './house.ts'
import { menu, recordCase, saved, setUp, textField, unlock } from './steps.ts'
import { aWorkplace, type Workplace } from './workplace.ts'

/** What the browser does to storage: too little room, another tab with another version, everything removed. */
test.describe.configure({ mode: 'serial' })

let here: Workplace
let page: Page
let passphrase = ''

test.beforeAll(async () => {
  here = await aWorkplace('durable')
  page = here.page
})
test.afterEach(() => {
  expect(here.noise).toEqual([])
})
test.afterAll(async () => await here?.close())

/** Chromium says for privacy that 10 GiB are left, however little there is: here it is made to say so much. */
async function openWith(bytesLeft: number): Promise<void> {
  await page.addInitScript((quota) => {
    // A page without an origin has no storage.
    if ('storage' in navigator) navigator.storage.estimate = async () => await Promise.resolve({ quota, usage: 0 })
  }, bytesLeft)
  await page.goto('about:blank')
  await page.goto(here.house.appUrl)
  await unlock(page, passphrase)
}

const run = (name: string, ...words: readonly string[]): string =>
  execFileSync(process.execPath, [`dist/node/${name}.js`, ...words], { cwd: projectRoot, encoding: 'utf8' })

const boxesAtTheReceiver = (): number =>
  Number(/boxes (\d+)/.exec(run('receiver', 'devices', '--data', join(here.house.data, 'receiver')))?.[1] ?? 0)

/** Another tab of the app's origin that runs none of its code. */
async function otherTab(): Promise<Page> {
  const other = await here.context.newPage()
  await other.goto(`${here.house.appUrl}/locked`)
  return other
}

/** Everything of the origin but its cookies, as a browser does that is short of room. */
async function removeAll(): Promise<void> {
  await page.goto('about:blank')
  if (browserOfStory() === 'chromium') {
    const session = await here.context.newCDPSession(page)
    const storageTypes = 'indexeddb,file_systems,service_workers,cache_storage'
    await session.send('Storage.clearDataForOrigin', { origin: here.house.appUrl, storageTypes })
    return
  }
  // Firefox lets nobody do so from outside.
  const other = await otherTab()
  await other.evaluate(async () => {
    for (const registration of await navigator.serviceWorker.getRegistrations()) await registration.unregister()
    for (const name of await caches.keys()) await caches.delete(name)
    const folder = await navigator.storage.getDirectory()
    for await (const name of folder.keys()) await folder.removeEntry(name, { recursive: true })
    for (const { name = '' } of await indexedDB.databases())
      await new Promise((resolve, reject) => {
        const request = indexedDB.deleteDatabase(name)
        request.addEventListener('success', resolve)
        request.addEventListener('error', () => reject(new Error(`${name} is not removed`)))
      })
  })
  await other.close()
}

test('a vault whose file cannot be had is said to have failed, instead of being waited for', async () => {
  const file = '**/vault.worker-*'
  await page.route(file, async (route) => await route.abort())
  await page.goto(here.house.appUrl)
  await expect(page.getByRole('heading', { name: 'The storage of this browser did not open' })).toBeVisible()
  await page.unroute(file)
})

test('an app that waits for the storage of another tab says so within three seconds, and then goes on', async () => {
  const other = await otherTab()
  await other.evaluate(
    async () =>
      await new Promise<void>((resolve) => {
        const asked = indexedDB.open('daybook', 1)
        // A tab of an older version that does not let go.
        asked.addEventListener('success', () => {
          Object.assign(globalThis, { held: asked.result })
          resolve()
        })
      }),
  )
  await page.goto(here.house.appUrl)
  await expect(page.getByRole('heading', { name: 'Daybook is open in another tab' })).toBeVisible({ timeout: 3_000 })
  await other.evaluate(() => (globalThis as unknown as { held: IDBDatabase }).held.close())
  await expect(page.getByLabel('Set-up link from your organisation')).toBeVisible()
  await other.close()
})

test('short of room it warns, then begins no new case', async () => {
  passphrase = await setUp(page, here.house.setupLink)
  await openWith(150_000_000)
  await expect(page.getByRole('status').filter({ hasText: 'Less than 200 MB are left' })).toBeVisible()
  await openWith(30_000_000)
  await expect(page.getByRole('alert').filter({ hasText: 'Less than 50 MB are left' })).toBeVisible()
  await page.getByRole('button', { name: 'New case' }).click()
  await expect(page.getByRole('heading', { name: 'No case yet' })).toBeVisible()
  await openWith(900_000_000)
  await expect(page.getByRole('heading', { name: 'No case yet' })).toBeVisible()
  await expect(page.getByText('Less than')).toBeHidden()
})

test('a newer version in another tab waits for the last words, which are there when the page is loaded again', async () => {
  await recordCase(page)
  await (await textField(page)).fill('typed just now')
  const other = await otherTab()
  const waited = await other.evaluate(
    async () =>
      await new Promise<number>((resolve) => {
        const began = performance.now()
        const asked = indexedDB.open('daybook', 990)
        asked.addEventListener('success', () => {
          asked.result.close()
          resolve(performance.now() - began)
        })
      }),
  )
  console.log(`another tab's change of the database waited ${Math.round(waited)} ms for this one`)
  await expect(page.getByRole('heading', { name: 'A newer version runs in another tab' })).toBeVisible()
  await expect(page.getByText('What was written here is saved.')).toBeVisible()
  expect(waited).toBeLessThan(3_000)
  await other.close()
  await page.getByRole('button', { name: 'Load again' }).click()
  await unlock(page, passphrase)
  await page.getByRole('button', { name: 'Continue' }).click()
  await expect(await textField(page)).toHaveValue('typed just now')
  await saved(page)
})

test('a draft that is left is safe at the organisation, which names it in its report and counts nothing', async () => {
  const heading = await page.getByRole('banner').getByRole('heading').textContent()
  const code = (heading ?? '').replaceAll(/\D/g, '')
  expect(code).toHaveLength(9)
  await menu(page, 'All cases')
  // Beside the test box of the set-up.
  await expect.poll(boxesAtTheReceiver).toBe(2)
  const { data } = here.house
  const out = join(data, 'opened')
  run('desk', 'open', '--keys', join(data, 'organisation'), '--out', out)
  const report = readFileSync(join(out, 'report.txt'), 'utf8')
  expect(report.replaceAll(/(?<=\d)\s(?=\d)/g, '')).toContain(`\n  case ${code}, as of `)
  expect(report).toContain('In the tables: 0 cases, 0 victims')
  const tables = readdirSync(out).filter((file) => file.endsWith('.csv') && file !== 'codebook.csv')
  expect(tables).toContain('events.csv')
  for (const name of tables) expect(readFileSync(join(out, name), 'utf8').trim().split('\n')).toHaveLength(1)
})

test('a tablet whose data the browser has removed says so, instead of greeting a newcomer', async () => {
  await removeAll()
  await page.goto(here.house.appUrl)
  const removed = page.getByRole('heading', { name: 'This browser has removed what Daybook kept here' })
  await expect(removed).toBeVisible()
  const cookies = await here.context.cookies(here.house.appUrl)
  expect(cookies.map(({ name, value }) => [name, value])).toEqual([['__Host-had-data', '1']])
  await page.reload()
  await expect(removed).toBeVisible()
  await page.getByRole('button', { name: 'Set this tablet up again' }).click()
  await expect(page.getByLabel('Set-up link from your organisation')).toBeVisible()
})
