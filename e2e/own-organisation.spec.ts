import { execFileSync } from 'node:child_process'
import { readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { pathToFileURL } from 'node:url'
import { expect, test } from '@playwright/test'
import Papa from 'papaparse'
import { onlyPage, openBrowser, removeProfile, watchForNoise } from './browser.ts'
import { temporaryFolder } from './house.ts'
import { anOrganisation, type Organisation } from './organisation.ts'
import { blue, firstLook, makeAccount, recordCase, sendVersion, textField, unlock } from './steps.ts'

/** An organisation of its own, by the real commands; what a tablet sends it opens with nothing but the standard age. */
test.describe.configure({ mode: 'serial' })

const text = 'wages were held back'
let organisation: Organisation
let profile = ''
let passphrase = ''

test.beforeAll(async () => {
  profile = temporaryFolder('profile')
  organisation = await anOrganisation('organisation', { settings: ['--country', 'ES', '--label', 'the harbour'] })
})
test.afterAll(async () => {
  await organisation?.close()
  removeProfile(profile)
})

const age = (): string => {
  const path = process.env['AGE']
  if (!path) throw new Error('AGE names no age command; run npm test, which finds one')
  return path
}

/** The sheet as it comes out of the printer: its picture, and one of its first code alone for the camera. */
async function theSheet(): Promise<{ picture: Buffer; camera: string; said: string }> {
  const [file, camera] = [join(organisation.folder, 'sheet.html'), join(organisation.folder, 'camera.mjpeg')]
  const words = ['--keys', organisation.keys, '--app', organisation.appUrl, '--languages', 'en,fr,es,ar,ru,zh']
  const said = organisation.desk('sheet', ...words, '--out', file)
  const paper = temporaryFolder('paper')
  const context = await openBrowser(paper, { deviceScaleFactor: 2 })
  const page = await onlyPage(context)
  await page.goto(pathToFileURL(file).href)
  const pdf = (await page.pdf({ preferCSSPageSize: true })).toString('latin1')
  expect(pdf.match(/\/Type\s*\/Page\b/g)).toHaveLength(1)
  const picture = await page.locator('body').screenshot()
  // As wide as what a camera sees; the other code is not whole in it.
  const { y = 0 } = (await page.getByRole('figure').first().boundingBox()) ?? {}
  await page.screenshot({ type: 'jpeg', path: camera, clip: { x: 0, y: y - 8, width: 560, height: 315 } })
  await context.close()
  removeProfile(paper)
  return { picture, camera, said }
}

test('a tablet is set up by the sheet of the organisation with no network, and a finished case travels', async () => {
  const { picture, camera, said } = await theSheet()
  const devices = ['--use-fake-device-for-media-stream', '--use-fake-ui-for-media-stream']
  const context = await openBrowser(profile, { args: [...devices, `--use-file-for-fake-video-capture=${camera}`] })
  const noise = watchForNoise(context, [organisation.appUrl, organisation.receiverUrl])
  const page = await onlyPage(context)
  await page.goto(organisation.appUrl)
  await page.evaluate(async () => void (await navigator.serviceWorker.ready))
  await context.setOffline(true)
  await page.reload()
  await page.getByRole('button', { name: 'Scan a code' }).click()
  await expect(page.getByText('1 of 2 read. Still missing: 2')).toBeVisible()
  await page.getByLabel('From a picture').setInputFiles({ name: 'sheet.png', mimeType: 'image/png', buffer: picture })
  await expect(page.getByText('Harbour House')).toBeVisible()
  const words = /The six words that the tablet must show: (.+)/.exec(said)
  const shown = page.getByRole('list', { name: /^Fingerprint/ }).getByRole('listitem')
  expect((await shown.allTextContents()).map((word) => word.trim()).join(' ')).toBe(words?.[1])
  await page.getByRole('button', { name: 'The words agree: accept' }).click()
  passphrase = await makeAccount(page, blue, true)
  // The tablet was looked at by itself; whoever has a network later can try again.
  await expect(firstLook(page)).toContainText('No connection.')
  await expect(page.getByRole('button', { name: 'Try the connection' })).toBeEnabled()
  await context.setOffline(false)
  await recordCase(page)
  await (await textField(page)).fill(text)
  await sendVersion(page)
  await expect(page.getByText(/^Saved on this tablet .* · Received$/)).toBeVisible()
  expect(noise).toEqual([])
  await context.close()
})

test('the box at the receiver opens with the standard age command, and is laid out as the papers say', async () => {
  const headers = { Authorization: `Bearer ${organisation.deskToken}` }
  const ask = async (path: string) => await fetch(organisation.receiverUrl + path, { headers })
  const listed = (await (await ask('/v1/boxes?after=0&limit=10')).json()) as { boxes: { id: string; size: number }[] }
  const [first] = listed.boxes
  expect(listed.boxes).toHaveLength(1)
  const box = join(organisation.folder, 'box.age')
  writeFileSync(box, new Uint8Array(await (await ask(`/v1/boxes/${first?.id}`)).arrayBuffer()))
  expect(readFileSync(box, 'latin1')).toMatch(/^age-encryption\.org\/v1\n/)

  const plain = join(organisation.folder, 'plain')
  execFileSync(age(), ['-d', '-i', join(organisation.keys, 'work.key'), '-o', plain, box])
  const sh = (command: string) => execFileSync('sh', ['-ec', command], { env: { ...process.env, PLAIN: plain } })
  expect(sh('head -c 6 "$PLAIN"').toString()).toBe('TIPB1 ')
  expect(readFileSync(plain).length % 4096).toBe(0)
  // The lines of docs/batch-format.md.
  const content = sh(`size=$(head -n 1 "$PLAIN" | cut -d ' ' -f 2)
    tail -c +$(($(head -n 1 "$PLAIN" | wc -c) + 1)) "$PLAIN" | head -c "$size" | gunzip`).toString('utf8')
  const [signed = '', json = ''] = content.split(/\n(.*)/s)
  expect(signed).toMatch(/^[\w-]{22} [\w-]{86}$/)
  const { kind, items, ...rest } = JSON.parse(json) as { kind: string; items: { payload: string }[] }
  expect({ kind, items: items.length }).toEqual({ kind: 'record', items: 1 })
  expect(Object.keys(rest)).toEqual([
    'v',
    'deviceId',
    'key',
    'seq',
    'prevBoxId',
    'configVersion',
    'auditHead',
    'replaces',
  ])
  const record = JSON.parse(items[0]?.payload ?? '') as { event: { answers: Record<string, unknown> } }
  expect(record.event.answers).toMatchObject({ sta: 'confirmed', coe: ['ES'] })
  expect(items[0]?.payload).toContain(text)
})

test('the desk opens it into tables, and its receipt makes the case Opened on the tablet', async () => {
  const out = join(organisation.folder, 'opened')
  organisation.desk('open', '--keys', organisation.keys, '--out', out)
  const [event] = Papa.parse<Record<string, string>>(
    readFileSync(join(out, 'events.csv'), 'utf8').replace(/^\uFEFF/, ''),
    {
      header: true,
    },
  ).data
  expect(event).toMatchObject({ sta: 'confirmed', coe: 'ESP', geo_country: 'ESP', moc_text_other: text })

  const context = await openBrowser(profile)
  const noise = watchForNoise(context, [organisation.appUrl, organisation.receiverUrl])
  const page = await onlyPage(context)
  await page.goto(organisation.appUrl)
  await unlock(page, passphrase)
  await expect(page.getByRole('listitem').filter({ hasText: '1 victim' }).getByText('Opened')).toBeVisible()
  expect(noise).toEqual([])
  await context.close()
})
