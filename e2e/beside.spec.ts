import { existsSync } from 'node:fs'
import { join } from 'node:path'
import { expect, type Page, test } from '@playwright/test'
import { walkThrough } from './every-screen.ts'
import { aHouseToWalk, type HouseToWalk } from './house-to-walk.ts'
import { projectRoot } from './house.ts'

/**
 * What a browser keeps or sends away beside what the vault stores: on every screen and state there is nothing in address,
 * title, history, web storage, cookies and caches but what is the same for everybody, and each field tells the browser to
 * keep to itself what is typed (docs/security.md, sections 11 and 14).
 */
let house: HouseToWalk | undefined
test.afterEach(async () => await house?.close())

const addresses =
  /^\/(?:locked(?:#(?:bare-)?[a-z]{2})?|starting#[a-z]{2}\.\d|(?:#\/(?:case|outbox|change|export|account|about|classification|print|blank-form|settings|done|team|leaving|copies|key)?)?)$/
const cookies = ['__Host-had-data=1']
const kept = /^(slot-[\w-]{22}|room)$/

/** Where something of a person could lie; runs in the page. */
async function lookBeside() {
  const folder = (await navigator.storage?.getDirectory().catch(() => undefined)) as
    (FileSystemDirectoryHandle & { keys(): AsyncIterable<string> }) | undefined
  const files: string[] = []
  if (folder) for await (const name of folder.keys()) files.push(name)
  const cached: string[] = []
  for (const name of await caches.keys()) for (const { url } of await (await caches.open(name)).keys()) cached.push(url)
  return {
    address: location.href.slice(location.origin.length),
    title: document.title,
    windowName: window.name,
    referrer: document.referrer.replace(location.origin, ''),
    history: JSON.stringify(history.state),
    local: Object.keys(window.localStorage),
    session: Object.keys(window.sessionStorage),
    cookies: document.cookie.split('; ').filter(Boolean),
    databases: (await indexedDB.databases()).map(({ name }) => name),
    files,
    cached,
    origin: location.origin,
  }
}

/** Fields that do not tell the browser to keep to itself what is typed, and how many fields there are. */
function fieldsOf() {
  const told = { autocomplete: 'off', autocorrect: 'off', autocapitalize: 'off', spellcheck: 'false' }
  const all = [...document.querySelectorAll('input, select, textarea')]
  const wanted = Object.entries({ ...told, writingsuggestions: 'false' })
  const faults = all.flatMap((field) =>
    wanted
      .filter(([name, value]) => field.getAttribute(name) !== value)
      .map(([name]) => `${name} of ${field.outerHTML.slice(0, 120)}`),
  )
  const editable = [...document.querySelectorAll('[contenteditable]')].map((one) => one.outerHTML.slice(0, 120))
  const translate = document.documentElement.getAttribute('translate')
  if (translate !== 'no') faults.push(`translate="${translate}"`)
  return { count: all.length, faults: [...faults, ...editable] }
}

/** A file of the build, or the address of a page that is one. */
const isOfTheBuild = (url: string, origin: string): boolean => {
  const { pathname, origin: of } = new URL(url)
  const file = pathname === '/' ? 'index.html' : pathname.slice(1)
  return of === origin && [file, `${file}.html`].some((name) => existsSync(join(projectRoot, 'dist/app', name)))
}

async function faultsOf(page: Page): Promise<string[]> {
  const found = await page.evaluate(lookBeside)
  const { cached, origin } = found
  const faults: string[] = []
  const not = (what: string, ...values: readonly unknown[]) =>
    faults.push(...values.map((value) => `${what}: ${String(value)}`))
  if (!addresses.test(found.address)) not('address', found.address)
  if (found.title !== 'Daybook') not('title', found.title)
  if (found.windowName !== '') not('name of the window', found.windowName)
  if (!['', '/', '/locked'].includes(found.referrer)) not('referrer', found.referrer)
  if (found.history !== 'null') not('history.state', found.history)
  not('web storage', ...found.local, ...found.session)
  not('cookie', ...found.cookies.filter((one) => !cookies.includes(one)))
  // The walk itself fills the tablet up (full-tablet.ts).
  not('database', ...found.databases.filter((name) => name !== 'daybook' && name !== 'ballast'))
  not('file', ...found.files.filter((name) => !kept.test(name)))
  // What is put there for a moment, to see whether there is room, is nothing but zeros.
  not('cached', ...cached.filter((url) => url !== `${origin}/room` && !isOfTheBuild(url, origin)))
  return faults
}

test('on every screen nothing of anybody lies beside the vault, and every field keeps to itself', async () => {
  test.setTimeout(400_000)
  const { walk } = (house = await aHouseToWalk('beside', 'en', { locale: 'en-GB' }))
  const seen = { states: 0, fields: 0 }
  await walkThrough(walk, async ({ place, name }) => {
    const { count, faults } = await walk.page.evaluate(fieldsOf)
    seen.states += 1
    seen.fields += count
    expect.soft([...faults, ...(await faultsOf(walk.page))], `${place}, ${name}`).toEqual([])
    const jar = (await walk.context.cookies()).map((cookie) => `${cookie.name}=${cookie.value}`)
    expect
      .soft(
        jar.filter((cookie) => !cookies.includes(cookie)),
        `${place}, ${name}`,
      )
      .toEqual([])
  })
  console.log(`${seen.states} screens and states, ${seen.fields} fields: nothing beside the vault`)
  expect(seen.fields).toBeGreaterThan(300)
})
