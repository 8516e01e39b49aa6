import { askForNewerDatabase, spoil } from '../disk-by-hand.ts'
import type { State } from '../every-screen.ts'
import { emptyStorage, fillStorage, leaveRoom, tellOfRoom } from '../full-tablet.ts'
import { release } from '../release.ts'
import { openAgain } from '../steps.ts'
import { askVault } from '../vault-by-hand.ts'
import type { CaseList, OpenCase } from '../../src/vault/api.ts'
import type { Walk } from '../walk.ts'

const mega = 1_000_000
/** For how long the browser reckons with the room that it saw last, and a little more. */
const oldRoomMs = 32_000
let isLooking = false
let littleSince = 0
let spoilt = ''

const draftAtHome = async ({ page }: Walk): Promise<string> => {
  const { cases } = await askVault<CaseList>(page, 'list')
  return cases.find(({ state }) => state === 'draft')?.id ?? ''
}

/** What an edition of before asked, and this one does not: a question, and an answer to one that is still asked. */
async function answerAsBefore({ page }: Walk, id: string): Promise<void> {
  const { rev, draft } = await askVault<OpenCase>(page, 'open', id)
  const event = { answers: { ...draft.event.answers, zzz: ['abc', 'def'], moc: ['other/club'] } }
  const saved = await askVault<{ status: string }>(page, 'save', id, rev, { ...draft, event })
  if (saved.status !== 'saved') throw new Error(saved.status)
}

/** A tablet that is full, damaged, changed by a stranger, or brought up to date in mid-work. */
export const onABadDay = [
  {
    place: 'home',
    name: 'a new version is ready, and little room is left',
    reach: async ({ page, organisation, unlock, say }) => {
      await openAgain(page)
      await page.getByLabel(say('Passphrase'), { exact: true }).waitFor()
      await tellOfRoom(page, 100 * mega)
      await unlock()
      release(organisation.app, 2)
      await page.evaluate(async () => void (await (await navigator.serviceWorker.getRegistration())?.update()))
      const status = page.getByRole('status')
      for (const words of [
        'Less than 200 MB are left for Daybook on this tablet. The cases here are safe. Free some space, and send finished cases soon.',
        'A new version is ready. It starts after you save; you will be asked for the passphrase again.',
      ])
        await status.filter({ hasText: say(words) }).waitFor()
    },
  },
  {
    place: 'new-version',
    name: 'it starts',
    reach: async (walk) => {
      const { page, press, say } = walk
      // What the next states are about: the app is not there to be asked once this one is on the screen.
      spoilt = await draftAtHome(walk)
      await spoil(page, 'records', spoilt, 'sum')
      await spoil(page, 'device', 'device', 'configuration')
      // It is over before anybody has looked at it: the page is told of its versions when they have.
      isLooking = true
      await page.exposeFunction('isLooking', () => isLooking)
      await page.addInitScript(() => {
        if (location.pathname !== '/starting') return
        const { serviceWorker } = navigator
        const { isLooking: still } = globalThis as unknown as { isLooking: () => Promise<boolean> }
        const ask = serviceWorker.getRegistration.bind(serviceWorker)
        serviceWorker.getRegistration = async () => {
          while (await still()) await new Promise((resolve) => setTimeout(resolve, 100))
          return await ask()
        }
      })
      await press('Start it now')
      await page.getByRole('heading', { name: say('The new version is starting') }).waitFor()
    },
  },
  {
    place: 'lock',
    name: 'the settings were changed by a stranger',
    reach: async ({ page, say }) => {
      isLooking = false
      await page.getByLabel(say('Passphrase'), { exact: true }).waitFor()
      await page.locator('meta[name=version]').waitFor({ state: 'attached' })
    },
  },
  {
    place: 'home',
    name: 'sending is stopped, and a case cannot be opened',
    reach: async ({ page, unlock, press, say }) => {
      await unlock()
      await press('Save it as a file')
      await page
        .getByRole('status')
        .filter({
          hasText: say(
            "The file was handed to the browser's downloads. It is still closed, so nobody can read it without the keys of this tablet.",
          ),
        })
        .waitFor()
    },
  },
  {
    place: 'settings',
    name: 'changed by a stranger',
    reach: async ({ menu, press, page, say }) => {
      await menu('About this tablet')
      await press('Take new settings or a new link')
      await page
        .getByText(
          say('Settings have been changed or are not from your organisation. Sending is stopped. Cases stay here.'),
        )
        .waitFor()
    },
  },
  {
    place: 'settings',
    name: 'in use again',
    reach: async ({ page, organisation, fill, press, button, say }) => {
      await fill('Set-up link from your organisation', organisation.setupLink)
      await press('Continue')
      await press('The words agree: accept')
      await page.getByText(say('The settings are in use.')).waitFor()
      await button('Set up another tablet').waitFor()
    },
  },
  {
    place: 'settings',
    name: 'of an organisation that has no receiver any more',
    reach: async ({ organisation, fill, press, button }) => {
      await fill('Set-up link from your organisation', organisation.linkWithoutReceiver())
      await press('Continue')
      await button('The words agree: accept').waitFor()
    },
  },
  {
    place: 'outbox',
    name: 'no receiver: files alone',
    reach: async ({ page, press, menu, say }) => {
      await press('The words agree: accept')
      await page.getByText(say('The settings are in use.')).waitFor()
      await menu('What waits to be sent')
      await page.getByRole('heading', { name: say('Bring in an answer') }).waitFor()
    },
  },
  {
    place: 'about',
    name: 'this tablet, with no receiver',
    reach: async ({ menu, heading }) => {
      await menu('About this tablet')
      await heading('The classification').waitFor()
    },
  },
  {
    place: 'home',
    name: 'no room for a new case, and one was changed outside of Daybook',
    reach: async ({ page, menu, say }) => {
      await spoil(page, 'records', spoilt, 'sum')
      await tellOfRoom(page, 10 * mega)
      await leaveRoom(page, 10 * mega)
      littleSince = Date.now()
      await menu('All cases')
      await page
        .getByRole('alert')
        .filter({
          hasText: say(
            'Less than 50 MB are left for Daybook on this tablet, so no new case can be begun. The cases here are safe, and you can go on with them. Free some space on the tablet.',
          ),
        })
        .waitFor()
    },
  },
  {
    place: 'case',
    name: 'answers that are kept from before',
    reach: async (walk) => {
      const { page, press, section, say } = walk
      await answerAsBefore(walk, spoilt)
      await walk.menu('All cases')
      await press('Continue')
      await section('Event')
      await page.getByRole('region', { name: say('Kept from before') }).waitFor()
    },
  },
  {
    place: 'case',
    name: 'check and send: what is left out',
    reach: async ({ section, heading }) => {
      await section('Check and send')
      await heading('Kept from before; left out of this version').waitFor()
    },
  },
  {
    place: 'case',
    name: 'not saved, because the tablet is full',
    reach: async ({ page, section, choose, say }) => {
      await section('Event')
      await page.waitForTimeout(Math.max(0, littleSince + oldRoomMs - Date.now()))
      await fillStorage(page)
      await choose('sta', 'status.confirmed')
      await page
        .getByRole('alert')
        .filter({
          hasText: say(
            'Not saved yet. This tablet is full. Your text is still here; free some space or send waiting cases. Do not close this page.',
          ),
        })
        .waitFor()
    },
  },
  {
    place: 'moved-on',
    name: 'a newer version runs, and the last words could not be saved',
    reach: async ({ page, say }) => {
      await askForNewerDatabase(page)
      await page
        .getByText(
          say(
            'The last words that were written here could not be saved; everything before them is. Load this page again to go on with the new version.',
          ),
        )
        .waitFor()
    },
  },
  {
    place: 'moved-on',
    name: 'a newer version runs, and everything is saved',
    reach: async ({ page, press, say }) => {
      await emptyStorage(page)
      await leaveRoom(page)
      await press('Load again')
      await page.getByLabel(say('Passphrase'), { exact: true }).waitFor()
      await askForNewerDatabase(page)
      await page
        .getByText(say('What was written here is saved. Load this page again to go on with the new version.'))
        .waitFor()
    },
  },
] as const satisfies readonly State[]
