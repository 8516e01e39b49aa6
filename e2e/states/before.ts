import { pin } from '../steps.ts'
import type { State } from '../every-screen.ts'

/** From an empty tablet to the first account. */
export const beforeTheLock = [
  {
    place: 'welcome',
    name: 'nothing is set up',
    reach: async ({ page, organisation, heading }) => {
      await page.goto(organisation.appUrl)
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
    place: 'setup',
    name: 'a link that was cut off',
    reach: async ({ page, organisation }) => {
      await page.goto('about:blank')
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
      await fill('Nickname', 'Blue heron')
      await page.getByLabel(say('Make up my own')).check()
      await fill('Own passphrase', 'passwordpassword')
      await press('Make the account')
      await page.getByRole('alert').waitFor()
    },
  },
  {
    place: 'home',
    name: 'the first card for newcomers',
    reach: async (walk) => {
      const { page, press, fill, say, heading } = walk
      await page.getByLabel(say('Use these six words')).check()
      const words = page.getByRole('list', { name: say('Your six words') }).getByRole('listitem')
      await words.nth(5).waitFor()
      walk.passphrase = (await words.allTextContents()).join(' ').trim()
      await fill('Type the passphrase once', walk.passphrase)
      await fill('PIN for the cover (6 digits, may be left out)', pin)
      await press('Make the account')
      await heading('No case yet').waitFor({ timeout: 30_000 })
      await page.evaluate(async () => await navigator.serviceWorker.ready)
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
