import type { CDPSession, Page } from '@playwright/test'

// A limit lasts as long as the session that set it.
const sessions = new WeakMap<Page, CDPSession>()

/**
 * Lets the page be told, until it is loaded anew, that no more than this is left. Chromium tells every page of ten
 * gigabytes, however little there is; browsers that say what is left are heard here.
 */
export async function tellOfRoom(page: Page, bytes: number): Promise<void> {
  await page.evaluate((left) => {
    const estimate = async () => ({ usage: 1_000_000, quota: 1_000_000 + left })
    Object.defineProperty(navigator.storage, 'estimate', { value: estimate, configurable: true })
  }, bytes)
}

/** Leaves no more than this for the app; without `bytes`, what there really is. */
export async function leaveRoom(page: Page, bytes?: number): Promise<void> {
  const session = sessions.get(page) ?? (await page.context().newCDPSession(page))
  sessions.set(page, session)
  const { origin } = new URL(page.url())
  const { usage } = await session.send('Storage.getUsageAndQuota', { origin })
  await session.send('Storage.overrideQuotaForOrigin', {
    origin,
    ...(bytes !== undefined && { quotaSize: usage + bytes }),
  })
}

/**
 * Fills the storage of the origin to the last kilobyte, as photographs of somebody else would. The browser reckons with
 * the room that it last saw for half a minute: little of it has to be left since then.
 */
export async function fillStorage(page: Page): Promise<void> {
  await page.evaluate(async () => {
    const database = await new Promise<IDBDatabase>((resolve, reject) => {
      const request = indexedDB.open('ballast')
      request.addEventListener('upgradeneeded', () =>
        request.result.createObjectStore('ballast', { autoIncrement: true }),
      )
      request.addEventListener('success', () => resolve(request.result))
      request.addEventListener('error', () => reject(request.error ?? new Error('no ballast')))
    })
    for (const size of [65_536, 8_192, 1_024, 256])
      for (let fits = true; fits;)
        fits = await new Promise<boolean>((resolve) => {
          const writing = database.transaction('ballast', 'readwrite')
          writing.objectStore('ballast').put(crypto.getRandomValues(new Uint8Array(size)))
          writing.addEventListener('complete', () => resolve(true))
          writing.addEventListener('abort', () => resolve(false))
        })
    database.close()
  })
}

/** Takes away what `fillStorage` put there. */
export async function emptyStorage(page: Page): Promise<void> {
  await page.evaluate(
    async () =>
      await new Promise((resolve) => {
        const request = indexedDB.deleteDatabase('ballast')
        request.addEventListener('success', resolve)
        request.addEventListener('error', resolve)
      }),
  )
}
