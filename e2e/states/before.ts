import { blue, pin } from '../steps.ts'
import { dropDatabase, holdOlderDatabase } from '../disk-by-hand.ts'
import type { State } from '../every-screen.ts'
import type { Walk } from '../walk.ts'

/** With the words that are offered, and a PIN, until the app stands. Gives the passphrase. */
export async function makeAccount({ page, press, fill, say, button }: Walk): Promise<string> {
  const words = page.getByRole('list', { name: say('Your six words') }).getByRole('listitem')
  await words.nth(5).waitFor()
  const passphrase = (await words.allTextContents()).join(' ').trim()
  await fill('Type the passphrase once', passphrase)
  await fill('PIN for the cover (6 digits, may be left out)', pin)
  await press('Make the account')
  await button('Menu').waitFor({ timeout: 30_000 })
  return passphrase
}

/**
 * A browser that was never here: no account, no mark of one, no worker. Private files stay: the browser clears them for a
 * while longer, and a page that asks for its own meanwhile is told that there are none to be had.
 */
async function forgetAll({ context, page, organisation }: Walk): Promise<void> {
  const session = await context.newCDPSession(page)
  const storageTypes = 'cookies,local_storage,indexeddb,cache_storage,service_workers'
  await session.send('Storage.clearDataForOrigin', { origin: organisation.appUrl, storageTypes })
  await session.detach()
}

/** From an empty tablet to the first account. */
export const beforeTheLock = [
  {
    place: 'blocked',
    name: 'another tab keeps an older structure of the storage',
    reach: async (walk) => {
      await walk.page.goto(`${walk.organisation.appUrl}/locked`)
      await holdOlderDatabase(walk.page)
      walk.page = await walk.context.newPage()
      await walk.page.goto(walk.organisation.appUrl)
      await walk.heading('Daybook is open in another tab').waitFor()
    },
  },
  {
    place: 'welcome',
    name: 'nothing is set up',
    reach: async (walk) => {
      const { context, organisation, heading } = walk
      await walk.page.close()
      const [first] = context.pages()
      if (!first) throw new Error('the first tab is gone')
      walk.page = first
      await dropDatabase(first)
      await first.goto(organisation.appUrl)
      await heading('Daybook').waitFor()
    },
  },
  {
    place: 'welcome',
    name: 'what was pasted is no link',
    reach: async ({ page, fill, press }) => {
      await fill('Set-up link from your organisation', 'harbour-house.example')
      await press('Continue')
      await page.getByRole('alert').waitFor()
    },
  },
  {
    place: 'welcome',
    name: 'a code is scanned, and no camera can be had',
    reach: async ({ press, button }) => {
      await press('Scan a code')
      await button('Try again').waitFor()
    },
  },
  {
    place: 'drawer',
    name: 'offered to whoever begins without an organisation',
    reach: async (walk) => {
      await walk.press('Back')
      await walk.press('Begin without an organisation')
      await walk.fill('Nickname', blue)
      await makeAccount(walk)
      await walk.button('Show the 24 words').waitFor()
    },
  },
  {
    place: 'settings',
    name: 'typed by hand, and not all that is needed',
    reach: async ({ menu, press, page }) => {
      await press('Later')
      await menu('About this tablet')
      await press('Take new settings or a new link')
      await press('Set up by hand')
      await press('Try these settings and use them')
      await page.locator('[aria-invalid=true]').first().waitFor()
    },
  },
  {
    place: 'setup',
    name: 'a link that was cut off',
    reach: async (walk) => {
      const { page, organisation } = walk
      await page.goto('about:blank')
      await forgetAll(walk)
      await page.goto(organisation.setupLink.slice(0, -9))
      await page.getByRole('alert').waitFor()
    },
  },
  {
    place: 'setup',
    name: 'an organisation to compare',
    reach: async ({ page, organisation, heading }) => {
      await page.goto('about:blank')
      await page.goto(organisation.setupLink)
      await heading('Set this tablet up').waitFor()
    },
  },
  {
    place: 'new-account',
    name: 'six words are offered',
    reach: async ({ page, press, say }) => {
      await press('The words agree: accept')
      await page
        .getByRole('list', { name: say('Your six words') })
        .getByRole('listitem')
        .nth(5)
        .waitFor()
    },
  },
  {
    place: 'new-account',
    name: 'an own passphrase is too weak',
    reach: async ({ page, press, fill, say }) => {
      await fill('Nickname', blue)
      await page.getByLabel(say('Make up my own')).check()
      await fill('Own passphrase', 'passwordpassword')
      await press('Make the account')
      await page.getByRole('alert').waitFor()
    },
  },
  {
    place: 'home',
    name: 'the first card for newcomers, and what was found on the tablet',
    reach: async (walk) => {
      await walk.page.getByLabel(walk.say('Use these six words')).check()
      walk.passphrase = await makeAccount(walk)
      const found = walk.page.locator('section').filter({ has: walk.heading('Check this tablet') })
      await found.getByRole('status').first().waitFor({ timeout: 30_000 })
      await walk.page.evaluate(async () => await navigator.serviceWorker.ready)
    },
  },
  {
    place: 'home',
    name: 'the last card for newcomers',
    reach: async ({ press, heading }) => {
      for (let card = 0; card < 4; card++) await press('Next')
      await heading('The words mean something exact').waitFor()
    },
  },
  {
    place: 'home',
    name: 'no case yet',
    reach: async ({ press, heading }) => {
      await press('Begin')
      await heading('The words mean something exact').waitFor({ state: 'hidden' })
    },
  },
  {
    place: 'home',
    name: 'the menu, with the languages',
    reach: async ({ page, press }) => {
      await press('Menu')
      await page.getByRole('dialog').getByRole('combobox').waitFor()
    },
  },
] as const satisfies readonly State[]
