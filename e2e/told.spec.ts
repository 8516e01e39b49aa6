import { expect, type Locator, type Page, test } from '@playwright/test'
import { expectAsTold } from './as-told.ts'
import { tablet as upright } from './browser.ts'
import { asked, enter, enterCase, goBy, sendIt } from './entering.ts'
import { type Hand, keyboard, pointedAt, touch } from './hands.ts'
import { type AtTheDesk, aTablet, codeOn, type OneTablet, type Row } from './one-tablet.ts'
import { childrenOfUnknownAge, company, interception, mixed } from './told-cases.ts'
import type { ToldCase } from './told.ts'

/**
 * Cases told from "New case" to "Received", each by touch and each by keyboard alone: what is asked and derived on the
 * way, and what the desk opens. One tablet throughout.
 */
let tablet: OneTablet
test.beforeAll(async () => {
  tablet = await aTablet('told')
})
test.afterAll(async () => await tablet?.close())

interface Story {
  readonly name: string
  readonly told: ToldCase
  /** What happens once everything is told and before it is sent. */
  readonly onTheWay: (page: Page, hand: Hand) => Promise<void>
  readonly arrives: (desk: AtTheDesk, code: string, rows: (table: string) => readonly Row[]) => void
  readonly size: { readonly width: number; readonly height: number }
}

const answersIn = (question: Locator): Locator =>
  question.getByRole('radio').or(question.getByRole('textbox')).or(question.getByRole('combobox'))
const notAsked = async (question: Locator, why: string) => {
  await expect(question.getByText('Not applicable')).toBeVisible()
  await expect(question.getByText(why)).toBeVisible()
  await expect(answersIn(question)).toHaveCount(0)
}
const wide = { width: 1280, height: 800 } as const

const stories: readonly Story[] = [
  {
    name: 'mixed exploitation: two forms of one victim are one mixed victim, another victim stays what it is',
    told: mixed,
    size: upright,
    onTheWay: async (page, hand) => {
      const counted = page.getByText('Different forms: this victim counts as')
      await goBy(page, hand, 'Victim 1')
      await expect(counted).toBeVisible()
      await expect(asked(page, 'stv').getByText('It follows from the age.')).toBeVisible()
      await goBy(page, hand, 'Victim 2')
      await expect(asked(page, 'toe').getByLabel('Forced begging', { exact: true })).toBeChecked()
      await expect(counted).toBeHidden()
    },
    arrives: (desk, code, rows) => {
      expectAsTold(desk.revisions(code)[0], mixed, { victims: [{ stv: 'minor' }] })
      expect(rows('victims')).toMatchObject([
        { toe: '1;2.1', stv: 'minor', civ: 'MDA;ROU', lpv: 'ro' },
        { toe: '4', agv: 'nk', stv: 'adult', civ: 'ref' },
      ])
      expect(rows('events')).toMatchObject([{ coe: 'MAR;ESP', geo_country: 'FRA', dab: '2023-04~', dae: 'ongoing' }])
      expect(rows('links').map(({ rtv }) => rtv)).toEqual(['ex_partner', 'unknown_off'])
    },
  },
  {
    name: 'an interception before exploitation: what it closes is named, comes back, and is not in what is sent',
    told: interception,
    size: wide,
    onTheWay: async (page, hand) => {
      await enter(page, hand, { exp: 'noc' })
      await notAsked(asked(page, 'coe'), 'No exploitation took place.')
      for (const code of ['ssc', 'fls']) await expect(asked(page, code)).toBeHidden()
      const kept = page.getByRole('heading', { name: 'Kept, but not part of the record now' })
      await expect(kept).toBeVisible()
      await expect(page.getByText('Prostitution', { exact: true })).toBeVisible()
      await enter(page, hand, { exp: 'occ' })
      await expect(kept).toBeHidden()
      await expect(asked(page, 'ssc').getByLabel('Prostitution')).toBeChecked()
      await expect(asked(page, 'coe').getByText('Spain')).toBeVisible()
      await enter(page, hand, { exp: 'noc' })
      await expect(kept).toBeVisible()
      await goBy(page, hand, 'Reporting entity')
      for (const code of ['ret', 'dem']) await notAsked(asked(page, code), 'Nobody has decided yet')
    },
    arrives: (desk, code, rows) => {
      const { ssc: _, fls: __, ...event } = interception.event
      const told = { ...interception, event }
      expectAsTold(desk.revisions(code)[0], told, {
        event: { exp: 'noc', coe: ['na'] },
        reportingEntity: { ret: 'na', dem: 'na' },
        victims: [{ stv: 'adult' }],
      })
      expect(rows('events')).toMatchObject([{ exp: 'noc', exp_flag: 'true', coe: 'na', ssc: '', fls: '' }])
      expect(rows('victims')).toMatchObject([{ toe: '1;2.1' }])
    },
  },
  {
    name: 'a child of unknown age: presumed only where somebody says so, and an age says more than a presumption',
    told: childrenOfUnknownAge,
    size: upright,
    onTheWay: async (page, hand) => {
      await goBy(page, hand, 'Victim 1')
      const status = asked(page, 'stv')
      const presumed = status.getByRole('checkbox', { name: 'Presumed, until the age is verified' })
      await expect(presumed).not.toBeChecked()
      await hand.press(status.getByRole('button', { name: 'Choose “Yes, presumed”' }))
      await expect(presumed).toBeChecked()
      await enter(page, hand, { agv: 16 })
      await expect(status.getByText('It follows from the age.')).toBeVisible()
      await expect(answersIn(status)).toHaveCount(0)
      await expect(presumed).toBeHidden()
      await enter(page, hand, { agv: 'nk' })
      await expect(status.getByLabel('Minor', { exact: true })).toBeChecked()
      await expect(presumed).toBeChecked()
    },
    arrives: (desk, code, rows) => {
      expectAsTold(desk.revisions(code)[0], childrenOfUnknownAge, { victims: [{ stvPresumed: true }] })
      expect(rows('victims')).toMatchObject([
        { agv: 'nk', stv: 'minor', stv_presumed: 'true' },
        { agv: 'ref', stv: 'minor', stv_presumed: '' },
      ])
    },
  },
  {
    name: 'a company as perpetrator: it is asked neither sex nor age, and what was said of a person is not sent',
    told: company,
    size: wide,
    onTheWay: async (page, hand) => {
      await goBy(page, hand, 'Perpetrator 1')
      const ofPersons = ['sxp', 'agp', 'stp', 'cip']
      for (const code of ofPersons) await notAsked(asked(page, code), 'It does not apply to an organisation.')
      await enter(page, hand, { x3pls: '1a', sxp: 'm', agp: 40 })
      await expect(asked(page, 'stp').getByText('It follows from the age.')).toBeVisible()
      await enter(page, hand, { x3pls: '2a' })
      for (const code of ofPersons) await notAsked(asked(page, code), 'It does not apply to an organisation.')
    },
    arrives: (desk, code, rows) => {
      const na = { sxp: 'na', agp: 'na', stp: 'na', cip: ['na'] }
      const derived = { victims: [{ stv: 'adult' }], perpetrators: [na, { stp: 'adult' }] }
      expectAsTold(desk.revisions(code)[0], company, derived)
      expect(rows('perpetrators')).toMatchObject([
        { x3pls: '2a', sxp: 'na', agp: 'na', stp: 'na', cip: 'na', rpp: 'exploiter' },
        { x3pls: '1b', sxp: 'm', agp: '52', stp: 'adult', cip: 'QAT', rpp: 'recruiter' },
      ])
    },
  },
]

for (const { name, told, size, onTheWay, arrives } of stories)
  for (const handOf of [touch, keyboard])
    test(`${name} (by ${handOf.name})`, async () => {
      const { page } = tablet
      const hand = handOf(page)
      await page.setViewportSize(hand.name === 'touch' ? upright : size)
      await tablet.take(hand)
      await enterCase(page, hand, told)
      const code = await codeOn(page)
      await onTheWay(page, hand)
      await sendIt(page, hand)
      if (hand.name === 'keyboard') expect(await pointedAt(page)).toEqual([])
      const desk = await tablet.desk()
      const [record] = desk.revisions(code)
      arrives(desk, code, (table) => desk.table(table).filter((row) => row['case_id'] === record?.caseId))
      expect(tablet.noise).toEqual([])
    })
