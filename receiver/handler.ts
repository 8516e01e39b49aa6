// The receiver as a function from Request to Response: it keeps sealed boxes and signs for them, and holds no key that
// opens one. No answer but a signed receipt says that a box is kept, and none is signed before the box is on the disk.

import { Hono } from 'hono'
import { paths } from '../src/batch/protocol.ts'
import { signed, unsigned } from './answers.ts'
import { takeBatch } from './batches.ts'
import { enrol, giveReceipts } from './devices.ts'
import { giveBox, listBoxes, makeCode, takeReceipt, takeSetup } from './desks.ts'
import { turnAway } from './failures.ts'
import { frame } from './frame.ts'
import type { Ask, Env, Parts } from './parts.ts'
import { giveHealth, givePage, giveSetup } from './public.ts'
import { ReceiverError } from './receiver-error.ts'
import { deviceOf } from './who.ts'

type Answer = (ask: Ask, parts: Parts) => Promise<Response>
type Methods = Partial<Record<'GET' | 'PUT' | 'POST', Answer>>

/** Every address there is. What is not here is 404, another method is 405. */
const addresses: Readonly<Record<string, Methods>> = {
  '/': { GET: givePage },
  [paths.health]: { GET: giveHealth },
  [paths.enrol]: { POST: enrol },
  [paths.batch(':sha')]: { PUT: takeBatch, POST: takeBatch },
  [paths.receipts]: { GET: giveReceipts },
  [paths.receipt(':sha')]: { PUT: takeReceipt },
  [paths.boxes]: { GET: listBoxes },
  [paths.box(':id')]: { GET: giveBox },
  [paths.setup(':sha')]: { GET: giveSetup, PUT: takeSetup },
  [paths.codes]: { POST: makeCode },
}

/** The handler over its parts. Never rejects: what nobody planned is a 500 without a word about it. */
export function receiver(parts: Parts): (request: Request) => Promise<Response> {
  const app = new Hono<Env>()
  app.use(frame(parts))
  for (const [address, methods] of Object.entries(addresses)) {
    for (const [method, answer] of Object.entries(methods)) app.on(method, address, (ask) => answer(ask, parts))
    app.all(address, (ask) => notAllowed(ask, methods))
  }
  app.notFound((ask) => notFound(ask, parts))
  app.onError((error, ask) => failed(error, ask))
  return async (request) => app.fetch(request)
}

function notAllowed(ask: Ask, methods: Methods): Response {
  ask.header('Allow', [...Object.keys(methods), 'OPTIONS'].join(', '))
  return unsigned(ask, 'not-allowed')
}

/** A tablet whose endpoint points beside us learns so from us, and for the batch that it sent. */
async function notFound(ask: Ask, parts: Parts): Promise<Response> {
  const device = await deviceOf(ask, parts)
  const about = { batchId: ask.req.path.split('/').at(-1) ?? '' }
  if (typeof device === 'string') return turnAway(ask, parts, 'not-found', about)
  const wait = parts.quota.take(`${device.org} ${device.deviceId}`, parts.clock())
  return wait > 0 ? unsigned(ask, 'too-many-requests', wait) : signed(ask, parts, 'not-found', about)
}

function failed(error: Error, ask: Ask): Response {
  const reason = error instanceof ReceiverError ? error.reason : undefined
  if (reason === 'store-full') return unsigned(ask, 'disk-full')
  if (reason === 'store-busy' || reason === 'store-unreachable') return unsigned(ask, 'busy', 5)
  const answer = unsigned(ask, 'failed')
  if (reason) ask.set('code', reason)
  return answer
}
