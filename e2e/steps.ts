import { expect, type Page } from '@playwright/test'

/** What a person does, in words of the screen: everything is found by role and label. */
export const pin = '428193'

/** Opens the printed link, compares, accepts, makes an account with the offered words. Gives the passphrase. */
export async function setUp(page: Page, link: string, label = 'Blue heron', withPin = true): Promise<string> {
  await page.goto(link)
  await expect(page.getByRole('heading', { name: 'Set this tablet up' })).toBeVisible()
  await page.getByRole('button', { name: 'The words agree: accept' }).click()
  return await makeAccount(page, label, withPin)
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

export const question = (page: Page, text: string | RegExp) => page.getByRole('group', { name: text })

/** Waits until the screen says that everything is on the disk. */
export async function saved(page: Page): Promise<void> {
  await expect(page.getByText(/^Saved on this tablet/)).toBeVisible({ timeout: 15_000 })
}

export async function menu(page: Page, item: string): Promise<void> {
  await page.getByRole('button', { name: 'Menu' }).click()
  await page.getByRole('dialog').getByRole('button', { name: item }).click()
}
