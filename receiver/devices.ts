import * as z from 'zod/mini'
import { idSchema } from '../src/batch/signed-text.ts'
import { json, signed, unsigned } from './answers.ts'
import { jsonOf, numberIn, takeBody } from './intake.ts'
import type { Ask, Parts } from './parts.ts'
import { hashOf, newToken, storeFor } from './tokens.ts'
import { deviceOf } from './who.ts'

const enrolSchema = z.strictObject({
  deviceId: idSchema,
  code: z.string().check(z.regex(/^[\w-]{8,64}$/)),
})

/** `POST /v1/enrol {deviceId, code}`: gives the device its token, which is shown once and stored as a hash. */
export async function enrol(ask: Ask, parts: Parts): Promise<Response> {
  const taken = await takeBody(ask, parts, {
    most: parts.limits.smallBodyBytes,
    use: async (bytes) => enrolSchema.safeParse(jsonOf(bytes)).data,
  })
  if (taken.status === 'refused') return unsigned(ask, taken.code)
  if (!taken.value) return unsigned(ask, 'bad-body')
  const { deviceId, code } = taken.value
  const token = newToken()
  const asked = { deviceId, codeHash: hashOf(code), tokenHash: hashOf(token), at: parts.clock(), run: parts.run }
  const enrolment = await parts.store.enrol(asked)
  ask.set('device', deviceId)
  if ('org' in enrolment) ask.set('org', enrolment.org)
  if (enrolment.status === 'enrolled') return json(ask, 'enrolled', { token, store: storeFor(enrolment.org, parts) })
  return enrolment.status === 'known-device' ? unsigned(ask, enrolment.status) : signed(ask, parts, enrolment.status)
}

/** Receipts in one answer, by number and by length of their texts; the device asks again after the last it got. */
const page = { receipts: 50, length: 1024 * 1024 }

/** `GET /v1/receipts?after=n`: what the desk said about this device's boxes, oldest first. */
export async function giveReceipts(ask: Ask, parts: Parts): Promise<Response> {
  const device = await deviceOf(ask, parts)
  if (typeof device === 'string') return signed(ask, parts, device)
  if (device.revoked) return signed(ask, parts, 'revoked')
  const after = numberIn(ask, 'after', 0)
  if (after === undefined) return unsigned(ask, 'bad-query')
  const wait = parts.quota.take(`${device.org} ${device.deviceId}`, parts.clock())
  if (wait > 0) return unsigned(ask, 'too-many-requests', wait)
  const receipts = await parts.store.listReceipts(device.org, device.deviceId, after, page.receipts)
  return json(ask, 'receipts', { store: storeFor(device.org, parts), receipts: upTo(page.length, receipts) })
}

/** As many as fit, the first in any case. */
function upTo<T extends { readonly text: string }>(length: number, receipts: readonly T[]): T[] {
  let total = 0
  return receipts.filter(({ text }, i) => (total += text.length) <= length || i === 0)
}
