import type { State } from '../every-screen.ts'
import { beginStandstill, endStandstill, runTimers } from '../standing-still.ts'
import { blue, pin } from '../steps.ts'
import type { Walk } from '../walk.ts'
import { makeAccount } from './before.ts'

const grey = 'Grey owl'
const holdMs = 3_000
const countMs = 1_000

/** Over the lock screen, to an account that is covered. */
async function backTo({ page, menu, fill, button }: Walk, label: string): Promise<void> {
  await menu('Another person')
  await page.getByRole('button', { name: label }).click()
  await fill('PIN', pin)
  await button('Menu').waitFor()
}

/** A second worker at the same tablet, who comes, is given something and leaves for good. */
export const anotherPerson = [
  {
    place: 'lock',
    name: 'one is covered while another one comes',
    reach: async ({ page, menu, say }) => {
      await menu('Another person')
      await page.getByText(say('covered: PIN')).waitFor()
    },
  },
  {
    place: 'home',
    name: 'another person works',
    reach: async (walk) => {
      await walk.press('New account')
      await walk.fill('Nickname', grey)
      await makeAccount(walk)
      await walk.press('Skip')
    },
  },
  {
    place: 'team',
    name: 'of somebody who is not in it',
    reach: async ({ menu, button }) => {
      await menu('The team of this tablet')
      await button('Start a team').waitFor()
    },
  },
  {
    place: 'team',
    name: 'somebody may be let in, words are compared',
    reach: async (walk) => {
      const { page, menu, press, say } = walk
      await backTo(walk, blue)
      await menu('The team of this tablet')
      await press('Let in …')
      await page
        .getByRole('dialog')
        .getByRole('list', { name: say('Six words') })
        .waitFor()
    },
  },
  {
    place: 'case',
    name: 'to be given to somebody else',
    reach: async ({ page, menu, press, section, fold, say }) => {
      await press('The words differ')
      await menu('All cases')
      await press('Continue')
      await section('Check and send')
      await fold('More')
      await press('Give this case to …')
      const dialog = page.getByRole('dialog', { name: say('Give this case to …') })
      await dialog.getByLabel(grey).check()
      await dialog.getByRole('list', { name: say('Six words') }).waitFor()
    },
  },
  {
    place: 'team',
    name: 'of somebody who is in two of them',
    reach: async (walk) => {
      const { page, menu, press, button, say } = walk
      await press('Keep the case')
      await backTo(walk, grey)
      await menu('The team of this tablet')
      await press('Start a team')
      await press('Let in …')
      await press('The words agree: let in')
      await button('Let in …').waitFor({ state: 'detached' })
      await backTo(walk, blue)
      await menu('End my shift')
      await page.getByRole('button', { name: blue }).click()
      await walk.unlock()
      await menu('The team of this tablet')
      await page.getByRole('group', { name: say('You are in several teams. This is about') }).waitFor()
    },
  },
  {
    place: 'account',
    name: 'the button that erases is held down',
    fleeting: true,
    reach: async (walk) => {
      const { page, menu, press, button } = walk
      await backTo(walk, grey)
      await menu('My account')
      await press('Erase this account …')
      await beginStandstill(page, holdMs, countMs)
      await button('Hold for 3 seconds to erase this account').focus()
      await page.keyboard.down('Enter')
      await page.locator('.holding').waitFor()
    },
  },
  {
    place: 'account',
    name: 'an erasure that can still be stopped',
    reach: async ({ page, button }) => {
      await runTimers(page)
      await button('Tap anywhere to stop').waitFor()
      await page.keyboard.up('Enter')
    },
  },
  {
    place: 'locked',
    name: 'after an erasure',
    reach: async ({ page }) => {
      await endStandstill(page)
      await page.waitForURL(/\/locked#bare-/, { timeout: 20_000 })
    },
  },
] as const satisfies readonly State[]
