import { execFileSync } from 'node:child_process'
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, type Page, test } from '@playwright/test'
import Papa from 'papaparse'
import { onlyPage, openBrowser, removeProfile, watchForNoise } from './browser.ts'
import { type House, newPlaces, type Places, projectRoot, removeFolder, startHouse, temporaryFolder } from './house.ts'
import { choose, goTo, menu, question, recordCase, saved, sendVersion, setUp } from './steps.ts'

/**
 * What happens to a case after it was sent: it is amended, closed, changed by its code alone, and withdrawn; the desk's
 * tables follow. One tablet, one page, online throughout.
 */
let house: House
let places: Places
let profile = ''

test.beforeAll(async () => {
  places = await newPlaces('amend')
  profile = temporaryFolder('amend-profile')
  house = await startHouse(places)
})
test.afterAll(async () => {
  await house?.stop()
  removeProfile(profile)
  removeFolder(places.data)
})

const desk = () => {
  const out = join(house.data, 'opened')
  const words = ['dist/node/desk.js', 'open', '--keys', join(house.data, 'organisation'), '--out', out]
  execFileSync(process.execPath, words, { cwd: projectRoot })
  const table = (name: string) =>
    Papa.parse<Record<string, string>>(readFileSync(join(out, `${name}.csv`), 'utf8').replace(/^\uFEFF/, ''), {
      header: true,
      skipEmptyLines: true,
    }).data
  return { table, report: readFileSync(join(out, 'report.txt'), 'utf8') }
}

const codeOn = async (page: Page) =>
  (
    await page
      .getByRole('banner')
      .getByText(/\d{3} \d{3} \d{3}/)
      .innerText()
  )
    .replaceAll(/\D/g, '')
    .slice(0, 9)

test('amended, changed by code, closed and withdrawn, a case stands in the tables as it was said last', async () => {
  const context = await openBrowser(profile)
  const noise = watchForNoise(context, [house.appUrl, house.receiverUrl])
  const page = await onlyPage(context)
  await page.goto(house.setupLink)
  await setUp(page, house.setupLink)

  // Sent, and received.
  await recordCase(page)
  await goTo(page, 'Add a victim')
  await choose(page, /^What was the person trafficked for/, 'Forced labour')
  await choose(page, /^What is the sex marker/, 'Female')
  await question(page, /^How old is the person/)
    .getByRole('textbox')
    .fill('31')
  await saved(page)
  await question(page, /^Which citizenship or citizenships/)
    .getByRole('button', { name: 'Not known' })
    .click()
  await saved(page)
  const code = await codeOn(page)
  await sendVersion(page)
  await expect(page.getByText(/^Saved on this tablet .* · Received$/)).toBeVisible({ timeout: 30_000 })
  expect(
    desk()
      .table('victims')
      .map((victim) => victim['agv']),
  ).toEqual(['23', '31'])

  // Amended: what changed is said, somebody taken out is brought back.
  await goTo(page, 'Victim 1')
  await question(page, /^How old is the person/)
    .getByRole('textbox')
    .fill('17')
  await goTo(page, 'Victim 2')
  await page.getByRole('button', { name: 'Remove Victim 2' }).click()
  await saved(page)
  await page.getByRole('banner').getByRole('button', { name: 'changes not sent' }).click()
  const changes = page.getByRole('region', { name: 'Changed since version 1 was sent' })
  await expect(changes.getByRole('button', { name: /^Victim 1: How old/ })).toBeVisible()
  await expect(changes.getByText('Victim 2: entered by mistake')).toBeVisible()
  await changes.getByRole('button', { name: 'Bring Victim 2 back' }).click()
  await expect(changes.getByText('Victim 2: entered by mistake')).toBeHidden()
  await changes.getByRole('button', { name: /^Victim 1: How old/ }).click()
  await expect(question(page, /^How old is the person/).getByRole('textbox')).toBeFocused()
  await goTo(page, 'Victim 2')
  await page.getByRole('button', { name: 'Remove Victim 2' }).click()
  await saved(page)
  await sendVersion(page)
  await expect(page.getByText('Version 2')).toBeVisible()
  await expect(page.getByText(/^Saved on this tablet .* · Received$/)).toBeVisible({ timeout: 30_000 })
  expect(
    desk()
      .table('victims')
      .map((victim) => victim['agv']),
  ).toEqual(['17'])

  // Closed, found under its filter, opened again.
  await page.getByText('More', { exact: true }).click()
  await page.getByRole('button', { name: 'Close: it has left our care' }).click()
  await expect(page.getByText('This case is closed: it has left your care.')).toBeVisible()
  await page.getByRole('button', { name: 'Undo' }).click()
  await expect(page.getByText('This case is closed: it has left your care.')).toBeHidden()
  await page.getByText('More', { exact: true }).click()
  await page.getByRole('button', { name: 'Close: it has left our care' }).click()
  await expect(page.getByText('This case is closed: it has left your care.')).toBeVisible()
  await menu(page, 'All cases')
  await page.getByRole('button', { name: /^Closed/ }).click()
  await page.getByRole('listitem').getByRole('button').click()
  await goTo(page, 'Check and send')
  await page.getByRole('button', { name: 'Open it again' }).click()
  await expect(page.getByText('This case is closed: it has left your care.')).toBeHidden()

  // Changed by its code alone.
  await menu(page, 'Change by code')
  const box = page.getByLabel('Code of the case')
  await box.fill(`${code.slice(0, 8)}${(Number(code.at(-1)) + 1) % 10}`)
  await expect(page.getByText('A digit is wrong')).toBeVisible()
  await box.fill(code)
  await expect(box).toHaveValue(code.replace(/(\d{3})(?=\d)/g, '$1 '))
  await page.getByLabel('How far the criminal case is').check()
  await choose(page, /^Is there a criminal case/, 'Prosecuted')
  await page.getByRole('button', { name: 'Send this change' }).click()
  const list = page.getByRole('region', { name: 'Changes that were sent' })
  await expect(list.getByText('Received', { exact: true })).toBeVisible({ timeout: 30_000 })
  const changed = desk()
  expect(changed.table('events').map((event) => event['ces'])).toEqual(['prosecuted'])
  expect(changed.report).toContain('Applied by case code')

  // The list of what was done still holds the place that the organisation was told of.
  const [, told = ''] = /compares the words\):\n {2}((?:[a-z]+ ){5}[a-z]+): key/.exec(changed.report) ?? []
  await menu(page, 'What was done')
  await page.getByText('Compare with the organisation').click()
  await page.getByLabel('Word 1 of 6').fill(`${told} `)
  await expect(page.getByText(/^They are in this list: .* Nothing before that was cut off\.$/)).toBeVisible()

  // Withdrawn: said what will happen, and nothing is left to write in.
  await menu(page, 'All cases')
  await page.getByRole('listitem').getByRole('button').first().click()
  await goTo(page, 'Check and send')
  await page.getByText('More', { exact: true }).click()
  await page.getByRole('button', { name: 'Withdraw the case …' }).click()
  const dialog = page.getByRole('dialog', { name: 'Withdraw this case?' })
  await expect(dialog.getByText('This cannot be undone.')).toBeVisible()
  await dialog.getByLabel('Consent was taken back').check()
  await dialog.getByRole('button', { name: 'Withdraw it' }).click()
  await expect(page.getByText('This case is withdrawn.')).toBeVisible()
  await expect(page.getByText('Version 3')).toBeVisible()
  await page.getByRole('button', { name: 'All cases' }).click()
  await expect(page.getByRole('listitem').getByText('Withdrawn', { exact: true })).toBeVisible()
  await expect.poll(() => desk().table('events').length, { timeout: 30_000 }).toBe(0)
  expect(noise).toEqual([])
  await context.close()
})
