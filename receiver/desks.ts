import * as z from 'zod/mini'
import { digestPattern } from '../src/batch/protocol.ts'
import { importedReceiptSchema } from '../src/batch/receipt.ts'
import { json, signed, unsigned } from './answers.ts'
import { turnAway } from './failures.ts'
import { isDiskFull, jsonOf, numberIn, takeBody } from './intake.ts'
import type { Ask, Parts } from './parts.ts'
import { issueCode } from './codes.ts'
import { storeFor } from './tokens.ts'
import { deskOf } from './who.ts'

/** `GET /v1/boxes?after=n&limit=`: what has come in, in the order of coming. */
export async function listBoxes(ask: Ask, parts: Parts): Promise<Response> {
  const desk = await deskOf(ask, parts)
  if (typeof desk === 'string') return turnAway(ask, parts, desk)
  const [after, limit] = [numberIn(ask, 'after', 0), numberIn(ask, 'limit', 100)]
  if (after === undefined || limit === undefined || limit < 1) return unsigned(ask, 'bad-query')
  const boxes = await parts.store.listBoxes(desk.org, after, Math.min(limit, 1000))
  const about = { store: storeFor(desk.org, parts), last: await parts.store.lastBox(desk.org) }
  return json(ask, 'boxes', { ...about, boxes: boxes.map((box) => ({ ...box, at: new Date(box.at).toISOString() })) })
}

/** `GET /v1/boxes/{id}`: the sealed bytes as they came. */
export async function giveBox(ask: Ask, parts: Parts): Promise<Response> {
  const desk = await deskOf(ask, parts)
  if (typeof desk === 'string') return turnAway(ask, parts, desk)
  const id = ask.req.param('id') ?? ''
  if (!digestPattern.test(id)) return unsigned(ask, 'bad-name')
  const bytes = await parts.store.readBox(desk.org, id)
  if (!bytes) return signed(ask, parts, 'not-found')
  ask.set('code', 'box')
  return ask.body(bytes, 200, { 'Content-Type': 'application/octet-stream' })
}

const receiptTextSchema = z.strictObject({ receipt: z.string(), sig: z.string() })

function deviceNamedIn(bytes: Uint8Array<ArrayBuffer>): string | undefined {
  const outer = receiptTextSchema.safeParse(jsonOf(bytes)).data
  return outer && importedReceiptSchema.safeParse(jsonOf(new TextEncoder().encode(outer.receipt))).data?.deviceId
}

/**
 * `PUT /v1/receipts/{sha256}`: the desk's word about one device's boxes, for that device to fetch. Whether it is the
 * desk's is judged by the tablet, which has the desk's key pinned.
 */
export async function takeReceipt(ask: Ask, parts: Parts): Promise<Response> {
  return takeDocument(ask, parts, async (bytes, sha, org) => {
    const deviceId = deviceNamedIn(bytes)
    if (deviceId === undefined) return false
    await parts.store.keepReceipt({ org, deviceId, sha, text: new TextDecoder().decode(bytes), at: parts.clock() })
    return true
  })
}

const setupSchema = z.strictObject({ configuration: z.string(), profile: z.string() })

/** `PUT /v1/setups/{sha256}`: a set-up document, which anybody who knows its digest may then read. */
export async function takeSetup(ask: Ask, parts: Parts): Promise<Response> {
  return takeDocument(ask, parts, async (bytes, sha, org) => {
    if (!setupSchema.safeParse(jsonOf(bytes)).success) return false
    await parts.store.keepSetup({ org, sha, bytes, at: parts.clock() })
    return true
  })
}

type Keep = (bytes: Uint8Array<ArrayBuffer>, sha: string, org: string) => Promise<boolean>

async function takeDocument(ask: Ask, parts: Parts, keep: Keep): Promise<Response> {
  const desk = await deskOf(ask, parts)
  if (typeof desk === 'string') return turnAway(ask, parts, desk)
  const sha256 = ask.req.param('sha') ?? ''
  if (!digestPattern.test(sha256)) return unsigned(ask, 'bad-name')
  if (await isDiskFull(parts)) return unsigned(ask, 'disk-full')
  const use = (bytes: Uint8Array<ArrayBuffer>) => keep(bytes, sha256, desk.org)
  const taken = await takeBody(ask, parts, { most: parts.limits.documentBytes, sha256, use })
  if (taken.status === 'refused') return unsigned(ask, taken.code)
  return taken.value ? json(ask, 'kept', { kept: sha256 }) : unsigned(ask, 'bad-body')
}

const codeSchema = z.strictObject({ minutes: z.optional(z.int().check(z.minimum(1), z.maximum(14 * 24 * 60))) })

/** `POST /v1/codes {minutes?}`: a new enrolment code for one device; 14 days unless fewer minutes are asked for. */
export async function makeCode(ask: Ask, parts: Parts): Promise<Response> {
  const desk = await deskOf(ask, parts)
  if (typeof desk === 'string') return turnAway(ask, parts, desk)
  const taken = await takeBody(ask, parts, {
    most: parts.limits.smallBodyBytes,
    use: async (bytes) => codeSchema.safeParse(bytes.length === 0 ? {} : jsonOf(bytes)).data,
  })
  if (taken.status === 'refused') return unsigned(ask, taken.code)
  if (!taken.value) return unsigned(ask, 'bad-body')
  const { minutes } = taken.value
  const issued = await issueCode(parts.store, desk.org, parts.clock(), minutes === undefined ? {} : { minutes })
  return json(ask, 'code', { code: issued.code, expiresAt: new Date(issued.expiresAt ?? 0).toISOString() })
}
