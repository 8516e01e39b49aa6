import { expect, type Page, test } from '@playwright/test'
import { goTo, makeAccount, menu, pin, saved, setUp, textField, unlock } from './steps.ts'
import { aWorkplace, type Workplace } from './workplace.ts'

/** Eight hours of two people at one tablet, on a clock that is moved: how often is the passphrase typed? */
const minutes = 60_000
const blue = 'Blue heron'
const green = 'Green heron'

let here: Workplace
let page: Page
const passphrases = new Map<string, string>()
const typed = new Map([
  [blue, 0],
  [green, 0],
])

test.beforeAll(async () => {
  here = await aWorkplace('shift')
  page = here.page
})
test.afterAll(async () => await here?.close())

const atWork = () => page.getByRole('button', { name: 'Menu' })
const covered = () => page.getByRole('heading', { name: 'Covered' })
const person = (label: string) => page.getByRole('button', { name: new RegExp(`^${label}`) })
const typePin = async () => await page.getByLabel('PIN', { exact: true }).fill(pin)

/** Whatever stands before the person: the PIN where it is enough, else the passphrase, which is counted. */
async function sitDown(label: string): Promise<void> {
  const closed = page.getByRole('button', { name: /^(?:Open|Unlock)/ })
  if (page.url().includes('/locked')) await page.goto(here.house.appUrl)
  await expect(person(label).or(covered()).or(closed).first()).toBeVisible()
  if (await person(label).isVisible()) await person(label).click()
  if (
    await covered()
      .isVisible()
      .catch(() => false)
  )
    return await uncover()
  const passphrase = page.getByLabel('Passphrase', { exact: true })
  await expect(passphrase.or(covered())).toBeVisible()
  if (await covered().isVisible()) return await uncover()
  typed.set(label, (typed.get(label) ?? 0) + 1)
  await unlock(page, passphrases.get(label) ?? '')
}

async function uncover(): Promise<void> {
  await typePin()
  await expect(atWork()).toBeVisible()
}

/** Where the cover was taken off, the case is there; after a passphrase, the home screen names it, and where one was. */
async function goOnWithTheCase(): Promise<void> {
  const onward = page.getByRole('button', { name: 'Continue' })
  await expect(page.getByRole('heading', { name: 'Event', exact: true }).or(onward)).toBeVisible()
  if (await onward.isVisible()) await onward.click()
}

/** The screen goes off, and on again: the page is told as by the system. */
async function screenIs(state: 'hidden' | 'visible'): Promise<void> {
  await page.evaluate((now) => {
    Object.defineProperty(document, 'visibilityState', { configurable: true, get: () => now })
    document.dispatchEvent(new Event('visibilitychange'))
  }, state)
}

async function swap(to: string): Promise<void> {
  await menu(page, 'Another person')
  await expect(page.getByRole('heading', { name: 'Who is working?' })).toBeVisible()
  await sitDown(to)
}

const kinds = ['hide', 'idle', 'hide', 'idle', 'screen-off'] as const

test('a shift of eight hours: each of two workers types the passphrase three times at most', async () => {
  test.setTimeout(300_000)
  await page.clock.install()
  passphrases.set(blue, await setUp(page, here.house.setupLink, blue))
  await page.evaluate(async () => await navigator.serviceWorker.ready)
  await menu(page, 'Another person')
  await page.getByRole('button', { name: 'New account' }).click()
  passphrases.set(green, await makeAccount(page, green, true))
  await menu(page, 'End my shift')
  await sitDown(blue)
  await menu(page, 'End my shift')
  await expect(page).toHaveURL(/\/locked/)
  typed.set(blue, 0)
  typed.set(green, 0)

  const began = await page.evaluate(() => Date.now())
  await sitDown(blue)
  await page.getByRole('button', { name: 'New case' }).click()
  await expect(page.getByRole('heading', { name: 'Victim 1' })).toBeVisible()
  await goTo(page, 'Event')
  let at = blue
  let interruptions = 0
  let screenOffs = 0
  // 16 minutes a turn: a little work, an interruption, and the other one takes over; a break at noon that is
  // longer than the covered time.
  for (let turn = 1; turn <= 30; turn++) {
    if (at === blue) {
      await (await textField(page)).fill(`turn ${turn}`)
      await page.clock.runFor(2_000)
      await saved(page)
    }
    await page.clock.runFor(60_000)
    const kind = kinds[turn % kinds.length]
    interruptions++
    if (kind === 'hide') await page.getByRole('button', { name: 'Hide' }).click()
    if (kind === 'idle') await page.clock.runFor(130_000)
    if (kind === 'screen-off') {
      screenOffs++
      await screenIs('hidden')
    }
    await expect(covered()).toBeVisible()
    await page.clock.fastForward((turn === 15 ? 45 : 12) * minutes)
    if (kind === 'screen-off') await screenIs('visible').catch(() => undefined)
    await page.clock.runFor(1_500).catch(() => undefined)
    if (turn === 15) await expect(page).toHaveURL(/\/locked$/)
    await sitDown(at)
    at = at === blue ? green : blue
    await swap(at)
    if (at === blue) await goOnWithTheCase()
  }
  const hours = ((await page.evaluate(() => Date.now())) - began) / 3_600_000
  const count = `${hours.toFixed(1)} h, ${interruptions} interruptions, ${screenOffs} screen-offs; passphrase typed: ${[...typed].map(([who, times]) => `${who} ${times}`).join(', ')}`
  test.info().annotations.push({ type: 'shift', description: count })
  process.stdout.write(`${count}\n`)
  expect({ interruptions, screenOffs }).toEqual({ interruptions: 30, screenOffs: 6 })
  expect(hours).toBeGreaterThan(7.5)
  for (const times of typed.values()) expect(times).toBeLessThanOrEqual(3)
  expect(here.noise).toEqual([])
})
