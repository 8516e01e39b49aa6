import { randomInt } from 'node:crypto'
import { readFileSync } from 'node:fs'
import { setTimeout as sleep } from 'node:timers/promises'
import { expect, type Page, test } from '@playwright/test'
import { fold } from '../src/seal/fold.ts'
import type { VaultDump } from '../src/testing/vault-dump.ts'
import type { CaseList, OpenCase, Tidied, Unlocked } from '../src/vault/api.ts'
import { killBrowser } from './browser.ts'
import { askVault, beginInVault, holdVault } from './vault-by-hand.ts'
import { aWorkplace, type Workplace } from './workplace.ts'

/** A power cut while an older vault is brought into today's layout: everything opens afterwards, and nothing is lost. */
const rounds = Number(process.env['ROUNDS'] ?? (process.env['LONG'] ? 100 : 10))
const dump = JSON.parse(
  readFileSync(new URL('../src/vault/vectors/vault-1.json', import.meta.url), 'utf8'),
) as VaultDump

/** The tables as they were then: name, key, indexes. */
const tablesOfThen: readonly (readonly [string, string | string[], Readonly<Record<string, string | string[]>>])[] = [
  ['accounts', 'accountId', {}],
  ['circles', ['circleId', 'epoch', 'accountId'], { accountId: 'accountId' }],
  ['records', 'id', { circleId: 'circleId' }],
  ['revisions', 'id', { circleId: 'circleId' }],
  ['audit', ['circleId', 'n'], {}],
  ['outbox', 'boxId', { state: 'state', '[state+seq]': ['state', 'seq'] }],
  ['device', 'key', {}],
  ['changes', 'id', { circleId: 'circleId' }],
]
const versionOfThen = 20

let here: Workplace
let page: Page

test.beforeAll(async () => {
  // The settings of that time name a receiver that nobody answers for.
  const told = /^request: https:\/\/receiver\.example$/
  here = await aWorkplace('migrating', { told, prepare: holdVault })
  page = here.page
})
test.afterAll(async () => await here?.close())

/** Writes the vault of that time, in the structure of that time, in place of what is there. */
async function putBack(): Promise<void> {
  // None of the app's code runs here.
  await page.goto(`${here.house.appUrl}/locked`)
  await page.evaluate(writeAsThen, { dump, tablesOfThen, versionOfThen })
}

async function writeAsThen(then: {
  readonly dump: VaultDump
  readonly tablesOfThen: typeof tablesOfThen
  readonly versionOfThen: number
}): Promise<void> {
  const bytes = (text: string) => {
    const plain = atob(text.replaceAll('-', '+').replaceAll('_', '/'))
    return Uint8Array.from(plain, (sign) => sign.charCodeAt(0))
  }
  const done = async <T>(request: IDBRequest<T>) =>
    await new Promise<T>((resolve, reject) => {
      request.addEventListener('success', () => resolve(request.result))
      request.addEventListener('error', () => reject(request.error ?? new Error('no answer')))
    })
  const folder = await navigator.storage.getDirectory()
  for (const [id, text] of Object.entries(then.dump.keySlots)) {
    const file = await (await folder.getFileHandle(`slot-${id}`, { create: true })).createWritable()
    await file.write(bytes(text))
    await file.close()
  }
  await done(indexedDB.deleteDatabase('daybook'))
  const opening = indexedDB.open('daybook', then.versionOfThen)
  opening.addEventListener('upgradeneeded', () => {
    for (const [name, keyPath, indexes] of then.tablesOfThen) {
      const store = opening.result.createObjectStore(name, { keyPath })
      for (const [index, path] of Object.entries(indexes)) store.createIndex(index, path)
    }
  })
  const database = await done(opening)
  await new Promise<void>((resolve, reject) => {
    const writing = database.transaction([...database.objectStoreNames], 'readwrite', { durability: 'strict' })
    writing.addEventListener('complete', () => resolve())
    writing.addEventListener('abort', () => reject(new Error('not put back')))
    for (const name of database.objectStoreNames)
      for (const row of then.dump.tables[name] ?? []) {
        const columns = Object.entries(row).map(([column, value]) => [
          column,
          typeof value === 'object' ? bytes(value.b64) : value,
        ])
        writing.objectStore(name).put(Object.fromEntries(columns))
      }
  })
  database.close()
}

/** The structure of the database and the layouts of its cases, as they lie on the disk. */
const asItLies = async (): Promise<string> =>
  await page.evaluate(async () => {
    const [found] = await indexedDB.databases()
    return await new Promise<string>((resolve, reject) => {
      const asked = indexedDB.open('daybook')
      asked.addEventListener('error', () => reject(new Error('no database')))
      asked.addEventListener('success', () => {
        const rows = asked.result.transaction('records').objectStore('records').getAll() as IDBRequest<
          { schema: number }[]
        >
        rows.addEventListener('success', () => {
          asked.result.close()
          const layouts = rows.result.map(({ schema }) => schema).toSorted()
          resolve(`structure ${found?.version}, layouts ${layouts.join(' and ')}`)
        })
      })
    })
  })

const openApp = async () => {
  await page.goto(here.house.appUrl)
  await page.waitForFunction(() => 'heldVault' in globalThis)
}
const unlock = async (): Promise<void> => {
  const answer = await askVault<Unlocked>(page, 'unlock', dump.accountId, { phrase: fold(dump.passphrase) })
  expect(answer.status).toBe('opened')
}

/** Everything that the account can open, as it reads it. */
async function everything(): Promise<unknown> {
  const { cases, unreadable } = await askVault<CaseList>(page, 'list')
  expect(unreadable).toBe(0)
  const opened = await Promise.all(cases.map(async ({ id }) => await askVault<OpenCase>(page, 'open', id)))
  return opened
    .map(({ id, draft, sent, code, state }) => ({ id, draft, sent, code, state }))
    .toSorted((a, b) => (a.id < b.id ? -1 : 1))
}

test(`${rounds} kills while an older vault is brought into today's layout lose nothing`, async () => {
  test.setTimeout(60_000 + rounds * 20_000)
  await putBack()
  expect(await asItLies()).toBe('structure 20, layouts 1 and 1')
  let began = performance.now()
  await openApp()
  const opens = Math.ceil(performance.now() - began)
  await unlock()
  const whole = await everything()
  began = performance.now()
  expect(await askVault<Tidied>(page, 'tidy')).toEqual({
    migrated: 2,
    overdue: 0,
    changed: [],
    gone: [],
    logIntact: true,
  })
  const tidies = Math.ceil(performance.now() - began)

  const found = new Map<string, number>()
  for (let round = 1; round <= rounds; round++) {
    await putBack()
    // By turns while the structure of the database is brought to today's, and while the rows are.
    if (round % 2 === 0) {
      await page.goto(here.house.appUrl, { waitUntil: 'commit' })
      await sleep(randomInt(opens))
    } else {
      await openApp()
      await unlock()
      await beginInVault(page, 0, 'tidy')
      await sleep(randomInt(tidies + 20))
    }
    killBrowser(here.profile)
    page = await here.openAgain()
    await page.goto(`${here.house.appUrl}/locked`)
    const after = await asItLies()
    found.set(after, (found.get(after) ?? 0) + 1)
    await openApp()
    await unlock()
    expect(await everything()).toEqual(whole)
    expect(await askVault<Tidied>(page, 'tidy')).toMatchObject({ changed: [], gone: [], logIntact: true })
    expect(await everything()).toEqual(whole)
    expect(await asItLies()).toBe('structure 40, layouts 2 and 2')
  }
  const counted = [...found].map(([what, times]) => `${what}: ${times} times`).join('; ')
  console.log(
    `kill -9 while migrating (opening ${opens} ms, rows ${tidies} ms): ${rounds} times; after it ${counted}; 0 lost`,
  )
})
