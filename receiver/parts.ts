import type { Context } from 'hono'
import type { ReceiptKeys } from './receipt-keys.ts'
import type { Limits } from './limits.ts'
import type { Metrics } from './metrics.ts'
import type { Log } from './log.ts'
import type { FailureQuota, RequestQuota } from './quota.ts'
import type { Spool } from './spool.ts'
import type { Store } from './store.ts'

/** What the handler is made of. Clock, log and disk come from outside, so that tests can hold them. */
export interface Parts {
  readonly store: Store
  /** Names what is kept; another one after a backup was brought back, so that readers begin at the first again. */
  readonly storeId: string
  readonly keys: ReceiptKeys
  /** Milliseconds since 1970. */
  readonly clock: () => number
  readonly log: Log
  readonly metrics: Metrics
  readonly limits: Limits
  readonly appOrigins: readonly string[]
  readonly spool: Spool
  readonly quota: RequestQuota
  readonly failures: FailureQuota
  readonly freeShare: () => Promise<number>
  /** Names this run of the receiver: codes that hold only while it runs are bound to it. */
  readonly run: string
}

/** What a request gathers on its way for the log. */
export type Env = { Variables: { org: string | null; device: string | null; code: string } }
export type Ask = Context<Env>
