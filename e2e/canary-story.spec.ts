import { randomBytes, randomInt } from 'node:crypto'
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { type BrowserContext, expect, type Page, test } from '@playwright/test'
import { newCaseCode, showCaseCode } from '../src/record/ids.ts'
import { browserOfStory, killBrowser, onlyPage, openBrowser, removeProfile, watchForNoise } from './browser.ts'
import { findBelow, type Hit } from './canary.ts'
import { type House, newPlaces, type Places, removeFolder, startHouse, temporaryFolder } from './house.ts'
import { type KeysOnDisk, keysOf } from './keys-of.ts'
import {
  choose,
  goTo,
  menu,
  openAgain,
  question,
  recordCase,
  saved,
  search,
  sendVersion,
  textField,
  unlock,
} from './steps.ts'

/**
 * Texts that occur nowhere else are typed into every kind of field that takes text; then everything that the browser and
 * the receiver have written is searched for them. canary.spec.ts shows that the search finds what is there.
 */
test.describe.configure({ mode: 'serial' })

// All begin alike, so that one search finds any of them; what follows tells which.
const tag = `Qz${randomBytes(7).toString('hex')}`
const canary = (): string => `${tag}${randomBytes(3).toString('hex')}`
const texts = { beside: canary(), form: canary(), area: canary(), law: canary(), article: canary(), org: canary() }
let passphrase = `${canary()} ${canary()}`
const ofTheFile = `${canary()} ${canary()}`
const nickname = `Heron${randomBytes(5).toString('hex')}`
const pin = String(randomInt(100_000, 1_000_000))
const age = String(randomInt(100_000_000, 1_000_000_000))
/** The code of a case that another tablet recorded. */
const code = newCaseCode()
// The passphrase is folded before its bytes are used.
const wanted = [tag, tag.toLowerCase(), showCaseCode(code)]
// Typed last, into a field of another page that asks for nothing: the browser writes it into its restore files, and then
// it has written down of the fields before whatever it would.
const careless = `Control${randomBytes(7).toString('hex')}`

let places: Places
let house: House
let profile = ''
let context: BrowserContext
let page: Page
let noise: string[]
let keys: KeysOnDisk | undefined

test.beforeAll(async () => {
  places = await newPlaces('canary')
  house = await startHouse(places)
  profile = temporaryFolder('profile')
})
test.afterAll(async () => {
  await context?.close().catch(() => undefined)
  removeProfile(profile)
  await house?.stop()
  removeFolder(places.data)
})

async function open(): Promise<void> {
  // Firefox asks the receiver for an icon, which the policy of its answer does not let through.
  context = await openBrowser(profile, { told: /\/favicon\.ico because it violates/ })
  noise = watchForNoise(context, [house.appUrl, house.receiverUrl])
  page = await onlyPage(context)
}

/** Searches all that was written so far by browser and receiver, for keys as soon as they are known. */
function expectNothing(when: string): void {
  const { secret, deviceSecret } = keys ?? { secret: {} }
  const lookFor = {
    texts: wanted,
    numbers: [pin, age, code],
    keys: { ...secret, ...(deviceSecret && { deviceSecret }) },
  }
  const found = findBelow(profile, lookFor)
  expect(found.files).toBeGreaterThan(50)
  const [onPurpose, hits] = [found.hits.filter(isOfTheSlot), found.hits.filter((hit) => !isOfTheSlot(hit))]
  expect(hits, when).toEqual([])
  if (deviceSecret) expectInItsSlotOnly(onPurpose)
  expect(findBelow(join(house.data, 'receiver'), { texts: wanted, numbers: [age, code] }).hits, when).toEqual([])
  expect(wanted.filter((text) => house.output().includes(text))).toEqual([])
  console.log(
    `${when}: ${found.files} files in ${found.readings} readings, ${Math.round(found.bytes / 1024 / 1024)} MiB, ` +
      `${Object.keys(secret).length} keys: 0 hits`,
  )
}

const isOfTheSlot = ({ form }: Hit): boolean => form.startsWith('deviceSecret: ')

/** The one key that lies on the disk on purpose, in a file that is overwritten in place. */
function expectInItsSlotOnly(hits: readonly Hit[]): void {
  expect(hits.map(({ form, how }) => ({ form, how }))).toEqual([{ form: 'deviceSecret: bytes', how: 'as it is' }])
  expect(hits[0]?.file).toMatch(browserOfStory() === 'firefox' ? /^\/storage\/default\/[^/]+\/fs\// : /\/File System\//)
}

/** What is readable on the disk on purpose, and why. Each is found, so that this list is true and the search works. */
const plainOnPurpose = (): Readonly<Record<string, string>> => ({
  [nickname]: 'the lock screen shows whose account it is before anybody has unlocked',
  [new URL(house.receiverUrl).host]: 'the service worker sends while everything is locked',
  '"label":"our office"': 'the neutral name of the organisation is said before anybody has unlocked',
  // As Chromium writes it down: the length of the text stands before it. Firefox puts more between than a text can say.
  ...(browserOfStory() === 'chromium' && {
    'language"\u0002en': 'the lock screen speaks the language that was chosen',
  }),
})

/** Into every kind of field of a case that takes text. The number is no age that could be sent. */
async function typeEverywhere({ withNumber }: { withNumber: boolean }): Promise<void> {
  await goTo(page, 'Victim 1')
  await choose(page, /^What was the person trafficked for/, 'Other forms of exploitation')
  await choose(page, /^What was the person trafficked for/, 'Other exploitation')
  await page.getByLabel('Other exploitation: say which, in a few words').fill(texts.form)
  if (withNumber)
    await question(page, /^How old is the person/)
      .getByRole('textbox')
      .fill(age)
  await question(page, /^Which citizenship or citizenships/)
    .getByRole('combobox')
    .fill(canary())
  await goTo(page, 'Event')
  await page.getByLabel(/^Area/).fill(texts.area)
  await saved(page)
  await (await textField(page)).fill(texts.beside)
  // That it must be said which is no longer asked for then, and all below moves up.
  await saved(page)
  await choose(page, /^Is there a criminal case/, 'Prosecuted')
  await page.getByLabel('Law', { exact: true }).fill(texts.law)
  await page.getByLabel('Article', { exact: true }).fill(texts.article)
  await goTo(page, 'Reporting entity')
  await page.getByLabel('Code of the organisation').fill(texts.org)
  await saved(page)
}

/** Into the fields away from the cases, where nothing is kept but a new passphrase. Ends in the account. */
async function typeElsewhere(): Promise<void> {
  await menu(page, 'Change by code')
  await page.getByLabel('Code of the case').fill(code)
  await page.getByLabel('An answer was wrong, or is known now').check()
  await page.getByLabel('One victim').check()
  await question(page, 'Which question?').getByRole('combobox').fill(canary())
  await question(page, 'Which question?').getByRole('combobox').fill('trafficked for')
  await page.getByRole('option').first().click()
  await choose(page, /^What was the person trafficked for/, 'Other forms of exploitation')
  await choose(page, /^What was the person trafficked for/, 'Other exploitation')
  await page.getByLabel('Other exploitation: say which, in a few words').fill(canary())

  await menu(page, 'About this tablet')
  await page.getByRole('button', { name: 'Take new settings or a new link' }).click()
  await page.getByLabel('Set-up link from your organisation').fill(canary())
  await page.getByRole('button', { name: 'Continue' }).click()
  await expect(page.getByRole('alert')).toBeVisible()

  await menu(page, 'Copies')
  const file = { name: 'copy.age', mimeType: 'application/octet-stream', buffer: Buffer.from('no copy') }
  await page.getByLabel('Choose the file').setInputFiles(file)
  await page.getByLabel('Word 1 of 24').fill(canary())

  await menu(page, 'My account')
  await page.getByRole('button', { name: 'Change the passphrase', exact: true }).click()
  await page.getByLabel('Your passphrase until now').fill(passphrase)
  passphrase = `${canary()} ${canary()}`
  await page.getByLabel('Make up my own').check()
  await page.getByLabel('Own passphrase').fill(passphrase)
  await page.getByLabel('Type the passphrase once').fill(passphrase)
  await page.getByRole('button', { name: 'Change the passphrase now' }).click()
  await expect(page.getByText(/^The passphrase is changed\./)).toBeVisible({ timeout: 30_000 })
}

/** In a dialog of the case that is open, and in the language that is chosen there. */
async function typeInDialogs(): Promise<void> {
  await goTo(page, 'Check and send')
  await page.getByText('More', { exact: true }).click()
  await page.getByRole('button', { name: 'Seal it for another tablet …' }).click()
  await page.getByLabel('Text of the other account').fill(canary())
  await page.keyboard.press('Escape')
  for (const language of ['fr', 'en']) {
    await page.getByRole('button', { name: 'Menu' }).click()
    await page.getByRole('dialog').getByRole('combobox').selectOption(language)
    await page.keyboard.press('Escape')
  }
}

test('texts that nobody else would write are typed into every kind of field, kept as a draft and sent', async () => {
  await open()
  await page.goto(house.setupLink)
  await page.getByRole('button', { name: 'The words agree: accept' }).click()
  await page.getByLabel('Nickname').fill(nickname)
  await page.getByLabel('Make up my own').check()
  await page.getByLabel('Own passphrase').fill(passphrase)
  // Seen, it is an ordinary text field.
  await page.getByRole('button', { name: 'Show the passphrase' }).first().click()
  await page.getByLabel('Type the passphrase once').fill(passphrase)
  await page.getByLabel(/^PIN for the cover/).fill(pin)
  await page.getByRole('button', { name: 'Make the account' }).click()
  await expect(page.getByRole('heading', { name: 'No case yet' })).toBeVisible({ timeout: 30_000 })

  await recordCase(page)
  await typeEverywhere({ withNumber: false })
  await sendVersion(page)
  await expect(page.getByText(/· Received$/)).toBeVisible()

  await menu(page, 'Export')
  await page.getByLabel('Whoever knows a passphrase for this file').check()
  await page.getByRole('textbox', { name: 'Passphrase for this file' }).fill(ofTheFile)
  await page.getByLabel('Type it once more').fill(ofTheFile)
  await page.getByRole('button', { name: 'Make the file' }).click()
  await expect(page.getByText('It holds 1 case.')).toBeVisible()

  await typeElsewhere()
  await menu(page, 'All cases')
  await page.getByRole('searchbox').fill(canary())
  await expect(page.getByText('No case fits this search.')).toBeVisible()
  await page.getByRole('searchbox').fill('')
  await page.getByRole('button', { name: 'New case' }).click()
  await expect(page.getByRole('heading', { name: 'Victim 1' })).toBeVisible()
  await goTo(page, 'Event')
  await search(page, 'Where was this case recorded?', 'fran', 'France')
  await typeInDialogs()
  await typeEverywhere({ withNumber: true })
  await page.getByRole('button', { name: 'Hide' }).click()
  await page.getByLabel('PIN', { exact: true }).fill(pin)
  await expect(page.getByLabel('Code of the organisation')).toHaveValue(texts.org)
  expect(noise).toEqual([])
})

test('while it is open, nothing of it is on the disk: neither in the profile nor at the receiver', async () => {
  const other = await context.newPage()
  await other.goto(`${house.receiverUrl}/health`)
  await other.evaluate(() => document.body.replaceChildren(document.createElement('input')))
  await other.getByRole('textbox').pressSequentially(careless)
  await expect.poll(() => findBelow(profile, { texts: [careless] }).hits.length, { timeout: 40_000 }).toBeGreaterThan(0)
  await other.close()
  await sleep(5_000)
  expectNothing('while open')
})

test('nor after the lock, neither a text nor a key', async () => {
  await menu(page, 'End my shift')
  await expect(page).toHaveURL(/\/locked$/)
  await sleep(1_000)
  keys = await keysOf(page, passphrase)
  await openAgain(page)
  await page.getByRole('button', { name: 'Enter word by word' }).click()
  await page.getByLabel('Next word: its first letters').pressSequentially(canary())
  await page.getByRole('button', { name: 'Type it as a whole' }).click()
  await sleep(5_000)
  expectNothing('after the lock')
  const plain = plainOnPurpose()
  const { hits } = findBelow(profile, { texts: Object.keys(plain) })
  for (const [text, why] of Object.entries(plain))
    expect(hits.filter(({ form }) => form.startsWith(`${text}: `)).length, why).toBeGreaterThan(0)
})

test('nor after a kill in mid-answer, nor after the browser was closed', async () => {
  await page.goto(house.appUrl)
  await unlock(page, passphrase)
  await page.getByRole('button', { name: 'Continue' }).click()
  await page.getByLabel('Code of the organisation').fill(canary())
  killBrowser(profile)
  expectNothing('after the kill')
  await context.close().catch(() => undefined)

  await open()
  await page.goto(house.appUrl)
  await unlock(page, passphrase)
  await page.getByRole('button', { name: 'Continue' }).click()
  await expect(page.getByLabel('Code of the organisation')).toHaveValue(new RegExp(`^${tag}`))
  await context.close()
  expectNothing('after closing')
})
