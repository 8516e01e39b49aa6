import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, type Page, test } from '@playwright/test'
import { strFromU8, unzipSync } from 'fflate'
import { selectCases } from '../src/export/selection.ts'
import { isPresent } from '../src/record/units.ts'
import { openWith } from '../src/seal/envelope.ts'
import { complete, expectAsTold } from './as-told.ts'
import { tablet as upright } from './browser.ts'
import { asked, enter, enterCase, goBy, goByMenu, sendIt } from './entering.ts'
import { type Hand, keyboard, pointedAt, touch } from './hands.ts'
import { aTablet, codeOn, type OneTablet, type Row, tableIn } from './one-tablet.ts'
import { twoVictims } from './told-cases.ts'

/**
 * What happens to a case after it was received, each by touch and each by keyboard alone: consent is taken back; the case
 * is amended. One tablet throughout.
 */
let tablet: OneTablet
test.beforeAll(async () => {
  tablet = await aTablet('afterwards')
})
test.afterAll(async () => await tablet?.close())

/** Tells the two victims and sends them. Gives the code of the case. */
async function sent(page: Page, hand: Hand, before: () => Promise<void>): Promise<string> {
  await page.setViewportSize(hand.name === 'touch' ? upright : { width: 1280, height: 800 })
  await tablet.take(hand)
  await enterCase(page, hand, twoVictims)
  await before()
  const code = await codeOn(page)
  await sendIt(page, hand)
  expectAsTold((await tablet.desk()).revisions(code)[0], twoVictims, { victims: [{ stv: 'adult' }, { stv: 'adult' }] })
  return code
}

const consent = async (page: Page, hand: Hand, victim: string) => {
  await goBy(page, hand, victim)
  await hand.press(page.getByText('What the person was told and agreed to'))
}
const agree = async (page: Page, hand: Hand, victim: string) => {
  await consent(page, hand, victim)
  await hand.press(page.getByRole('button', { name: 'All agreed' }))
  await expect(page.getByText('Told and agreed to every point.')).toBeVisible()
}
const takeBack = async (page: Page, hand: Hand, victim: string, how: string) => {
  await consent(page, hand, victim)
  await hand.press(page.getByText('The person takes the agreement back'))
  await hand.press(page.getByRole('button', { name: how }))
  await expect(page.getByText(/^Withdrawn on /)).toBeVisible()
  await expect(page.getByText('What was already counted, printed or passed on cannot be called back.')).toBeVisible()
}

/** The victims in a file that this tablet hands out to its organisation. */
async function handedOut(page: Page, hand: Hand): Promise<readonly Row[]> {
  await goByMenu(page, hand, 'Export')
  const coming = page.waitForEvent('download')
  await hand.press(page.getByRole('button', { name: 'Make the file' }))
  const bytes = new Uint8Array(readFileSync(await (await coming).path()))
  const key = readFileSync(join(tablet.house.data, 'organisation', 'work.key'), 'utf8')
  const files = unzipSync(await openWith([/AGE-SECRET-KEY\S+/.exec(key)?.[0] ?? ''], bytes))
  return tableIn(strFromU8(files['victims.csv'] ?? new Uint8Array()))
}

for (const handOf of [touch, keyboard]) {
  test(`consent that is taken back takes a victim out of what is sent and handed out (by ${handOf.name})`, async () => {
    const { page } = tablet
    const hand = handOf(page)
    const code = await sent(page, hand, async () => {
      for (const victim of ['Victim 1', 'Victim 2']) await agree(page, hand, victim)
    })
    await takeBack(page, hand, 'Victim 1', 'Keep it inside the organisation, pass nothing on')
    await expect(page.getByText('the answers of this victim stay inside the organisation')).toBeVisible()
    await takeBack(page, hand, 'Victim 2', 'Take everything of this person out')
    await expect(page.getByText('The next version you send holds nothing of this victim')).toBeVisible()
    await sendIt(page, hand)
    if (hand.name === 'keyboard') expect(await pointedAt(page)).toEqual([])

    const desk = await tablet.desk()
    const [first, second] = desk.revisions(code).map(complete)
    expect(first?.victims.map((one) => isPresent(one) && one.consent.share?.value)).toEqual(['yes', 'yes'])
    const [kept, gone] = second?.victims ?? []
    const date: unknown = expect.stringMatching(/^\d{4}-\d\d-\d\d$/)
    expect(kept).toMatchObject({ answers: { agv: 23 }, consent: { withdrawn: { date, scope: 'share' } } })
    expect(gone).toEqual({ id: first?.victims[1]?.id, withdrawn: { date, reason: 'consent' } })
    expect(JSON.stringify(second)).not.toContain('"BG"')
    const ofThisCase = (rows: readonly Row[]) =>
      rows.filter((row) => row['case_id'] === second?.caseId).map((row) => row['agv'])
    expect(ofThisCase(desk.table('victims'))).toEqual(['23'])
    expect(selectCases(desk.revisions(code), 'agreed').cases).toEqual([])
    expect(ofThisCase(await handedOut(page, hand))).toEqual(['23'])
    expect(tablet.noise).toEqual([])
  })

  test(`amended after it was received, the next version says what is otherwise (by ${handOf.name})`, async () => {
    const { page } = tablet
    const hand = handOf(page)
    const code = await sent(page, hand, async () => undefined)
    await goBy(page, hand, 'Victim 1')
    await enter(page, hand, { agv: 17 })
    await expect(asked(page, 'stv').getByText('Minor')).toBeVisible()
    const remove = async () => {
      await goBy(page, hand, 'Victim 2')
      await hand.press(page.getByRole('button', { name: 'Remove Victim 2' }))
    }
    await remove()
    await hand.press(page.getByRole('banner').getByRole('button', { name: 'changes not sent' }))
    const changes = page.getByRole('region', { name: 'Changed since version 1 was sent' })
    await expect(changes.getByText('Victim 2: entered by mistake')).toBeVisible()
    await hand.press(changes.getByRole('button', { name: 'Bring Victim 2 back' }))
    await expect(changes.getByText('Victim 2: entered by mistake')).toBeHidden()
    await hand.press(changes.getByRole('button', { name: /^Victim 1: How old/ }))
    await expect(asked(page, 'agv').getByRole('textbox')).toBeFocused()
    await remove()
    await sendIt(page, hand)
    await expect(page.getByText('Version 2')).toBeVisible()
    if (hand.name === 'keyboard') expect(await pointedAt(page)).toEqual([])

    const [first, second] = (await tablet.desk()).revisions(code).map(complete)
    expect([first?.revision, second?.revision]).toEqual([1, 2])
    expect(second?.previous).toMatch(/^[0-9a-f]{64}$/)
    expect(second?.victims[0]).toMatchObject({ answers: { agv: 17, stv: 'minor' } })
    expect(second?.victims[1]).toMatchObject({ id: first?.victims[1]?.id, withdrawn: { reason: 'error' } })
    expect(tablet.noise).toEqual([])
  })
}
