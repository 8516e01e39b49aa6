import { readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test, type Page } from '@playwright/test'
import Papa from 'papaparse'
import { onlyPage, openBrowser, removeProfile, watchForNoise } from './browser.ts'
import { temporaryFolder } from './house.ts'
import { anOrganisation, type Organisation } from './organisation.ts'
import { choose, question, recordCase, sendVersion, setUp } from './steps.ts'

/** An organisation that asks otherwise than the codebook: from its file to the tablet, in two languages, and back. */
test.describe.configure({ mode: 'serial' })

const overlay = {
  variables: { off: ['ces'] },
  values: {
    moc: [{ code: 'door', parent: 'restricts_movement', labels: { en: 'Locked doors', ar: 'أبواب مقفلة' } }],
  },
  areas: {
    ES: [
      { code: 'north', labels: { en: 'Northern harbours', ar: 'موانئ الشمال' } },
      { code: 'south', labels: { en: 'Southern harbours', ar: 'موانئ الجنوب' } },
    ],
  },
  words: {
    moc: {
      label: { en: 'What kept the person from leaving?', ar: 'ما الذي منع الشخص من المغادرة؟' },
      help: { en: 'Ask late, and never twice.', ar: 'اسأل متأخرا، ولا تسأل مرتين.' },
    },
  },
}

const means = { en: 'What kept the person from leaving?', ar: 'ما الذي منع الشخص من المغادرة؟' }
let organisation: Organisation
let profile = ''
let folder = ''

test.beforeAll(async () => {
  profile = temporaryFolder('profile')
  folder = temporaryFolder('overlay')
  const file = join(folder, 'overlay.json')
  writeFileSync(file, JSON.stringify(overlay))
  organisation = await anOrganisation('organisation', { settings: ['--country', 'ES', '--overlay', file] })
})
test.afterAll(async () => {
  await organisation?.close()
  removeProfile(profile)
  removeProfile(folder)
})

async function speak(page: Page, now: string, next: string): Promise<void> {
  await page.getByRole('button', { name: now === 'English' ? 'Menu' : 'القائمة' }).click()
  await page.getByRole('dialog').getByRole('combobox').selectOption({ label: next })
  await page.keyboard.press('Escape')
}

test('a tablet asks as its organisation does, in both languages, and sends what was chosen', async () => {
  const context = await openBrowser(profile)
  const noise = watchForNoise(context, [organisation.appUrl, organisation.receiverUrl])
  const page = await onlyPage(context)
  await setUp(page, organisation.setupLink)
  await recordCase(page)

  await question(page, 'Where was this case recorded?').getByLabel('Area').selectOption('Southern harbours')
  await page.getByText('More detail (step 2)').click()
  await expect(question(page, means.en).getByText('Ask late, and never twice.')).toBeVisible()
  await expect(question(page, /^Is there a criminal case/)).toBeHidden()
  await choose(page, means.en, 'Locked doors')

  await speak(page, 'English', 'العربية')
  await expect(question(page, means.ar).getByText('اسأل متأخرا، ولا تسأل مرتين.')).toBeVisible()
  await expect(question(page, means.ar).getByRole('checkbox', { name: /أبواب مقفلة/ })).toBeChecked()
  await expect(page.getByRole('option', { name: 'موانئ الجنوب' })).toBeAttached()
  await speak(page, 'العربية', 'English')

  await sendVersion(page)
  await expect(page.getByText(/^Saved on this tablet .* · Received$/)).toBeVisible()
  expect(noise).toEqual([])
  await context.close()
})

test('the desk’s tables have the standard’s code, and the organisation’s beside it', () => {
  const out = join(organisation.folder, 'opened')
  organisation.desk('open', '--keys', organisation.keys, '--out', out, '--labels')
  const text = readFileSync(join(out, 'events.csv'), 'utf8').replace(/^\uFEFF/, '')
  const [event] = Papa.parse<Record<string, string>>(text, { header: true }).data
  expect(event).toMatchObject({
    moc: 'restricts_movement',
    moc_own: 'restricts_movement/door',
    moc_own_label: 'Locked doors',
    geo_area: 'south',
    ces: '',
  })
})
