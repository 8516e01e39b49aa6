import type { ServerResponse } from 'node:http'
import { afterEach, describe, expect, test } from 'vitest'
import { aServer, type AServer } from '../testing/an-outbox.ts'
import { call, type Call, type Fetch } from './request.ts'

let server: AServer
afterEach(() => server.close())

async function ask(answer: (response: ServerResponse) => void, change: Partial<Call> = {}) {
  server = await aServer((_, response) => answer(response))
  const real: Fetch = (url, init) => fetch(url, init)
  return call(real, { url: `${server.url}/v1/receipts`, method: 'GET', limit: 5_000, largest: 1_000, ...change })
}

describe('call', () => {
  test('reads a whole answer and what it says about waiting', async () => {
    const reply = await ask((response) => response.writeHead(429, { 'Retry-After': '9' }).end('ś'))
    expect(reply).toEqual({ kind: 'answer', status: 429, retryAfter: '9', text: 'ś' })
  })

  test.each([
    ['never begins', () => undefined],
    ['never ends', (response: ServerResponse) => void response.writeHead(200).write('{')],
  ])('breaks off an answer that %s at the time limit', async (_, answer) => {
    const begun = performance.now()
    expect(await ask(answer, { limit: 150 })).toEqual({ kind: 'none' })
    expect(performance.now() - begun).toBeLessThan(2_000)
  })

  test('does not follow a redirect to anywhere', async () => {
    const reply = await ask((response) => response.writeHead(308, { Location: '/elsewhere' }).end())
    expect(reply).toEqual({ kind: 'redirect' })
    expect(server.heard.map(({ path }) => path)).toEqual(['/v1/receipts'])
  })

  test('knows a redirect that the browser hides', async () => {
    server = await aServer(() => undefined)
    const hidden = { type: 'opaqueredirect', status: 0, body: null, headers: new Headers() } as unknown as Response
    const reply = await call(() => Promise.resolve(hidden), {
      url: server.url,
      method: 'GET',
      limit: 5_000,
      largest: 1,
    })
    expect(reply).toEqual({ kind: 'redirect' })
  })

  test('reads no more than it was told to', async () => {
    expect(await ask((response) => response.end('x'.repeat(1_001)))).toMatchObject({ status: 200, text: '' })
    await server.close()
    expect(await ask((response) => response.end('x'.repeat(1_000)))).toMatchObject({ text: 'x'.repeat(1_000) })
  })

  test('sends no header of ours that was not asked for', async () => {
    await ask((response) => response.end())
    const { authorization, cookie, referer } = server.heard[0]?.headers ?? {}
    expect({ authorization, cookie, referer, type: server.heard[0]?.headers['content-type'] }).toEqual({})
  })
})
