import { momentNow } from '../../src/record/moment.ts'
import type { CaseList, OpenCase } from '../../src/vault/api.ts'
import type { State } from '../every-screen.ts'
import { askVault } from '../vault-by-hand.ts'

const days = 86_400_000

/** All cases. */
export const atHome = [
  {
    place: 'case',
    name: 'a case that may be a double',
    reach: async ({ page, menu, press, choose, type, country, section, say }) => {
      await menu('All cases')
      await press('New case')
      await choose('toe', 'forms-of-exploitation.2.short')
      await choose('toe', 'forms-of-exploitation.4.short')
      await choose('sxv', 'sex.f')
      await type('agv', '16')
      await country('civ', 'MD')
      await section('Event')
      await choose('exp', 'exploitation-took-place.occ')
      await country('coe', 'ES')
      await page.getByRole('button', { name: say('Another person') }).waitFor()
    },
  },
  {
    place: 'home',
    name: 'what is to become of a case that waits for 90 days',
    reach: async ({ page, menu, button, saved }) => {
      await saved()
      await menu('All cases')
      await button('New case').waitFor()
      const { cases } = await askVault<CaseList>(page, 'list')
      const [newest] = cases.filter(({ state }) => state === 'draft')
      const { id, rev, draft } = await askVault<OpenCase>(page, 'open', newest?.id)
      const createdAt = momentNow(new Date(Date.now() - 100 * days))
      const kept = await askVault<{ status: string }>(page, 'save', id, rev, { ...draft, createdAt })
      if (kept.status !== 'saved') throw new Error(`not saved: ${kept.status}`)
      await menu('What was done')
      await menu('All cases')
      await button('Ask again in 30 days').waitFor()
    },
  },
  {
    place: 'home',
    name: 'cases, filters opened',
    reach: async ({ page, press, fold, say, heading }) => {
      await press('Ask again in 30 days')
      await heading('Not sent for more than 14 days').waitFor()
      await fold('Filter and sort')
      await page.getByLabel(say('Month of recording')).waitFor()
    },
  },
  {
    place: 'home',
    name: 'nothing fits the search',
    reach: async ({ page, say }) => {
      await page.getByRole('searchbox').fill('qqqqqq')
      await page.getByText(say('No case fits this search.')).waitFor()
    },
  },
] as const satisfies readonly State[]

/** Sixty days later by the date of a second tab, while the first one has the newer case open. */
export const inAnotherTab = [
  {
    place: 'home',
    name: 'old drafts first, and a date that does not follow from the last one',
    reach: async (walk) => {
      await walk.menu('All cases')
      await walk.press('Continue')
      await walk.saved()
      walk.page = await walk.context.newPage()
      // Of this tab alone: a clock that Playwright installs goes on for the other one too, which would lock itself.
      await walk.page.addInitScript((ahead) => {
        const now = Date.now.bind(Date)
        globalThis.Date = new Proxy(Date, {
          construct: (Real, given: []) => (given.length > 0 ? new Real(...given) : new Real(now() + ahead)),
        })
        Date.now = () => now() + ahead
      }, 60 * days)
      await walk.page.goto(walk.organisation.appUrl)
      await walk.unlock()
      await walk.heading('Not sent for more than 14 days').waitFor({ timeout: 30_000 })
      await walk.button('The date is right').waitFor()
    },
  },
  {
    place: 'case',
    name: 'read only, because it is open in another tab',
    reach: async ({ page, press, say }) => {
      await press('Continue')
      await page
        .getByText(say('Open in another tab: read only here. Close it there, then open the case again.'))
        .waitFor()
    },
  },
] as const satisfies readonly State[]

/** Invented cases, and what lies over everything. */
export const practice = [
  {
    place: 'home',
    name: 'practice',
    reach: async (walk) => {
      await walk.page.close()
      const [first] = walk.context.pages()
      if (!first) throw new Error('the first tab is gone')
      walk.page = first
      await first.bringToFront()
      await walk.menu('Practice with invented cases')
      await walk.button('Leave practice').waitFor()
    },
  },
  {
    place: 'case',
    name: 'an invented case',
    reach: async ({ press, heading }) => {
      await press('Continue')
      await heading('Event').waitFor()
    },
  },
  {
    place: 'cover',
    name: 'covered, and the PIN was wrong',
    reach: async ({ page, press, fill }) => {
      await press('Leave practice')
      await press('Hide')
      await fill('PIN', '000000')
      await page.getByRole('alert').waitFor()
    },
  },
] as const satisfies readonly State[]
