import type { ContentfulStatusCode } from 'hono/utils/http-status'
import { digestPattern, jsonContentType } from '../src/batch/protocol.ts'
import { signRefusal } from '../src/batch/receipt.ts'
import type { Ask, Parts } from './parts.ts'

/** What an answer says of itself, in the body and in the log. Closed, and never a word of what was sent. */
type AnswerCode =
  | 'bad-token'
  | 'wrong-token'
  | 'revoked'
  | 'not-found'
  | 'not-allowed'
  | 'no-length'
  | 'bad-length'
  | 'bad-name'
  | 'bad-body'
  | 'bad-batch'
  | 'bad-query'
  | 'wrong-digest'
  | 'too-large'
  | 'too-slow'
  | 'cut-off'
  | 'no-room'
  | 'too-many-requests'
  | 'too-many-failures'
  | 'too-much-today'
  | 'disk-full'
  | 'bad-code'
  | 'code-expired'
  | 'code-spent'
  | 'known-device'
  | 'busy'
  | 'failed'

const statusOf = {
  'bad-token': 401,
  'wrong-token': 403,
  revoked: 403,
  'not-found': 404,
  'not-allowed': 405,
  'no-length': 411,
  'bad-length': 400,
  'bad-name': 400,
  'bad-body': 400,
  'bad-batch': 400,
  'bad-query': 400,
  'wrong-digest': 400,
  'too-large': 413,
  'too-slow': 408,
  'cut-off': 400,
  'no-room': 503,
  'too-many-requests': 429,
  'too-many-failures': 429,
  'too-much-today': 429,
  'disk-full': 507,
  'bad-code': 403,
  'code-expired': 403,
  'code-spent': 403,
  'known-device': 409,
  busy: 503,
  failed: 500,
} as const satisfies Record<AnswerCode, ContentfulStatusCode>

/** An answer that refuses nothing for good: it is not signed, and whoever asked tries again. */
export function unsigned(ask: Ask, code: UnsignedCode, retryAfter?: number): Response {
  ask.set('code', code)
  if (retryAfter !== undefined) ask.header('Retry-After', String(retryAfter))
  // What is left of a body that was given up on must not be taken for the next request.
  if (code === 'too-slow' || code === 'cut-off' || code === 'no-room') ask.header('Connection', 'close')
  return ask.json({ error: code }, statusOf[code])
}

type SignedStatus = 401 | 403 | 404 | 410
export type UnsignedCode = Exclude<AnswerCode, SignedCode>
export type SignedCode = { [C in AnswerCode]: (typeof statusOf)[C] extends SignedStatus ? C : never }[AnswerCode]

/**
 * 401, 403, 404 and 410 carry our signature; without it they would be a portal's word (security.md section 8). Whose key
 * signs is known by the token; where nobody is known and the receiver serves several organisations, nobody's does.
 */
export async function signed(
  ask: Ask,
  { keys }: Parts,
  code: SignedCode,
  about: { batchId?: string } = {},
): Promise<Response> {
  ask.set('code', code)
  const status = statusOf[code]
  const batchId = digestPattern.test(about.batchId ?? '') ? (about.batchId ?? null) : null
  const refusal = { v: 1, code: status, deviceId: ask.get('device'), batchId } as const
  const key = await keys.of(ask.get('org'))
  if (!key) return ask.json({ error: code }, status)
  return ask.body(await signRefusal(refusal, key.privateKey), status, { 'Content-Type': jsonContentType })
}

export function json(ask: Ask, code: string, body: object, status: ContentfulStatusCode = 200): Response {
  ask.set('code', code)
  return ask.json(body, status)
}
