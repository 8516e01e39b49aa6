import type { MiddlewareHandler } from 'hono'
import type { Ask, Env, Parts } from './parts.ts'

/**
 * Around every answer, errors included: the headers that let the app's own origin read it and no other, and one
 * line in the log (security.md section 10).
 */
export function frame({ appOrigins, clock, log, metrics }: Parts): MiddlewareHandler<Env> {
  return async (ask, next) => {
    ask.set('org', null)
    ask.set('device', null)
    ask.set('code', 'ok')
    const begun = performance.now()
    if (ask.req.method === 'OPTIONS') ask.res = preflight(ask, appOrigins)
    else await next()
    dress(ask.res.headers, ask.req.header('origin'), appOrigins)
    metrics.answered(ask.req.method, ask.res.status, ask.get('code'), performance.now() - begun)
    log({
      time: new Date(clock()).toISOString(),
      device: ask.get('device'),
      status: ask.res.status,
      size: sizeAnnounced(ask),
      code: ask.get('code'),
    })
  }
}

function preflight(ask: Ask, appOrigins: readonly string[]): Response {
  if (!appOrigins.includes(ask.req.header('origin') ?? '')) {
    ask.set('code', 'foreign-origin')
    return new Response(null, { status: 403 })
  }
  ask.set('code', 'preflight')
  const headers = new Headers({
    'Access-Control-Allow-Methods': 'GET, PUT, POST',
    'Access-Control-Allow-Headers': 'Authorization, Content-Type',
    'Access-Control-Max-Age': '7200',
  })
  // A page on the internet that reaches a receiver in its own building is asked about by the browser, too.
  if (ask.req.header('access-control-request-private-network') === 'true') {
    headers.set('Access-Control-Allow-Private-Network', 'true')
  }
  if (ask.req.header('access-control-request-local-network') === 'true') {
    headers.set('Access-Control-Allow-Local-Network', 'true')
  }
  return new Response(null, { status: 204, headers })
}

function dress(headers: Headers, origin: string | undefined, appOrigins: readonly string[]): void {
  if (origin !== undefined && appOrigins.includes(origin)) headers.set('Access-Control-Allow-Origin', origin)
  for (const [name, value] of Object.entries(standing)) headers.set(name, value)
}

/** On every answer, whoever asks. */
export const standing: Readonly<Record<string, string>> = {
  Vary: 'Origin',
  'Access-Control-Expose-Headers': 'Retry-After',
  'Cache-Control': 'no-store',
  'Content-Security-Policy': "default-src 'none'; frame-ancestors 'none'",
  'Cross-Origin-Resource-Policy': 'same-origin',
  'Referrer-Policy': 'no-referrer',
  'X-Content-Type-Options': 'nosniff',
}

function sizeAnnounced(ask: Ask): number {
  const size = Number(ask.req.header('content-length') ?? 0)
  return Number.isSafeInteger(size) && size >= 0 ? size : 0
}
