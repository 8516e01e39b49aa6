export type RecordErrorReason = 'not-json' | 'unknown-schema' | 'bad-shape' | 'withdrawn'

/** Thrown where something that claims to be a record is none; it says why, never what was in it. */
export class RecordError extends Error {
  readonly reason: RecordErrorReason

  constructor(reason: RecordErrorReason, options?: ErrorOptions) {
    super(`record refused: ${reason}`, options)
    this.name = 'RecordError'
    this.reason = reason
  }
}
