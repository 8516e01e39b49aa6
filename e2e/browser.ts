import { readdirSync, readFileSync } from 'node:fs'
import { type BrowserContext, type Page, chromium } from '@playwright/test'
import { removeFolder } from './house.ts'

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

interface Process {
  readonly pid: number
  readonly parent: number
  readonly words: readonly string[]
}

const numbers = /^\d+$/

/** The processes of this machine as the kernel lists them; one that ends meanwhile is left out. */
function processes(): Process[] {
  return readdirSync('/proc')
    .filter((name) => numbers.test(name))
    .flatMap((name) => {
      try {
        const [, afterName = ''] = readFileSync(`/proc/${name}/stat`, 'utf8').split(/^.*\) /s)
        const words = readFileSync(`/proc/${name}/cmdline`, 'utf8').split('\0')
        return [{ pid: Number(name), parent: Number(afterName.split(' ')[1]), words }]
      } catch {
        return []
      }
    })
}

/** Kills every process of the browser on this profile, one right after the other, as a power cut would. Gives how many. */
export function killBrowser(profile: string): number {
  const all = processes()
  const first = all.filter(({ words }) => words.includes(`--user-data-dir=${profile}`)).map(({ pid }) => pid)
  const ours = new Set(first)
  const grown = () => all.filter(({ pid, parent }) => ours.has(parent) && !ours.has(pid))
  for (let more = grown(); more.length > 0; more = grown()) for (const { pid } of more) ours.add(pid)
  for (const pid of ours)
    try {
      process.kill(pid, 'SIGKILL')
    } catch {
      // It has just ended with its parent.
    }
  return ours.size
}

/**
 * What must stay empty during every story: console lines of pages and workers, page errors, refusals of the content
 * policy (they are console lines), and, with `origins`, requests to any other origin than these.
 */
export function watchForNoise(context: BrowserContext, origins?: readonly string[]): string[] {
  const noise: string[] = []
  // A refused connection, or an answer that says no, is what the story is about; the browser itself writes that line.
  const hear = (type: string, text: string) => {
    if (!/net::ERR_|Failed to load resource/.test(text)) noise.push(`${type}: ${text}`)
  }
  const watch = (page: Page) => {
    page.on('console', (line) => hear(line.type(), line.text()))
    page.on('pageerror', (error) => noise.push(`error: ${error.message}`))
  }
  context.on('page', watch)
  context.pages().forEach(watch)
  context.on('serviceworker', (worker) => worker.on('console', (line) => hear(`worker ${line.type()}`, line.text())))
  context.on('request', (request) => {
    const url = new URL(request.url())
    if (origins && /^https?:$/.test(url.protocol) && !origins.includes(url.origin)) noise.push(`request: ${url.origin}`)
  })
  return noise
}

/** Ends a browser that a failed story left behind, and removes its profile. */
export function removeProfile(profile: string): void {
  if (profile === '') return
  killBrowser(profile)
  removeFolder(profile)
}
