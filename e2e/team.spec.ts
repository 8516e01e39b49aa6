import { expect, type Page, test } from '@playwright/test'
import { rowsOf } from './rows-of.ts'
import { goTo, makeAccount, menu, pin, recordCase, saved, sendVersion, setUp, textField, unlock } from './steps.ts'
import { aWorkplace, type Workplace } from './workplace.ts'

/** Two people at one tablet: let in, given to, taken out; and nothing that one does touches what the other has. */
test.describe.configure({ mode: 'serial' })

const long = process.env['LONG'] === '1'
const unsent = long ? 200 : 20
const blue = 'Blue heron'
const green = 'Green heron'

let here: Workplace
let page: Page
const passphrases = new Map<string, string>()

test.beforeAll(async () => {
  here = await aWorkplace('team')
  page = here.page
})
test.afterEach(() => {
  expect(here.noise).toEqual([])
})
test.afterAll(async () => await here?.close())

const person = (label: string) => page.getByRole('button', { name: new RegExp(`^${label}`) })
const nextPerson = async () => {
  await menu(page, 'Another person')
  await expect(page.getByRole('heading', { name: 'Who is working?' })).toBeVisible()
}

/** Sits down with the passphrase. */
async function unlockAs(label: string): Promise<void> {
  await person(label).click()
  await unlock(page, passphrases.get(label) ?? '')
}

/** Comes back to an account that is covered. */
async function backTo(label: string): Promise<void> {
  await person(label).click()
  await page.getByLabel('PIN', { exact: true }).fill(pin)
  await expect(page.getByRole('button', { name: 'Menu' })).toBeVisible()
}

/** The one who is at the tablet ends the shift and sits down again: what others gave is there from then on. */
async function again(label: string): Promise<void> {
  await menu(page, 'End my shift')
  await expect(page.getByRole('heading', { name: 'Who is working?' })).toBeVisible()
  await unlockAs(label)
}

async function sixWords(within: Page | ReturnType<Page['getByRole']>): Promise<string[]> {
  const words = within.getByRole('list', { name: 'Six words' }).getByRole('listitem')
  await expect(words).toHaveCount(6)
  return await words.allTextContents()
}
const home = async () => await menu(page, 'All cases')
const cases = () => page.getByRole('list', { name: 'Cases' }).getByRole('listitem')
const openOnlyCase = async () => await cases().getByRole('button').click()

/** From home: opens the only case and gives it away. */
async function give(to: string): Promise<void> {
  await openOnlyCase()
  await goTo(page, 'Check and send')
  await page.getByText('More', { exact: true }).click()
  await page.getByRole('button', { name: 'Give this case to …' }).click()
  const dialog = page.getByRole('dialog')
  await dialog.getByLabel(to, { exact: true }).check()
  await dialog.getByRole('button', { name: 'Give it' }).click()
}

test('a second account works while the first stays covered, and sees nothing of it', async () => {
  passphrases.set(blue, await setUp(page, here.house.setupLink, blue))
  await recordCase(page)
  await sendVersion(page)
  // What waits is counted below: this version is not among it.
  await expect(page.getByText(/^Saved on this tablet .* · Received$/)).toBeVisible({ timeout: 30_000 })
  await here.house.stop()
  await goTo(page, 'Event')
  await nextPerson()
  await page.getByRole('button', { name: 'New account' }).click()
  passphrases.set(green, await makeAccount(page, green, true))
  const everything = await page.evaluate(() => document.documentElement.outerHTML)
  expect(everything).not.toContain('Forced begging')
  await nextPerson()
  await expect(person(blue)).toContainText('covered: PIN')
  await expect(person(green)).toContainText('covered: PIN')
  await backTo(blue)
  await expect(page.getByRole('heading', { name: 'Event', exact: true })).toBeVisible()
})

test('a colleague is let in by six words, and sees the case of the team from the next unlock on', async () => {
  await nextPerson()
  await backTo(green)
  await menu(page, 'The team of this tablet')
  const words = await sixWords(page)
  await nextPerson()
  await backTo(blue)
  await menu(page, 'The team of this tablet')
  await page.getByRole('button', { name: 'Let in …' }).click()
  const dialog = page.getByRole('dialog')
  expect(await sixWords(dialog)).toEqual(words)
  await dialog.getByRole('button', { name: 'The words agree: let in' }).click()
  await expect(page.getByText(`${green} is in the team from the next unlock on.`)).toBeVisible()
  await nextPerson()
  await backTo(green)
  await home()
  await expect(page.getByRole('heading', { name: 'No case yet' })).toBeVisible()
  await expect(page.getByText('1 case of the team opens from your next unlock on.')).toBeVisible()
  await expect(page.getByText(/cannot be opened/)).toBeHidden()
  await again(green)
  await expect(cases()).toHaveCount(1)
})

test('a case that is given away is gone from the list, and comes to whom it was given', async () => {
  await give('Only me')
  await expect(page.getByText(/^Only you open case/)).toBeVisible()
  await nextPerson()
  await backTo(blue)
  await home()
  await expect(page.getByRole('heading', { name: 'No case yet' })).toBeVisible()
  await nextPerson()
  await backTo(green)
  await give(blue)
  await expect(page.getByText(new RegExp(`was given to ${blue}`))).toBeVisible()
  await expect(page.getByRole('heading', { name: 'No case yet' })).toBeVisible()
  await nextPerson()
  await backTo(blue)
  await again(blue)
  await expect(page.getByText('1 case was given to you. It stands in your list.')).toBeVisible()
  await expect(cases()).toHaveCount(1)
})

test('somebody who was taken out sees nothing of the team any more', async () => {
  await menu(page, 'The team of this tablet')
  await page.getByRole('listitem', { name: green }).getByRole('button', { name: 'Take out …' }).click()
  await page.getByRole('dialog').getByRole('button', { name: 'Take out', exact: true }).click()
  await expect(page.getByRole('heading', { name: 'Not in the team' })).toBeVisible()
  await nextPerson()
  await backTo(green)
  await again(green)
  await expect(page.getByRole('heading', { name: 'No case yet' })).toBeVisible()
})

test(`${unsent} unsent: a colleague signs in, fails and erases, and not one row of the first account differs`, async () => {
  test.setTimeout(long ? 900_000 : 240_000)
  await nextPerson()
  await backTo(blue)
  await home()
  await openOnlyCase()
  await goTo(page, 'Event')
  for (let version = 1; version <= unsent; version++) {
    await (await textField(page)).fill(`version ${version}`)
    await saved(page)
    await sendVersion(page)
    await goTo(page, 'Event')
  }
  await expect(page.getByRole('banner').getByText(`${unsent} waiting`)).toBeVisible()
  await menu(page, 'End my shift')
  await expect(page.getByRole('heading', { name: 'Who is working?' })).toBeVisible()
  const before = await rowsOf(page, blue)
  expect(before.length).toBeGreaterThan(unsent * 4_000)

  await backTo(green)
  await menu(page, 'End my shift')
  await expect(page).toHaveURL(/\/locked$/)
  await page.goto(here.house.appUrl)
  await person(green).click()
  await page.getByLabel('Passphrase', { exact: true }).fill('not the passphrase of anybody')
  await page.getByRole('button', { name: 'Unlock' }).click()
  await expect(page.getByRole('alert')).toContainText('That is not the passphrase of this account.')
  await unlock(page, passphrases.get(green) ?? '')
  await recordCase(page)
  await saved(page)
  await menu(page, 'My account')
  await page.getByRole('button', { name: 'Erase this account …' }).click()
  const hold = page.getByRole('button', { name: 'Hold for 3 seconds to erase this account' })
  await hold.scrollIntoViewIfNeeded()
  await hold.hover()
  await page.mouse.down()
  await page.waitForTimeout(3_300)
  await page.mouse.up()
  await expect(page).toHaveURL(/\/locked/, { timeout: 20_000 })
  await page.goto(here.house.appUrl)
  await expect(person(green)).toBeHidden()
  expect(await rowsOf(page, blue)).toBe(before)
})

test('what the first account had is then received, all of it', async () => {
  await here.startAgain()
  await page.goto(here.house.appUrl)
  await unlock(page, passphrases.get(blue) ?? '')
  await menu(page, 'What waits to be sent')
  await page.getByRole('button', { name: 'Send now' }).click()
  await expect(page.getByRole('banner').getByText(/waiting/)).toBeHidden({ timeout: 60_000 })
  await home()
  await expect(cases()).toContainText('Received')
})
