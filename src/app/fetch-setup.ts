import { BatchError } from '../batch/batch-error.ts'
import { setupSizeLimit } from '../batch/protocol.ts'
import { configFingerprint, openSetup, readSetupLink, setupSha, type Setup } from '../batch/setup.ts'

/** What a set-up link led to. `link`: damaged or changed; `unreachable`: the document could not be loaded. */
export type FetchedSetup =
  | { readonly status: 'found'; readonly setup: Setup; readonly words: readonly string[]; readonly code?: string }
  | { readonly status: 'link' }
  | { readonly status: 'changed' }
  | { readonly status: 'unreachable'; readonly host: string }

/** Reads the link, loads its document without telling who asks, and believes it only if its digest is the link's. */
export async function fetchSetup(link: string): Promise<FetchedSetup> {
  let read: ReturnType<typeof readSetupLink>
  try {
    read = readSetupLink(link)
  } catch {
    return { status: 'link' }
  }
  const text = 'b' in read ? read.b : await load(read.u)
  if (text === undefined) return { status: 'unreachable', host: 'u' in read ? new URL(read.u).host : '' }
  return await found(text, read.h, read.c)
}

/** What an organisation handed over as a file: its set-up link, or the settings themselves, which bring no code. */
export async function setupInFile(text: string): Promise<FetchedSetup> {
  if (text.includes('#/setup/')) return await fetchSetup(text)
  const read = await found(text, await setupSha(text), undefined)
  return read.status === 'found' ? read : { status: 'link' }
}

async function found(text: string, digest: string, code: string | undefined): Promise<FetchedSetup> {
  try {
    const setup = await openSetup(text, digest)
    const words = await configFingerprint(setup.configuration)
    return { status: 'found', setup, words, ...(code !== undefined && { code }) }
  } catch (cause) {
    if (cause instanceof BatchError) return { status: 'changed' }
    throw cause
  }
}

async function load(url: string): Promise<string | undefined> {
  const answer = await fetch(url, {
    credentials: 'omit',
    redirect: 'error',
    referrerPolicy: 'no-referrer',
    cache: 'no-store',
    signal: AbortSignal.timeout(30_000),
  }).catch(() => undefined)
  if (!answer?.ok) return undefined
  const text = await answer.text().catch(() => undefined)
  return text !== undefined && text.length <= setupSizeLimit ? text : undefined
}
