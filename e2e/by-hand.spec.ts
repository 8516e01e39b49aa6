import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { type BrowserContext, expect, type Page, test } from '@playwright/test'
import { onlyPage, openBrowser, removeProfile, watchForNoise } from './browser.ts'
import { temporaryFolder } from './house.ts'
import { anOrganisation, type Organisation } from './organisation.ts'
import { menu, recordCase, sendVersion, setUp } from './steps.ts'

/**
 * No network at all: what waits leaves as a sealed file, the desk takes it, and its signed answer comes back as a code or as a file.
 */
test.describe.configure({ mode: 'serial' })

let organisation: Organisation
let profile = ''
let context: BrowserContext
let page: Page
let noise: string[]
let saved = ''

test.beforeAll(async () => {
  profile = temporaryFolder('by-hand')
  organisation = await anOrganisation('by-hand-organisation')
  context = await openBrowser(profile)
  noise = watchForNoise(context, [organisation.appUrl, organisation.receiverUrl])
  page = await onlyPage(context)
})
test.afterAll(async () => {
  await context?.close()
  await organisation?.close()
  removeProfile(profile)
})

test('a finished case is saved as a file whose name says the day alone, and goes on waiting', async () => {
  await setUp(page, organisation.setupLink)
  await organisation.stopReceiver()
  await recordCase(page)
  await sendVersion(page)
  await menu(page, 'What waits to be sent')
  const line = page.getByRole('list', { name: 'Waiting' }).getByRole('listitem')
  await expect(line).toContainText('Ready')
  await page.getByText('Without a network: by stick or mail').click()
  await page.getByRole('button', { name: 'Make the file' }).click()
  await expect(page.getByText('It holds 1 case.')).toBeVisible()
  const download = page.waitForEvent('download')
  await page.getByRole('button', { name: 'Save the file' }).click()
  const file = await download
  expect(file.suggestedFilename()).toMatch(/^boxes-\d{4}-\d{2}-\d{2}\.boxes$/)
  saved = join(organisation.folder, file.suggestedFilename())
  await file.saveAs(saved)
  await page.getByRole('button', { name: 'Yes, it is there' }).click()
  await expect(line).toContainText('Saved as a file on')
  await expect(page.getByRole('button', { name: '1 waiting' })).toBeVisible()
})

test('the desk takes the file, and with the code of its answer the case is opened; its file says nothing new', async () => {
  const opened = join(organisation.folder, 'opened')
  organisation.desk('take', saved, '--keys', organisation.keys, '--out', opened)
  expect(readFileSync(join(opened, 'victims.csv'), 'utf8').trim().split('\n')).toHaveLength(2)
  const answers = join(opened, 'answers')
  const named = (end: string) => join(answers, readdirSync(answers).find((name) => name.endsWith(end)) ?? '')
  await page.getByRole('button', { name: 'Scan a code' }).click()
  await expect(page.getByText(/No camera was found|may not be used here/)).toBeVisible()
  await page.getByLabel('From a picture').setInputFiles(await asSeen(readFileSync(named('.svg'), 'utf8')))
  await expect(page.getByText('Your organisation has opened 1 sealed box.')).toBeVisible()
  await page.getByLabel('Choose the file of the answer').setInputFiles(named('.json'))
  await expect(page.getByText('All that this answer says was known here already.')).toBeVisible()
  await expect(page.getByRole('button', { name: '1 waiting' })).toBeHidden()
  await expect(page.getByRole('list', { name: 'Waiting' })).toBeHidden()
  await menu(page, 'All cases')
  await expect(page.getByRole('listitem').filter({ hasText: '1 victim' }).getByText('Opened')).toBeVisible()
  expect(noise).toEqual([])
})

/** A photograph of the code, as the screen of the desk shows it. */
async function asSeen(svg: string): Promise<{ name: string; mimeType: string; buffer: Buffer }> {
  const desk = await context.newPage()
  await desk.setContent(svg)
  const buffer = await desk.locator('svg').screenshot()
  await desk.close()
  await page.bringToFront()
  return { name: 'code.png', mimeType: 'image/png', buffer }
}
