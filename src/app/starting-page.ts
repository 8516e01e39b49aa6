/** The address at which nothing but the start of a new version is on the screen; behind the # its language. */
const path = '/starting'

/** Where the app opens when the browser kept the version of before. */
export const keptFragment = '#/kept'

export const startingPage = (locale: string): string => `${path}#${locale}`

/** The language of the page that starts a new version; undefined on every other page. */
export function startingIn({ pathname, hash }: Location): string | undefined {
  return pathname === path ? hash.slice(1) : undefined
}
