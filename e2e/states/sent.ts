import type { State } from '../every-screen.ts'
import { pin } from '../steps.ts'
import type { Walk } from '../walk.ts'

/** The line of the case that was recorded first, among all cases. */
const withTwoVictims = ({ page, say }: Walk) =>
  page
    .getByRole('list', { name: say('Cases'), exact: true })
    .getByRole('listitem')
    .getByRole('button')
    .last()

/** From the last mended answer to a version that was received. */
export const sending = [
  {
    place: 'case',
    name: 'check and send: ready to go, nobody is there to take it',
    reach: async ({ section, choose, question, heading, press, fold, country, organisation, say, saved }) => {
      await section('Event')
      await choose('sta', 'status.presumed')
      await fold('More detail (step 2)')
      await question('dae').getByLabel(say('Year')).fill('2024')
      await question('moc').getByRole('textbox').fill('the door code was changed')
      if (await question('geo').getByRole('combobox').first().isVisible()) await country('geo', 'FR')
      await saved()
      await organisation.stopReceiver()
      await section('Check and send')
      await press('Send this version')
      await heading('Sent versions').waitFor()
    },
  },
  {
    place: 'outbox',
    name: 'one waits, and why, and the way by hand',
    reach: async ({ page, menu, press, fold, button, say }) => {
      await menu('What waits to be sent')
      await press('Send now')
      await page.getByText(say('No connection. The cases are safe on this tablet and will be sent later.')).waitFor()
      await page
        .getByRole('list', { name: say('Waiting') })
        .getByRole('button')
        .first()
        .waitFor()
      await fold('Without a network: by stick or mail')
      await button('Make the file').waitFor()
    },
  },
  {
    place: 'outbox',
    name: 'nothing waits',
    reach: async ({ organisation, press, button, page }) => {
      await organisation.startReceiver()
      await press('Send now')
      await button('Send now').and(page.locator(':enabled')).waitFor()
      await page.getByRole('banner').getByText('1').waitFor({ state: 'hidden' })
    },
  },
  {
    place: 'case',
    name: 'received, with changes that were not sent',
    reach: async (walk) => {
      const { page, menu, section, choose, type, heading, press, say, saved } = walk
      await menu('All cases')
      await withTwoVictims(walk).click()
      await page.getByText(say('Received')).first().waitFor()
      await section('Victim {0}', { 0: '1' })
      await type('agv', '16')
      await section('Victim {0}', { 0: '2' })
      await press('Remove {title}', { title: say('Victim {0}', { 0: '2' }) })
      await section('Event')
      await choose('sta', 'status.confirmed')
      await saved()
      await section('Check and send')
      await heading('Changed since version {0} was sent', { 0: '1' }).waitFor()
    },
  },
] as const satisfies readonly State[]

/** What is done seldom to a case that was sent. */
export const afterSending = [
  {
    place: 'case',
    name: 'what is done seldom',
    reach: async (walk) => {
      const { press, section, fold, button } = walk
      await press('Show all')
      await withTwoVictims(walk).click()
      await section('Check and send')
      await fold('More')
      await button('Close: it has left our care').waitFor()
    },
  },
  {
    place: 'case',
    name: 'closed, with a way back',
    reach: async ({ press, button }) => {
      await press('Close: it has left our care')
      await button('Open it again').waitFor()
      await button('Undo').waitFor()
    },
  },
] as const satisfies readonly State[]

/** What is refused, and what is taken back. */
export const taken = [
  {
    place: 'case',
    name: 'needs attention',
    reach: async (walk) => {
      const { page, organisation, menu, section, choose, press, fill, say } = walk
      await fill('PIN', pin)
      const where = ['--data', organisation.receiverData]
      const [device = ''] = organisation.receiver('devices', ...where).split(' ')
      organisation.receiver('revoke', ...where, '--', device)
      await menu('All cases')
      await withTwoVictims(walk).click()
      await section('Event')
      await choose('sta', 'status.presumed')
      await section('Check and send')
      await press('Send this version')
      await page.getByText(say('Needs attention')).first().waitFor()
    },
  },
  {
    place: 'case',
    name: 'a withdrawal is asked for',
    reach: async ({ page, press, fold, say }) => {
      await fold('More')
      await press('Withdraw the case …')
      const dialog = page.getByRole('dialog', { name: say('Withdraw this case?') })
      await dialog.getByLabel(say('Entered twice')).check()
      await dialog.getByLabel(say('Code of the other case, which stays')).waitFor()
    },
  },
  {
    place: 'case',
    name: 'withdrawn',
    reach: async ({ page, press, say }) => {
      const dialog = page.getByRole('dialog', { name: say('Withdraw this case?') })
      await dialog.getByLabel(say('Consent was taken back')).check()
      await press('Withdraw it')
      await page.getByText(say('This case is withdrawn.')).waitFor()
    },
  },
] as const satisfies readonly State[]
