/**
 * [Note: Room before sending]
 * What a full disk can do to Chromium's database stands in `vault/room.ts`. Only the vault's worker can make a file longer
 * for a try. Pages and service workers put something of that size into a cache of its own instead, and take it out again:
 * the app's files lie in another one. Gives whether there is room for so many bytes.
 */
export function roomInCache(caches: CacheStorage): (bytes: number) => Promise<boolean> {
  return async (bytes) => {
    try {
      const cache = await caches.open(name)
      try {
        await cache.put(entry, new Response(new Uint8Array(bytes)))
      } finally {
        await cache.delete(entry)
      }
      return true
    } catch (error) {
      // The browser's own ways to say that it was not written; none of them speaks of the disk by name.
      if (error instanceof DOMException || error instanceof TypeError) return false
      throw error
    }
  }
}

const name = 'room'
const entry = '/room'
