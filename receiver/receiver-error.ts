/** Why a receiver could not start or could not keep what it was given. */
export type ReceiverReason =
  | 'port-in-use'
  | 'port-refused'
  | 'bad-host'
  | 'bad-origin'
  | 'data-folder'
  | 'no-data'
  | 'key-missing'
  | 'key-damaged'
  | 'store-lost'
  | 'not-together'
  | 'store-newer'
  | 'store-damaged'
  | 'store-full'
  | 'store-busy'
  | 'store-failed'
  | 'store-unreachable'
  | 'store-refused'
  | 'bad-database'
  | 'not-empty'
  | 'bad-backup'
  | 'restore-unfinished'
  | 'bad-resealing'
  | 'app-not-built'

/** What this room throws. The message is the reason alone: no data is ever quoted. */
export class ReceiverError extends Error {
  override readonly name = 'ReceiverError'
  readonly reason: ReceiverReason
  /** The system's word for it, like `EADDRINUSE`, where the system said one. */
  readonly code: string | undefined

  constructor(reason: ReceiverReason, cause?: unknown) {
    super(reason, { cause })
    this.reason = reason
    const code = (cause as { code?: unknown } | null | undefined)?.code
    this.code = typeof code === 'string' ? code : undefined
  }
}
