import { expect, type Page } from '@playwright/test'

/** What a person does, in words of the screen: everything is found by role and label. */
export const pin = '428193'
/** Nickname of the account that is made first. */
export const blue = 'Blue heron'

/** What the look at the tablet found that ends a set-up and begins by itself. */
export const firstLook = (page: Page) =>
  page
    .locator('section')
    .filter({ has: page.getByRole('heading', { name: 'Check this tablet' }) })
    .getByRole('status')
    .first()

/**
 * Opens the printed link, compares, accepts, makes an account with the offered words; ends when the tablet was looked at, so
 * that the receiver, where there is one, has the test box. Gives the passphrase.
 */
export async function setUp(page: Page, link: string, label = blue, withPin = true): Promise<string> {
  await page.goto(link)
  await expect(page.getByRole('heading', { name: 'Set this tablet up' })).toBeVisible()
  await page.getByRole('button', { name: 'The words agree: accept' }).click()
  const passphrase = await makeAccount(page, label, withPin)
  await expect(firstLook(page)).toBeVisible({ timeout: 30_000 })
  return passphrase
}

export async function makeAccount(page: Page, label: string, withPin: boolean): Promise<string> {
  await page.getByLabel('Nickname').fill(label)
  const words = page.getByRole('list', { name: 'Your six words' }).getByRole('listitem')
  await expect(words).toHaveCount(6)
  const passphrase = (await words.allTextContents()).join(' ').trim()
  await page.getByLabel('Type the passphrase once').fill(passphrase)
  if (withPin) await page.getByLabel(/^PIN for the cover/).fill(pin)
  await page.getByRole('button', { name: 'Make the account' }).click()
  await expect(page.getByRole('heading', { name: 'No case yet' })).toBeVisible({ timeout: 30_000 })
  return passphrase
}

export async function unlock(page: Page, passphrase: string): Promise<void> {
  await page.getByLabel('Passphrase', { exact: true }).fill(passphrase)
  await page.getByRole('button', { name: 'Unlock' }).click()
  await expect(page.getByRole('button', { name: 'Menu' })).toBeVisible({ timeout: 30_000 })
}

/** Opens the app from the page that it leaves when it locks, once its style hides the languages that nobody asked for. */
export async function openAgain(page: Page): Promise<void> {
  await page.waitForURL(/\/locked(#|$)/)
  await page.getByRole('link').click()
}

export const question = (page: Page, text: string | RegExp) => page.getByRole('group', { name: text })

/** Waits until the screen says that everything is on the disk. */
export async function saved(page: Page): Promise<void> {
  await expect(page.getByText(/^Saved on this tablet/)).toBeVisible({ timeout: 15_000 })
}

export async function menu(page: Page, item: string): Promise<void> {
  await page.getByRole('button', { name: 'Menu' }).click()
  await page.getByRole('dialog').getByRole('button', { name: item }).click()
}

/** Chooses from a list that is searched by typing. */
export async function search(page: Page, text: string | RegExp, typed: string, option: string): Promise<void> {
  const box = question(page, text).getByRole('combobox')
  await box.fill(typed)
  await page.getByRole('option', { name: option, exact: true }).click()
}

export const choose = async (page: Page, text: string | RegExp, option: string): Promise<void> =>
  await question(page, text).getByLabel(option, { exact: true }).check()

export async function goTo(page: Page, section: string): Promise<void> {
  await page.getByRole('button', { name: 'Map of the case' }).click()
  await page.getByRole('dialog').getByRole('button', { name: section }).click()
  await expect(page.getByRole('dialog')).toBeHidden()
}

/** Begins a case and answers as little of it as can be sent. Ends in the section of the event. */
export async function recordCase(page: Page): Promise<void> {
  await page.getByRole('button', { name: 'New case' }).click()
  await expect(page.getByRole('heading', { name: 'Victim 1' })).toBeVisible()
  await choose(page, /^What was the person trafficked for/, 'Forced begging')
  await choose(page, /^What is the sex marker/, 'Male')
  await question(page, /^How old is the person/)
    .getByRole('textbox')
    .fill('23')
  // What follows from the age is drawn a moment later, and moves what stands below.
  await saved(page)
  await question(page, /^Which citizenship or citizenships/)
    .getByRole('button', { name: 'Not known' })
    .click()
  await goTo(page, 'Event')
  await choose(page, /^How sure is it/, 'Confirmed (actual)')
  await choose(page, /^Did exploitation actually take place/, 'Exploitation took place')
  await search(page, 'In which country was the person exploited?', 'spa', 'Spain')
  const where = 'Where was this case recorded?'
  // Filled in already where the organisation has a country.
  if (await question(page, where).getByPlaceholder('Type to find a country').isVisible())
    await search(page, where, 'fran', 'France')
  await goTo(page, 'Reporting entity')
  await choose(page, /^What kind of organisation decided/, 'Police')
  await choose(
    page,
    /^Is the deciding organisation officially mandated/,
    'Public body with a mandate to identify victims',
  )
  await goTo(page, 'Event')
}

/** The text beside "Other" in step 2 of the event: the field that stories write in. */
export async function textField(page: Page) {
  const controlled = question(page, /^How was the person controlled/)
  const more = page.getByText('More detail (step 2)')
  await more.waitFor()
  // Open already where one was when the case was left.
  if (!(await controlled.isVisible())) await more.click()
  await controlled.getByLabel('Other', { exact: true }).check()
  return controlled.getByRole('textbox')
}

/** From anywhere in a case: checks it and sends this version. */
export async function sendVersion(page: Page): Promise<void> {
  await goTo(page, 'Check and send')
  await page.getByRole('button', { name: 'Send this version' }).click()
  await expect(page.getByText(/^Saved on this tablet .* · (Ready|Received)$/)).toBeVisible()
}
