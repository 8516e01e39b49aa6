import { execFileSync } from 'node:child_process'
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { type BrowserContext, expect, test } from '@playwright/test'
import Papa from 'papaparse'
import { browserOfStory, killBrowser, onlyPage, openBrowser, removeProfile, watchForNoise } from './browser.ts'
import { type House, newPlaces, type Places, projectRoot, removeFolder, startHouse, temporaryFolder } from './house.ts'
import { choose, goTo, menu, question, saved, search, setUp, unlock } from './steps.ts'

/**
 * The main job as one story: set up, recorded offline, interrupted in mid-answer, sent while locked, opened by the desk,
 * exported. One browser profile throughout; the receiver in a process of its own.
 */
test.describe.configure({ mode: 'serial' })

let house: House
let places: Places
let profile = ''
let passphrase = ''

test.beforeAll(async () => {
  places = await newPlaces('story')
  profile = temporaryFolder('profile')
  house = await startHouse(places)
})
test.afterAll(async () => {
  await house?.stop()
  removeProfile(profile)
  removeFolder(places.data)
})

test('a link sets the tablet up: name, endpoint and fingerprint are shown, and an account is made', async () => {
  const context = await openBrowser(profile)
  const noise = watchForNoise(context, [house.appUrl, house.receiverUrl])
  const page = await onlyPage(context)
  await page.goto(house.setupLink)
  await expect(page.getByText('Daybook trial')).toBeVisible()
  await expect(page.getByText(house.receiverUrl)).toBeVisible()
  passphrase = await setUp(page, house.setupLink)
  expect(boxesAtTheReceiver()).toBe(1)
  // Ready for offline: the service worker holds the whole app.
  await page.evaluate(async () => await navigator.serviceWorker.ready)
  await expect.poll(async () => await page.evaluate(async () => (await caches.keys()).length)).toBeGreaterThan(0)
  expect(noise).toEqual([])
  await context.close()
})

test('offline, a case is recorded, the browser is killed in mid-answer, and every answer is there again', async () => {
  await house.stop()
  const context = await openBrowser(profile)
  const noise = watchForNoise(context, [house.appUrl, house.receiverUrl])
  const page = await onlyPage(context)
  await page.goto(house.appUrl)
  await unlock(page, passphrase)
  await page.getByRole('button', { name: 'New case' }).click()

  await expect(page.getByRole('heading', { name: 'Victim 1' })).toBeVisible()
  await choose(page, /^What was the person trafficked for/, 'Sexual exploitation')
  await choose(page, /^What was the person trafficked for/, 'Forced labour')
  await expect(page.getByText(/mixed/i).first()).toBeVisible()
  await choose(page, /^What is the sex marker/, 'Female')
  await question(page, /^How old is the person/)
    .getByRole('textbox')
    .fill('17')
  await expect(question(page, /^Is the person a child/).getByText('Minor')).toBeVisible()
  await search(page, 'Which citizenship or citizenships does the person have?', 'mol', 'Moldova')

  await page.getByRole('button', { name: 'Next: Links' }).click()
  await goTo(page, 'Add a victim')
  await expect(page.getByRole('heading', { name: 'Victim 2' })).toBeVisible()
  await choose(page, /^What was the person trafficked for/, 'Forced begging')
  await choose(page, /^What is the sex marker/, 'Male')
  await question(page, /^How old is the person/)
    .getByRole('button', { name: 'Not known' })
    .click()
  await choose(page, /^Is the person a child/, 'Adult')
  await question(page, /^Which citizenship or citizenships/)
    .getByRole('button', { name: 'Declined to answer' })
    .click()

  await goTo(page, 'Event')
  await choose(page, /^How sure is it/, 'Confirmed (actual)')
  await choose(page, /^Did exploitation actually take place/, 'Exploitation took place')
  await search(page, 'In which country was the person exploited?', 'spa', 'Spain')
  await search(page, 'Where was this case recorded?', 'fran', 'France')
  await page.getByText('More detail (step 2)').click()
  await choose(page, /^How was the person controlled/, 'Debt bondage')
  await choose(page, /^How was the person controlled/, 'Other')
  await question(page, /^How was the person controlled/)
    .getByRole('textbox')
    .fill('the door code was kept from her')
  await question(page, /^When did it begin/)
    .getByLabel('Year')
    .fill('2023')
  await saved(page)
  await question(page, /^When did it begin/)
    .getByLabel('Month')
    .selectOption({ label: 'April' })
  // Interrupted in mid-answer: nothing is closed, everything is killed.
  await saved(page)
  killBrowser(profile)
  expect(noise).toEqual([])
})

test('unlocked again, still offline, the case opens where it was, is completed, checked and sent', async () => {
  const context = await openBrowser(profile)
  const noise = watchForNoise(context, [house.appUrl, house.receiverUrl])
  const page = await onlyPage(context)
  await page.goto(house.appUrl)
  await unlock(page, passphrase)
  await page.getByRole('button', { name: 'Continue' }).click()
  await expect(page.getByRole('heading', { name: 'Event', exact: true })).toBeVisible()
  await expect(question(page, /^When did it begin/).getByLabel('Year')).toHaveValue('2023')
  await expect(question(page, /^When did it begin/).getByLabel('Month')).toHaveValue('04')
  await goTo(page, 'Add a perpetrator')
  await choose(page, /^Is the perpetrator a person or an organisation/, 'Private individual')
  await choose(page, /^What is the perpetrator's sex/, 'Male')
  await question(page, /^How old is the perpetrator/)
    .getByRole('button', { name: 'Not known' })
    .click()
  await choose(page, /^Is the perpetrator a child/, 'Adult')
  await question(page, /^Which citizenship does the perpetrator/)
    .getByRole('button', { name: 'Not known' })
    .click()
  await page.getByText('More detail (step 2)').click()
  await choose(page, /^What did this perpetrator do/, 'Recruiter or intermediary')

  await goTo(page, 'Links')
  await page.getByLabel(/^Perpetrator 1 and Victim 1/).selectOption({ label: 'Former intimate partner/spouse' })
  await page.getByLabel(/^Perpetrator 1 and Victim 2/).selectOption({ label: 'Offender unknown to victim' })

  await goTo(page, 'Reporting entity')
  await expect(page.getByLabel('Code of the organisation')).toHaveValue('TRIAL')
  await choose(page, /^What kind of organisation decided/, 'Police')
  await choose(
    page,
    /^Is the deciding organisation officially mandated/,
    'Public body with a mandate to identify victims',
  )
  await saved(page)

  await goTo(page, 'Check and send')
  await page.getByRole('button', { name: 'Send this version' }).click()
  await expect(page.getByText('Sent versions')).toBeVisible()
  await expect(page.getByText(/^Saved on this tablet .* · Ready$/)).toBeVisible()
  await expect(page.getByRole('button', { name: '1 waiting' })).toBeVisible()
  await menu(page, 'End my shift')
  await expect(page).toHaveURL(/\/locked$/)
  await expect(page.getByRole('heading', { name: 'Closed' })).toBeVisible()
  expect(noise).toEqual([])
  await context.close()
})

test('online again and locked, the case is delivered; it reads Received after unlocking', async () => {
  house = await startHouse(places)
  const context = await openBrowser(profile)
  await letDeliver(context)
  // Beside the test box of the set-up.
  await expect.poll(() => boxesAtTheReceiver(), { timeout: 20_000 }).toBe(2)

  const noise = watchForNoise(context, [house.appUrl, house.receiverUrl])
  const page = await context.newPage()
  await page.goto(house.appUrl)
  await unlock(page, passphrase)
  await expect(page.getByRole('listitem').filter({ hasText: '2 victims' }).getByText('Received')).toBeVisible()
  expect(noise).toEqual([])
  await context.close()
})

/** In Chromium by its service worker alone; in Firefox, which wakes none for this, by a locked page that is opened. */
async function letDeliver(context: BrowserContext): Promise<void> {
  if (browserOfStory() === 'firefox') return void (await (await onlyPage(context)).goto(house.appUrl))
  // Only the service worker of the app runs: the page is one of another origin.
  const elsewhere = await onlyPage(context)
  await elsewhere.goto(`${house.receiverUrl}/health`)
  const session = await context.newCDPSession(elsewhere)
  const registration = new Promise<string>((resolve) => {
    session.on('ServiceWorker.workerRegistrationUpdated', ({ registrations }) => {
      const ours = registrations.find(({ scopeURL }) => scopeURL === `${house.appUrl}/`)
      if (ours) resolve(ours.registrationId)
    })
  })
  await session.send('ServiceWorker.enable')
  await session.send('ServiceWorker.dispatchSyncEvent', {
    origin: house.appUrl,
    registrationId: await registration,
    tag: 'deliver',
    lastChance: false,
  })
}

const boxesAtTheReceiver = (): number => {
  const out = execFileSync(
    process.execPath,
    ['dist/node/receiver.js', 'devices', '--data', join(house.data, 'receiver')],
    {
      cwd: projectRoot,
      encoding: 'utf8',
    },
  )
  return Number(/boxes (\d+)/.exec(out)?.[1] ?? 0)
}

const tableAt = (folder: string, name: string): Record<string, string>[] =>
  Papa.parse<Record<string, string>>(readFileSync(join(folder, `${name}.csv`), 'utf8').replace(/^\uFEFF/, ''), {
    header: true,
    skipEmptyLines: true,
  }).data

test('the desk opens what arrived, and the tables hold what was entered', async () => {
  const out = join(house.data, 'opened')
  execFileSync(
    process.execPath,
    ['dist/node/desk.js', 'open', '--keys', join(house.data, 'organisation'), '--out', out],
    {
      cwd: projectRoot,
    },
  )
  const [event] = tableAt(out, 'events')
  expect(event).toMatchObject({ sta: 'confirmed', exp: 'occ', coe: 'ESP', geo_country: 'FRA', dab: '2023-04' })
  expect(event).toMatchObject({ moc: 'debt_bondage;other', moc_text_other: 'the door code was kept from her' })
  const victims = tableAt(out, 'victims')
  expect(victims).toHaveLength(2)
  expect(victims[0]).toMatchObject({ toe: '1;2', sxv: 'f', agv: '17', stv: 'minor', civ: 'MDA' })
  expect(victims[1]).toMatchObject({ toe: '4', sxv: 'm', agv: 'nk', stv: 'adult', civ: 'ref' })
  expect(tableAt(out, 'perpetrators')[0]).toMatchObject({
    x3pls: '1a',
    sxp: 'm',
    agp: 'nk',
    stp: 'adult',
    cip: 'nk',
    rpp: 'recruiter',
  })
  expect(tableAt(out, 'links').map((link) => link['rtv'])).toEqual(['ex_partner', 'unknown_off'])
  expect(tableAt(out, 'reporting_entities')[0]).toMatchObject({ ret: 'police', dem: 'mandated_public' })
})
