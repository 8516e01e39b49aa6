// How bytes are closed. Bytes go in, bytes come out; this room has never heard of a victim.
// What is sealed is bound to the name it was sealed under and opens nowhere else. Formats say their version first.
// `crypto.subtle` is called in this folder only. No file here writes, sends or logs anything.

/** Why a door of this room stayed shut. Closed, so that every reason can be said on a screen. */
export const sealReasons = [
  'no-passphrase',
  'kdf-limits',
  'kdf-failed',
  'bad-header',
  'cannot-open',
  'unknown-layout',
  'bad-padding',
  'bad-recipient',
  'mixed-recipients',
  'bad-identity',
  'bad-key',
  'bad-words',
  'bad-text',
  'not-age',
] as const
export type SealReason = (typeof sealReasons)[number]

/** Thrown by everything in `seal/`. The message is the reason alone: no data is ever quoted. */
export class SealError extends Error {
  readonly reason: SealReason

  constructor(reason: SealReason, cause?: unknown) {
    super(reason, { cause })
    this.name = 'SealError'
    this.reason = reason
  }
}
