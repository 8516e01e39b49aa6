import type { KeySlotFile, KeySlots } from './key-slot.ts'

/** The part of the origin private file system that this needs; typed here, since only workers have it in their types. */
interface SyncAccessHandle {
  read(into: Uint8Array<ArrayBuffer>, options: { at: number }): number
  write(bytes: Uint8Array<ArrayBuffer>, options: { at: number }): number
  flush(): void
  truncate(size: number): void
  close(): void
}
interface SlotFileHandle {
  createSyncAccessHandle(): Promise<SyncAccessHandle>
}
interface Folder {
  getFileHandle(name: string, options: { create: boolean }): Promise<SlotFileHandle>
  removeEntry(name: string): Promise<void>
}
export interface SlotDisk {
  readonly root: () => Promise<Folder>
  readonly locks: { request<T>(name: string, work: () => Promise<T>): Promise<T> }
}

/**
 * Key slots in the origin private file system, in a worker. The handle is exclusive: it is open only under the Web Lock
 * of its account and no longer than `work` runs, else a second tab could not unlock.
 */
export function keySlotsOnDisk(disk: SlotDisk): KeySlots {
  const locked = <T>(accountId: string, work: () => Promise<T>): Promise<T> =>
    disk.locks.request(`keyslot:${accountId}`, work)
  return {
    create: (accountId, work) =>
      locked(accountId, async () => {
        const folder = await disk.root()
        return using(await folder.getFileHandle(fileName(accountId), { create: true }), work)
      }),
    open: (accountId, work) =>
      locked(accountId, async () => {
        const file = await existing(await disk.root(), fileName(accountId))
        return file && (await using(file, work))
      }),
    remove: (accountId) =>
      locked(accountId, async () => {
        const folder = await disk.root()
        const file = await existing(folder, fileName(accountId))
        if (!file) return
        await empty(file)
        await folder.removeEntry(fileName(accountId))
      }),
  }
}

const fileName = (accountId: string): string => `slot-${accountId}`

async function existing(folder: Folder, name: string): Promise<SlotFileHandle | undefined> {
  try {
    return await folder.getFileHandle(name, { create: false })
  } catch (error) {
    if (error instanceof DOMException && error.name === 'NotFoundError') return undefined
    throw error
  }
}

async function using<T>(file: SlotFileHandle, work: (file: KeySlotFile) => Promise<T>): Promise<T> {
  const handle = await file.createSyncAccessHandle()
  try {
    return await work(fileOver(handle))
  } finally {
    handle.close()
  }
}

/**
 * [Note: Emptied before it is removed]
 * Chromium writes down how much room our files take, and leaves out what one grew by through a handle; yet it takes off
 * all of what it removes. So a removed slot left less than nothing, which the next start reads as four gigabytes: on a
 * small disk nothing was saved any more. What has been emptied takes nothing off.
 */
async function empty(file: SlotFileHandle): Promise<void> {
  const handle = await file.createSyncAccessHandle()
  try {
    handle.truncate(0)
  } finally {
    handle.close()
  }
}

const fileOver = (handle: SyncAccessHandle): KeySlotFile => ({
  read: (into, at) => handle.read(into, { at }),
  write(bytes, at) {
    if (handle.write(bytes, { at }) !== bytes.length) throw new DOMException('short write', 'QuotaExceededError')
  },
  flush: () => handle.flush(),
})
