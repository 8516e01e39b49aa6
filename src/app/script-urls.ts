/**
 * The one Trusted Types policy of the page: it lets through the scripts of our own build and nothing else. Where the
 * browser has no Trusted Types, the text itself is handed on.
 */
interface Policy {
  createScriptURL(url: string): unknown
}
interface Factory {
  createPolicy(name: string, rules: { createScriptURL(url: string): string }): Policy
}

const own = (url: string): string => {
  const at = new URL(url, location.href)
  const ours = at.pathname === '/sw.js' || at.pathname.startsWith('/assets/') || at.pathname.startsWith('/src/')
  if (at.origin === location.origin && ours) return at.href
  throw new TypeError('not a script of this app')
}

const factory = (globalThis as { trustedTypes?: Factory }).trustedTypes
const policy = factory?.createPolicy('app-url', { createScriptURL: own })

/** The URL of one of our own scripts, in the form that `new Worker` and `register` take; throws for any other. */
export const scriptUrl = (url: string): string => (policy ? (policy.createScriptURL(url) as string) : own(url))
