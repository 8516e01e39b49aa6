import { signed, unsigned, type SignedCode } from './answers.ts'
import type { Ask, Parts } from './parts.ts'
import { tokenHashOf } from './who.ts'

export interface Failure {
  readonly batchId?: string
  /** The hash of what was tried, where that is not the token of the request. */
  readonly tried?: string
}

/**
 * Refuses whoever has no good token, code or address: signed while few fail; beyond that it costs no signature, is 429
 * and refuses nothing. Only who was looked up and not found comes here, so that nobody who has a good one ever waits for
 * others (decision 31).
 */
export async function turnAway(
  ask: Ask,
  parts: Parts,
  code: SignedCode | 'known-device',
  { batchId, tried = tokenHashOf(ask) ?? '' }: Failure = {},
): Promise<Response> {
  const wait = parts.failures.take(ask.get('org') ?? '', tried, parts.clock())
  if (wait > 0) return unsigned(ask, 'too-many-failures', wait)
  if (code === 'known-device') return unsigned(ask, code)
  return signed(ask, parts, code, batchId === undefined ? {} : { batchId })
}
