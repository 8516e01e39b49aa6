import type { State } from '../every-screen.ts'

const ofTheFile = 'harbour copper lantern Friday'

/** What is done with cases away from the cases themselves. */
export const elsewhere = [
  {
    place: 'print',
    name: 'the passphrase is asked for, and was wrong',
    reach: async ({ page, menu, fill, press }) => {
      await menu('Print this case')
      await fill('Your passphrase', 'not the passphrase at all')
      await press('Show it for printing')
      await page.getByRole('alert').waitFor()
    },
  },
  {
    place: 'print',
    name: 'a case on paper',
    reach: async ({ passphrase, fill, press, button }) => {
      await fill('Your passphrase', passphrase)
      await press('Show it for printing')
      await button('Print').waitFor()
    },
  },
  {
    place: 'blank-form',
    name: 'step 1 on paper',
    reach: async ({ menu, button }) => {
      await menu('Blank paper form')
      await button('Print').waitFor()
    },
  },
  {
    place: 'blank-form',
    name: 'as deep as the organisation wants',
    reach: async ({ press }) => await press('Steps 1 and 2'),
  },
  {
    place: 'export',
    name: 'made',
    reach: async ({ page, menu, press }) => {
      await menu('Export')
      await press('Make the file')
      await page.getByRole('main').getByRole('status').waitFor()
    },
  },
  {
    place: 'export',
    name: 'the two passphrases are not the same',
    reach: async ({ page, fill, press, say }) => {
      await page.getByLabel(say('Whoever knows a passphrase for this file')).check()
      await fill('Passphrase for this file', ofTheFile)
      await fill('Type it once more', `${ofTheFile}s`)
      await press('Make the file')
      await page.getByRole('alert').waitFor()
    },
  },
  {
    place: 'export',
    name: 'a plain file is warned of',
    reach: async ({ page, say }) => {
      await page.getByLabel(say('Everyone: a plain file')).check()
      await page.getByLabel(say('Your passphrase')).waitFor()
    },
  },
  {
    place: 'change',
    name: 'a digit is wrong',
    reach: async ({ page, menu, fill, say }) => {
      await menu('Change by code')
      await fill('Code of the case', '123456789')
      await page
        .getByText(say('A digit is wrong: the last one does not agree with the others. Please compare it again.'))
        .waitFor()
    },
  },
  {
    place: 'change',
    name: 'a correction for one victim',
    reach: async ({ page, fill, say, word, question }) => {
      await fill('Code of the case', '000000011')
      await page.getByLabel(say('An answer was wrong, or is known now')).check()
      await page.getByLabel(say('One victim')).check()
      await fill('Number of the victim', '2')
      await page
        .getByRole('group', { name: say('Which question?') })
        .getByRole('combobox')
        .fill(word('sxv.label'))
      await page.getByRole('option').first().click()
      await question('sxv').getByLabel(word('sex.f'), { exact: true }).check()
    },
  },
  {
    place: 'change',
    name: 'a consent that was taken back, sent',
    reach: async ({ page, press, say, heading }) => {
      await page.getByLabel(say('A consent was taken back')).check()
      await page.getByLabel(say('The whole case')).check()
      await page.getByLabel(say('Keep it inside the organisation, pass nothing on')).check()
      await press('Send this change')
      await heading('Changes that were sent').waitFor()
    },
  },
  {
    place: 'team',
    name: 'who may open what',
    reach: async ({ page, menu }) => {
      await menu('The team of this tablet')
      await page.getByRole('main').getByRole('heading', { level: 2 }).first().waitFor()
    },
  },
  {
    place: 'leaving',
    name: 'what is to be given away first',
    reach: async ({ page, press }) => {
      await press('I am leaving …')
      await page.getByRole('main').getByRole('heading', { level: 2 }).first().waitFor()
    },
  },
  {
    place: 'account',
    name: 'what an account does for itself',
    reach: async ({ page, menu }) => {
      await menu('My account')
      await page.getByRole('main').getByRole('heading', { level: 2 }).first().waitFor()
    },
  },
  {
    place: 'done',
    name: 'everything so far',
    reach: async ({ page, menu, say }) => {
      await menu('What was done')
      await page
        .getByRole('list', { name: say('What was done') })
        .getByRole('listitem')
        .first()
        .waitFor()
    },
  },
  {
    place: 'done',
    name: 'compared with words that are not its own',
    reach: async ({ page, fold, say }) => {
      await fold('Compare with the organisation')
      await page
        .getByLabel(say('Word {next} of {count}', { next: '1', count: '6' }))
        .fill('zoo zone zero youth young year ')
      await page.getByRole('alert').waitFor()
    },
  },
  {
    place: 'about',
    name: 'this tablet',
    reach: async ({ menu, heading }) => {
      await menu('About this tablet')
      await heading('The classification').waitFor()
    },
  },
  {
    place: 'classification',
    name: 'lists, translations and sources',
    reach: async ({ press, fold, heading }) => {
      await press('About the classification')
      await heading('How sure the lists of answers are').waitFor()
      await fold('Show the questions')
    },
  },
  {
    place: 'settings',
    name: 'what was pasted is no link',
    reach: async ({ page, menu, press, fill }) => {
      await menu('About this tablet')
      await press('Take new settings or a new link')
      await fill('Set-up link from your organisation', 'harbour-house.example')
      await press('Continue')
      await page.getByRole('alert').waitFor()
    },
  },
  {
    place: 'settings',
    name: 'new settings to compare',
    reach: async ({ organisation, press, fill, button }) => {
      await press('Use another link')
      await fill('Set-up link from your organisation', organisation.setupLink)
      await press('Continue')
      await button('The words agree: accept').waitFor()
    },
  },
  {
    place: 'settings',
    name: 'the codes for another tablet',
    reach: async ({ page, press, say }) => {
      await press('Not my organisation')
      await press('Set up another tablet')
      await press('Show the codes')
      await page.getByRole('img', { name: say('Code for the camera of the other tablet') }).waitFor()
    },
  },
] as const satisfies readonly State[]
