import * as z from 'zod/mini'
import { base64UrlSchema, idSchema } from '../src/batch/signed-text.ts'
import { json, signed, unsigned } from './answers.ts'
import { turnAway } from './failures.ts'
import { jsonOf, numberIn, takeBody } from './intake.ts'
import type { Ask, Parts } from './parts.ts'
import type { Enrolment, EnrolmentAsked } from './store.ts'
import { hashOf, newToken, storeFor } from './tokens.ts'
import { deviceOf } from './who.ts'

const enrolSchema = z.strictObject({
  deviceId: idSchema,
  code: z.string().check(z.regex(/^[\w-]{8,64}$/)),
  token: z.optional(base64UrlSchema(32)),
})

/**
 * `POST /v1/enrol {deviceId, code, token?}`: gives the device its token, which is stored as a hash. A device that names the
 * token itself keeps it, in whatever order its requests arrive; otherwise each answer brings another one.
 */
export async function enrol(ask: Ask, parts: Parts): Promise<Response> {
  const taken = await takeBody(ask, parts, {
    most: parts.limits.smallBodyBytes,
    use: async (bytes) => enrolSchema.safeParse(jsonOf(bytes)).data,
  })
  if (taken.status === 'refused') return unsigned(ask, taken.code)
  if (!taken.value) return unsigned(ask, 'bad-body')
  const { deviceId, code, token = newToken() } = taken.value
  ask.set('device', deviceId)
  const asked = { deviceId, codeHash: hashOf(code), tokenHash: hashOf(token), at: parts.clock(), run: parts.run }
  const enrolment = await letIn(asked, parts)
  if ('org' in enrolment) ask.set('org', enrolment.org)
  if (enrolment.status === 'too-many-requests') return unsigned(ask, enrolment.status, enrolment.wait)
  if (enrolment.status !== 'enrolled') return turnAway(ask, parts, enrolment.status, { tried: asked.codeHash })
  return json(ask, 'enrolled', { token, store: storeFor(enrolment.org, parts) })
}

type LetIn = Enrolment | { readonly status: 'too-many-requests'; readonly org: string; readonly wait: number }

/**
 * Looks first, so that a bad code takes no lock of the store; a good one counts among the requests of the device, which
 * nobody can use up who has neither its code nor its token.
 */
async function letIn(asked: EnrolmentAsked, { store, quota, clock }: Parts): Promise<LetIn> {
  const foreseen = await store.foreseeEnrolment(asked)
  if (foreseen.status !== 'enrolled') return foreseen
  const { org } = foreseen
  const wait = quota.take(`${org} ${asked.deviceId}`, clock())
  return wait > 0 ? { status: 'too-many-requests', org, wait } : await store.enrol(asked)
}

/** Receipts in one answer, by number and by length of their texts; the device asks again after the last it got. */
const page = { receipts: 50, length: 1024 * 1024 }

/** `GET /v1/receipts?after=n`: what the desk said about this device's boxes, oldest first. */
export async function giveReceipts(ask: Ask, parts: Parts): Promise<Response> {
  const device = await deviceOf(ask, parts)
  if (typeof device === 'string') return turnAway(ask, parts, device)
  const wait = parts.quota.take(`${device.org} ${device.deviceId}`, parts.clock())
  if (wait > 0) return unsigned(ask, 'too-many-requests', wait)
  if (device.revoked) return signed(ask, parts, 'revoked')
  const after = numberIn(ask, 'after', 0)
  if (after === undefined) return unsigned(ask, 'bad-query')
  const receipts = await parts.store.listReceipts(device.org, device.deviceId, after, page.receipts)
  return json(ask, 'receipts', { store: storeFor(device.org, parts), receipts: upTo(page.length, receipts) })
}

/** As many as fit, the first in any case. */
function upTo<T extends { readonly text: string }>(length: number, receipts: readonly T[]): T[] {
  let total = 0
  return receipts.filter(({ text }, i) => (total += text.length) <= length || i === 0)
}
