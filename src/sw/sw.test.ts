import { copyFile, mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { BrowserContext, Page } from '@playwright/test'
import { build } from 'vite'
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import { injectManifest } from 'workbox-build'
import { onlyPage, openBrowser } from '../../e2e/browser.ts'
import { startAppServer } from '../../receiver/app-files.ts'
import type { Listening } from '../../receiver/listen.ts'
import { startReceiver, type RunningReceiver } from '../../receiver/server.ts'
import { syncTag } from '../outbox/schedule.ts'
import { anOutbox, type AnOutbox, aServer } from '../testing/an-outbox.ts'

// The built service worker in the real browser, beside a page of three lines, with the headers that the app has.

const register = `
const policy = trustedTypes.createPolicy('app-url', { createScriptURL: (url) => url })
navigator.serviceWorker.register(policy.createScriptURL('/sw.js'))
`
let [root, app]: [string, Listening | undefined] = ['', undefined]
let [profile, context]: [string, BrowserContext | undefined] = ['', undefined]
let receiver: RunningReceiver | undefined
let raw = ''

beforeAll(async () => {
  root = await mkdtemp(join(tmpdir(), 'app-'))
  await build({ mode: 'sw', logLevel: 'error', build: { outDir: root } })
  raw = join(root, 'sw.raw')
  await copyFile(join(root, 'sw.js'), raw)
  await writeFile(join(root, 'register.js'), register)
  await writeFile(join(root, 'locked.html'), '<!doctype html><title>locked</title><p>Closed</p>')
})
afterAll(() => rm(root, { recursive: true }))

/** Builds the site as the release of that name. */
async function release(name: string): Promise<void> {
  const html = `<!doctype html><title>${name}</title><script src="/register.js"></script>`
  await writeFile(join(root, 'index.html'), html)
  await injectManifest({
    swSrc: raw,
    swDest: join(root, 'sw.js'),
    globDirectory: root,
    globPatterns: ['*.html', 'register.js'],
  })
}

beforeEach(async () => {
  await release('first')
  profile = await mkdtemp(join(tmpdir(), 'profile-'))
  app = await startAppServer({ root, port: 0, development: true })
  receiver = await startReceiver({ dataDir: join(profile, 'receiver'), port: 0, appOrigins: [app.url] })
  context = await openBrowser(join(profile, 'browser'), { browser: 'chromium' })
})
afterEach(async () => {
  await context?.close()
  await Promise.all([app?.close(), receiver?.close()])
  await rm(profile, { recursive: true })
})

async function firstLoad(): Promise<{ page: Page; url: string }> {
  if (!context || !app) throw new Error('not running')
  const page = await onlyPage(context)
  await page.goto(app.url)
  await page.waitForFunction(() => navigator.serviceWorker.controller !== null)
  return { page, url: app.url }
}

describe('the service worker', () => {
  test('shows every address of the app without a net, right after the first load', async () => {
    const { page, url } = await firstLoad()
    await app?.close()
    for (const path of ['/', '/cases', '/index.html', '/?x=1']) {
      await page.goto(url + path)
      expect(await page.title()).toBe('first')
    }
  })

  test('keeps the headers of each page, so that the locked one leaves the process of the others', async () => {
    const { page, url } = await firstLoad()
    await app?.close()
    const headers = async (path: string) => (await page.goto(url + path))?.headers()['cross-origin-opener-policy']
    expect(await headers('/cases')).toBe('same-origin')
    expect(await headers('/locked')).toBe('unsafe-none')
    expect(await page.title()).toBe('locked')
  })

  test('lets the server’s own answers to wiping through, and caches no answer of anybody', async () => {
    const { page, url } = await firstLoad()
    const wiped = await page.evaluate(async () => (await fetch('/wipe')).status)
    expect(wiped).toBe(204)
    await page.goto(`${url}/cases`)
    await page.evaluate(() => fetch('/nothing-here'))
    const cached = await page.evaluate(async () => {
      const keys = await caches.keys()
      const all = await Promise.all(keys.map(async (key) => (await caches.open(key)).keys()))
      return all.flat().map((request) => new URL(request.url).pathname)
    })
    expect(cached.filter((path) => !['/index.html', '/locked.html', '/register.js'].includes(path))).toEqual([])
  })

  test('waits with a new version until it is told to start', async () => {
    const { page } = await firstLoad()
    await release('second')
    await page.reload()
    const isWaiting = async () => Boolean((await navigator.serviceWorker.getRegistration())?.waiting)
    await expect.poll(() => page.evaluate(isWaiting), { timeout: 10_000 }).toBe(true)
    await page.reload()
    expect(await page.title()).toBe('first')
    expect(await page.evaluate(isWaiting)).toBe(true)
    await page.evaluate(async () => {
      const started = new Promise<void>((resolve) => {
        navigator.serviceWorker.addEventListener('controllerchange', () => resolve())
      })
      const registration = await navigator.serviceWorker.getRegistration()
      registration?.waiting?.postMessage({ type: 'SKIP_WAITING' })
      await started
    })
    await page.reload()
    expect(await page.title()).toBe('second')
  })

  test('starts a new version at once while the old one waits for a slow answer, and holds nothing against the line', async () => {
    const { page, url } = await firstLoad()
    const slow = await aServer(() => undefined)
    const tablet = await anOutbox(slow.url)
    await tablet.addBox()
    await layIn(page, url, tablet)
    await wake(page, url)
    await expect.poll(() => slow.heard.length, { timeout: 10_000 }).toBe(1)
    await release('second')
    const isWaiting = async () => {
      const registration = await navigator.serviceWorker.getRegistration()
      await registration?.update()
      return Boolean(registration?.waiting)
    }
    await expect.poll(() => page.evaluate(isWaiting), { timeout: 10_000 }).toBe(true)
    await page.evaluate(async () => {
      const started = new Promise((resolve) => {
        navigator.serviceWorker.addEventListener('controllerchange', resolve)
      })
      const registration = await navigator.serviceWorker.getRegistration()
      const { port1, port2 } = new MessageChannel()
      const answered = new Promise((resolve) => {
        port1.addEventListener('message', resolve)
        port1.start()
      })
      navigator.serviceWorker.controller?.postMessage({ type: 'STAND_BACK' }, [port2])
      await answered
      registration?.waiting?.postMessage({ type: 'SKIP_WAITING' })
      await started
    })
    await page.reload()
    expect(await page.title()).toBe('second')
    expect(await page.evaluate(statesInOutbox)).toEqual(['waiting'])
    await slow.close()
  })

  test('delivers on sync with no page of the app open', async () => {
    const { page, url } = await firstLoad()
    if (!receiver) throw new Error('not running')
    const tablet = await anOutbox(receiver.url, {
      receiverPublicKey: receiver.receiptPublicKey,
      enrolCode: await receiver.issueCode(),
    })
    for (let i = 0; i < 3; i += 1) await tablet.addBox()
    await layIn(page, url, tablet)

    const elsewhere = await aServer((_, response) => void response.setHeader('content-type', 'text/html').end('<p>'))
    await page.goto(elsewhere.url)
    await wake(page, url)
    const token = await receiver.deskToken()
    const listed = async (): Promise<number> => {
      const answer = await fetch(`${receiver?.url}/v1/boxes?after=0`, { headers: { Authorization: `Bearer ${token}` } })
      return ((await answer.json()) as { boxes: unknown[] }).boxes.length
    }
    await expect.poll(listed, { timeout: 15_000 }).toBe(3)
    await page.goto(url)
    await expect.poll(() => page.evaluate(statesInOutbox)).toEqual(['received', 'received', 'received'])
    await elsewhere.close()
  })

  test('leaves an older structure of the storage to a page, which can say that another tab holds it', async () => {
    const { page, url } = await firstLoad()
    const structure = async () =>
      await page.evaluate(async () => (await indexedDB.databases()).find(({ name }) => name === 'daybook')?.version)
    await page.evaluate(async () => {
      const opening = indexedDB.open('daybook', 10)
      await new Promise((resolve) => opening.addEventListener('success', resolve))
      opening.result.close()
    })
    await wake(page, url)
    // Without an end: the event says nothing when it is over.
    for (let looked = 0; looked < 10; looked++) {
      expect(await structure()).toBe(10)
      await page.waitForTimeout(100)
    }
    await page.evaluate(() => indexedDB.deleteDatabase('daybook'))
    await wake(page, url)
    await expect.poll(structure).toBe(40)
  })

  test('counts no trouble where it has to be woken again', async () => {
    const { page, url } = await firstLoad()
    const gone = await aServer(() => undefined)
    const tablet = await anOutbox(gone.url)
    await gone.close()
    await tablet.addBox()
    await layIn(page, url, tablet)
    await wake(page, url)
    const tried = async () => {
      const opening = indexedDB.open('daybook')
      await new Promise((resolve) => opening.addEventListener('success', resolve))
      const asked = opening.result.transaction('device').objectStore('device').get('line')
      await new Promise((resolve) => asked.addEventListener('success', resolve))
      opening.result.close()
      return (asked.result as { failures?: number } | undefined)?.failures ?? 0
    }
    await expect.poll(() => page.evaluate(tried), { timeout: 10_000 }).toBeGreaterThan(0)
    await page.waitForTimeout(500)
    expect(await page.evaluate(troublesKept)).toBeUndefined()
  })

  test('counts what nobody caught in it, and nothing that it says', async () => {
    const { page } = await firstLoad()
    const [worker] = context?.serviceWorkers() ?? []
    await worker?.evaluate(() => {
      dispatchEvent(new ErrorEvent('error', { message: 'Canary Quillfeather 0199', filename: 'canary.js' }))
    })
    await expect
      .poll(() => page.evaluate(troublesKept))
      .toEqual([{ code: 'sw-error', count: 1, ms: expect.any(Number) }])
  })
})

/** As the browser does once there is a net. The page is of any origin. */
async function wake(page: Page, url: string): Promise<void> {
  const session = await page.context().newCDPSession(page)
  const registered = new Promise<string>((resolve) => {
    session.on('ServiceWorker.workerRegistrationUpdated', ({ registrations }) => {
      const ours = registrations.find(({ scopeURL }) => scopeURL.startsWith(url))
      if (ours) resolve(ours.registrationId)
    })
  })
  await session.send('ServiceWorker.enable')
  const registrationId = await registered
  await session.send('ServiceWorker.dispatchSyncEvent', {
    origin: url,
    registrationId,
    tag: syncTag,
    lastChance: false,
  })
  await session.detach()
}

/** The worker makes the tables, then the page lays the tablet's rows into them. */
async function layIn(page: Page, url: string, tablet: AnOutbox): Promise<void> {
  await wake(page, url)
  const isThere = async () => (await indexedDB.databases()).some(({ name }) => name === 'daybook')
  await expect.poll(() => page.evaluate(isThere)).toBe(true)
  const device = await tablet.database.device.get('device')
  const rows = (await tablet.rows()).map((row) => ({ ...row, bytes: [...row.bytes] }))
  await page.evaluate(putRows, { device, rows })
}

async function putRows({ device, rows }: { device: unknown; rows: { bytes: number[] }[] }): Promise<void> {
  const database = await new Promise<IDBDatabase>((resolve, reject) => {
    const opening = indexedDB.open('daybook')
    opening.addEventListener('success', () => resolve(opening.result))
    opening.addEventListener('error', () => reject(opening.error ?? new Error('closed')))
  })
  const transaction = database.transaction(['device', 'outbox'], 'readwrite')
  transaction.objectStore('device').put(device)
  for (const row of rows) transaction.objectStore('outbox').put({ ...row, bytes: new Uint8Array(row.bytes) })
  await new Promise((resolve) => transaction.addEventListener('complete', resolve))
  database.close()
}

async function statesInOutbox(): Promise<string[]> {
  const opening = indexedDB.open('daybook')
  await new Promise((resolve) => opening.addEventListener('success', resolve))
  const asked = opening.result.transaction('outbox').objectStore('outbox').getAll()
  await new Promise((resolve) => asked.addEventListener('success', resolve))
  opening.result.close()
  return (asked.result as { state: string }[]).map(({ state }) => state)
}

async function troublesKept(): Promise<unknown> {
  // Opened before the worker has made the tables, it would be a database without them.
  if (!(await indexedDB.databases()).some(({ name }) => name === 'daybook')) return undefined
  const opening = indexedDB.open('daybook')
  await new Promise((resolve) => opening.addEventListener('success', resolve))
  if (!opening.result.objectStoreNames.contains('device')) return undefined
  const asked = opening.result.transaction('device').objectStore('device').get('troubles')
  await new Promise((resolve) => asked.addEventListener('success', resolve))
  opening.result.close()
  return (asked.result as { lines: unknown } | undefined)?.lines
}
