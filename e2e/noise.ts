import { type BrowserContext, expect, type Page } from '@playwright/test'

/** Where an app or a receiver of this run answers, or something that stands in for one: whoever starts it adds it. */
export const ownOrigins = new Set<string>()

// A refused connection, or an answer that says no, is what a story is about; the browser itself writes that line.
// So it does where a page went before the icon of its manifest was there; `noise.spec.ts` looks at the icons themselves.
const ofTheNetwork = /net::ERR_|Failed to load resource|icon from the Manifest: .* \(Download error or /
// Firefox's line where a page was locked while a part of it was on its way from the service worker.
const ofTheLock = /A ServiceWorker intercepted the request and encountered an unexpected error\.$/
// Firefox's line for a receiver that is not there; for one that forbids it, it gives another reason.
const ofTheReceiver = /\(Reason: CORS request did not succeed\)\. Status code: \(null\)\.$/
// The browser says what it cleared for us when a tablet was erased.
const ofTheErasure = /^info: Clear-Site-Data header on/

/**
 * Hears what must not be: console lines of pages and workers, page errors, refusals of the content policy (they are
 * console lines), and requests to an origin that is not ours.
 */
export function listenForNoise(
  context: BrowserContext,
  isOurs: (origin: string) => boolean,
  hear: (line: string) => void,
): void {
  const line = (type: string, text: string) => {
    if (!ofTheNetwork.test(text) && !ofTheLock.test(text)) hear(`${type}: ${text}`)
  }
  const watch = (page: Page) => {
    page.on('console', (said) => line(said.type(), said.text()))
    page.on('pageerror', ({ message }) => {
      if (!ofTheReceiver.test(message) && !ofTheLock.test(message)) hear(`error: ${message}`)
    })
  }
  context.on('page', watch)
  context.pages().forEach(watch)
  context.on('serviceworker', (worker) => worker.on('console', (said) => line(`worker ${said.type()}`, said.text())))
  context.on('request', (request) => {
    const url = new URL(request.url())
    if (/^https?:$/.test(url.protocol) && !isOurs(url.origin)) hear(`request: ${url.origin}`)
  })
}

/** Heard between two tests, where there is none to fail; the next one that opens a browser does. */
const late: string[] = []

function fail(line: string): void {
  try {
    expect.soft([line], 'the browser is silent, and asks nobody but ours').toEqual([])
  } catch {
    late.push(line)
  }
}

/**
 * Makes the story that runs fail at the first noise of this browser, whether it looks for noise itself or not.
 * @param told what this story makes the browser say on purpose
 */
export function failAtNoise(context: BrowserContext, told?: RegExp): void {
  for (const line of late.splice(0)) fail(line)
  listenForNoise(
    context,
    (origin) => ownOrigins.has(origin),
    (line) => {
      if (!ofTheErasure.test(line) && !told?.test(line)) fail(line)
    },
  )
}
