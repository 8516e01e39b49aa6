import { randomInt } from 'node:crypto'
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { type BrowserContext, expect, type Page, test } from '@playwright/test'
import { startAppServer } from '../receiver/app-files.ts'
import type { CaseList, Created, OpenCase, StartView, Unlocked, Wiped, WipePassphraseSet } from '../src/vault/api.ts'
import { killBrowser, onlyPage, openBrowser, removeProfile } from './browser.ts'
import { freePort, projectRoot, temporaryFolder } from './house.ts'
import { ownOrigins } from './noise.ts'
import { rowsOf } from './rows-of.ts'
import { askVault, beginInVault, holdVault } from './vault-by-hand.ts'

/**
 * Power cuts while a wipe passphrase erases an account, and while the whole tablet is erased: what was to be erased is all
 * there or opens for nobody, and of other accounts no byte differs.
 */
test.describe.configure({ mode: 'serial' })

const rounds = Number(process.env['ROUNDS'] ?? (process.env['LONG'] ? 100 : 6))
const opening = 'casa del mar 7 olas'
const erasing = 'seven geese fly south'

let app: Awaited<ReturnType<typeof startAppServer>>
let appUrl = ''
let profile = ''
let context: BrowserContext
let page: Page

test.beforeAll(async () => {
  const port = await freePort()
  app = await startAppServer({ root: join(projectRoot, 'dist', 'app'), port, development: true })
  appUrl = `http://localhost:${port}`
  ownOrigins.add(appUrl)
  profile = temporaryFolder('profile')
  await begin()
})
test.afterAll(async () => {
  await context?.close().catch(() => undefined)
  removeProfile(profile)
  await app?.close()
})

async function begin(): Promise<void> {
  context = await openBrowser(profile)
  await holdVault(context)
  page = await onlyPage(context)
  await openApp()
}
async function openApp(): Promise<void> {
  await page.goto(appUrl)
  // Before it has shown something it tries the browser, and takes a vault that is busy for one that does not start.
  await expect(page.getByRole('heading', { level: 1 })).toBeVisible({ timeout: 20_000 })
}
async function cut(): Promise<void> {
  killBrowser(profile)
  await context.close().catch(() => undefined)
  await begin()
}

interface Made {
  readonly accountId: string
  readonly caseId: string
}

/** An account with one case; it is open afterwards. */
async function make(label: string): Promise<Made> {
  await askVault<StartView>(page, 'start')
  const wish = { label, passphrase: { phrase: opening }, circle: 'me' }
  const made = await askVault<Created>(page, 'createAccount', wish)
  if (made.status !== 'created') throw new Error(made.status)
  const { id } = await askVault<OpenCase>(page, 'newCase')
  return { accountId: made.session.accountId, caseId: id }
}

const tries = async (accountId: string, phrase: string): Promise<Unlocked['status']> =>
  (await askVault<Unlocked>(page, 'unlock', accountId, { phrase })).status

/** Whether the account opens; then all of it is there. */
async function isWhole({ accountId, caseId }: Made): Promise<boolean> {
  const { accounts } = await askVault<StartView>(page, 'start')
  if (!accounts.some((one) => one.accountId === accountId)) return false
  if ((await tries(accountId, opening)) !== 'opened') return false
  const { cases, unreadable } = await askVault<CaseList>(page, 'list')
  expect(unreadable).toBe(0)
  expect(cases.map(({ id }) => id)).toEqual([caseId])
  await askVault<OpenCase>(page, 'open', caseId)
  return true
}

async function duration(work: () => Promise<unknown>): Promise<number> {
  const from = performance.now()
  await work()
  return Math.ceil(performance.now() - from)
}

test(`${rounds} kills while a wipe passphrase erases leave all of the account, or nothing that opens`, async () => {
  test.setTimeout(60_000 + rounds * 25_000)
  const blue = await make('Blue heron')
  const makeWithWipe = async (): Promise<Made> => {
    const made = await make('Red kite')
    const set = await askVault<WipePassphraseSet>(page, 'setWipePassphrase', { phrase: opening }, { phrase: erasing })
    expect(set.status).toBe('set')
    return made
  }
  const tried = await makeWithWipe()
  const lasts = await duration(async () => expect(await tries(tried.accountId, erasing)).toBe('wrong'))
  let kite = await makeWithWipe()
  const left = { all: 0, nothing: 0 }
  for (let round = 1; round <= rounds; round++) {
    const before = await rowsOf(page, 'Blue heron')
    await beginInVault(page, 0, 'unlock', kite.accountId, { phrase: erasing })
    await sleep(Math.max(0, lasts - 120) + randomInt(160))
    await cut()
    expect(await rowsOf(page, 'Blue heron')).toBe(before)
    const whole = await isWhole(kite)
    left[whole ? 'all' : 'nothing'] += 1
    if (!whole) {
      // As with any wrong passphrase: nothing tells that something was erased.
      expect(await tries(kite.accountId, opening)).toBe('wrong')
      kite = await makeWithWipe()
    }
    expect(await isWhole(blue)).toBe(true)
  }
  console.log(
    `kill -9 while a wipe passphrase erases (${lasts} ms): ${rounds} times; all was there ${left.all} times, ` +
      `nothing opened ${left.nothing} times; of the other account no byte differed`,
  )
})

/** What a wipe that was cut short left behind: rows that open for nobody. */
async function sweepAway(): Promise<void> {
  await page.goto(`${appUrl}/locked`)
  await page.evaluate(async () => {
    const folder = await navigator.storage.getDirectory()
    for await (const name of folder.keys()) await folder.removeEntry(name)
    await new Promise<void>((resolve, reject) => {
      const asked = indexedDB.deleteDatabase('daybook')
      asked.addEventListener('success', () => resolve())
      asked.addEventListener('error', () => reject(new Error('not removed')))
    })
  })
  await openApp()
}

test(`${rounds} kills while a tablet is erased leave every account, or the lead's alone, or none that opens`, async () => {
  test.setTimeout(60_000 + rounds * 25_000)
  const people = async () => {
    await sweepAway()
    const lead = await make('Blue heron')
    const other = await make('Grey owl')
    expect(await tries(lead.accountId, opening)).toBe('opened')
    return { lead, other }
  }
  await people()
  const lasts = await duration(async () =>
    expect(await askVault<Wiped>(page, 'wipeDevice')).toEqual({ status: 'wiped' }),
  )
  let { lead, other } = await people()
  const left = { all: 0, lead: 0, nothing: 0 }
  for (let round = 1; round <= rounds; round++) {
    // Reading the list of processes takes a moment: the erasure begins before, within or after it.
    await beginInVault(page, randomInt(lasts + 40), 'wipeDevice')
    await sleep(randomInt(lasts + 20))
    await cut()
    const otherOpens = await isWhole(other)
    const leadOpens = await isWhole(lead)
    // Nobody is left without a lead who could erase the rest.
    expect(otherOpens && !leadOpens).toBe(false)
    left[otherOpens ? 'all' : leadOpens ? 'lead' : 'nothing'] += 1
    if (leadOpens && !otherOpens) {
      expect(await askVault<Wiped>(page, 'wipeDevice')).toEqual({ status: 'wiped' })
      await openApp()
      expect((await askVault<StartView>(page, 'start')).accounts).toEqual([])
    }
    if (!leadOpens || !otherOpens) ({ lead, other } = await people())
  }
  console.log(
    `kill -9 while a tablet is erased (${lasts} ms): ${rounds} times; all was there ${left.all} times, ` +
      `the lead's account alone ${left.lead} times, nothing opened ${left.nothing} times`,
  )
})
