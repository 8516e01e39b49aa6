import { i18n } from '../i18n/i18n.ts'
import type { VaultClient } from '../vault/vault-client.ts'
import { forgetHadData } from './had-data.ts'
import { flushAll } from './leaving.ts'

/**
 * Locking gives up the memory, not only the variables: unsaved writing is flushed, other tabs are told, the vault's
 * worker with its keys is ended, and the page leaves for one that opens in another process (security design, section 7).
 */
const channel = new BroadcastChannel('daybook')
const locked = 'locked'

/** What tabs, and the vault's worker, tell each other after an erasure: an account's id, or that everything is gone. */
export interface Erased {
  readonly erased: string
}
export const everything = 'everything'

export async function lock(clients: readonly VaultClient[], { tell = true } = {}): Promise<void> {
  await flushAll()
  await letGo(clients)
  if (tell) channel.postMessage(locked)
  leave(clients)
}

/** One of several accounts of this page ends its shift: its worker ends, and other tabs lock. The page stays. */
export async function endShift(client: VaultClient): Promise<void> {
  await flushAll()
  await letGo([client])
  channel.postMessage(locked)
  client.end()
}

async function letGo(clients: readonly VaultClient[]): Promise<void> {
  const all = Promise.allSettled(clients.map(async ({ api }) => await api.lock()))
  await Promise.race([all, new Promise((resolve) => setTimeout(resolve, 500))])
}

/** The static page knows every language of the app; it shows the one that its address names, else English. */
function lockedPage(locale: string): string {
  return locale === 'en' ? '/locked' : `/locked#${locale}`
}

/** The same page without the words that everything is saved. */
function barePage(locale: string): string {
  return `/locked#bare-${locale}`
}

/** The keys are gone already: this tab ends its vault, tells the others and leaves; `empty` runs before it leaves. */
export async function leaveErased(
  client: VaultClient,
  erased: string,
  { tell = true, empty }: { readonly tell?: boolean; readonly empty?: () => Promise<void> } = {},
): Promise<void> {
  client.end()
  if (erased === everything) forgetHadData()
  if (tell) channel.postMessage({ erased } satisfies Erased)
  await empty?.()
  location.replace(barePage(i18n.locale))
}

/** Calls with an account's id, or `everything`, when another tab has erased it. Gives what ends the watching. */
export function watchForErased(erased: (what: string) => void): () => void {
  const told = ({ data }: MessageEvent<unknown>) => {
    if (typeof data === 'object' && data !== null && 'erased' in data) erased(String(data.erased))
  }
  channel.addEventListener('message', told)
  return () => channel.removeEventListener('message', told)
}

/** Without a flush: the page is going away, or another tab has locked and the flush was its first act. */
function leave(clients: readonly VaultClient[]): void {
  for (const client of clients) client.end()
  location.replace(lockedPage(i18n.locale))
}

/** Locks every account of this page when another tab locks, and when the browser puts the page away. Gives what ends the watching. */
export function lockWithOthers(clients: () => readonly VaultClient[]): () => void {
  const told = (event: MessageEvent) => {
    if (event.data === locked) void lock(clients(), { tell: false })
  }
  // A page that is being closed takes its worker along, after the last save; one that is put aside must not keep keys.
  const away = (event: PageTransitionEvent) => {
    if (event.persisted) for (const client of clients()) client.end()
  }
  const back = (event: PageTransitionEvent) => {
    if (event.persisted) leave(clients())
  }
  channel.addEventListener('message', told)
  addEventListener('pagehide', away)
  addEventListener('pageshow', back)
  return () => {
    channel.removeEventListener('message', told)
    removeEventListener('pagehide', away)
    removeEventListener('pageshow', back)
  }
}
