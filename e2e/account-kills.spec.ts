import { randomInt } from 'node:crypto'
import { setTimeout as sleep } from 'node:timers/promises'
import { type BrowserContext, expect, type Page, test } from '@playwright/test'
import { aDraft } from '../src/testing/a-case.ts'
import type { CaseList, Created, OpenCase, StartView, Unlocked, Wiped } from '../src/vault/api.ts'
import { killBrowser, onlyPage, openBrowser, removeProfile } from './browser.ts'
import { type House, newPlaces, type Places, removeFolder, startHouse, temporaryFolder } from './house.ts'
import { rowsOf } from './rows-of.ts'
import { setUp } from './steps.ts'
import { askVault, beginInVault, holdVault } from './vault-by-hand.ts'

/**
 * Power cuts while an account is unlocked, gets another passphrase or is erased: exactly one passphrase opens afterwards,
 * or nothing does where it was erased, and every save that was acknowledged is there.
 */
test.describe.configure({ mode: 'serial' })

const rounds = Number(process.env['ROUNDS'] ?? (process.env['LONG'] ? 100 : 6))
let places: Places
let house: House
let profile = ''
let context: BrowserContext
let page: Page
let accountId = ''
let phrase = ''
/** What the vault has acknowledged: the id of each case and the number of its last save. */
const acknowledged = new Map<string, number>()

const begin = async () => {
  context = await openBrowser(profile)
  await holdVault(context)
  page = await onlyPage(context)
}
const cut = async () => {
  const processes = killBrowser(profile)
  await context.close().catch(() => undefined)
  expect(processes).toBeGreaterThan(1)
  await begin()
  await page.goto(house.appUrl)
  await expect(page.getByRole('heading', { name: 'Who is working?' })).toBeVisible()
}

test.beforeAll(async () => {
  places = await newPlaces('account-kills')
  house = await startHouse(places)
  profile = temporaryFolder('profile')
  await begin()
  phrase = await setUp(page, house.setupLink, 'Blue heron', false)
  accountId = (await askVault<StartView>(page, 'start')).accounts[0]?.accountId ?? ''
  await save()
})
test.afterAll(async () => {
  await context?.close().catch(() => undefined)
  removeProfile(profile)
  await house?.stop()
  removeFolder(places.data)
})

async function opens(words: string, id = accountId): Promise<boolean> {
  const answer = await askVault<Unlocked>(page, 'unlock', id, { phrase: words })
  return 'session' in answer
}

/** A case with answers in the account that is open, acknowledged by the vault. */
async function save(): Promise<string> {
  const { id, rev, draft } = await askVault<OpenCase>(page, 'newCase')
  const full = aDraft({ caseId: draft.caseId, code: draft.code })
  const saved = await askVault<{ status: string; rev: number }>(page, 'save', id, rev, full)
  expect(saved.status).toBe('saved')
  return acknowledged.set(id, saved.rev) && id
}

async function everySaveIsThere(): Promise<void> {
  const { cases, unreadable } = await askVault<CaseList>(page, 'list')
  expect(unreadable).toBe(0)
  expect(cases.map(({ id }) => id).toSorted()).toEqual([...acknowledged.keys()].toSorted())
  for (const [id, rev] of acknowledged)
    expect((await askVault<OpenCase>(page, 'open', id)).rev).toBeGreaterThanOrEqual(rev)
}

/** How long the vault takes for it, in milliseconds. */
async function duration(work: () => Promise<unknown>): Promise<number> {
  const from = performance.now()
  await work()
  return Math.ceil(performance.now() - from)
}

test(`${rounds} kills while unlocking leave the account as it was`, async () => {
  test.setTimeout(60_000 + rounds * 15_000)
  const lasts = await duration(() => opens(phrase))
  for (let round = 1; round <= rounds; round++) {
    await beginInVault(page, 0, 'unlock', accountId, { phrase })
    await sleep(randomInt(lasts))
    await cut()
    expect(await opens(phrase)).toBe(true)
    await everySaveIsThere()
    if (round % 5 === 0) await save()
  }
  console.log(`kill -9 while unlocking (${lasts} ms): ${rounds} times, ${acknowledged.size} saves, 0 lost`)
})

test(`${rounds} kills while the passphrase is changed leave exactly one that opens`, async () => {
  test.setTimeout(60_000 + rounds * 20_000)
  const change = (from: string, to: string) => ['changePassphrase', { phrase: from }, { phrase: to }] as const
  const first = `${phrase} first`
  const lasts = await duration(() => askVault(page, ...change(phrase, first)))
  phrase = first
  const kept = { old: 0, next: 0 }
  for (let round = 1; round <= rounds; round++) {
    const next = `the phrase of round ${round}`
    await beginInVault(page, 0, ...change(phrase, next))
    // Every other time around the moment when the new wrap is written.
    await sleep(round % 2 === 0 ? randomInt(lasts) : lasts - 150 + randomInt(400))
    await cut()
    const changed = await opens(next)
    expect(await opens(phrase)).toBe(!changed)
    kept[changed ? 'next' : 'old'] += 1
    if (changed) phrase = next
    expect(await opens(phrase)).toBe(true)
    await everySaveIsThere()
    await save()
  }
  console.log(
    `kill -9 while changing the passphrase (${lasts} ms): ${rounds} times; the old one opened ${kept.old} times, ` +
      `the new one ${kept.next} times; ${acknowledged.size} saves, 0 lost`,
  )
})

test(`${rounds} kills while an account is erased leave all of it, or nothing that opens`, async () => {
  test.setTimeout(60_000 + rounds * 25_000)
  const words = 'to be erased soon'
  const make = async () => {
    const made = await askVault<Created>(page, 'createAccount', {
      label: 'Grey owl',
      passphrase: { phrase: words },
      circle: 'me',
    })
    if (made.status !== 'created') throw new Error(made.status)
    const { id } = await askVault<OpenCase>(page, 'newCase')
    return { owl: made.session.accountId, id }
  }
  await make()
  let wiped: Wiped | undefined
  const lasts = await duration(async () => {
    wiped = await askVault<Wiped>(page, 'wipeAccount')
  })
  expect(wiped).toEqual({ status: 'wiped' })
  const left = { all: 0, nothing: 0 }
  for (let round = 1; round <= rounds; round++) {
    const { owl, id } = await make()
    const others = await rowsOf(page, 'Blue heron')
    // Reading the list of processes takes a moment: the erasure begins before, within or after it.
    await beginInVault(page, randomInt(lasts + 60), 'wipeAccount')
    await sleep(randomInt(lasts + 20))
    await cut()
    expect(await rowsOf(page, 'Blue heron')).toBe(others)
    const { accounts } = await askVault<StartView>(page, 'start')
    const whole = accounts.some((one) => one.accountId === owl) && (await opens(words, owl))
    if (whole) expect((await askVault<CaseList>(page, 'list')).cases.map((one) => one.id)).toEqual([id])
    if (whole) await askVault(page, 'wipeAccount')
    left[whole ? 'all' : 'nothing'] += 1
    expect(await opens(phrase)).toBe(true)
    await everySaveIsThere()
  }
  console.log(
    `kill -9 while erasing (${lasts} ms): ${rounds} times; all was there ${left.all} times, ` +
      `nothing opened ${left.nothing} times; of the other account no byte differed`,
  )
})
