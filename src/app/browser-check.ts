/** What this browser lacks of the things that Daybook cannot do without (security design, section 6). */
export type Lack = 'secure-context' | 'crypto' | 'files' | 'locks' | 'database' | 'service-worker'

/** The missing parts, in words of the web platform; empty when everything is there. Tried, not only looked for. */
export async function lacksOfBrowser(): Promise<readonly Lack[]> {
  if (!isSecureContext) return ['secure-context']
  const lacks: Lack[] = []
  if (!('subtle' in crypto)) lacks.push('crypto')
  if (!('locks' in navigator)) lacks.push('locks')
  if (!('indexedDB' in globalThis)) lacks.push('database')
  if (!('serviceWorker' in navigator)) lacks.push('service-worker')
  const files = await navigator.storage?.getDirectory?.().then(
    () => true,
    () => false,
  )
  if (!files) lacks.push('files')
  return lacks
}

/** Whether the browser promised to keep our data; `undefined` while it was not asked or does not say. */
export async function storageIsKept(): Promise<boolean | undefined> {
  return await navigator.storage?.persisted?.().catch(() => undefined)
}

/** Asks the browser to keep our data; some ask the person, so nobody waits for the answer. */
export async function askToKeepStorage(): Promise<boolean | undefined> {
  return await navigator.storage?.persist?.().catch(() => undefined)
}
