import { execFileSync } from 'node:child_process'
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { type BrowserContext, type CDPSession, expect, type Page, test } from '@playwright/test'
import { openReceiptKey } from '../receiver/keys.ts'
import { readBatch } from '../src/batch/batch.ts'
import { type Receipt, signReceipt } from '../src/batch/receipt.ts'
import { sha256Hex } from '../src/seal/digest.ts'
import { newRecipientPair, openWith } from '../src/seal/envelope.ts'
import { newSigningKey } from '../src/seal/signature.ts'
import { aDraft } from '../src/testing/a-case.ts'
import type { OpenCase, Wiped } from '../src/vault/api.ts'
import { onlyPage, openBrowser, removeProfile } from './browser.ts'
import { freePort, projectRoot, temporaryFolder } from './house.ts'
import { type Fault, type LossyLine, lossyLine } from './lossy-line.ts'
import { anOrganisation, type Organisation } from './organisation.ts'
import { type Answer, standIn, type StandIn } from './stand-in.ts'
import { menu, setUp, unlock } from './steps.ts'
import { askVault, holdVault } from './vault-by-hand.ts'

/**
 * Everything that a network can do to a batch, between the real app and the real receiver. Each time a fresh box waits
 * and the screen says why; nothing counts as received without a receipt that verifies; and once the line is good, the
 * box is received, and the receiver has it once. The receiver stands behind a line that can be told what to do.
 */
test.describe.configure({ mode: 'serial' })

let organisation: Organisation
let line: LossyLine
let instead: StandIn
/** What answers a batch in the receiver's place, where the line leads there. */
let answer: (body: Buffer) => Answer | Promise<Answer>
let profile = ''
let context: BrowserContext
let page: Page
let passphrase = ''
let behind = 0
let substitute = 0
/** Every box that was made, the test box of the set-up among them. */
const made: string[] = []

test.beforeAll(async () => {
  profile = temporaryFolder('profile')
  organisation = await anOrganisation('lossy')
  ;[behind, substitute] = [await freePort(), await freePort()]
  await organisation.stopReceiver()
  await organisation.startReceiver(organisation.receiverData, behind)
  line = await lossyLine(organisation.receiverPort, behind)
  instead = await standIn(substitute, organisation.appUrl, ({ url }, body) =>
    url?.startsWith('/v1/batches/') ? answer(body) : { status: 200, body: '{"receipts":[]}' },
  )
  context = await openBrowser(profile)
  await holdVault(context)
  page = await onlyPage(context)
  passphrase = await setUp(page, organisation.setupLink)
  made.push(...(await atTheReceiver()))
  expect(made).toHaveLength(1)
  await page.evaluate(async () => await navigator.serviceWorker.ready)
  await menu(page, 'What waits to be sent')
})
test.afterAll(async () => {
  await context?.close()
  removeProfile(profile)
  await instead?.close()
  await line?.close()
  await organisation?.close()
})

const sentences = {
  net: 'No connection. The cases are safe on this tablet and will be sent later.',
  busy: 'The receiver asked to wait. The cases are safe on this tablet and will be sent later.',
  full: 'The receiver is full at the moment. The cases are safe on this tablet and will be sent later. Tell your lead.',
  portal: 'This network answered instead of your organisation. Nothing was sent. You may need to sign in to the Wi-Fi.',
  receipt:
    'The answer was not signed by your organisation, so nothing counts as received. The cases are safe on this tablet.',
  refused: "Your organisation could not accept a case. It stays on this tablet. Show the case's line to your lead.",
  'too-large': 'Your organisation could not accept a case. It stays on this tablet. Show code 413 to your lead.',
} as const
type Code = keyof typeof sentences

interface BoxRow {
  readonly boxId: string
  readonly state: string
  readonly attempts: number
  readonly receipt: string
  readonly seq: number
}
interface LineRow {
  readonly hold: string
  readonly nextAt: number
}

/** The outbox and the line as they lie on the disk. */
const onTheDisk = async (of = page): Promise<{ boxes: BoxRow[]; line: LineRow | undefined }> =>
  await of.evaluate(async () => {
    const done = async <T>(request: IDBRequest<T>) =>
      await new Promise<T>((resolve, reject) => {
        request.addEventListener('success', () => resolve(request.result))
        request.addEventListener('error', () => reject(request.error ?? new Error('no answer')))
      })
    const database = await done(indexedDB.open('daybook'))
    const read = database.transaction(['outbox', 'device'])
    const rows = (await done(read.objectStore('outbox').getAll())) as BoxRow[]
    const boxes = rows.map(({ boxId, state, attempts, receipt, seq }) => ({ boxId, state, attempts, receipt, seq }))
    const found = (await done(read.objectStore('device').get('line'))) as LineRow | undefined
    database.close()
    return { boxes, line: found && { hold: found.hold, nextAt: found.nextAt } }
  })

async function row(boxId: string, of = page): Promise<BoxRow | undefined> {
  return (await onTheDisk(of)).boxes.find((box) => box.boxId === boxId)
}

/** A finished case in its box, made by the vault of this page as if it had been typed. Nothing is sent by that. */
async function aBox(): Promise<string> {
  const { id, rev, draft } = await askVault<OpenCase>(page, 'newCase')
  const full = aDraft({ caseId: draft.caseId, code: draft.code })
  const saved = await askVault<{ status: string; rev: number }>(page, 'save', id, rev, full)
  expect(await askVault(page, 'finish', id, saved.rev)).toMatchObject({ status: 'finished' })
  const { boxes } = await onTheDisk()
  const { boxId, attempts } = boxes.toSorted((one, other) => other.seq - one.seq)[0] ?? { boxId: '', attempts: -1 }
  expect(attempts).toBe(0)
  made.push(boxId)
  return boxId
}

// By key: the button moves when a notice or the progress of the pass before goes away, and a tap may then miss it.
const sendNow = async () => await page.getByRole('button', { name: 'Send now' }).press('Enter')
const says = async (code: Code) =>
  await expect(page.getByRole('status').filter({ hasText: sentences[code] })).toBeVisible()

/** Ids at the receiver, in the order in which they came. */
async function atTheReceiver(): Promise<string[]> {
  const headers = { Authorization: `Bearer ${organisation.deskToken}` }
  const listed = await fetch(`http://127.0.0.1:${behind}/v1/boxes?after=0&limit=1000`, { headers })
  return ((await listed.json()) as { boxes: { id: string }[] }).boxes.map(({ id }) => id)
}

async function waits(boxId: string): Promise<void> {
  expect(await row(boxId)).toMatchObject({ state: 'waiting', receipt: '' })
}

const isReceived = async (boxId: string, of = page) =>
  await expect.poll(async () => (await row(boxId, of))?.state, { message: boxId }).toBe('received')

/** The line is good: whatever was sent, and each box once, is at the receiver. */
async function arrives(boxId: string): Promise<void> {
  line.fault = 'none'
  line.leadTo(behind)
  await sendNow()
  await isReceived(boxId)
  expect((await atTheReceiver()).toSorted()).toEqual(made.toSorted())
}

const broken: readonly (readonly [Fault, string, boolean])[] = [
  ['reset', 'a line that throws everybody out', false],
  ['closed', 'a line that ends at once', false],
  ['noise', 'an answer that refuses to speak', false],
  ['lost-before', 'a request that never arrives', false],
  ['cut-before', 'half a request', false],
  ['lost-after', 'an answer that is lost on its way back', true],
  ['cut-after', 'half an answer', true],
]
test('a line that breaks, before the receiver hears or after it: the case waits, and arrives once', async () => {
  for (const [fault, what, heard] of broken)
    await test.step(what, async () => {
      const box = await aBox()
      line.fault = fault
      await sendNow()
      await says('net')
      await waits(box)
      expect((await atTheReceiver()).includes(box)).toBe(heard)
      await arrives(box)
    })
})

test('requests that come twice, late, after a later one or in drops are each there once', async () => {
  const twice = await aBox()
  line.fault = 'twice'
  await sendNow()
  await isReceived(twice)
  const dripping = await aBox()
  line.fault = 'drips'
  await sendNow()
  await isReceived(dripping)
  await arrives(dripping)

  const late = await aBox()
  line.fault = 'late'
  await sendNow()
  await says('net')
  await line.deliverLate()
  expect(await atTheReceiver()).toContain(late)
  await waits(late)
  await arrives(late)

  // The first request comes after the second one, which repeated it.
  const overtaken = await aBox()
  line.fault = 'late'
  await sendNow()
  await says('net')
  await arrives(overtaken)
  await line.deliverLate()
  expect((await atTheReceiver()).toSorted()).toEqual(made.toSorted())
})

const page200 = '<!doctype html><title>Guest network</title><form><button>I agree</button></form>'
const html = { 'Content-Type': 'text/html; charset=utf-8' }
const instantly = (status: number, body = '', headers = {}): Answer => ({ status, body, headers })
const told = (status: number, after: string): Answer =>
  instantly(status, '', { 'Retry-After': after, 'Access-Control-Expose-Headers': 'Retry-After' })

/** Rows of the table in security.md, section 8, by what the screen says. None of them is signed. */
const table: Readonly<Record<'net' | 'busy' | 'full' | 'portal' | 'too-large', readonly Answer[]>> = {
  net: [407, 408, 502, 504].map((status) => instantly(status)),
  busy: [425, 429, 500, 503, 520].map((status) => instantly(status)),
  full: [instantly(507)],
  portal: [
    instantly(200, page200, html),
    instantly(200, '{"ok":true,"status":"received"}', { 'Content-Type': 'application/json' }),
    instantly(201, page200, html),
    ...[204, 401, 403, 404, 405, 410, 418, 511].map((status) => instantly(status)),
    ...[302, 303, 307].map((status) => instantly(status, '', { Location: '/elsewhere' })),
  ],
  'too-large': [instantly(413)],
}

for (const [code, answers] of Object.entries(table) as [Code, readonly Answer[]][])
  test(`unsigned answers that mean "${code}" refuse nothing and receive nothing`, async () => {
    for (const theirs of answers)
      await test.step(`${theirs.status} ${JSON.stringify(theirs.headers)}`, async () => {
        const box = await aBox()
        answer = () => theirs
        line.leadTo(substitute)
        await sendNow()
        await says(code)
        await waits(box)
        await arrives(box)
      })
    expect(instead.asked.filter((each) => !/ \/v1\/(batches|receipts)/.test(each))).toEqual([])
  })

const hour = 3_600_000
/** What a receiver may say about coming again, what that does to the line, and the hours until the next try at most. */
const waitsTold: readonly (readonly [string, string, number])[] = [
  ['soon', 'backoff', 0.1],
  ['-1', 'backoff', 0.1],
  ['7200', 'told', 2],
  ['99999999999999999999', 'told', 24],
  ['Thu, 01 Jan 1970 00:00:00 GMT', 'told', 0.01],
  ['Sat, 02 May 2099 10:05:00 GMT', 'told', 24],
]
test('a wait that the receiver asks for is kept within a day, and nonsense is none', async () => {
  for (const [after, hold, hours] of waitsTold)
    await test.step(after, async () => {
      const box = await aBox()
      answer = () => told(503, after)
      line.leadTo(substitute)
      const begun = Date.now()
      await sendNow()
      await says('busy')
      await waits(box)
      const { line: found } = await onTheDisk()
      expect(found?.hold).toBe(hold)
      expect(found?.nextAt).toBeLessThan(Date.now() + hours * hour + 2_000)
      if (hours >= 1) expect(found?.nextAt).toBeGreaterThanOrEqual(begun + hours * hour)
      await arrives(box)
    })
})

test('answers that turn down one box without proof are shown after the third time, and it arrives all the same', async () => {
  for (const status of [400, 409, 422])
    await test.step(String(status), async () => {
      const box = await aBox()
      answer = () => instantly(status)
      line.leadTo(substitute)
      for (let attempt = 1; attempt <= 3; attempt += 1) {
        await sendNow()
        await expect.poll(async () => (await row(box))?.attempts).toBeGreaterThanOrEqual(attempt)
      }
      await says('refused')
      await waits(box)
      await arrives(box)
    })
})

test('receipts that are forged, played again or of somebody else receive nothing', async () => {
  const own = await openReceiptKey(join(organisation.receiverData, 'receipt.key'))
  const deviceId = await page.evaluate(async () => {
    const opened = indexedDB.open('daybook')
    await new Promise((resolve) => opened.addEventListener('success', resolve))
    const asked = opened.result.transaction('device').objectStore('device').get('device')
    await new Promise((resolve) => asked.addEventListener('success', resolve))
    opened.result.close()
    return (asked.result as { deviceId: string }).deviceId
  })
  const about = async (body: Buffer, change: Partial<Receipt>): Promise<Receipt> => {
    const bytes = new Uint8Array(body)
    const boxes = readBatch(bytes).map(async (box) => ({ id: await sha256Hex(box), size: box.length }))
    const kept = (await Promise.all(boxes)).map((box) => ({ ...box, result: 'kept' as const }))
    const at = new Date().toISOString()
    return { v: 1, level: 'stored', batchId: await sha256Hex(bytes), deviceId, at, boxes: kept, ...change }
  }
  const signed = async (body: Buffer, change: Partial<Receipt> = {}, key = own) =>
    instantly(200, await signReceipt(await about(body, change), key.privateKey))
  const yesterday = (await onTheDisk()).boxes.find(({ receipt }) => receipt !== '')?.receipt ?? ''
  expect(yesterday).toContain('sig')
  const flipped = async (body: Buffer) => {
    const { body: text } = await signed(body)
    return instantly(200, String(text).replace('kept', 'kepT'))
  }
  const forged: readonly (readonly [string, (body: Buffer) => Answer | Promise<Answer>])[] = [
    ['by another key', async (body) => await signed(body, {}, newSigningKey())],
    ['one byte changed', flipped],
    ['of yesterday, played again', () => instantly(200, yesterday)],
    ['about another batch', async (body) => await signed(body, { batchId: '0'.repeat(64) })],
    ['for another tablet', async (body) => await signed(body, { deviceId: 'A'.repeat(22) })],
    ['about boxes that were not sent', async (body) => await signed(body, { boxes: [aStranger] })],
    ['about no box at all', async (body) => await signed(body, { boxes: [] })],
  ]
  for (const [what, theirs] of forged)
    await test.step(what, async () => {
      const box = await aBox()
      answer = theirs
      line.leadTo(substitute)
      await sendNow()
      await says('receipt')
      await waits(box)
      await arrives(box)
    })
})
const aStranger = { id: '0'.repeat(64), size: 4096, result: 'kept' as const }

/** A locked page in another tab, whose clock is wrong by so many days; it sends as soon as it is there. */
async function withItsClock(days: number, work: (other: Page) => Promise<void>): Promise<void> {
  const other = await context.newPage()
  await other.addInitScript((shift) => {
    const real = Date.now
    Date.now = () => real() + shift
  }, days * 86_400_000)
  await other.goto(organisation.appUrl)
  await work(other)
  await other.close()
}

test('a clock that is wrong by a day or by ten years holds nothing back and loses nothing', async () => {
  for (const days of [1, -1, 3_652])
    await test.step(`${days} days`, async () => {
      const box = await aBox()
      answer = () => told(503, '3600')
      line.leadTo(substitute)
      await withItsClock(days, async (other) => {
        await expect.poll(async () => (await row(box, other))?.attempts).toBe(1)
        await expect.poll(async () => (await onTheDisk(other)).line?.hold).toBe('told')
        await waits(box)
        // Before the other tab closes: this one may wake by that, and its clock is right.
        line.leadTo(behind)
      })
      await withItsClock(0, async (other) => await isReceived(box, other))
      const another = await aBox()
      await withItsClock(days, async (other) => await isReceived(another, other))
      expect((await atTheReceiver()).toSorted()).toEqual(made.toSorted())
    })
})

/** Wakes the service worker as the browser does when the network is back; gives the session that can end it. */
async function wakeTheWorker(): Promise<CDPSession> {
  const session = await context.newCDPSession(page)
  const registration = new Promise<string>((resolve) => {
    session.on('ServiceWorker.workerRegistrationUpdated', ({ registrations }) => {
      const ours = registrations.find(({ scopeURL }) => scopeURL === `${organisation.appUrl}/`)
      if (ours) resolve(ours.registrationId)
    })
  })
  await session.send('ServiceWorker.enable')
  const event = { origin: organisation.appUrl, registrationId: await registration, tag: 'deliver', lastChance: false }
  await session.send('ServiceWorker.dispatchSyncEvent', event)
  return session
}

/** The receiver has the box, and whoever sent it waits for the answer. */
async function isHeld(begin: () => Promise<unknown>): Promise<string> {
  const box = await aBox()
  const { held } = line.seen
  line.fault = 'held'
  await begin()
  await expect.poll(() => line.seen.held).toBeGreaterThan(held)
  await expect.poll(atTheReceiver).toContain(box)
  await waits(box)
  return box
}

test('two tabs and the service worker at once send once', async () => {
  const other = await context.newPage()
  await other.goto(organisation.appUrl)
  await expect(other.getByLabel('Passphrase', { exact: true })).toBeVisible()
  const box = await aBox()
  const { batches } = line.seen
  line.fault = 'drips'
  const online = async () => await other.evaluate(() => dispatchEvent(new Event('online')))
  await Promise.all([sendNow(), online(), wakeTheWorker()])
  await isReceived(box)
  expect(line.seen.batches).toBe(batches + 1)
  await other.close()
  expect((await atTheReceiver()).toSorted()).toEqual(made.toSorted())
})

test('a service worker that is ended while it sends, and a page that is closed, leave the box to the next sender', async () => {
  let session: CDPSession | undefined
  const byTheWorker = await isHeld(async () => (session = await wakeTheWorker()))
  await session?.send('ServiceWorker.stopAllWorkers')
  await arrives(byTheWorker)

  const other = await context.newPage()
  const byAPage = await isHeld(async () => await other.goto(organisation.appUrl))
  await other.close()
  await arrives(byAPage)
})

test('a receiver brought back from the backup of yesterday is given again what it lacks', async () => {
  const [sealed, restored] = [join(organisation.folder, 'yesterday.age'), join(organisation.folder, 'restored')]
  const key = await newRecipientPair({ kind: 'x25519' })
  organisation.receiver('backup', '--data', organisation.receiverData, '--to', key.recipient, '--out', sealed)
  const today = await aBox()
  await arrives(today)
  await organisation.stopReceiver()
  const input = await openWith([key.identity], new Uint8Array(readFileSync(sealed)))
  const receiver = join(projectRoot, 'dist', 'node', 'receiver.js')
  execFileSync(process.execPath, [receiver, 'restore', '--data', restored], { input })
  await organisation.startReceiver(restored, behind)
  expect(await atTheReceiver()).not.toContain(today)
  await aBox()
  await sendNow()
  await expect.poll(async () => (await atTheReceiver()).toSorted()).toEqual(made.toSorted())
  await isReceived(today)
})

test('a shift that ends, and an account that is erased while its case is on its way, take nothing with them', async () => {
  const box = await isHeld(sendNow)
  await menu(page, 'End my shift')
  await expect(page).toHaveURL(/\/locked$/)
  line.fault = 'none'
  await page.goto(organisation.appUrl)
  await isReceived(box)
  await unlock(page, passphrase)
  await menu(page, 'What waits to be sent')

  const last = await isHeld(sendNow)
  expect(await askVault<Wiped>(page, 'wipeAccount')).toEqual({ status: 'wiped' })
  await waits(last)
  line.fault = 'none'
  line.leadTo(behind)
  await page.goto(organisation.appUrl)
  await isReceived(last)
  expect((await atTheReceiver()).toSorted()).toEqual(made.toSorted())
  expect((await onTheDisk()).boxes.filter(({ state }) => state === 'waiting')).toEqual([])
})
