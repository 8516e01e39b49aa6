import { expect, test, vi } from 'vitest'
import { askToFlush, hearNews, tellNews } from './connection-news.ts'

const ends = () => {
  const { port1, port2 } = new MessageChannel()
  port1.start()
  port2.start()
  return [port1, port2] as const
}

test('the worker goes on when the page has flushed, not before', async () => {
  const [worker, page] = ends()
  const order: string[] = []
  let saved: () => void = () => undefined
  hearNews(page, async (news) => {
    order.push(news)
    if (news === 'leaving') await new Promise<void>((resolve) => void (saved = resolve))
    order.push(`${news} done`)
  })
  const asked = askToFlush(worker).then(() => order.push('closed'))
  await vi.waitFor(() => expect(order).toEqual(['leaving']))
  saved()
  await asked
  expect(order).toEqual(['leaving', 'leaving done', 'closed'])
  tellNews(worker, 'blocked')
  await vi.waitFor(() => expect(order.at(-1)).toBe('blocked done'))
  worker.close()
})

test('a page that does not answer keeps the other tab waiting for no longer than a second and a half', async () => {
  const [worker] = ends()
  const before = performance.now()
  await askToFlush(worker)
  expect(performance.now() - before).toBeLessThan(2_500)
  worker.close()
})

test('messages of another kind are left alone', async () => {
  const [worker, page] = ends()
  const heard = vi.fn()
  hearNews(page, heard)
  for (const other of [null, 'blocked', { id: 'x', type: 'GET' }, { news: 'else' }]) worker.postMessage(other)
  tellNews(worker, 'left')
  await vi.waitFor(() => expect(heard).toHaveBeenCalled())
  expect(heard.mock.calls).toEqual([['left']])
  worker.close()
})
