// @vitest-environment happy-dom
import { readFileSync } from 'node:fs'
import { afterEach, beforeEach, expect, test, vi } from 'vitest'
import { lacksOfBrowser } from './browser-check.ts'
import { lackSentences } from './lack-sentences.ts'

const folder = vi.fn(async () => ({}))
/** A browser that has all that is looked for; happy-dom has not. */
beforeEach(() => {
  vi.stubGlobal('isSecureContext', true)
  vi.stubGlobal('indexedDB', {})
  vi.stubGlobal('crypto', { subtle: {} })
  Element.prototype.checkVisibility = () => true
  vi.stubGlobal('navigator', { locks: {}, serviceWorker: {}, storage: { getDirectory: folder } })
})
afterEach(() => {
  vi.useRealTimers()
  vi.restoreAllMocks()
  vi.unstubAllGlobals()
})

test('where nothing is missing, everything is tried, and what failed is named', async () => {
  const tryOut = vi.fn(async () => ['files', 'database'] as const)
  expect(await lacksOfBrowser({ tryOut })).toEqual(['files', 'database'])
  expect(tryOut).toHaveBeenCalledOnce()
  expect(await lacksOfBrowser({ tryOut: async () => [] })).toEqual([])
})

test('where something is missing at a look, nothing is tried, since that could leave something behind', async () => {
  const tryOut = vi.fn(async () => [])
  vi.stubGlobal('navigator', { storage: { getDirectory: async () => await Promise.reject(new Error('private')) } })
  expect(await lacksOfBrowser({ tryOut })).toEqual(['locks', 'service-worker', 'files'])
  vi.stubGlobal('crypto', {})
  expect(await lacksOfBrowser({ tryOut })).toContain('crypto')
  vi.stubGlobal('isSecureContext', false)
  expect(await lacksOfBrowser({ tryOut })).toEqual(['secure-context'])
  expect(tryOut).not.toHaveBeenCalled()
})

test('a browser that had accounts is not tried again: nobody is kept from unlocking', async () => {
  const tryOut = vi.fn(async () => ['database'] as const)
  vi.spyOn(document, 'cookie', 'get').mockReturnValue('__Host-had-data=1')
  expect(await lacksOfBrowser({ tryOut })).toEqual([])
  expect(tryOut).not.toHaveBeenCalled()
})

test('a worker that never starts, or falls, is a browser without one', async () => {
  vi.useFakeTimers()
  const waiting = lacksOfBrowser({ tryOut: async () => await new Promise<never>(() => undefined) })
  await vi.advanceTimersByTimeAsync(61_000)
  expect(await waiting).toEqual(['worker'])
  expect(await lacksOfBrowser({ tryOut: async () => await Promise.reject(new Error('gone')) })).toEqual(['worker'])
})

test('a browser that lacks what the program is written with is too old, and says so', async () => {
  vi.stubGlobal('AbortSignal', {})
  expect(await lacksOfBrowser({ tryOut: async () => [] })).toEqual(['script'])
})

const page = readFileSync('docs/running.md', 'utf8')
const rows = page
  .slice(page.indexOf('### How old a browser may be'))
  .split('\n')
  .filter((line) => /^\| .*\| +\d/.test(line))
  .map((line) => line.split('|').map((cell) => cell.trim()))
  .map(([, what = '', code = '', ...versions]) => ({ what, code, versions: versions.slice(0, 3).map(Number) }))

test('the page for operators names everything that is looked for, and nothing else', () => {
  const named = rows.map(({ code }) => code.replaceAll('`', '')).filter((code) => code !== '')
  expect(new Set(named)).toEqual(new Set(Object.keys(lackSentences)))
})

test('the oldest browsers that it names follow from its list', () => {
  const oldest = [0, 1, 2].map((at) => Math.max(...rows.map(({ versions }) => versions[at] ?? Number.NaN)))
  expect(page.replace(/\s+/g, ' ')).toContain(
    `Chromium ${oldest[0]}, Firefox ${oldest[1]} and Safari ${oldest[2]} are the oldest`,
  )
})
