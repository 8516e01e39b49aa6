import { expect, type Page, test } from '@playwright/test'
import { onlyPage, openBrowser, removeProfile, watchForNoise } from './browser.ts'
import { type House, newPlaces, type Places, removeFolder, startHouse, temporaryFolder } from './house.ts'
import { openAgain, pin } from './steps.ts'
import { wordsOf } from './words.ts'

/**
 * The way from the printed link to a sent case in Arabic, from right to left. Everything is found by role and by the
 * words of the catalogues; nothing on the way is English.
 */
test.describe.configure({ mode: 'serial' })

const { say, word } = wordsOf('ar')
const arabic = { locale: 'ar-EG' } as const
let house: House
let places: Places
let profile = ''
let passphrase = ''

test.beforeAll(async () => {
  places = await newPlaces('arabic')
  profile = temporaryFolder('profile')
  house = await startHouse(places)
})
test.afterAll(async () => {
  await house?.stop()
  removeProfile(profile)
  removeFolder(places.data)
})

const question = (page: Page, code: string) => page.getByRole('group', { name: word(`${code}.question`) })
const choose = async (page: Page, code: string, value: string): Promise<void> =>
  await question(page, code).getByLabel(word(value), { exact: true }).check()
const goTo = async (page: Page, section: string): Promise<void> => {
  await page.getByRole('button', { name: say('Map of the case') }).click()
  await page.getByRole('dialog').getByRole('button', { name: section }).click()
  await expect(page.getByRole('dialog')).toBeHidden()
}
const search = async (page: Page, code: string, typed: string, option: string): Promise<void> => {
  await question(page, code).getByRole('combobox').fill(typed)
  await page.getByRole('option', { name: option, exact: true }).click()
}
const unlock = async (page: Page): Promise<void> => {
  await page.getByLabel(say('Passphrase'), { exact: true }).fill(passphrase)
  await page.getByRole('button', { name: say('Unlock') }).click()
  await expect(page.getByRole('button', { name: say('Menu') })).toBeVisible({ timeout: 30_000 })
}
const direction = async (page: Page): Promise<string> =>
  await page.evaluate(() => `${document.documentElement.lang} ${document.documentElement.dir}`)

/** Latin words on the screen that are no names: what was forgotten. */
async function untranslated(page: Page): Promise<string[]> {
  const text = await page.locator('body').innerText()
  const names = /\b(?:Daybook trial|Daybook|IC-TIP|TRIAL|Blue|heron|PIN|ISIC|ISO|XLSX|CSV|JSON|ES-AN|USB|localhost)\b/g
  return text.replace(names, '').match(/[A-Za-z]{3,}(?: [A-Za-z]+)*/g) ?? []
}

test('a tablet that speaks Arabic is set up in Arabic, from right to left', async () => {
  const context = await openBrowser(profile, arabic)
  const noise = watchForNoise(context, [house.appUrl, house.receiverUrl])
  const page = await onlyPage(context)
  await page.goto(house.setupLink)
  await expect(page.getByRole('heading', { name: say('Set this tablet up') })).toBeVisible()
  expect(await direction(page)).toBe('ar rtl')
  await page.getByRole('button', { name: say('The words agree: accept') }).click()
  await page.getByLabel(say('Nickname')).fill('Blue heron')
  const words = page.getByRole('list', { name: say('Your six words') }).getByRole('listitem')
  await expect(words).toHaveCount(6)
  passphrase = (await words.allTextContents()).join(' ').trim()
  await page.getByLabel(say('Type the passphrase once')).fill(passphrase)
  await page.getByLabel(say('PIN for the cover (6 digits, may be left out)')).fill(pin)
  await page.getByRole('button', { name: say('Make the account') }).click()
  await expect(page.getByRole('heading', { name: say('No case yet') })).toBeVisible({ timeout: 30_000 })
  expect(await untranslated(page)).toEqual([])
  expect(noise).toEqual([])
  await context.close()
})

test('a case is recorded, in two languages in mid-answer, and sent', async () => {
  const context = await openBrowser(profile, arabic)
  const noise = watchForNoise(context, [house.appUrl, house.receiverUrl])
  const page = await onlyPage(context)
  await page.goto(house.appUrl)
  await unlock(page)
  await page.getByRole('button', { name: say('New case') }).click()
  await expect(page.getByRole('heading', { name: say('Victim {0}', { 0: '1' }) })).toBeVisible()
  await choose(page, 'toe', 'forms-of-exploitation.4.short')
  await choose(page, 'sxv', 'sex.m')
  await question(page, 'agv').getByRole('textbox').fill('٢٣')
  await expect(question(page, 'agv').getByRole('textbox')).toHaveValue('23')
  await search(page, 'civ', 'مولد', 'مولدوفا')
  expect(await untranslated(page)).toEqual([])

  await goTo(page, say('Event'))
  await choose(page, 'sta', 'status.confirmed')
  await choose(page, 'exp', 'exploitation-took-place.occ')
  await search(page, 'coe', 'Spain', 'إسبانيا')
  if (await question(page, 'geo').getByRole('combobox').isVisible()) await search(page, 'geo', 'فرن', 'فرنسا')
  await page.getByText(say('More detail (step 2)')).click()
  await choose(page, 'moc', 'means-of-control.other')
  const beside = question(page, 'moc').getByRole('textbox')
  await beside.fill('كان رمز الباب')
  expect(await untranslated(page)).toEqual([])

  // Another language, chosen with the keyboard while the words are being typed: they stay, and so does the place.
  const topOf = async (box: typeof beside) => (await box.boundingBox())?.y ?? 0
  const at = await topOf(beside)
  // Playwright would scroll in Firefox what is in sight already.
  await page.getByRole('button', { name: say('Menu') }).click({ scroll: 'none' })
  await page.getByRole('combobox', { name: say('Language') }).selectOption('en')
  await page.keyboard.press('Escape')
  const inEnglish = page.getByRole('group', { name: /^How was the person controlled/ }).getByRole('textbox')
  await expect(inEnglish).toHaveValue('كان رمز الباب')
  expect(await direction(page)).toBe('en ltr')
  await expect.poll(async () => Math.abs((await topOf(inEnglish)) - at)).toBeLessThan(250)
  await page.getByRole('button', { name: 'Menu' }).click()
  await page.getByRole('combobox', { name: 'Language' }).selectOption('ar')
  await page.keyboard.press('Escape')
  await expect(beside).toHaveValue('كان رمز الباب')

  await goTo(page, say('Reporting entity'))
  await choose(page, 'ret', 'deciding-entity-type.police')
  await choose(page, 'dem', 'deciding-entity-status.mandated_public')
  await goTo(page, say('Check and send'))
  expect(await untranslated(page)).toEqual([])
  await page.getByRole('button', { name: say('Send this version') }).click()
  await expect(page.getByText(say('Sent versions'))).toBeVisible()
  await page.getByRole('button', { name: say('Menu') }).click()
  await page
    .getByRole('dialog')
    .getByRole('button', { name: say('End my shift') })
    .click()
  await expect(page).toHaveURL(/\/locked#ar$/)
  await expect(page.getByRole('heading', { name: 'مغلق' })).toBeVisible()
  await openAgain(page)
  await expect(page.getByRole('heading', { name: say('Who is working?') })).toBeVisible()
  expect(noise).toEqual([])
  await context.close()
})

test('the language that was chosen is kept for the tablet, whatever the browser speaks', async () => {
  const context = await openBrowser(profile, { locale: 'en-GB' })
  const page = await onlyPage(context)
  await page.goto(house.appUrl)
  await expect(page.getByRole('heading', { name: say('Who is working?') })).toBeVisible()
  expect(await direction(page)).toBe('ar rtl')
  await unlock(page)
  await page.getByRole('button', { name: say('Menu') }).click()
  await page
    .getByRole('dialog')
    .getByRole('button', { name: say('About this tablet') })
    .click()
  await page.getByRole('button', { name: say('About the classification') }).click()
  await expect(page.getByRole('heading', { name: say('How sure the lists of answers are') })).toBeVisible()
  await expect(page.getByText('الاتجار بالأشخاص', { exact: true }).first()).toBeVisible()
  await context.close()
})
