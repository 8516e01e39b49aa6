import 'fake-indexeddb/auto'
import { expect, test } from 'vitest'
import { deliver } from '../outbox/deliver.ts'
import { aReceipt, anOutbox, aServer, newLocks, type AnOutbox } from '../testing/an-outbox.ts'
import { stopSending } from './stop-sending.ts'

test('while settings are in doubt nobody sends, whoever asks, and afterwards everything leaves', async () => {
  let outbox: AnOutbox | undefined
  const server = await aServer(async ({ method, body }, response) => {
    if (!outbox) throw new Error('too early')
    response.end(method === 'GET' ? '{"receipts":[]}' : await aReceipt(body, outbox))
  })
  outbox = await anOutbox(server.url)
  await outbox.addBox()
  const locks = newLocks()
  const ended = new AbortController()
  const request = async (name: string, _: unknown, work: () => Promise<void>) =>
    await locks.request(name, { ifAvailable: true }, work)
  const stopped = stopSending({ request }, ended.signal)
  for (const trigger of ['timer', 'woken', 'start', 'person'] as const)
    expect(await deliver(outbox.deps({ locks, trigger }))).toMatchObject({ status: 'elsewhere' })
  expect(server.heard).toHaveLength(0)
  ended.abort()
  await stopped
  expect(await deliver(outbox.deps({ locks }))).toMatchObject({ received: 1 })
  await server.close()
})

test('what is over before it began stops nobody', async () => {
  const ended = new AbortController()
  ended.abort()
  const request = async (_: string, { signal }: { readonly signal: AbortSignal }) => signal.throwIfAborted()
  await expect(stopSending({ request }, ended.signal)).resolves.toBeUndefined()
})
