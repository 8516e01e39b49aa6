import { createServer, type IncomingMessage, type Server } from 'node:http'
import { ownOrigins } from './noise.ts'

/** What answers where the receiver should: a portal, a broken proxy, somebody else. Lets the page of `origin` read it. */
export interface Answer {
  readonly status: number
  readonly headers?: Readonly<Record<string, string>>
  readonly body?: string | Uint8Array
}

export interface StandIn {
  /** Methods and paths that were asked for, preflights left out. */
  readonly asked: readonly string[]
  /** How often somebody connected at all. */
  readonly connections: () => number
  readonly close: () => Promise<void>
}

export async function standIn(
  port: number,
  origin: string,
  answer: (request: IncomingMessage, body: Buffer) => Answer | Promise<Answer>,
): Promise<StandIn> {
  const asked: string[] = []
  ownOrigins.add(`http://127.0.0.1:${port}`)
  const permits = {
    'Access-Control-Allow-Origin': origin,
    'Access-Control-Allow-Headers': 'authorization, content-type',
    'Access-Control-Allow-Methods': 'GET, PUT, POST',
  }
  const server = createServer((request, response) => {
    const say = ({ status, headers, body }: Answer) =>
      response.writeHead(status, { ...permits, Connection: 'close', ...headers }).end(body)
    const came: Buffer[] = []
    request.on('data', (bytes: Buffer) => came.push(bytes))
    if (request.method === 'OPTIONS') return void say({ status: 204 })
    asked.push(`${request.method} ${request.url}`)
    request.on('end', () => void Promise.resolve(answer(request, Buffer.concat(came))).then(say))
  })
  let connections = 0
  server.on('connection', () => (connections += 1))
  await new Promise<void>((resolve, reject) => {
    server.once('error', reject)
    server.listen(port, '127.0.0.1', resolve)
  })
  return { asked, connections: () => connections, close: async () => await closed(server) }
}

const closed = async (server: Server): Promise<void> =>
  await new Promise((resolve) => {
    server.close(() => resolve())
    server.closeAllConnections()
  })
