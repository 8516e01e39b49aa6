import { expect, type Page, test } from '@playwright/test'
import { fillStorage } from './full-tablet.ts'
import { menu, pin, question, saved, setUp, textField, unlock } from './steps.ts'
import { expectWait, noteWaits } from './waits-told.ts'
import { aWorkplace, type Workplace } from './workplace.ts'

/** Turning away and coming back: cover, lock, wrong words, a second tab, a tablet that is full. */
test.describe.configure({ mode: 'serial' })

let here: Workplace
let page: Page
let passphrase = ''
let code = ''

test.beforeAll(async () => {
  here = await aWorkplace('away')
  page = here.page
})
test.afterEach(() => {
  expect(here.noise).toEqual([])
})
test.afterAll(async () => await here?.close())

const covered = (of: Page = page) => of.getByRole('heading', { name: 'Covered' })
const typePin = async (digits: string) => await page.getByLabel('PIN', { exact: true }).fill(digits)

async function backToTheCase(of: Page = page): Promise<void> {
  await of.goto(here.house.appUrl)
  await unlock(of, passphrase)
  await of.getByRole('button', { name: 'Continue' }).click()
  await expect(of.getByRole('heading', { name: 'Event', exact: true })).toBeVisible()
}

/** Nothing can be seen of the case, and as soon as it is saved nothing in the page tells of it any more. */
async function showsNothingOfTheCase(): Promise<void> {
  const words = [code, code.replaceAll(' ', ''), 'a locked door', 'Victim', 'traffick']
  const tell = (text: string) => words.filter((word) => text.includes(word))
  expect(tell(await page.locator('body').innerText())).toEqual([])
  const everything = async () => tell(await page.evaluate(() => document.documentElement.outerHTML))
  await expect.poll(everything, { timeout: 2_000 }).toEqual([])
  expect(await page.title()).toBe('Daybook')
}

test('Hide covers everything at once, and the PIN leads back to the same section', async () => {
  passphrase = await setUp(page, here.house.setupLink)
  await page.getByRole('button', { name: 'New case' }).click()
  code = (await page.getByRole('banner').getByText(/^Case/).textContent())?.replace(/^Case /, '') ?? ''
  expect(code).toMatch(/^\d{3} \d{3} \d{3}$/)
  await page.getByRole('button', { name: 'Map of the case' }).click()
  await page.getByRole('dialog').getByRole('button', { name: 'Event' }).click()
  await (await textField(page)).fill('a locked door')
  await (await textField(page)).evaluate((box: HTMLInputElement) => box.setSelectionRange(2, 8))
  // At once: what was typed just now is saved by hiding, not by waiting.
  await page.getByRole('button', { name: 'Hide' }).click()
  await expect(covered()).toBeVisible()
  await showsNothingOfTheCase()
  await typePin('000000')
  await expect(page.getByRole('alert')).toHaveText(
    'That is not the PIN. After three wrong ones the passphrase is asked for. Nothing is lost.',
  )
  await typePin(pin)
  await expect(page.getByRole('heading', { name: 'Event', exact: true })).toBeVisible()
  const where = (box: HTMLInputElement) => [document.activeElement === box, box.selectionStart, box.selectionEnd]
  const told = question(page, /^How was the person controlled/).getByRole('textbox')
  await expect.poll(async () => await told.evaluate(where)).toEqual([true, 2, 8])
  await expect(await textField(page)).toHaveValue('a locked door')
  await saved(page)
})

test('three wrong PINs lock, and the passphrase finds everything again', async () => {
  await page.getByRole('button', { name: 'Hide' }).click()
  for (const digits of ['111111', '222222']) {
    await typePin(digits)
    await expect(page.getByRole('alert')).toBeVisible()
  }
  await typePin('333333')
  await expect(page).toHaveURL(/\/locked$/)
  await showsNothingOfTheCase()
  await page.goto(here.house.appUrl)
  await showsNothingOfTheCase()
  await backToTheCase()
  await expect(await textField(page)).toHaveValue('a locked door')
})

test('two minutes without a touch cover, and a cover that lasts too long locks', async () => {
  const idle = await here.context.newPage()
  await idle.clock.install()
  await backToTheCase(idle)
  await idle.clock.runFor(118_000)
  await expect(covered(idle)).toBeHidden()
  await idle.clock.runFor(3_000)
  await expect(covered(idle)).toBeVisible()
  await idle.clock.fastForward(29 * 60_000)
  await expect(covered(idle)).toBeVisible()
  await idle.clock.fastForward(2 * 60_000)
  await expect(idle).toHaveURL(/\/locked$/)
  // One tab that locks takes the others along.
  await expect(page).toHaveURL(/\/locked$/)
  await idle.close()
})

test('a case that is open in another tab is read only here, and the other goes on undisturbed', async () => {
  await backToTheCase()
  const second = await here.context.newPage()
  await backToTheCase(second)
  await expect(second.getByText('Open in another tab: read only here.')).toBeVisible()
  await expect(second.getByLabel('Confirmed (actual)', { exact: true })).toBeDisabled()
  await expect(second.getByText(/^Read only/)).toBeVisible()
  await (await textField(page)).fill('written in the first tab')
  await saved(page)
  await menu(page, 'All cases')
  await page.getByRole('button', { name: 'Continue' }).click()
  await expect(await textField(page)).toHaveValue('written in the first tab')

  await menu(second, 'End my shift')
  await expect(second).toHaveURL(/\/locked$/)
  await expect(page).toHaveURL(/\/locked$/)
  await second.close()
})

test('a wrong passphrase changes nothing, the fourth makes one wait, and the right one still opens', async () => {
  await noteWaits(page)
  await page.goto(here.house.appUrl)
  const field = page.getByLabel('Passphrase', { exact: true })
  for (let attempt = 1; attempt <= 4; attempt++) {
    await field.fill(`not the passphrase, try ${attempt}`)
    await page.getByRole('button', { name: 'Unlock' }).click()
    await expect(page.getByRole('alert')).toHaveText(
      'That is not the passphrase of this account. Nothing was changed or deleted.',
    )
    await expect(field).toHaveValue('')
  }
  await expectWait(page, /^disabled: Try again in [45] seconds$/)
  await page.reload()
  await expectWait(page, /^disabled: Try again in [2345] seconds$/)
  await expect(page.getByRole('button', { name: 'Unlock' })).toBeVisible()
  await backToTheCase()
  await expect(await textField(page)).toHaveValue('written in the first tab')
})

const onAFullTablet =
  'on a tablet that is full nothing is called saved, the text stays, and it is saved once there is room'
// Only Chromium can be told how much room there is.
test(onAFullTablet, { tag: '@chromium' }, async () => {
  // The browser reckons with the room that it last saw for half a minute, so it begins anew with little of it.
  const { usage = 0 } = await page.evaluate(async () => await navigator.storage.estimate())
  page = await here.openAgain()
  const session = await here.context.newCDPSession(page)
  await session.send('Storage.overrideQuotaForOrigin', { origin: here.house.appUrl, quotaSize: usage + 1_000_000 })
  await backToTheCase()
  await fillStorage(page)
  await (await textField(page)).fill('typed on a full tablet')
  const told = page.getByRole('alert').filter({
    hasText:
      'Not saved yet. This tablet is full. Your text is still here; free some space or send waiting cases. Do not close this page.',
  })
  await expect(told).toBeVisible()
  await expect(page.getByText(/^Saved on this tablet/)).toBeHidden()
  await expect(await textField(page)).toHaveValue('typed on a full tablet')
  await session.send('Storage.overrideQuotaForOrigin', { origin: here.house.appUrl })
  await saved(page)
  await expect(told).toBeHidden()
  await backToTheCase()
  await expect(await textField(page)).toHaveValue('typed on a full tablet')
})
