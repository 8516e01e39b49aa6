import type { VaultApi } from '../vault/api.ts'
import type { TrialPart } from '../vault/trial.ts'
import { hadData } from './had-data.ts'

/** What this browser lacks of the things that Daybook cannot do without (security design, section 6). */
export type Lack = 'secure-context' | 'script' | 'service-worker' | 'worker' | TrialPart

/** The youngest things that our own code calls, by where they are found; docs/running.md says since when they exist. */
const youngest = (): readonly (readonly [object | undefined, string])[] => [
  [Array.prototype, 'toSorted'],
  [Object, 'hasOwn'],
  [globalThis.AbortSignal, 'timeout'],
  [globalThis.Element?.prototype, 'checkVisibility'],
  [globalThis.HTMLDialogElement?.prototype, 'showModal'],
]

/** What a look finds missing; asked at every start. */
async function seenLacks(): Promise<readonly Lack[]> {
  if (!isSecureContext) return ['secure-context']
  const lacks: Lack[] = []
  if (youngest().some(([where, name]) => !where || !(name in where))) lacks.push('script')
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

/** The vault's own limits for each part are shorter: only a worker that never started takes this long. */
const patience = 60_000

/** What does not work when it is done: asked before the first account, and never of a browser that had one. */
async function triedLacks(vault: Pick<VaultApi, 'tryOut'>): Promise<readonly Lack[]> {
  let timer: ReturnType<typeof setTimeout> | undefined
  const late = new Promise<readonly Lack[]>((resolve) => {
    timer = setTimeout(() => resolve(['worker']), patience)
  })
  try {
    return await Promise.race([vault.tryOut(), late])
  } catch {
    return ['worker']
  } finally {
    clearTimeout(timer)
  }
}

let pass: () => void = () => undefined
/** Resolves once nothing is missing: whatever keeps something in the browser waits for it. */
export const passed = new Promise<void>((resolve) => {
  pass = resolve
})

/** The missing parts, in words of the web platform; empty when everything is there. Keeps nothing. */
export async function lacksOfBrowser(vault: Pick<VaultApi, 'tryOut'>): Promise<readonly Lack[]> {
  const seen = await seenLacks()
  const lacks = seen.length > 0 || hadData() ? seen : await triedLacks(vault)
  if (lacks.length === 0) pass()
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
