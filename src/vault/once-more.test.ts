import 'fake-indexeddb/auto'
import { Dexie } from 'dexie'
import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest'
import { ATablet, savedCase } from '../testing/a-tablet.ts'
import type { VaultApi } from './api.ts'
import { onceMore } from './once-more.ts'

let tablet: ATablet
let vault: VaultApi
beforeEach(async () => {
  tablet = new ATablet()
  ;({ vault } = await tablet.withAccount())
})
afterEach(async () => {
  vi.restoreAllMocks()
  await tablet.database.delete()
})

/** As the browser does it: the connection is closed under whoever uses it, and its `close` event comes. */
function closeByBrowser(): void {
  const connection = tablet.database.backendDB()
  connection.close()
  connection.onclose?.(new Event('close'))
}

describe('a connection that the browser closed', () => {
  test('is opened again by whatever is done next', async () => {
    const { id, rev, draft } = await savedCase(vault)
    closeByBrowser()
    expect((await vault.list()).cases).toHaveLength(1)
    closeByBrowser()
    expect(await vault.save(id, rev, { ...draft, localReference: 'after' })).toMatchObject({ status: 'saved' })
    closeByBrowser()
    expect((await vault.open(id)).draft.localReference).toBe('after')
  })

  test('in the middle of a save is opened again, and the save is done once', async () => {
    const { id, rev, draft } = await savedCase(vault)
    const { database } = tablet
    const begin = database.transaction.bind(database) as (...given: unknown[]) => Promise<unknown>
    const transaction = (mode: string, tables: unknown, work: () => Promise<unknown>): Promise<unknown> => {
      Reflect.deleteProperty(database, 'transaction')
      const cut = async () => {
        await work()
        Dexie.currentTransaction.abort()
      }
      return begin(mode, tables, cut).finally(closeByBrowser)
    }
    Object.assign(database, { transaction })
    const saved = await vault.save(id, rev, { ...draft, localReference: 'once' })
    expect(saved).toMatchObject({ status: 'saved', rev: rev + 1 })
    const { cases } = await vault.list()
    const texts = await Promise.all(cases.map(async (one) => (await vault.open(one.id)).draft.localReference))
    expect(texts).toEqual(['once'])
  })
})

describe('a database that does not open', () => {
  /** What Chromium answers where the disk has no byte left. */
  const refused = (): IDBOpenDBRequest => {
    const request: { onerror?: (event: unknown) => void } = {}
    const error = new DOMException('Internal error opening backing store for indexedDB.open.', 'UnknownError')
    const event = { target: { error }, preventDefault: () => undefined, stopPropagation: () => undefined }
    setTimeout(() => request.onerror?.(event))
    return request as unknown as IDBOpenDBRequest
  }

  test('is opened by a later try, as soon as there is room', async () => {
    const { id, rev, draft } = await savedCase(vault)
    closeByBrowser()
    const open = vi.spyOn(indexedDB, 'open').mockImplementation(refused)
    vi.spyOn(console, 'warn').mockReturnValue()
    for (let tries = 0; tries < 3; tries++)
      expect(await vault.save(id, rev, { ...draft, localReference: 'later' })).toMatchObject({ status: 'not-saved' })
    open.mockRestore()
    await new Promise((resolve) => setTimeout(resolve, 5))
    expect(await vault.save(id, rev, { ...draft, localReference: 'later' })).toMatchObject({ status: 'saved' })
    expect((await vault.open(id)).draft.localReference).toBe('later')
  })

  test('and was let go of for a newer version is not opened again', async () => {
    tablet.database.close({ disableAutoOpen: true })
    const open = vi.spyOn(indexedDB, 'open')
    await expect(vault.list()).rejects.toThrow(Dexie.DatabaseClosedError)
    await new Promise((resolve) => setTimeout(resolve, 5))
    await expect(vault.list()).rejects.toThrow(Dexie.DatabaseClosedError)
    expect(open).not.toHaveBeenCalled()
  })
})

describe('once more', () => {
  const failing = (errors: Error[]) => {
    const left = [...errors]
    return async () => {
      const error = left.shift()
      if (error) throw error
      return 'done'
    }
  }

  test('means once', async () => {
    const lost = () => new Dexie.AbortError()
    expect(await onceMore(failing([lost()]))).toBe('done')
    await expect(onceMore(failing([lost(), lost()]))).rejects.toThrow(Dexie.AbortError)
  })

  test('is not for a full disk, nor for an error of our own', async () => {
    const full = new Dexie.AbortError('full', new DOMException('full', 'QuotaExceededError'))
    await expect(onceMore(failing([full]))).rejects.toBe(full)
    // The words of Chromium when the disk has no byte left.
    const noByte = new Dexie.AbortError(
      'aborted',
      new DOMException(
        'Connection is closing because of: IO error: .../000003.log: FILE_ERROR_NO_SPACE (ChromeMethodBFE: 3::WritableFileAppend::8)',
        'UnknownError',
      ),
    )
    await expect(onceMore(failing([noByte]))).rejects.toBe(noByte)
    const own = new TypeError('own')
    await expect(onceMore(failing([own]))).rejects.toBe(own)
  })
})
