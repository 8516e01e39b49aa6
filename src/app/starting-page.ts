/** The address at which nothing but the start of a new version is on the screen; behind the # its language and the try. */
const path = '/starting'

/** How often that page is loaded before the app opens as it was. */
const triesOfAStart = 6

/** Where the app opens when the browser kept the version of before. */
export const keptFragment = '#/kept'

export interface Start {
  readonly locale: string
  /** From 1. */
  readonly tried: number
}

export const startingPage = (locale: string, tried = 1): string => `${path}#${locale}.${tried}`

/** What the page that starts a new version was asked for; undefined on every other page. */
export function startingIn({ pathname, hash }: Pick<Location, 'pathname' | 'hash'>): Start | undefined {
  if (pathname !== path) return undefined
  const [locale = '', tried] = hash.slice(1).split('.')
  return { locale, tried: Number(tried) || 1 }
}

/** Where to go when the browser has kept the older version: once more to the start, or to the app as it was. */
export function afterKept({ locale, tried }: Start): string {
  return tried < triesOfAStart ? startingPage(locale, tried + 1) : `/${keptFragment}`
}

/**
 * Leaves the page, and again after `wait` milliseconds, and after twice as many: while one service worker follows the
 * other, Chromium now and then loses the way to the next page, and whoever is still here then would stay for good.
 */
export function leave(go: () => void | Promise<void>, wait = 5_000): void {
  void Promise.resolve(go()).then(() => setTimeout(() => leave(go, wait * 2), wait))
}
