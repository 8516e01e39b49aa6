import { senderLock } from '../database.ts'

/** The part of `navigator.locks` that is used. */
interface Locks {
  request(name: string, options: { readonly signal: AbortSignal }, callback: () => Promise<void>): Promise<unknown>
}

/**
 * Takes the place of whoever sends, until `over` is aborted: meanwhile neither this page nor another tab sends, nor the
 * service worker, which has no account to judge settings by. What is on its way at this moment is waited for.
 */
export async function stopSending(locks: Locks, over: AbortSignal): Promise<void> {
  const ended = new Promise<void>((resolve) => over.addEventListener('abort', () => resolve()))
  await locks
    .request(senderLock, { signal: over }, () => ended)
    .catch((error: unknown) => {
      if (!over.aborted) throw error
    })
}
