import { spawnSync } from 'node:child_process'
import { cpSync, readdirSync } from 'node:fs'
import { createServer } from 'node:net'
import { join } from 'node:path'
import { type BrowserContext, expect, type Page, test } from '@playwright/test'
import { readSetupLink, writeSetupLink } from '../src/batch/setup.ts'
import { onlyPage, openBrowser, removeProfile, watchForNoise } from './browser.ts'
import { freePort, projectRoot, removeFolder, temporaryFolder } from './house.ts'
import { anOrganisation, type Organisation } from './organisation.ts'
import { standIn } from './stand-in.ts'
import { goTo, menu, recordCase, saved, sendVersion, setUp, textField } from './steps.ts'

/**
 * What can go wrong on the way: each with its sentence on the screen, nothing lost, and Received once it is well again.
 * What networks do to a batch, and what strangers answer it, is in `lossy-line.spec.ts`.
 */
test.describe.configure({ mode: 'serial' })

const noConnection = 'No connection. The cases are safe on this tablet and will be sent later.'
const answeredInstead =
  'This network answered instead of your organisation. Nothing was sent. You may need to sign in to the Wi-Fi.'
const notRecognised = 'Your organisation does not recognise this tablet any more. Cases stay here. Contact your lead.'

let organisation: Organisation
let profile = ''
let context: BrowserContext
let page: Page
let noise: string[]

/** The receiver's folder as it was before any tablet came. */
const backup = () => join(organisation.folder, 'backup')

test.beforeAll(async () => {
  profile = temporaryFolder('profile')
  organisation = await anOrganisation('faults')
  await organisation.stopReceiver()
  cpSync(organisation.receiverData, backup(), { recursive: true })
  await organisation.startReceiver()
  context = await openBrowser(profile)
  page = await onlyPage(context)
})
test.beforeEach(() => {
  noise = watchForNoise(context, [organisation.appUrl, organisation.receiverUrl])
})
test.afterEach(() => {
  expect(noise).toEqual([])
})
test.afterAll(async () => {
  await context?.close()
  removeProfile(profile)
  await organisation?.close()
})

test('a set-up link with a changed byte sets nothing up, wherever the byte is', async () => {
  const whole = organisation.setupLink
  const start = whole.indexOf('/setup/') + '/setup/'.length
  const changedAt = (at: number) => whole.slice(0, at) + (whole[at] === 'A' ? 'B' : 'A') + whole.slice(at + 1)
  const link = readSetupLink(whole)
  const tried: [string, RegExp][] = [
    [changedAt(start), /^This set-up link is not complete, or it was changed on its way\. Nothing was set up\./],
    [whole.slice(0, -9), /^This set-up link is not complete/],
    [
      writeSetupLink(organisation.appUrl, { ...link, h: link.h.replace(/.$/, (sign) => (sign === '0' ? '1' : '0')) }),
      /^The settings behind this link are not the ones that the link names\. Nothing was set up\./,
    ],
  ]
  for (const [changed, sentence] of tried) {
    await page.goto('about:blank')
    await page.goto(changed)
    await expect(page.getByRole('alert')).toHaveText(sentence)
    await expect(page.getByRole('button', { name: /accept/ })).toBeHidden()
  }
})

test('a set-up document that is changed on its way by one byte is not believed', async () => {
  const link = readSetupLink(organisation.setupLink)
  if (!('u' in link)) throw new Error('the link carries its document')
  const document = new Uint8Array(await (await fetch(link.u)).arrayBuffer())
  const middle = Math.floor(document.length / 2)
  document[middle] = document[middle] === 65 ? 66 : 65
  await organisation.stopReceiver()
  const proxy = await standIn(organisation.receiverPort, organisation.appUrl, () => ({ status: 200, body: document }))
  await page.goto('about:blank')
  await page.goto(organisation.setupLink)
  await expect(page.getByRole('alert')).toHaveText(/^The settings behind this link are not the ones/)
  await proxy.close()

  await page.goto('about:blank')
  await page.goto(organisation.setupLink)
  await expect(page.getByRole('alert')).toHaveText(/^The settings could not be loaded from .* the link is still good/)
  await organisation.startReceiver()
  await page.getByRole('button', { name: 'Try again' }).click()
  await expect(page.getByText('Harbour House')).toBeVisible()
})

test('set up, a first case is received', async () => {
  await page.goto('about:blank')
  await setUp(page, organisation.setupLink)
  await page.evaluate(async () => await navigator.serviceWorker.ready)
  await recordCase(page)
  await sendVersion(page)
  await expect(page.getByText(/· Received$/)).toBeVisible()
})

/** Changes the case that is open, sends this version, and sees it wait with this sentence. */
async function waitsBecause(sentence: string, text: string): Promise<void> {
  await goTo(page, 'Event')
  await (await textField(page)).fill(text)
  await saved(page)
  await goTo(page, 'Check and send')
  await page.getByRole('button', { name: 'Send this version' }).click()
  await page.getByRole('button', { name: '1 waiting' }).click()
  await expect(page.getByRole('status').filter({ hasText: sentence })).toBeVisible()
}

const caseLine = () => page.getByRole('listitem').filter({ hasText: '1 victim' })

/** Asks for sending, and finds the case received and its text still there. */
async function isReceivedNow(text: string): Promise<void> {
  await page.getByRole('button', { name: 'Send now' }).click()
  await expect(page.getByRole('button', { name: '1 waiting' })).toBeHidden()
  await menu(page, 'All cases')
  await expect(caseLine().getByText('Received', { exact: true })).toBeVisible()
  await caseLine().getByRole('button').first().click()
  await goTo(page, 'Event')
  await expect(await textField(page)).toHaveValue(text)
}

test('with the receiver down, a case waits and says why, and is received once it is back', async () => {
  await organisation.stopReceiver()
  await waitsBecause(noConnection, 'nobody answers')
  await organisation.startReceiver()
  await isReceivedNow('nobody answers')
})

test('a receiver of somebody else is nobody to this tablet; its own one, brought back from an old backup, does not know it', async () => {
  await organisation.stopReceiver()
  await organisation.startReceiver(join(organisation.folder, 'somebody-else'))
  await waitsBecause(answeredInstead, 'to nobody else')
  await organisation.stopReceiver()

  await organisation.startReceiver(backup())
  await page.getByRole('button', { name: 'Send now' }).click()
  await expect(page.getByRole('status').filter({ hasText: notRecognised })).toBeVisible()
  await organisation.stopReceiver()
  await organisation.startReceiver()
  await isReceivedNow('to nobody else')
})

test('a revoked tablet is told so, keeps its cases, and can go on recording', async () => {
  const [device = ''] = organisation.receiver('devices', '--data', organisation.receiverData).split(' ')
  organisation.receiver('revoke', '--data', organisation.receiverData, device)
  await goTo(page, 'Event')
  await (await textField(page)).fill('after it was revoked')
  await saved(page)
  await goTo(page, 'Check and send')
  await page.getByRole('button', { name: 'Send this version' }).click()
  await expect(page.getByText(/· Needs attention$/)).toBeVisible()
  await menu(page, 'All cases')
  await expect(page.getByText(`Nothing waits to be sent. ${notRecognised}`)).toBeVisible()
  await expect(caseLine().getByText('Needs attention', { exact: true })).toBeVisible()
  await expect(caseLine().getByText(notRecognised)).toBeVisible()
  await caseLine().getByRole('button').first().click()
  await goTo(page, 'Event')
  await expect(await textField(page)).toHaveValue('after it was revoked')
  await (await textField(page)).fill('and goes on')
  await saved(page)
})

test('npm start on a port that is taken says so with one sentence and changes nothing', async () => {
  const taken = await freePort()
  const holder = createServer()
  await new Promise<void>((resolve) => holder.listen(taken, '127.0.0.1', resolve))
  const data = temporaryFolder('taken')
  const start = (...ports: readonly string[]) =>
    spawnSync(process.execPath, [join(projectRoot, 'dist/node/start.js'), '--data', data, ...ports], {
      cwd: projectRoot,
      encoding: 'utf8',
    })
  const free = String(await freePort())
  const app = start('--port', String(taken), '--receiver-port', free)
  expect(app.status).toBe(1)
  expect(app.stdout).toBe('')
  expect(app.stderr.trim()).toBe(
    `Port ${taken} is in use, so the app cannot start; perhaps Daybook is already running. Stored data were not changed. Stop the other program, or choose another port: npm start -- --port ${taken + 10}`,
  )
  expect(readdirSync(data)).toEqual([])
  const receiver = start('--port', free, '--receiver-port', String(taken))
  expect(receiver.status).toBe(1)
  expect(receiver.stderr.trim()).toMatch(
    new RegExp(`^Port ${taken} is in use, so the receiver cannot start; .*--receiver-port`),
  )
  holder.close()
  removeFolder(data)
})

test('npm start, npm test and the commands under a Node that is too old say which is needed, and change nothing', () => {
  const older = `data:text/javascript,Object.defineProperty(process.versions,'node',{value:'18.20.4'})`
  for (const tool of ['start', 'test', 'desk', 'receiver']) {
    const run = spawnSync(process.execPath, ['--import', older, join(projectRoot, 'tools', `${tool}.mjs`)], {
      encoding: 'utf8',
    })
    expect(run.status).toBe(1)
    expect(run.stdout).toBe('')
    expect(run.stderr.trim()).toBe(
      'Daybook needs Node 20.19 or later; this is Node 18.20.4. Nothing was changed. Install a newer Node (nodejs.org) and run the same command again.',
    )
  }
})
