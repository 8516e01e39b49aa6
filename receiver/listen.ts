import { getRequestListener } from '@hono/node-server'
import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http'
import type { AddressInfo, Socket } from 'node:net'
import { ReceiverError } from './receiver-error.ts'

export interface ListenOptions {
  /** 0 takes a free one. */
  readonly port: number
  readonly host: string
  readonly headerTime: number
  /** How long a socket may be still before it is closed; longer than any pause that a body may make. */
  readonly socketTime: number
  /** How long `close` waits for requests that are under way. */
  readonly stopTime: number
  /** Headers for the answers that Node gives by itself to what is not HTTP. */
  readonly rawHeaders?: Readonly<Record<string, string>>
}

export interface Listening {
  readonly url: string
  /** Takes no new connection, finishes the requests that are under way, then closes. Safe to call twice. */
  close(): Promise<void>
}

/** Serves a handler over plain HTTP/1.1. Throws ReceiverError for a port or host that cannot be had. */
export async function listen(
  handle: (request: Request) => Promise<Response>,
  options: ListenOptions,
): Promise<Listening> {
  const listener = getRequestListener(handle, { overrideGlobalObjects: false, autoCleanupIncoming: false })
  let closing: Promise<void> | undefined
  const server = createServer(
    // The default looks for late headers only every 30 s.
    {
      headersTimeout: options.headerTime,
      requestTimeout: 0,
      connectionsCheckingInterval: 1000,
      keepAliveTimeout: 5000,
    },
    (incoming, outgoing) => {
      if (closing) outgoing.setHeader('connection', 'close')
      outgoing.on('close', () => closing && setImmediate(() => server.closeIdleConnections()))
      lingerOn(incoming, outgoing, options.socketTime)
      void listener(incoming, outgoing)
    },
  )
  server.setTimeout(options.socketTime)
  server.on('clientError', (error, socket) => answerNonsense(error, socket as Socket, options.rawHeaders ?? {}))
  await begin(server, options)
  return { url: urlOf(server.address() as AddressInfo), close: () => (closing ??= stop(server, options.stopTime)) }
}

/**
 * An answer may be given before the body has come in. Node then reads the rest and drops it, so that a browser
 * sees the answer and not a reset; this ends it when the rest takes too long.
 */
function lingerOn(incoming: IncomingMessage, outgoing: ServerResponse, time: number): void {
  outgoing.on('finish', () => {
    if (incoming.complete) return
    const { socket } = incoming
    const timer = setTimeout(() => socket.destroy(), time)
    // A sender that hangs up ends its socket alone: the request is answered, and nobody tells it any more.
    for (const ending of [incoming, socket]) ending.once('close', () => clearTimeout(timer))
  })
}

function answerNonsense(error: NodeJS.ErrnoException, socket: Socket, headers: Readonly<Record<string, string>>): void {
  if (error.code === 'ECONNRESET' || !socket.writable) return void socket.destroy()
  const late = error.code === 'ERR_HTTP_REQUEST_TIMEOUT'
  const lines = Object.entries({ ...headers, 'Content-Length': '0', Connection: 'close' }).map(([k, v]) => `${k}: ${v}`)
  socket.end(`HTTP/1.1 ${late ? '408 Request Timeout' : '400 Bad Request'}\r\n${lines.join('\r\n')}\r\n\r\n`)
}

function begin(server: Server, { port, host }: ListenOptions): Promise<void> {
  return new Promise((resolve, reject) => {
    server.once('error', (error: NodeJS.ErrnoException) => reject(whyNot(error)))
    server.listen({ port, host }, resolve)
  })
}

function whyNot(cause: NodeJS.ErrnoException): unknown {
  if (cause.code === 'EADDRINUSE') return new ReceiverError('port-in-use', cause)
  if (cause.code === 'EACCES') return new ReceiverError('port-refused', cause)
  if (cause.code === 'EADDRNOTAVAIL' || cause.code === 'ENOTFOUND') {
    return new ReceiverError('bad-host', cause)
  }
  return cause
}

function urlOf({ address, family, port }: AddressInfo): string {
  return family === 'IPv6' ? `http://[${address}]:${port}` : `http://${address}:${port}`
}

function stop(server: Server, time: number): Promise<void> {
  return new Promise((resolve) => {
    const timer = setTimeout(() => server.closeAllConnections(), time)
    server.close(() => {
      clearTimeout(timer)
      resolve()
    })
    server.closeIdleConnections()
  })
}
