import { readdirSync, readFileSync } from 'node:fs'
import { type BrowserContext, type Page, chromium, firefox, test } from '@playwright/test'
import { removeFolder } from './house.ts'
import { failAtNoise, listenForNoise } from './noise.ts'

/** The real browsers, with a profile folder of their own that outlives them. */
export const tablet = { width: 800, height: 1280 } as const

const quiet = [
  '--no-sandbox',
  '--disable-quic',
  '--no-first-run',
  '--disable-background-networking',
  '--disable-component-update',
  '--disable-sync',
]

export const browserNames = ['chromium', 'firefox'] as const
export type BrowserName = (typeof browserNames)[number]

function executablePath(variable: string): string {
  const path = process.env[variable]
  if (!path) throw new Error(`${variable} names no browser; run npm test, which finds one`)
  return path
}

/** Firefox asks the person before it promises to keep the storage; these answer for them. */
const answersForFirefox = { 'dom.storageManager.prompt.testing': true, 'dom.storageManager.prompt.testing.allow': true }

/** The browser that this run of a story is in. */
export const browserOfStory = (): BrowserName => (test.info().project.name === 'firefox' ? 'firefox' : 'chromium')

/**
 * Playwright 1.64 fills a field of Firefox by setting its value behind React's back, which then takes the event for none.
 * What stands in that function's place puts the text in as typing does.
 */
function typeAsAPersonDoes(): void {
  const insert = (text: string) => {
    let focused = document.activeElement
    while (focused?.shadowRoot) focused = focused.shadowRoot.activeElement
    if (focused instanceof HTMLIFrameElement) return focused
    return void document.execCommand('insertText', false, text)
  }
  Object.defineProperty(globalThis, '__pw_bidiInsertText', {
    get: () => insert,
    set() {
      // Playwright's own, which comes after this.
    },
  })
}

type Options = NonNullable<Parameters<typeof chromium.launchPersistentContext>[1]> & {
  readonly browser?: BrowserName | undefined
  /** Lines that the story makes the browser say on purpose; at any other it fails. */
  readonly told?: RegExp
}

export async function openBrowser(
  profile: string,
  { browser = browserOfStory(), told, args = [], ...more }: Options = {},
) {
  const common: Options = { viewport: tablet, hasTouch: true, serviceWorkers: 'allow' }
  const context =
    browser === 'firefox'
      ? await firefox.launchPersistentContext(profile, {
          ...common,
          channel: 'moz-firefox',
          executablePath: executablePath('FIREFOX'),
          firefoxUserPrefs: answersForFirefox,
          ...more,
        })
      : await chromium.launchPersistentContext(profile, {
          ...common,
          executablePath: executablePath('CHROMIUM'),
          args: [...quiet, ...args],
          ...more,
        })
  if (browser === 'firefox') await context.addInitScript(typeAsAPersonDoes)
  context.setDefaultTimeout(15_000)
  failAtNoise(context, told)
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

/** Every process of the browser on this profile, with the words that it was started with. */
export function processesOf(profile: string): readonly Process[] {
  const all = processes()
  const named = (word: string) => word === profile || word === `--user-data-dir=${profile}`
  const ours = new Set(all.filter(({ words }) => words.some(named)).map(({ pid }) => pid))
  const grown = () => all.filter(({ pid, parent }) => ours.has(parent) && !ours.has(pid))
  for (let more = grown(); more.length > 0; more = grown()) for (const { pid } of more) ours.add(pid)
  return all.filter(({ pid }) => ours.has(pid))
}

/** Kills every process of the browser on this profile, one right after the other, as a power cut would. Gives how many. */
export function killBrowser(profile: string): number {
  const ours = processesOf(profile)
  for (const { pid } of ours)
    try {
      process.kill(pid, 'SIGKILL')
    } catch {
      // It has just ended with its parent.
    }
  return ours.length
}

/** What must stay empty during a story, to be looked at by itself; see `listenForNoise`. Without `origins` all are ours. */
export function watchForNoise(context: BrowserContext, origins?: readonly string[]): string[] {
  const noise: string[] = []
  listenForNoise(
    context,
    (origin) => origins?.includes(origin) ?? true,
    (line) => noise.push(line),
  )
  return noise
}

/** Ends a browser that a failed story left behind, and removes its profile. */
export function removeProfile(profile: string): void {
  if (profile === '') return
  killBrowser(profile)
  removeFolder(profile)
}
