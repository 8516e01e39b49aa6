import * as z from 'zod/mini'
import type { WithReceiver } from '../batch/configuration.ts'
import { jsonContentType, paths } from '../batch/protocol.ts'
import { verifyRefusal } from '../batch/receipt.ts'
import { base64UrlSchema, jsonOf } from '../batch/signed-text.ts'
import { utf8 } from '../seal/bytes.ts'
import { newToken } from '../seal/random.ts'
import type { Database, DeviceRow } from '../database.ts'
import { isAboutUs, type Consequence, type DeliveryCode } from './answers.ts'
import { retryAfter, timeLimit } from './backoff.ts'
import type { Wire } from './exchange.ts'
import { storeNameSchema } from './imported.ts'
import { call, type Reply } from './request.ts'

const enrolledSchema = z.object({
  token: base64UrlSchema(32),
  store: z.optional(storeNameSchema),
})
type Enrolled = z.infer<typeof enrolledSchema>
const largestAnswer = 4 * 1024

export type Enrolment =
  | { readonly status: 'enrolled'; readonly token: string }
  | { readonly status: 'not-enrolled'; readonly consequence: Consequence }

/**
 * Asks the receiver for the device's upload token with the one-time code, and keeps it. Asking twice does no harm: the
 * receiver spends the code when the token is first used, and each time the same token is asked for, so that a request that
 * was given up and arrives late takes nothing away. `left` = milliseconds there are for it.
 * Never throws for what the network does.
 */
export async function enrol(
  { database, fetch, now, signal }: Wire & { readonly database: Database },
  device: Pick<DeviceRow, 'deviceId' | 'enrolCode'>,
  configuration: WithReceiver,
  left: number,
): Promise<Enrolment> {
  if (device.enrolCode === '') return { status: 'not-enrolled', consequence: refused('code-expired', false) }
  const asked = await toAskFor(database, device.enrolCode)
  const body = utf8(JSON.stringify({ deviceId: device.deviceId, ...asked }))
  const reply = await call(fetch, {
    url: configuration.endpoint + paths.enrol,
    method: 'POST',
    type: jsonContentType,
    body,
    limit: Math.min(timeLimit(body.byteLength), left),
    largest: largestAnswer,
    signal,
  })
  const enrolled = enrolledIn(reply)
  if (enrolled === undefined) {
    return { status: 'not-enrolled', consequence: await whyNot(reply, device, configuration, now()) }
  }
  await keep(database, device.enrolCode, enrolled)
  return { status: 'enrolled', token: enrolled.token }
}

/**
 * A token of our own making, the same for the same code; it is on the disk before anybody hears of it. For a code that is
 * only tried out nothing is written, and it is another one each time.
 */
function toAskFor(database: Database, code: string): Promise<{ code: string; token: string }> {
  return database.transaction('rw', database.device, async () => {
    const { tokenAsked, enrolCode } = (await database.device.get('device')) ?? {}
    if (tokenAsked?.code === code) return tokenAsked
    const asked = { code, token: newToken() }
    if (enrolCode === code) await database.device.update('device', { tokenAsked: asked })
    return asked
  })
}

function enrolledIn(reply: Reply): Enrolled | undefined {
  if (reply.kind !== 'answer' || (reply.status !== 200 && reply.status !== 201)) return undefined
  return enrolledSchema.safeParse(jsonOf(reply.text)).data
}

/**
 * The code goes with the token's coming, unless another one was scanned in the meantime. The store's name is known from
 * before the first box that is given to it; that of another one is learnt where it is acted on.
 */
function keep(database: Database, code: string, { token, store }: Enrolled): Promise<void> {
  return database.transaction('rw', database.device, async () => {
    const device = await database.device.get('device')
    if (device?.enrolCode !== code) return
    const receiptsStore = device.receiptsStore ?? store
    await database.device.update('device', {
      token,
      enrolCode: '',
      tokenAsked: undefined,
      ...(receiptsStore !== undefined && { receiptsStore }),
    })
  })
}

async function whyNot(
  reply: Reply,
  { deviceId }: Pick<DeviceRow, 'deviceId'>,
  { receiverKeys }: WithReceiver,
  now: number,
): Promise<Consequence> {
  if (reply.kind === 'none') return notNow('net')
  if (reply.kind === 'redirect') return notNow('portal')
  const { status } = reply
  const wait = retryAfter(reply.retryAfter, now)
  if ((status === 429 || status === 503) && wait !== undefined) return { ...notNow('busy'), next: { told: wait } }
  if (status === 409) return refused('device', false)
  if ([401, 403, 404, 410].includes(status)) {
    const refusal = await verifyRefusal(reply.text, receiverKeys)
    if (!isAboutUs(refusal, { status, batchId: null, deviceId })) return refused('portal', false)
    return refused(status < 404 ? 'code-expired' : 'endpoint', true)
  }
  return notNow(status === 507 ? 'full' : status >= 500 || status === 429 ? 'busy' : 'portal')
}

/** No token yet; the size and method of batches have nothing to do with it. */
const notNow = (code: DeliveryCode): Consequence => ({
  contact: false,
  code,
  boxes: new Map(),
  next: 'backoff',
  size: 'same',
  method: 'good',
})

const refused = (code: DeliveryCode, contact: boolean): Consequence => ({ ...notNow(code), contact, next: 'probe' })
