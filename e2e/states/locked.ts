import type { State } from '../every-screen.ts'
import { openAgain } from '../steps.ts'

/** After the shift, and on a tablet that cannot be used. */
export const lockedAgain = [
  {
    place: 'locked',
    name: 'closed',
    reach: async ({ page, press, unlock, menu }) => {
      await press('Load again')
      await unlock()
      await menu('End my shift')
      await page.waitForURL(/\/locked/)
    },
  },
  {
    place: 'lock',
    name: 'whose passphrase was wrong',
    reach: async ({ page, fill, press }) => {
      await openAgain(page)
      await fill('Passphrase', 'not the passphrase')
      await press('Unlock')
      await page.getByRole('alert').waitFor()
    },
  },
  {
    place: 'lock',
    name: 'who has to wait',
    reach: async ({ page, fill, press }) => {
      for (let attempt = 2; attempt <= 4; attempt++) {
        await fill('Passphrase', `not the passphrase, try ${attempt}`)
        await press('Unlock')
        await page.getByRole('alert').waitFor()
      }
      await page.locator('button[type=submit]:disabled').waitFor()
    },
  },
  {
    place: 'lock',
    name: 'word by word',
    reach: async ({ press, button }) => {
      await press('Enter word by word')
      await button('Type it as a whole').waitFor()
    },
  },
  {
    place: 'lock',
    name: 'what is safe when the passphrase is forgotten',
    reach: async ({ page, press, say }) => {
      await press('I forgot it')
      await page.getByRole('dialog', { name: say('The passphrase is forgotten') }).waitFor()
    },
  },
  {
    place: 'another-account',
    name: 'beside those that are there',
    reach: async ({ press, button }) => {
      await press('Make another account')
      await button('Make the account').waitFor()
    },
  },
  {
    place: 'set-up-already',
    name: 'a link on a tablet that has accounts',
    reach: async ({ page, organisation, heading }) => {
      await page.goto('about:blank')
      await page.goto(organisation.setupLink)
      await heading('This tablet is set up already').waitFor()
    },
  },
  {
    place: 'lacking',
    name: 'a browser that lacks something',
    reach: async (walk) => {
      walk.page = await walk.context.newPage()
      await walk.page.addInitScript(() => Object.defineProperty(Navigator.prototype, 'storage', { value: undefined }))
      await walk.page.goto(walk.organisation.appUrl)
      await walk.heading('Daybook does not work in this browser window').waitFor()
    },
  },
  {
    place: 'failed',
    name: 'a storage that does not open',
    reach: async (walk) => {
      walk.page = await walk.context.newPage()
      await walk.page.addInitScript(() => {
        // The vault's worker never answers, as on a tablet whose storage is damaged.
        Worker.prototype.postMessage = () => {
          throw new DOMException('gone', 'InvalidStateError')
        }
      })
      await walk.page.goto(walk.organisation.appUrl)
      await walk.heading('The storage of this browser did not open').waitFor()
    },
  },
  {
    place: 'removed',
    name: 'a browser that has removed everything',
    reach: async (walk) => {
      const { context, organisation } = walk
      const others = context.pages()
      walk.page = await context.newPage()
      for (const other of others) await other.close()
      const session = await context.newCDPSession(walk.page)
      const storageTypes = 'indexeddb,file_systems,service_workers,cache_storage'
      await session.send('Storage.clearDataForOrigin', { origin: organisation.appUrl, storageTypes })
      await walk.page.goto(organisation.appUrl)
      await walk.heading('This browser has removed what Daybook kept here').waitFor()
    },
  },
] as const satisfies readonly State[]
