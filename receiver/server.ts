// A receiver on this machine: data folder, database, receipt key and server brought together. It starts whole or not at
// all, finishes what it began when told to stop, and never opens, reads or logs what it is given.

import { accessSync, constants, existsSync, mkdirSync } from 'node:fs'
import { randomUUID } from 'node:crypto'
import { join } from 'node:path'
import { type CodeTerms, issueCode } from './codes.ts'
import { freeShareOf } from './disk.ts'
import { openEmbeddedStore } from './embedded-database.ts'
import { standing } from './frame.ts'
import { receiver } from './handler.ts'
import { hasReceiptKey, publicText, type ReceiptKey } from './keys.ts'
import { defaultLimits, type Limits } from './limits.ts'
import { listen, type Listening } from './listen.ts'
import type { Log } from './log.ts'
import { Metrics } from './metrics.ts'
import type { Parts } from './parts.ts'
import { FailureQuota, RequestQuota } from './quota.ts'
import { openPostgresStore } from './postgres-database.ts'
import { orgKey, receiptKeys } from './receipt-keys.ts'
import { ReceiverError } from './receiver-error.ts'
import { Spool } from './spool.ts'
import { firstOrg, type Store } from './store.ts'
import { hashOf, newToken } from './tokens.ts'

export interface StartOptions {
  /** Made where it is missing. Everything the receiver keeps is in it. */
  readonly dataDir: string
  /** The address of a PostgreSQL database, where boxes are kept instead of in the data folder. */
  readonly database?: string
  /** 0 takes a free one. */
  readonly port: number
  /** Where Prometheus may ask; without it nobody may. */
  readonly metricsPort?: number
  readonly host?: string
  /** The only origins whose pages may read our answers. */
  readonly appOrigins: readonly string[]
  readonly log?: Log
  readonly limits?: Partial<Limits>
  readonly clock?: () => number
  readonly freeShare?: () => Promise<number>
}

export interface RunningReceiver {
  readonly url: string
  readonly metricsUrl?: string
  /** The public half of the key that signs receipts, base64url. */
  readonly receiptPublicKey: string
  /** Finishes the requests that are under way, then closes the database. */
  close(): Promise<void>
  /** A code for one device and 14 days, unless told otherwise; `openWhileRunning`: for many, until `close`. */
  issueCode(terms?: { openWhileRunning: true } | { days: number } | { minutes: number }): Promise<string>
  /** A new token for the desk. It is shown here and never again. */
  deskToken(): Promise<string>
}

/** Starts a receiver. Throws ReceiverError for a folder, key, database, origin or port that will not do. */
export async function startReceiver(options: StartOptions): Promise<RunningReceiver> {
  const appOrigins = options.appOrigins.map(exactOrigin)
  const { store, key } = await openData(options.dataDir, 'any', options.database)
  const clock = options.clock ?? Date.now
  const limits = { ...defaultLimits, ...options.limits }
  const run = randomUUID()
  const metrics = new Metrics()
  const storeId = await store.rememberFirst(storeIdName, newToken())
  const parts = {
    store,
    keys: receiptKeys(options.dataDir, store),
    clock,
    log: options.log ?? (() => undefined),
    metrics,
    storeId,
    limits,
    appOrigins,
    spool: new Spool(join(options.dataDir, 'incoming'), limits),
    quota: new RequestQuota(limits.requestsPerMinute),
    failures: new FailureQuota(limits),
    freeShare: options.freeShare ?? freeShareOf(options.dataDir),
    run,
  }
  const listening = await listenAll(options, parts, appOrigins).catch(async (error: unknown) => {
    await store.close()
    throw error
  })
  await store.remember('run', run)
  return {
    url: listening.receiver.url,
    ...(listening.metrics && { metricsUrl: listening.metrics.url }),
    receiptPublicKey: publicText(key),
    close: once(async () => {
      await Promise.all([listening.receiver.close(), listening.metrics?.close()])
      if ((await store.recall('run')) === run) await store.remember('run', '')
      await store.close()
    }),
    issueCode: async (terms) => (await issueCode(store, firstOrg, clock(), termsFor(terms, run))).code,
    deskToken: () => newDeskToken(store, clock()),
  }
}

/** Where the store keeps its own name; `restore` gives it another. */
export const storeIdName = 'store'
/** Stands in a store while a backup is brought into it. */
export const restoringName = 'restoring'

interface Doors {
  readonly receiver: Listening
  readonly metrics?: Listening
}

async function listenAll(options: StartOptions, parts: Parts, appOrigins: readonly string[]): Promise<Doors> {
  const { limits, metrics } = parts
  const host = options.host ?? '127.0.0.1'
  const times = { headerTime: limits.headerTime, socketTime: limits.idleTime * 2, stopTime: limits.stopTime }
  const receiving = await listen(receiver(parts), {
    port: options.port,
    host,
    ...times,
    rawHeaders: rawHeadersFor(appOrigins),
  })
  if (options.metricsPort === undefined) return { receiver: receiving }
  const told = async (request: Request) => await metrics.answer(request)
  try {
    return {
      receiver: receiving,
      metrics: await listen(told, { port: options.metricsPort, host: '127.0.0.1', ...times }),
    }
  } catch (error) {
    await receiving.close()
    throw error
  }
}

/**
 * Opens what a data folder holds, and makes it where it is missing, unless only an existing one will do. Database and
 * receipt key are made together and opened together: where one is there without the other, or with another's, nothing is
 * opened, since tablets hold receipts by this key for boxes in that database. Throws ReceiverError.
 * @param database the address of a PostgreSQL database; the receipt key stays in the folder
 */
export async function openData(
  dataDir: string,
  want: 'any' | 'existing' = 'any',
  database?: string,
): Promise<{ store: Store; key: ReceiptKey }> {
  const [path, keyPath] = [join(dataDir, 'receiver.db'), join(dataDir, 'receipt.key')]
  const isThere = database !== undefined || existsSync(path) || existsSync(keyPath)
  if (want === 'existing' && !isThere) throw new ReceiverError('no-data')
  makeFolder(dataDir)
  const hasKey = await hasReceiptKey(keyPath)
  const ifNew = hasKey ? 'store-lost' : want === 'existing' ? 'no-data' : undefined
  const store = database === undefined ? openEmbeddedStore(path, ifNew) : await openPostgresStore(database)
  try {
    if ((await store.recall(restoringName)) !== undefined) throw new ReceiverError('restore-unfinished')
    const known = await store.recall('receipt-key')
    if (known === undefined && !hasKey && want === 'existing') throw new ReceiverError('no-data')
    return { store, key: await orgKey(dataDir, store, firstOrg) }
  } catch (error) {
    await store.close()
    throw error
  }
}

/** A store in which nothing is yet, for a backup to be brought into. Throws ReceiverError `not-empty`. */
export async function openEmpty(dataDir: string, database?: string): Promise<Store> {
  makeFolder(dataDir)
  const path = join(dataDir, 'receiver.db')
  if (existsSync(path) || existsSync(join(dataDir, 'receipt.key'))) throw new ReceiverError('not-empty')
  const store = database === undefined ? openEmbeddedStore(path) : await openPostgresStore(database)
  const isUsed = async () =>
    (await store.recall('receipt-key')) !== undefined || (await store.recall(restoringName)) !== undefined
  if (!(await isUsed())) return store
  await store.close()
  throw new ReceiverError('not-empty')
}

/** Makes a desk's token; the store gets its hash. */
export async function newDeskToken(store: Store, at: number, org = firstOrg): Promise<string> {
  const token = newToken()
  await store.keepDesk({ org, tokenHash: hashOf(token), at })
  return token
}

function termsFor(
  terms: { openWhileRunning: true } | { days: number } | { minutes: number } | undefined,
  run: string,
): CodeTerms {
  if (!terms) return {}
  return 'openWhileRunning' in terms ? { run } : terms
}

function makeFolder(path: string): void {
  try {
    mkdirSync(path, { recursive: true, mode: 0o700 })
    accessSync(path, constants.R_OK | constants.W_OK | constants.X_OK)
  } catch (cause) {
    throw new ReceiverError('data-folder', cause)
  }
}

function exactOrigin(text: string): string {
  if (!URL.canParse(text) || new URL(text).origin !== text) throw new ReceiverError('bad-origin')
  return text
}

/** Where there is one app origin, it may read even the answers that never reach the handler. */
function rawHeadersFor([only, ...others]: readonly string[]): Record<string, string> {
  if (only === undefined || others.length > 0) return { ...standing }
  return { ...standing, 'Access-Control-Allow-Origin': only }
}

function once(work: () => Promise<void>): () => Promise<void> {
  let done: Promise<void> | undefined
  return () => (done ??= work())
}
