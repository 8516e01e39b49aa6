import { expect, type Page, test } from '@playwright/test'
import { makeAccount, menu, pin, recordCase, saved, setUp, textField, unlock } from './steps.ts'
import { aWorkplace, type Workplace } from './workplace.ts'

/** An account that is covered in one tab, and what another tab does to it. */
test.describe.configure({ mode: 'serial' })

const blue = 'Blue heron'
const green = 'Green heron'

let here: Workplace
let page: Page
let other: Page
let bluePhrase = ''
let greenPhrase = ''

test.beforeAll(async () => {
  here = await aWorkplace('covered')
  page = here.page
})
test.afterEach(() => {
  expect(here.noise).toEqual([])
})
test.afterAll(async () => await here?.close())

const person = (tab: Page, label: string) => tab.getByRole('button', { name: new RegExp(`^${label}`) })
const anotherPerson = async () => {
  await menu(page, 'Another person')
  await expect(page.getByRole('heading', { name: 'Who is working?' })).toBeVisible()
}
const backTo = async (label: string) => {
  await person(page, label).click()
  await page.getByLabel('PIN', { exact: true }).fill(pin)
  await expect(page.getByRole('button', { name: 'Menu' })).toBeVisible()
}

test('covered in one tab, in another it opens with its passphrase alone', async () => {
  bluePhrase = await setUp(page, here.house.setupLink, blue)
  await recordCase(page)
  await (await textField(page)).fill('written by the first')
  await saved(page)
  await anotherPerson()
  await page.getByRole('button', { name: 'New account' }).click()
  greenPhrase = await makeAccount(page, green, true)
  await recordCase(page)
  await (await textField(page)).fill('written by the second')
  await saved(page)

  other = await here.context.newPage()
  await other.goto(here.house.appUrl)
  await expect(person(other, blue)).toBeVisible()
  await expect(other.getByText('covered: PIN')).toBeHidden()
  await person(other, blue).click()
  await expect(other.getByLabel('PIN', { exact: true })).toBeHidden()
  await unlock(other, bluePhrase)
  await other.getByRole('button', { name: 'Continue' }).click()
  await expect(await textField(other)).toHaveValue('written by the first')
})

test('erased in another tab, it is no longer covered anywhere, and who works beside it goes on', async () => {
  await menu(other, 'My account')
  await other.getByRole('button', { name: 'Erase this account …' }).click()
  const hold = other.getByRole('button', { name: 'Hold for 3 seconds to erase this account' })
  await hold.scrollIntoViewIfNeeded()
  await hold.hover()
  await other.mouse.down()
  await expect(other.getByRole('button', { name: 'Tap anywhere to stop' })).toBeVisible()
  await other.mouse.up()
  await expect(other).toHaveURL(/\/locked#bare-en$/, { timeout: 20_000 })
  await other.close()

  await page.bringToFront()
  await (await textField(page)).fill('and it goes on')
  await saved(page)
  await anotherPerson()
  await expect(person(page, green)).toContainText('covered: PIN')
  await expect(person(page, blue)).toBeHidden()
  await backTo(green)
  await expect(await textField(page)).toHaveValue('and it goes on')
})

test('the end of a shift in another tab ends what is covered here, too, with every word saved', async () => {
  await (await textField(page)).fill('not saved yet')
  await anotherPerson()
  await expect(person(page, green)).toContainText('covered: PIN')
  other = await here.context.newPage()
  await other.goto(here.house.appUrl)
  await unlock(other, greenPhrase)
  await menu(other, 'End my shift')
  await expect(other).toHaveURL(/\/locked/)
  await expect(page).toHaveURL(/\/locked/)
  await page.goto(here.house.appUrl)
  await expect(page.getByText('covered: PIN')).toBeHidden()
  await unlock(page, greenPhrase)
  await page.getByRole('button', { name: 'Continue' }).click()
  await expect(await textField(page)).toHaveValue('not saved yet')
})
