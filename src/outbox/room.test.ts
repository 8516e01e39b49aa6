import { expect, test } from 'vitest'
import { roomInCache } from './room.ts'

/** Caches that take so many bytes, and refuse as browsers do. */
function cachesWith(left: number, refusal: Error) {
  const kept = new Map<string, number>()
  const cache = {
    async put(entry: string, response: Response) {
      const { byteLength } = await response.arrayBuffer()
      if (byteLength > left) throw refusal
      kept.set(entry, byteLength)
    },
    delete: async (entry: string) => kept.delete(entry),
  }
  return { caches: { open: async () => cache } as unknown as CacheStorage, kept }
}

const unknown = new DOMException("Failed to execute 'put' on 'Cache': Unexpected internal error.", 'UnknownError')

test.each([
  [true, 2 << 20, unknown],
  [false, (2 << 20) - 1, unknown],
  [false, 100, new DOMException('Quota exceeded.', 'QuotaExceededError')],
  [false, 100, new TypeError('NetworkError')],
])('room for two megabytes is %s with %i left, and nothing of the try stays', async (expected, left, refusal) => {
  const { caches, kept } = cachesWith(left, refusal)
  expect(await roomInCache(caches)(2 << 20)).toBe(expected)
  expect(kept.size).toBe(0)
})

test('what is no refusal of the disk is not taken for one', async () => {
  const { caches } = cachesWith(0, new Error('a fault of ours'))
  await expect(roomInCache(caches)(1)).rejects.toThrow('a fault of ours')
})
