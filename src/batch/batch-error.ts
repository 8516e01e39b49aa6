/** Why something that travels was not taken. Closed, so that every reason can be said on a screen. */
export const batchReasons = [
  'not-age',
  'cannot-open',
  'unknown-layout',
  'too-large',
  'bad-padding',
  'bad-lengths',
  'bad-json',
  'bad-signature',
  'bad-recipient',
  'mixed-recipients',
  'bad-configuration',
  'older',
  'foreign',
  'bad-setup',
] as const
export type BatchReason = (typeof batchReasons)[number]

/** Thrown by everything in `batch/`. The message is the reason alone: no data is ever quoted. */
export class BatchError extends Error {
  readonly reason: BatchReason

  constructor(reason: BatchReason, cause?: unknown) {
    super(reason, { cause })
    this.name = 'BatchError'
    this.reason = reason
  }
}
