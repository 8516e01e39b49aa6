import { type BrowserContext, expect, type Page, test } from '@playwright/test'
import { onlyPage, openBrowser, removeProfile, watchForNoise } from './browser.ts'
import { temporaryFolder } from './house.ts'
import { anOrganisation, type Organisation } from './organisation.ts'
import { menu, setUp } from './steps.ts'

/** Once everything was fetched ahead, a screen stands at once: none of them says that it is opening. */
test.describe.configure({ mode: 'serial' })

let organisation: Organisation
let profile = ''
let context: BrowserContext
let page: Page
let noise: string[]

test.beforeAll(async () => {
  organisation = await anOrganisation('screens')
  profile = temporaryFolder('profile')
  context = await openBrowser(profile)
  noise = watchForNoise(context, [organisation.appUrl, organisation.receiverUrl])
  page = await onlyPage(context)
})
test.afterAll(async () => {
  await context?.close()
  removeProfile(profile)
  await organisation?.close()
})

const scripts = async (): Promise<string[]> =>
  await page.evaluate(() =>
    performance
      .getEntriesByType('resource')
      .map(({ name }) => name)
      .filter((name) => name.endsWith('.js')),
  )

/** Notes everything that is added to the page and says that something is opening, for however short a time. */
const watchForOpening = async () =>
  await page.evaluate(() => {
    const seen: string[] = []
    Object.assign(globalThis, { seen })
    const look = (node: Node) => {
      const text = node.textContent ?? ''
      if (/\bOpening\b/.test(text)) seen.push(text)
    }
    new MutationObserver((changes) => {
      for (const { target, addedNodes, type } of changes) {
        if (type === 'characterData') look(target)
        else addedNodes.forEach(look)
      }
    }).observe(document.body, { childList: true, characterData: true, subtree: true })
  })

const seen = async (): Promise<string[]> =>
  await page.evaluate(() => (globalThis as unknown as { seen: string[] }).seen)

test('what a case does not begin with is fetched while nobody waits', async () => {
  await setUp(page, organisation.setupLink)
  await expect(page.getByRole('heading', { name: 'No case yet' })).toBeVisible()
  const late = ['outbox', 'export', 'blank-form', 'check-and-send', 'links-form', 'searched-fields', 'mark-picture']
  await expect
    .poll(async () => {
      const fetched = await scripts()
      return late.filter((part) => !fetched.some((name) => name.includes(`/${part}-`)))
    })
    .toEqual([])
})

test('no screen of the menu says that it is opening, or fetches anything', async () => {
  let before: string[] = []
  const quiet = async () => before.length === (before = await scripts()).length
  await expect.poll(quiet, { intervals: [1_000] }).toBe(true)
  await watchForOpening()
  await page.getByRole('button', { name: 'New case' }).click()
  await expect(page.getByRole('heading', { name: 'Victim 1' })).toBeVisible()
  const screens = ['What waits to be sent', 'Change by code', 'Export', 'Blank paper form', 'About this tablet']
  for (const screen of screens) {
    await menu(page, screen)
    await expect(page.getByRole('dialog')).toBeHidden()
    await expect(page.getByRole('heading').first()).toBeVisible()
  }
  expect(await seen()).toEqual([])
  expect(await scripts()).toEqual(before)
  expect(noise).toEqual([])
})
