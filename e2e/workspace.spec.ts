import { expect, type Page, test } from '@playwright/test'
import { aTablet, type OneTablet } from './one-tablet.ts'
import { firstLook, goTo, menu, pin, question, recordCase, saved, sendVersion } from './steps.ts'

/** What a new colleague meets beside the questions: the tour, practice, marks, consent, links. One tablet, in this order. */
test.describe.configure({ mode: 'serial' })

let tablet: OneTablet
let page: Page
test.beforeAll(async () => {
  tablet = await aTablet('workspace')
  ;({ page } = tablet)
})
test.afterAll(async () => await tablet?.close())
test.afterEach(() => expect(tablet.noise).toEqual([]))

/** How many rows a table of the tablet has, as they lie in the browser's database. */
const rowsOf = async (table: string): Promise<number> =>
  await page.evaluate(
    async (name) =>
      await new Promise<number>((resolve, reject) => {
        const opening = indexedDB.open('daybook')
        opening.addEventListener('error', () => reject(new Error('not opened')))
        opening.addEventListener('success', () => {
          const counting = opening.result.transaction(name).objectStore(name).count()
          counting.addEventListener('success', () => {
            opening.result.close()
            resolve(counting.result)
          })
        })
      }),
    table,
  )

test('the first account is shown around in five cards at most, which can be skipped and had again', async () => {
  const tour = page.getByRole('region', { name: 'How Daybook works' })
  await expect(tour).toBeVisible()
  // The tablet was looked at by itself, and nothing waits.
  await expect(firstLook(page)).toContainText('The test box has arrived: the receiver has signed for it.')
  await expect(firstLook(page)).toContainText('The clock of this tablet agrees with that of the receiver.')
  await expect(page.getByText(/There is room|Less than/)).toBeVisible()
  await expect(page.getByText(/keep what Daybook stores|keeps what Daybook stores/)).toBeVisible()
  expect(await rowsOf('outbox')).toBe(0)
  let cards = 1
  while (await tour.getByRole('button', { name: 'Next' }).isVisible()) {
    await tour.getByRole('button', { name: 'Next' }).click()
    cards++
  }
  expect(cards).toBeLessThanOrEqual(5)
  await tour.getByRole('button', { name: 'Begin' }).click()
  await expect(tour).toBeHidden()
  await menu(page, 'How Daybook works')
  await expect(page.getByRole('button', { name: 'Try the connection' })).toBeEnabled()
  await expect(firstLook(page)).toBeHidden()
  await tour.getByRole('button', { name: 'Skip' }).click()
  await expect(tour).toBeHidden()
})

test('in practice an invented case is written and sent, and nothing of it is kept or leaves', async () => {
  await menu(page, 'Practice with invented cases')
  const banner = page.getByText('Practice: invented cases. Nothing is kept or sent.')
  await expect(banner).toBeVisible()
  await page.getByRole('button', { name: '000 000 011' }).first().click()
  await expect(banner).toBeVisible()
  await goTo(page, 'Victim 1')
  await question(page, /^How old is the person/)
    .getByRole('textbox')
    .fill('31')
  await goTo(page, 'Check and send')
  await page.getByRole('button', { name: 'Send this version' }).click()
  await expect(page.getByText(/On this tablet only/).first()).toBeVisible()
  await expect(banner).toBeVisible()
  await page.getByRole('button', { name: 'Leave practice' }).click()
  await expect(page.getByRole('heading', { name: 'No case yet' })).toBeVisible()
  expect([await rowsOf('records'), await rowsOf('outbox'), await rowsOf('revisions')]).toEqual([0, 0, 0])
})

test('a person is known by a mark, told through an interpreter, agrees by one tap, and is linked', async () => {
  await recordCase(page)
  await goTo(page, 'Victim 1')
  await page.getByRole('button', { name: /^(Choose a mark for|Mark of) Victim 1/ }).click()
  const marks = page.getByRole('group', { name: 'Mark of Victim 1' })
  await marks.getByRole('button', { name: 'sailing boat' }).click()
  await expect(page.getByRole('button', { name: 'Mark of Victim 1: sailing boat. Change it' })).toBeVisible()

  await page.getByText('What the person was told and agreed to').click()
  await page.getByText('Through an interpreter').click()
  await page.getByRole('button', { name: 'All agreed' }).click()
  await expect(page.getByText('Told and agreed to every point.')).toBeVisible()

  await page.getByRole('button', { name: 'Map of the case' }).click()
  await page.getByRole('dialog').getByRole('button', { name: 'Add a perpetrator' }).click()
  await expect(page.getByRole('heading', { name: 'Perpetrator 1' })).toBeVisible()
  await goTo(page, 'Links')
  const link = page.getByRole('combobox', { name: /^Perpetrator 1 and Victim 1:/ })
  await link.selectOption({ label: 'Family' }).catch(async () => await link.selectOption({ index: 1 }))
  await expect(link).not.toHaveValue('')
  await saved(page)
})

test('covered and uncovered, the case is where it was, with its mark', async () => {
  await page.getByRole('button', { name: 'Hide' }).click()
  await expect(page.getByText('sailing boat')).toBeHidden()
  await page.getByLabel('PIN', { exact: true }).fill(pin)
  await expect(page.getByRole('combobox', { name: /^Perpetrator 1 and Victim 1:/ })).not.toHaveValue('')
  await goTo(page, 'Victim 1')
  await expect(page.getByRole('button', { name: 'Mark of Victim 1: sailing boat. Change it' })).toBeVisible()
})

test('what the desk opens holds consent and link, and nothing of the mark', async () => {
  await goTo(page, 'Perpetrator 1')
  const unidentified = question(page, /^What is the sex/)
  if (await unidentified.isVisible()) await unidentified.getByRole('button', { name: 'Not known' }).click()
  await sendVersion(page)
  await expect(page.getByText(/· Received$/)).toBeVisible()
  const desk = await tablet.desk()
  const [row] = desk.table('links')
  expect(row?.['rtv']).toBeTruthy()
  const code = desk.table('events')[0]?.['case_code'] ?? ''
  const revisions = desk.revisions(code)
  const text = JSON.stringify(revisions)
  expect(text).not.toMatch(/sail|interpreter/i)
})
