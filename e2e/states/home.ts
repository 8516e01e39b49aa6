import type { State } from '../every-screen.ts'

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
    name: 'cases, filters opened',
    reach: async ({ page, menu, fold, say }) => {
      await menu('All cases')
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

/** Twenty days later, in a second tab, while the first one has the newer case open. */
export const inAnotherTab = [
  {
    place: 'home',
    name: 'old drafts first',
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
      }, 20 * days)
      await walk.page.goto(walk.organisation.appUrl)
      await walk.unlock()
      await walk.heading('Not sent for more than 14 days').waitFor({ timeout: 30_000 })
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
