import type { BrowserContext, Page } from '@playwright/test'
import { onlyPage, openBrowser, removeProfile } from './browser.ts'
import { type House, newPlaces, type Places, removeFolder, startHouse, temporaryFolder } from './house.ts'
import { listenForNoise } from './noise.ts'

/** A house and a browser that is at it, on a profile of its own: what most stories begin with. */
export interface Workplace {
  readonly places: Places
  readonly profile: string
  readonly house: House
  readonly context: BrowserContext
  readonly page: Page
  /** What ought to stay empty; see `listenForNoise`. */
  readonly noise: readonly string[]
  /** Closes the browser, where it still runs, and opens it again on the same profile. Gives its page. */
  readonly openAgain: () => Promise<Page>
  /** Starts the house again, which was stopped. */
  readonly startAgain: () => Promise<House>
  readonly close: () => Promise<void>
}

type Wishes = NonNullable<Parameters<typeof openBrowser>[1]> & {
  /** Done with each browser before it has loaded anything. */
  readonly prepare?: (context: BrowserContext) => Promise<void>
}

export async function aWorkplace(name: string, { prepare, ...options }: Wishes = {}): Promise<Workplace> {
  const places = await newPlaces(name)
  const profile = temporaryFolder(`${name}-profile`)
  const noise: string[] = []
  const open = async () => {
    const context = await openBrowser(profile, options)
    const ours = [house.appUrl, house.receiverUrl]
    listenForNoise(
      context,
      (origin) => ours.includes(origin),
      (line) => noise.push(line),
    )
    await prepare?.(context)
    return { context, page: await onlyPage(context) }
  }
  let house = await startHouse(places)
  let browser: Awaited<ReturnType<typeof open>> | undefined
  const close = async () => {
    // One that was killed is closed already.
    await browser?.context.close().catch(() => undefined)
    removeProfile(profile)
    await house.stop()
    removeFolder(places.data)
  }
  try {
    browser = await open()
  } catch (cause) {
    await close()
    throw cause
  }
  let { context, page } = browser
  return {
    places,
    profile,
    noise,
    get house() {
      return house
    },
    get context() {
      return context
    },
    get page() {
      return page
    },
    openAgain: async () => {
      await context.close().catch(() => undefined)
      ;({ context, page } = browser = await open())
      return page
    },
    startAgain: async () => {
      house = await startHouse(places)
      return house
    },
    close,
  }
}
