import { expect, test } from 'vitest'
import { createKeySlot } from './key-slot.ts'
import { keySlotsOnDisk, type SlotDisk } from './key-slots-on-disk.ts'

/** A folder that reckons as Chromium does: what grows through a handle is not counted, what is cut or removed is. */
function aFolder() {
  const files = new Map<string, { size: number }>()
  const seen = { reckoned: 0, open: 0 }
  const disk: SlotDisk = {
    locks: { request: async (_, work) => await work() },
    root: async () => ({
      async getFileHandle(name, { create }) {
        if (!create && !files.has(name)) throw new DOMException('none', 'NotFoundError')
        const file = files.get(name) ?? { size: 0 }
        files.set(name, file)
        return {
          createSyncAccessHandle: async () => (
            seen.open++,
            {
              read: () => 0,
              write: (bytes: Uint8Array, { at }: { at: number }) => {
                file.size = Math.max(file.size, at + bytes.length)
                return bytes.length
              },
              flush: () => undefined,
              truncate: (size: number) => void (file.size = size),
              close: () => void seen.open--,
            }
          ),
        }
      },
      async removeEntry(name) {
        seen.reckoned -= files.get(name)?.size ?? 0
        files.delete(name)
      },
    }),
  }
  return { disk, files, seen }
}

test('a slot that is removed takes nothing off what the browser reckons, since it was never counted', async () => {
  const { disk, files, seen } = aFolder()
  const slots = keySlotsOnDisk(disk)
  await slots.create('a', createKeySlot)
  await slots.create('b', createKeySlot)
  expect(files.get('slot-a')?.size).toBe(4_096)
  await slots.remove('a')
  expect(seen).toEqual({ reckoned: 0, open: 0 })
  expect([...files.keys()]).toEqual(['slot-b'])
  await slots.remove('a')
  expect([...files.keys()]).toEqual(['slot-b'])
})
