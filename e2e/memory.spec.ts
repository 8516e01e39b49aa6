import { randomBytes } from 'node:crypto'
import { setTimeout as sleep } from 'node:timers/promises'
import { type BrowserContext, expect, test } from '@playwright/test'
import { type BrowserName, onlyPage, openBrowser, removeProfile } from './browser.ts'
import { type House, newPlaces, type Places, removeFolder, startHouse, temporaryFolder } from './house.ts'
import { findInMemory, type InMemory } from './memory.ts'
import { menu, recordCase, saved, setUp, textField } from './steps.ts'

/**
 * Within five seconds after a lock, what was typed is in no process that runs pages, workers or services. The browser's
 * own process is reported and not judged: it keeps what a field told the keyboard, and no page can take that back.
 */
const browsers: readonly BrowserName[] = ['chromium']

const outsideOf = (kind: string, { hits }: InMemory): number =>
  Object.entries(hits).reduce((sum, [each, count]) => (each === kind ? sum : sum + count), 0)

for (const browser of browsers)
  test.describe(browser, () => {
    let places: Places
    let house: House
    let profile = ''
    let context: BrowserContext | undefined

    test.beforeAll(async () => {
      places = await newPlaces('memory')
      house = await startHouse(places)
      profile = temporaryFolder('profile')
    })
    test.afterAll(async () => {
      await context?.close().catch(() => undefined)
      removeProfile(profile)
      await house?.stop()
      removeFolder(places.data)
    })

    test(`within five seconds after the lock no page, worker or service of ${browser} holds what was typed`, async () => {
      const tag = `Qz${randomBytes(7).toString('hex')}`
      context = await openBrowser(profile, { browser })
      const page = await onlyPage(context)
      const passphrase = await setUp(page, house.setupLink)
      await recordCase(page)
      await (await textField(page)).fill(`${tag} in a field`)
      await saved(page)
      const wanted = [tag, passphrase]
      const before = findInMemory(profile, wanted)
      expect(outsideOf('browser', before)).toBeGreaterThan(0)

      await menu(page, 'End my shift')
      await expect(page).toHaveURL(/\/locked$/)
      const locked = performance.now()
      let after = findInMemory(profile, wanted)
      while (outsideOf('browser', after) > 0 && performance.now() - locked < 5_000) {
        await sleep(200)
        after = findInMemory(profile, wanted)
      }
      const took = ((performance.now() - locked) / 1000).toFixed(1)
      console.log(
        `${browser}, read ${Math.round(before.bytes / 1024 / 1024)} MiB of ${before.processes} processes: ` +
          `before the lock ${JSON.stringify(before.hits)}, ${took} s after it ${JSON.stringify(after.hits)}`,
      )
      expect(outsideOf('browser', after), JSON.stringify(after.hits)).toBe(0)
    })
  })
