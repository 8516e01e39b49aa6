import 'fake-indexeddb/auto'
import { afterEach, expect, test } from 'vitest'
import { evenWithoutRoom, openDatabase, type Database } from '../database.ts'
import type { SlotDisk } from './key-slots-on-disk.ts'
import { roomOnDisk } from './room.ts'

/** A disk with this many bytes left, which refuses as browsers do: some write less, some throw. */
function aDisk(left: number, refuses: 'short' | 'throws') {
  const seen = { size: 0, open: 0, locked: 0 }
  const handle = {
    read: () => 0,
    write(bytes: Uint8Array) {
      if (bytes.length > left && refuses === 'throws') throw new DOMException('no room', 'QuotaExceededError')
      seen.size = Math.min(bytes.length, left)
      return seen.size
    },
    flush: () => undefined,
    truncate: (size: number) => void (seen.size = size),
    close: () => void (seen.open -= 1),
  }
  const disk: SlotDisk = {
    root: async () => ({
      getFileHandle: async () => ({ createSyncAccessHandle: async () => (seen.open++, handle) }),
      removeEntry: async () => undefined,
    }),
    locks: { request: async (_, work) => (seen.locked++, await work()) },
  }
  return { disk, seen }
}

test.each([
  [true, 10 << 20, 'short'],
  [false, 100_000, 'short'],
  [false, 100_000, 'throws'],
] as const)('room is %s with %i bytes left, and nothing of the try stays', async (expected, left, refuses) => {
  const { disk, seen } = aDisk(left, refuses)
  expect(await roomOnDisk(disk)()).toBe(expected)
  expect(seen).toEqual({ size: 0, open: 0, locked: 1 })
})

let database: Database | undefined
afterEach(async () => await database?.delete())

test('without room nothing is begun in the database, and what is to be removed is removed all the same', async () => {
  let room = true
  const opened = openDatabase({ hasRoom: async () => room }, 'room')
  const { changes } = opened
  database = opened
  const row = { id: 'a', circleId: 'c', epoch: 1, schema: 1, body: new Uint8Array(8) }
  const write = async () =>
    await opened.transaction('rw', changes, async () => {
      await changes.put(row)
      // One within another is the same transaction.
      await opened.transaction('rw', changes, async () => await changes.put({ ...row, id: 'b' }))
    })
  await write()
  room = false
  await expect(write()).rejects.toMatchObject({ name: 'QuotaExceededError' })
  expect(await opened.transaction('r', changes, async () => await changes.count())).toBe(2)
  await opened.transaction(evenWithoutRoom, changes, async () => await changes.delete('a'))
  expect(await changes.toCollection().primaryKeys()).toEqual(['b'])
  room = true
  await write()
  expect(await changes.count()).toBe(2)
})
