/**
 * One cookie that says nothing but that there were accounts in this browser. It tells a tablet whose data the browser
 * has removed from one that is new: cookies are often spared. Renewed at every unlock, for browsers forget it after 400 days.
 */
const name = '__Host-had-data'
const days400 = 34_560_000

/* oxlint-disable unicorn/no-document-cookie -- the CookieStore is not in every browser that we support */
export function noteHadData(): void {
  document.cookie = `${name}=1; Path=/; Secure; SameSite=Strict; Max-Age=${days400}`
}

/** The accounts were wiped by hand: what follows is a first start. */
export function forgetHadData(): void {
  document.cookie = `${name}=; Path=/; Secure; SameSite=Strict; Max-Age=0`
}

export const hadData = (): boolean => document.cookie.split('; ').includes(`${name}=1`)
