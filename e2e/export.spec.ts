import { execFileSync } from 'node:child_process'
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, type Page, test } from '@playwright/test'
import { unzipSync } from 'fflate'
import { openWith, openWithPassphrase } from '../src/seal/envelope.ts'
import { onlyPage, openBrowser, removeProfile, watchForNoise } from './browser.ts'
import { type House, newPlaces, type Places, projectRoot, removeFolder, startHouse, temporaryFolder } from './house.ts'
import { menu, recordCase, saved, sendVersion, setUp, textField, unlock } from './steps.ts'

/** Handing out, offline: sealed to the organisation, sealed to a passphrase, plain; the same tables as the desk's. */
test.describe.configure({ mode: 'serial' })

let places: Places
let profile = ''
const draftText = 'only in the draft'
const sentText = 'in the version that was sent'
const ofTheFile = 'harbour copper lantern Friday'
let house: House
let passphrase = ''
let sealed: Uint8Array<ArrayBuffer>
let plain: Record<string, Uint8Array>

test.beforeAll(async () => {
  places = await newPlaces('export')
  profile = temporaryFolder('profile')
  house = await startHouse(places)
})
test.afterAll(async () => {
  await house?.stop()
  removeProfile(profile)
  removeFolder(places.data)
})

/** Presses the button and gives name and bytes of the file that the browser downloads. */
async function madeFile(page: Page): Promise<{ name: string; bytes: Uint8Array<ArrayBuffer> }> {
  const coming = page.waitForEvent('download')
  await page.getByRole('button', { name: 'Make the file' }).click()
  const download = await coming
  await expect(page.getByText('It holds 1 case.')).toBeVisible()
  return { name: download.suggestedFilename(), bytes: new Uint8Array(readFileSync(await download.path())) }
}

const textIn = (files: Record<string, Uint8Array>): string =>
  Object.values(files)
    .map((bytes) => Buffer.from(bytes).toString('utf8'))
    .join('\n')

test('offline, the finished case is handed out in three ways, and nothing of the draft is in any of them', async () => {
  const context = await openBrowser(profile)
  const noise = watchForNoise(context, [house.appUrl, house.receiverUrl])
  const page = await onlyPage(context)
  passphrase = await setUp(page, house.setupLink)
  await page.evaluate(async () => await navigator.serviceWorker.ready)
  await house.stop()

  await page.reload()
  await unlock(page, passphrase)
  await menu(page, 'Export')
  await page.getByRole('button', { name: 'Make the file' }).click()
  await expect(page.getByText('There is no finished case yet, so no file was made.')).toBeVisible()
  await menu(page, 'All cases')

  await recordCase(page)
  await (await textField(page)).fill(sentText)
  await sendVersion(page)
  await menu(page, 'All cases')
  await page.getByRole('button', { name: 'New case' }).click()
  await page.getByRole('button', { name: 'Map of the case' }).click()
  await page.getByRole('dialog').getByRole('button', { name: 'Event' }).click()
  await (await textField(page)).fill(draftText)
  await saved(page)

  await menu(page, 'Export')
  await expect(page.getByLabel('Only your organisation')).toBeChecked()
  const first = await madeFile(page)
  expect(first.name).toMatch(/^daybook-\d{4}-\d\d-\d\d\.zip\.age$/)
  sealed = first.bytes
  expect(Buffer.from(sealed).includes(sentText)).toBe(false)

  await page.getByLabel('Whoever knows a passphrase for this file').check()
  await page.getByRole('textbox', { name: 'Passphrase for this file' }).fill('too short')
  await page.getByLabel('Type it once more').fill('too short')
  await page.getByRole('button', { name: 'Make the file' }).click()
  await expect(page.getByRole('alert')).toHaveText('A passphrase for a file needs at least 14 signs. No file was made.')
  await page.getByRole('textbox', { name: 'Passphrase for this file' }).fill(ofTheFile)
  await page.getByLabel('Type it once more').fill(`${ofTheFile}s`)
  await page.getByRole('button', { name: 'Make the file' }).click()
  await expect(page.getByRole('alert')).toHaveText('The two are not the same. No file was made.')
  await page.getByLabel('Type it once more').fill(ofTheFile)
  const second = await madeFile(page)
  expect(second.name).toMatch(/\.zip\.age$/)
  const again = unzipSync(await openWithPassphrase(ofTheFile, second.bytes))
  expect(textIn(again)).toContain(sentText)

  await page.getByLabel('Everyone: a plain file').check()
  await expect(page.getByText(/A plain file can be read by everyone/)).toBeVisible()
  await page.getByLabel('Your passphrase').fill('not the passphrase at all')
  await page.getByRole('button', { name: 'Make the file' }).click()
  await expect(page.getByRole('alert')).toHaveText('That is not your passphrase. No file was made.')
  await page.getByLabel('Your passphrase').fill(passphrase)
  const third = await madeFile(page)
  expect(third.name).toMatch(/\d\.zip$/)
  plain = unzipSync(third.bytes)
  expect(textIn(plain)).not.toContain(draftText)
  expect(plain).toEqual(again)

  expect(noise).toEqual([])
  await context.close()
})

test('the organisation opens the sealed file with its work key and finds the tables that its desk writes', async () => {
  house = await startHouse(places)
  const context = await openBrowser(profile)
  const noise = watchForNoise(context, [house.appUrl, house.receiverUrl])
  const page = await onlyPage(context)
  await page.goto(house.appUrl)
  await unlock(page, passphrase)
  await expect(page.getByRole('listitem').filter({ hasText: '1 victim' }).getByText('Received')).toBeVisible()
  expect(noise).toEqual([])
  await context.close()

  const keys = join(house.data, 'organisation')
  const out = join(house.data, 'opened')
  execFileSync(process.execPath, ['dist/node/desk.js', 'open', '--keys', keys, '--out', out], { cwd: projectRoot })
  const [identity = ''] = /AGE-SECRET-KEY\S+/.exec(readFileSync(join(keys, 'work.key'), 'utf8')) ?? []
  const files = unzipSync(await openWith([identity], sealed))
  expect(Object.keys(files).toSorted()).toEqual([
    'codebook.csv',
    'datapackage.json',
    'events.csv',
    'links.csv',
    'perpetrators.csv',
    'reporting_entities.csv',
    'victims.csv',
  ])
  for (const [name, bytes] of Object.entries(files)) {
    expect(Buffer.from(bytes).equals(readFileSync(join(out, name))), name).toBe(true)
    expect(Buffer.from(bytes).equals(Buffer.from(plain[name] ?? [])), name).toBe(true)
  }
  expect(textIn(files)).toContain(sentText)
  expect(textIn(files)).not.toContain(draftText)
})
