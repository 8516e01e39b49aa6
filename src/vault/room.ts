import type { SlotDisk } from './key-slots-on-disk.ts'

/** More than any transaction of ours writes. */
const enough = 2 << 20

/**
 * [Note: Room before writing]
 * Chromium's database ends its log in the middle of a line when the disk has no byte left, goes on behind that line as
 * soon as there is room, and at the next start takes its whole log for damaged and begins an empty database. So it is
 * never let so far: before each transaction a file of ours, beside the database, is made longer by more than what is to
 * be written, and shortened again. Nothing of it is flushed, so it costs the disk no write.
 */
export function roomOnDisk(disk: SlotDisk): () => Promise<boolean> {
  return async () =>
    await disk.locks.request('room', async () => {
      const folder = await disk.root()
      const file = await folder.getFileHandle('room', { create: true })
      const handle = await file.createSyncAccessHandle()
      try {
        // A tablet that was switched off in the middle of a look has left its file long.
        handle.truncate(0)
        return handle.write(new Uint8Array(enough), { at: 0 }) === enough
      } catch (error) {
        if (error instanceof DOMException) return false
        throw error
      } finally {
        handle.truncate(0)
        handle.close()
      }
    })
}
