import { expect, test } from '@playwright/test'
import { type House, newPlaces, type Places, removeFolder, startHouse } from './house.ts'
import { openWebKit, type WebKit } from './webkit.ts'

/** As far as Debian's WebKitGTK can show how WebKit fares. It is no Safari. */
let house: House
let places: Places
let webkit: WebKit | undefined

test.beforeAll(async () => {
  places = await newPlaces('webkit')
  house = await startHouse(places)
})
test.afterEach(() => {
  webkit?.close()
  webkit = undefined
})
test.afterAll(async () => {
  await house?.stop()
  removeFolder(places.data)
})

test('as Debian ships it, WebKit keeps no private files: that is said, in Arabic too, and nothing is kept', async () => {
  webkit = await openWebKit()
  await webkit.goTo(house.setupLink)
  const said = await webkit.says(/Daybook does not work in this browser window/)
  expect(said).toContain('The browser keeps no private files (OPFS)')
  expect(said).toContain('Nothing was recorded and nothing was changed.')
  // Only what is missing is named.
  expect(await webkit.run('return document.querySelectorAll("li").length')).toBe(1)
  const choose = `const list = document.querySelector('select')
    list.value = given[0]
    list.dispatchEvent(new Event('change', { bubbles: true }))`
  await webkit.run(choose, 'ar')
  await webkit.says(/OPFS/)
  await webkit.says(/Daybook[^]*Chrome/)
  await expect.poll(async () => await webkit?.run('return document.documentElement.dir')).toBe('rtl')
  expect(await webkit.run('return indexedDB.databases().then((all) => all.length)')).toBe(0)
  expect(await webkit.run('return caches.keys().then((all) => all.length)')).toBe(0)
  expect(await webkit.run('return navigator.serviceWorker.getRegistrations().then((all) => all.length)')).toBe(0)
  expect(await webkit.run('return document.cookie')).toBe('')
})

test('with its private files switched on they are refused all the same, as in a private window: that is found by trying', async () => {
  webkit = await openWebKit(['StorageAPI', 'FileSystem', 'AccessHandle'])
  await webkit.goTo(house.setupLink)
  expect(await webkit.says(/Daybook does not work in this browser window/)).toContain('(OPFS)')
  expect(await webkit.run('return typeof navigator.storage.getDirectory')).toBe('function')
  expect(await webkit.run('return indexedDB.databases().then((all) => all.length)')).toBe(0)
})
