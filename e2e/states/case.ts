import type { State } from '../every-screen.ts'
import type { Walk } from '../walk.ts'

/** What the button of a person's mark begins with, whatever the mark is. */
const markOf = (say: Walk['say']): string =>
  say('Mark of {title}: {word}. Change it', { title: say('Victim {0}', { 0: '1' }), word: '|' })
    .split('|')[0]
    ?.trim() ?? ''

/** A person, question by question. */
export const onePerson = [
  {
    place: 'case',
    name: 'a victim, just begun',
    reach: async ({ page, press, heading }) => {
      await page.keyboard.press('Escape')
      await press('New case')
      await heading('Victim {0}', { 0: '1' }).waitFor()
    },
  },
  {
    place: 'case',
    name: 'the tree of exploitation, unfolded',
    reach: async ({ choose, question, word }) => {
      await choose('toe', 'forms-of-exploitation.2.short')
      await choose('toe', 'forms-of-exploitation.4.short')
      await question('toe').getByLabel(word('forms-of-exploitation.2.1.short')).waitFor()
    },
  },
  {
    place: 'case',
    name: 'help at the question',
    reach: async ({ question, say }) => {
      await question('toe')
        .getByRole('button', { name: say('What does this mean?') })
        .click()
      await question('toe').getByText(say('How sure'), { exact: true }).waitFor()
    },
  },
  {
    place: 'case',
    name: 'marks to choose from',
    reach: async ({ page, question, say }) => {
      await question('toe')
        .getByRole('button', { name: say('What does this mean?') })
        .click()
      await page.getByRole('button', { name: markOf(say) }).click()
      await page.getByText(say('Something to know the person by on this tablet. It is never sent.')).waitFor()
    },
  },
  {
    place: 'case',
    name: 'a list that is searched',
    reach: async ({ page, question, say }) => {
      await page.getByRole('button', { name: markOf(say) }).click()
      await question('civ').getByRole('combobox').fill('a')
      await page.getByRole('option').first().waitFor()
    },
  },
  {
    place: 'case',
    name: 'a list in which nothing is found',
    reach: async ({ page, question, say }) => {
      await question('civ').getByRole('combobox').fill('qqqqqq')
      await page.getByText(say('Nothing found. Try another word.')).waitFor()
    },
  },
  {
    place: 'case',
    name: 'a person who is answered, with what is filled in, and that it is saved said aloud',
    reach: async ({ page, question, choose, type, country, say, saved }) => {
      await question('civ').getByRole('combobox').fill('')
      await country('civ', 'MD')
      await choose('sxv', 'sex.f')
      await type('agv', '17')
      await question('stv')
        .getByRole('button', { name: say('What does this mean?') })
        .waitFor()
      await page.keyboard.press('Tab')
      await saved()
      await page
        .getByRole('status')
        .filter({ hasText: say('All is saved ({travelled})', { travelled: say('not sent yet') }) })
        .waitFor({ state: 'attached' })
    },
  },
  {
    place: 'case',
    name: 'the consent, its text opened',
    reach: async ({ page, fold, say }) => {
      await fold('What the person was told and agreed to')
      await fold('The text, to be read out')
      await page.getByLabel(say('Language of the text')).waitFor()
    },
  },
  {
    place: 'case',
    name: 'the consent, taken back',
    reach: async ({ page, fold, press, say }) => {
      await fold('The text, to be read out')
      await press('All agreed')
      await press('The person is not present, or this is from a file')
      await fold('The person takes the agreement back')
      await press('Keep it inside the organisation, pass nothing on')
      await page.getByText(say('Nothing of this case was sent before, so nothing has to be called back.')).waitFor()
    },
  },
  {
    place: 'case',
    name: 'deeper questions, and what is different for this victim',
    reach: async ({ press, fold, question }) => {
      await press('Entered by mistake')
      await fold('What the person was told and agreed to')
      await fold('Different for this victim')
      await fold('More detail (step 2)')
      await question('msv').waitFor()
    },
  },
] as const satisfies readonly State[]

/** Everybody and everything else of the case. */
export const wholeCase = [
  {
    place: 'case',
    name: 'the map as a sheet',
    reach: async ({ page, map }) => {
      await map()
      await page.getByRole('dialog').waitFor()
    },
  },
  {
    place: 'case',
    name: 'another victim, perhaps the same as the first',
    reach: async ({ page, heading, fold, say, button }) => {
      await page
        .getByRole('dialog')
        .getByRole('button', { name: say('Add a victim') })
        .click()
      await heading('Victim {0}', { 0: '2' }).waitFor()
      await fold('Same as {0}', { 0: say('Victim {0}', { 0: '1' }) })
      await button('Copy what is chosen').waitFor()
    },
  },
  {
    place: 'case',
    name: 'a toast with a way back, said aloud',
    reach: async ({ page, button, press }) => {
      await press('Copy what is chosen')
      await page
        .getByRole('status')
        .filter({ has: button('Undo') })
        .waitFor()
    },
  },
  {
    place: 'case',
    name: 'a perpetrator who is a person, and what is odd about the age said aloud',
    reach: async ({ section, heading, choose, type, question, say }) => {
      await choose('sxv', 'sex.m')
      await type('agv', '31')
      await section('Add a perpetrator')
      await heading('Perpetrator {0}', { 0: '1' }).waitFor()
      await choose('x3pls', 'legal-status.1a')
      await choose('sxp', 'sex.m')
      await type('agp', '8')
      await question('agp')
        .locator('[aria-live=polite]')
        .getByRole('button', { name: say('It is right'), exact: true })
        .waitFor()
    },
  },
  {
    place: 'case',
    name: 'a perpetrator that is a company',
    reach: async ({ section, heading, choose, question }) => {
      await section('Add a perpetrator')
      await heading('Perpetrator {0}', { 0: '2' }).waitFor()
      await choose('x3pls', 'legal-status.2a')
      await question('sxp').getByRole('radio').first().waitFor({ state: 'hidden' })
    },
  },
  {
    place: 'case',
    name: 'links between several people',
    reach: async ({ page, section, say, word }) => {
      await section('Links')
      const [first] = await page.getByRole('listitem').getByRole('combobox').all()
      await first?.selectOption({ label: word('relationship.authority') })
      await page.getByLabel(say('The same for all of these')).waitFor()
    },
  },
  {
    place: 'case',
    name: 'the event, with a date in other calendars and an end before the beginning',
    reach: async ({ section, heading, choose, question, fold, country, say, saved }) => {
      await section('Event')
      await heading('Event').waitFor()
      await choose('exp', 'exploitation-took-place.occ')
      await country('coe', 'ES')
      await fold('More detail (step 2)')
      for (const [code, year] of [
        ['dab', '2023'],
        ['dae', '2021'],
      ] as const) {
        await question(code).getByLabel(say('Year')).fill(year)
        await question(code).getByLabel(say('Month')).selectOption('04')
      }
      await question('dab')
        .getByRole('button', { name: say('Other calendars') })
        .click()
      await question('dab').getByText(say('Ethiopian')).waitFor()
      await choose('moc', 'means-of-control.other')
      await question('moc').getByRole('textbox').fill('Call Anna Example, +00 555 0100 200')
      await question('moc')
        .getByText(
          say('A text looks as if it held a name, a number or an address. Please leave out what says who somebody is.'),
        )
        .waitFor()
      await saved()
    },
  },
  {
    place: 'case',
    name: 'an answer that is kept and hidden',
    reach: async ({ choose, heading }) => {
      await choose('exp', 'exploitation-took-place.noc')
      await heading('Kept, but not part of the record now').waitFor()
    },
  },
  {
    place: 'case',
    name: 'the reporting entity',
    reach: async ({ choose, section, heading }) => {
      await choose('exp', 'exploitation-took-place.occ')
      await section('Reporting entity')
      await heading('Reporting entity').waitFor()
    },
  },
  {
    place: 'case',
    name: 'check and send: to be mended, to be checked, still open',
    reach: async ({ section, heading }) => {
      await section('Check and send')
      for (const title of ['Must be answered or mended first', 'Please check', 'Still open; may stay so'])
        await heading(title).waitFor()
    },
  },
] as const satisfies readonly State[]
