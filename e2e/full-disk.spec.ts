import { execFileSync } from 'node:child_process'
import { appendFileSync, mkdtempSync, readFileSync, rmSync, statfsSync } from 'node:fs'
import { join } from 'node:path'
import { type BrowserContext, expect, type Page, test } from '@playwright/test'
import { killBrowser, onlyPage, openBrowser } from './browser.ts'
import { type House, newPlaces, type Places, removeFolder, startHouse, temporaryFolder } from './house.ts'
import { listenForSaved } from './saves-heard.ts'
import { recordCase, saved, setUp, textField, unlock } from './steps.ts'

/** A disk that really has no byte left: the browser's profile lies on one that can be filled up. */
test.describe.configure({ mode: 'serial' })

const megabytes = 400
let places: Places
let house: House
let disk = ''
let mounted = ''
let profile = ''
let context: BrowserContext
let page: Page
let passphrase = ''
/** Whatever stood in the field, oldest first, and which of it was called saved last. */
let typed: string[] = []
let acknowledged = -1

/** A small disk of its own where this machine lets us mount one; else its memory disk, where that can be filled up. */
function aDiskToFill(): string {
  const own = temporaryFolder('disk')
  try {
    execFileSync('mount', ['-t', 'tmpfs', '-o', `size=${megabytes}m`, 'tmpfs', own], { stdio: 'ignore' })
    mounted = own
    return own
  } catch {
    removeFolder(own)
  }
  const { bavail, bsize } = statfsSync('/dev/shm')
  const available = Number(/MemAvailable:\s+(\d+)/.exec(readFileSync('/proc/meminfo', 'utf8'))?.[1]) * 1024
  const spare = 2 * 2 ** 30
  if (bavail * bsize + spare > available) throw new Error('neither a disk to mount nor memory to fill /dev/shm with')
  return mkdtempSync('/dev/shm/daybook-disk-')
}

test.beforeAll(async () => {
  disk = aDiskToFill()
  profile = join(disk, 'profile')
  places = await newPlaces('full-disk')
  house = await startHouse(places)
  await begin()
})
test.afterAll(async () => {
  clearInterval(filling)
  await context?.close().catch(() => undefined)
  if (profile !== '') killBrowser(profile)
  if (mounted !== '') execFileSync('umount', ['--lazy', mounted])
  if (disk !== '') removeFolder(disk)
  await house?.stop()
  if (places) removeFolder(places.data)
})

async function begin(): Promise<void> {
  // Where the storage does not open, the library says that it tries again.
  context = await openBrowser(profile, { told: /Workaround for Chrome UnknownError on open/ })
  page = await onlyPage(context)
}

const ballast = () => join(disk, 'ballast')
let filling: ReturnType<typeof setInterval> | undefined

/** Writes until the disk takes no byte any more, and takes again whatever the browser gives back. */
function fill(): void {
  const more = () => {
    for (let size = 1 << 20; size >= 1; size >>= 1)
      try {
        for (;;) appendFileSync(ballast(), Buffer.alloc(size))
      } catch (error) {
        if ((error as NodeJS.ErrnoException).code !== 'ENOSPC') throw error
      }
  }
  more()
  filling = setInterval(more, 1_000)
}

function freeAgain(): void {
  clearInterval(filling)
  rmSync(ballast(), { force: true })
}

const notSaved = () => page.getByRole('alert').filter({ hasText: /^Not saved yet\. This tablet is full\./ })

async function listen(): Promise<void> {
  acknowledged = -1
  await listenForSaved(page, await textField(page), (text) => {
    acknowledged = Math.max(acknowledged, typed.lastIndexOf(text))
  })
}

async function type(text: string): Promise<void> {
  typed.push(text)
  await (await textField(page)).fill(text)
}

/** Types until the disk takes no more: some pages of the database's own log are still free when it is full. */
async function typeUntilRefused(): Promise<void> {
  for (let round = 1; round <= 40 && !(await notSaved().isVisible()); round++) {
    await type(`no room ${round} ${'x'.repeat(round % 60)}`)
    await page.waitForTimeout(1_000)
  }
  await expect(notSaved()).toBeVisible()
  await expect(page.getByText(/^Saved on this tablet/)).toBeHidden()
}

/** Opens the case after a power cut: what was called saved last, or what was typed after it, is there as a whole. */
async function afterTheCut(): Promise<string> {
  killBrowser(profile)
  await context.close().catch(() => undefined)
  freeAgain()
  await begin()
  await page.goto(house.appUrl)
  await unlock(page, passphrase)
  await expect(page.getByText(/cannot be opened/)).toBeHidden()
  await page.getByRole('button', { name: 'Continue' }).click()
  const found = await (await textField(page)).inputValue()
  const at = typed.lastIndexOf(found)
  expect(at, `"${found}" was never typed as a whole`).toBeGreaterThanOrEqual(0)
  expect(at, `"${typed[acknowledged]}" was called saved`).toBeGreaterThanOrEqual(acknowledged)
  return found
}

test('on a full disk nothing is called saved, the text stays, and it saves itself when there is room', async () => {
  passphrase = await setUp(page, house.setupLink)
  await recordCase(page)
  await type('while there was room')
  await saved(page)
  await listen()
  fill()
  await typeUntilRefused()
  const refused = typed.length - 1
  expect(acknowledged).toBeLessThan(refused)
  // It is tried again every ten seconds.
  await page.waitForTimeout(21_000)
  console.log(`on the full disk: ${typed.length - 1} texts typed, number ${acknowledged} was the last that was saved`)
  await expect(notSaved()).toBeVisible()
  expect(acknowledged).toBeLessThan(refused)
  await expect(await textField(page)).toHaveValue(typed[refused] ?? '')

  freeAgain()
  await saved(page)
  expect(acknowledged).toBe(refused)
  expect(await afterTheCut()).toBe(typed[refused])
})

test('the full disk lets a person in, and a power cut then takes nothing that was called saved', async () => {
  await listen()
  fill()
  await typeUntilRefused()
  await type('the last words')
  const other = await context.newPage()
  await other.goto(house.appUrl)
  await unlock(other, passphrase)
  await expect(other.getByRole('button', { name: 'Continue' })).toBeVisible()
  await expect(notSaved()).toBeVisible()
  await afterTheCut()
  // What was reckoned on the full disk leaves room for what is written next.
  await type('there is room again')
  await saved(page)
})
