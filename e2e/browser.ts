import { spawnSync } from 'node:child_process'
import { type BrowserContext, type Page, chromium } from '@playwright/test'

/** The real Chromium, with a profile folder of its own that outlives it. */
export const tablet = { width: 800, height: 1280 } as const

const quiet = [
  '--no-sandbox',
  '--disable-quic',
  '--no-first-run',
  '--disable-background-networking',
  '--disable-component-update',
  '--disable-sync',
]

const executablePath = (): string => {
  const path = process.env['CHROMIUM']
  if (!path) throw new Error('CHROMIUM names no browser; run npm test, which finds one')
  return path
}

export async function openBrowser(profile: string, more: Parameters<typeof chromium.launchPersistentContext>[1] = {}) {
  const context = await chromium.launchPersistentContext(profile, {
    executablePath: executablePath(),
    args: quiet,
    viewport: tablet,
    hasTouch: true,
    serviceWorkers: 'allow',
    ...more,
  })
  context.setDefaultTimeout(15_000)
  return context
}

export const onlyPage = async (context: BrowserContext): Promise<Page> =>
  context.pages()[0] ?? (await context.newPage())

/** Kills every process of the browser on this profile at once, as a power cut would. */
export function killBrowser(profile: string): void {
  spawnSync('pkill', ['-KILL', '-f', '--', `--user-data-dir=${profile}`])
}

/** What must stay empty during every story: console lines, page errors, refusals of the content policy. */
export function watchForNoise(context: BrowserContext): string[] {
  const noise: string[] = []
  const watch = (page: Page) => {
    page.on('console', (line) => {
      // A refused connection is what being offline looks like; the browser itself writes that line.
      if (!/net::ERR_|Failed to load resource/.test(line.text())) noise.push(`${line.type()}: ${line.text()}`)
    })
    page.on('pageerror', (error) => noise.push(`error: ${error.message}`))
  }
  context.on('page', watch)
  context.pages().forEach(watch)
  return noise
}
