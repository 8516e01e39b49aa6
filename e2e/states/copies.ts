import type { State } from '../every-screen.ts'

const ofTheList = 'abandon ability able about above absent absorb abstract absurd abuse access accident'

/** Copies, and the key that opens them. */
export const ofCopies = [
  {
    place: 'copies',
    name: 'a copy that was handed out',
    reach: async ({ menu, press, button }) => {
      await menu('Copies')
      await press('Make a copy')
      await press('Save the file')
      await button('Yes, it is there').waitFor()
    },
  },
  {
    place: 'copies',
    name: 'words of a paper that do not open it, and where others send to',
    reach: async ({ page, press, fold, say }) => {
      const box = (next: number) => page.getByLabel(say('Word {next} of {count}', { next: `${next}`, count: '24' }))
      await page
        .getByLabel(say('Choose the file'))
        .setInputFiles({ name: 'copy.age', mimeType: 'application/octet-stream', buffer: Buffer.from('no copy') })
      await box(1).fill(ofTheList)
      await box(13).fill(ofTheList)
      await press('Look what is in it')
      await page.getByRole('main').getByRole('alert').waitFor()
      await fold('Get a case from another tablet')
    },
  },
  {
    place: 'drawer',
    name: 'what it is for',
    reach: async ({ press, button }) => {
      await press('Make the key for the drawer')
      await button('Show the 24 words').waitFor()
    },
  },
  {
    place: 'drawer',
    name: '24 words',
    reach: async ({ page, press, say }) => {
      await press('Show the 24 words')
      await page
        .getByRole('list', { name: say('The 24 words') })
        .getByRole('listitem')
        .nth(23)
        .waitFor()
    },
  },
  {
    place: 'drawer',
    name: 'asked back, words offered',
    reach: async ({ page, press, say }) => {
      await press('They are on paper')
      await page.getByRole('main').getByRole('textbox').fill('ab')
      await page.getByRole('group', { name: say('Words that begin so') }).waitFor()
    },
  },
] as const satisfies readonly State[]
