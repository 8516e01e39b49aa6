// The service worker: the app from its precache, online or not, and boxes on their way when the network is back. It
// holds no key, never reaches the vault, caches no answer of anybody, and a new version waits until it is let in.

import {
  cleanupOutdatedCaches,
  createHandlerBoundToURL,
  precacheAndRoute,
  type PrecacheEntry,
} from 'workbox-precaching'
import { NavigationRoute, registerRoute } from 'workbox-routing'
import { databaseName, openDatabase } from '../database.ts'
import { deliver, type DeliveryReport } from '../outbox/deliver.ts'
import { isMetered } from '../outbox/network.ts'
import { roomInCache } from '../outbox/room.ts'
import { syncTag } from '../outbox/schedule.ts'
import type { TroubleCode } from '../troubles/codes.ts'
import { troubleNow, watchForTrouble } from '../troubles/counted.ts'
import { keepTroubles } from '../troubles/kept.ts'

declare const self: ServiceWorkerGlobalScope & { readonly __WB_MANIFEST: PrecacheEntry[] }

interface SyncEvent extends ExtendableEvent {
  readonly tag: string
}

/** Chromium ends a sync event after three minutes; ours is over before. */
const budget = 150_000

/** How a sync event is told to come again: the browser counts it as nobody's, and it is no trouble. */
const again = new Error('to be sent later')
self.addEventListener('unhandledrejection', (event) => {
  if (event.reason === again) event.stopImmediatePropagation()
})
watchForTrouble(self, 'sw-', (code) => void count(code))

cleanupOutdatedCaches()
// oxlint-disable-next-line no-underscore-dangle -- the name that the build fills in
precacheAndRoute(self.__WB_MANIFEST)
// `/locked` comes from the precache as it is, with the header that makes the browser change the process; `/wipe` must
// reach the server, whose answer clears everything.
registerRoute(
  new NavigationRoute(createHandlerBoundToURL('/index.html'), { denylist: [/^\/(locked|wipe)(\.html)?([/?]|$)/] }),
)

// The very first load is taken over, so that the app works without a net from then on. Later versions take over nothing:
// they begin when all tabs of the old one are closed, or when a page asks them to.
let isFirst = false
self.addEventListener('install', () => {
  isFirst = self.registration.active === null
})
self.addEventListener('activate', (event) => {
  if (isFirst) event.waitUntil(self.clients.claim())
})

self.addEventListener('message', (event) => {
  const type: unknown = (event.data as { type?: unknown } | null)?.type
  if (type === 'SKIP_WAITING') void self.skipWaiting()
  if (type === 'STAND_BACK') {
    passes.abort()
    event.ports[0]?.postMessage('')
  }
  if (type === 'FORGET') event.waitUntil(forget())
})

self.addEventListener('sync', (event) => {
  const { tag } = event as SyncEvent
  if (tag === syncTag) (event as SyncEvent).waitUntil(sendOrAskAgain())
})

/** Counted beside what the pages count; what cannot be kept is lost. */
async function count(code: TroubleCode): Promise<void> {
  if (await isOlder()) return
  const database = openDatabase()
  await keepTroubles(database, [troubleNow(code)]).catch(() => undefined)
  database.close()
}

/** This tablet was erased: once the closed page stands, or after five seconds, the app's files go, and this worker. */
async function forget(): Promise<void> {
  const pause = (ms: number) => new Promise((resolve) => setTimeout(resolve, ms))
  const isClosed = ({ url }: Client) => new URL(url).pathname === '/locked'
  for (let tries = 0; tries < 100 && !(await self.clients.matchAll()).every(isClosed); tries++) await pause(50)
  // Its picture and its style are fetched after the page itself.
  await pause(500)
  for (const name of await caches.keys()) await caches.delete(name)
  await self.registration.unregister()
}

/** A sync event that fails is fired again by the browser, a few times. */
async function sendOrAskAgain(): Promise<void> {
  if (await isOlder()) throw again
  const { waiting, status } = await send()
  if (waiting > 0 && status !== 'not-set-up') throw again
}

/**
 * Bringing an older structure of the storage to today's is left to a page, which can say that another tab holds it. Were
 * this worker to ask first, the page would wait behind it and hear nothing.
 */
async function isOlder(): Promise<boolean> {
  const kept = (await indexedDB.databases()).find(({ name }) => name === databaseName)
  // Ten for each version that the app gives it.
  return kept?.version !== undefined && kept.version < openDatabase().verno * 10
}

/** What a new version makes this one break off: see [Note: Coming to rest]. A slow line takes minutes. */
let passes = new AbortController()

async function send(): Promise<DeliveryReport> {
  const database = openDatabase()
  if (passes.signal.aborted) passes = new AbortController()
  try {
    return await deliver({
      database,
      fetch: (url, init) => fetch(url, init),
      now: () => Date.now(),
      random: () => Math.random(),
      locks: self.navigator.locks,
      trigger: 'woken',
      budget,
      signal: passes.signal,
      isMetered: () => isMetered(self.navigator),
      hasRoom: roomInCache(caches),
    })
  } finally {
    database.close()
  }
}
