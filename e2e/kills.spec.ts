import { randomInt } from 'node:crypto'
import { setTimeout as sleep } from 'node:timers/promises'
import { expect, test } from '@playwright/test'
import { browserOfStory, killBrowser, onlyPage, openBrowser, removeProfile } from './browser.ts'
import { type House, newPlaces, type Places, removeFolder, startHouse, temporaryFolder } from './house.ts'
import { listenForSaved } from './saves-heard.ts'
import { saved, setUp, textField, unlock } from './steps.ts'

/**
 * A power cut in the middle of saving, again and again: what the screen called saved is there afterwards, and nothing is
 * ever half of something. The receiver's own power cuts are in receiver/kill.test.ts.
 */
test.describe.configure({ mode: 'serial' })

const kills = process.env['LONG'] ? { chromium: 500, firefox: 200 } : { chromium: 20, firefox: 8 }
let places: Places
let house: House
let profile = ''
let passphrase = ''

test.beforeAll(async () => {
  places = await newPlaces('kills')
  house = await startHouse(places)
  profile = temporaryFolder('profile')
})
test.afterAll(async () => {
  removeProfile(profile)
  await house?.stop()
  removeFolder(places.data)
})

test('kills of the browser while it saves lose nothing that was called saved', async () => {
  const rounds = Number(process.env['ROUNDS'] ?? kills[browserOfStory()])
  test.setTimeout(60_000 + rounds * 15_000)
  let context = await openBrowser(profile)
  let page = await onlyPage(context)
  passphrase = await setUp(page, house.setupLink)
  await page.getByRole('button', { name: 'New case' }).click()
  await page.getByRole('button', { name: 'Map of the case' }).click()
  await page.getByRole('dialog').getByRole('button', { name: 'Event' }).click()
  await (await textField(page)).fill('begun')
  await saved(page)

  let typed: string[] = ['begun']
  let acknowledged = 0
  const count = { acknowledged: 0, kills: 0, processes: 0 }
  for (let round = 1; round <= rounds; round++) {
    const field = await textField(page)
    await listenForSaved(page, field, (text) => {
      const at = typed.lastIndexOf(text)
      if (at > acknowledged) acknowledged = at
      count.acknowledged += 1
    })
    const type = async (words: number) => {
      for (let word = 1; word <= words; word++) {
        const next = `round ${round} text ${typed.length} ${'x'.repeat(randomInt(60))}`
        typed.push(next)
        await field.fill(next)
        await sleep(randomInt(60))
      }
    }
    // Once saved and said so; then typed on, and killed around the moment when the next save is under way.
    await type(1 + randomInt(3))
    await expect.poll(() => acknowledged, { intervals: [20] }).toBeGreaterThan(0)
    await type(1 + randomInt(5))
    await sleep(740 + randomInt(160))
    count.processes += killBrowser(profile)
    count.kills += 1
    await context.close().catch(() => undefined)

    context = await openBrowser(profile)
    page = await onlyPage(context)
    await page.goto(house.appUrl)
    await unlock(page, passphrase)
    await expect(page.getByText(/cannot be opened/)).toBeHidden()
    await page.getByRole('button', { name: 'Continue' }).click()
    const found = await (await textField(page)).inputValue()
    const at = typed.lastIndexOf(found)
    expect(at, `round ${round}: "${found}" was never typed as a whole`).toBeGreaterThanOrEqual(0)
    expect(at, `round ${round}: "${typed[acknowledged]}" was called saved`).toBeGreaterThanOrEqual(acknowledged)
    typed = [found]
    acknowledged = 0
  }
  await context.close()
  console.log(
    `kill -9 of ${browserOfStory()}: ${count.kills} times, ${count.processes} processes; ${count.acknowledged} saves acknowledged, 0 lost`,
  )
  expect(count.acknowledged).toBeGreaterThanOrEqual(rounds)
})
