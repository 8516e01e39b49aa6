import { digestPattern, jsonContentType } from '../src/batch/protocol.ts'
import { json, unsigned } from './answers.ts'
import { turnAway } from './failures.ts'
import { isDiskFull } from './intake.ts'
import type { Ask, Parts } from './parts.ts'

/** `GET /v1/setups/{sha256}`: public, for whoever knows the digest of the whole document. */
export async function giveSetup(ask: Ask, parts: Parts): Promise<Response> {
  const sha = ask.req.param('sha') ?? ''
  if (!digestPattern.test(sha)) return unsigned(ask, 'bad-name')
  const bytes = await parts.store.readSetup(sha)
  if (!bytes) return turnAway(ask, parts, 'not-found', { tried: sha })
  ask.set('code', 'setup')
  return ask.body(bytes, 200, { 'Content-Type': jsonContentType })
}

type Health = 'healthy' | 'disk-full' | 'failed'

async function healthOf(parts: Parts): Promise<Health> {
  try {
    await parts.store.check()
    return (await isDiskFull(parts)) ? 'disk-full' : 'healthy'
  } catch {
    return 'failed'
  }
}

/** `GET /health`: 200 while it can read and keep, else 503. */
export async function giveHealth(ask: Ask, parts: Parts): Promise<Response> {
  const health = await healthOf(parts)
  return json(ask, health, { health }, health === 'healthy' ? 200 : 503)
}

const said = {
  healthy: 'It is healthy.',
  'disk-full': 'It is not healthy: the disk is nearly full, and it takes nothing in until there is room.',
  failed: 'It is not healthy: it cannot read what it keeps.',
} as const satisfies Record<Health, string>

/** `GET /`: for the operator, what this is and whether it is healthy. Nothing more. */
export async function givePage(ask: Ask, parts: Parts): Promise<Response> {
  const health = await healthOf(parts)
  ask.set('code', health)
  return ask.html(
    `<!doctype html><html lang="en"><meta charset="utf-8"><meta name="robots" content="noindex"><title>Receiver</title>
<h1>Receiver</h1>
<p>This server takes in sealed boxes and hands them to the desk of the organisation that runs it. It cannot open them.</p>
<p>${said[health]}</p></html>
`,
    health === 'healthy' ? 200 : 503,
  )
}
