import 'fake-indexeddb/auto'
import { Dexie } from 'dexie'
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { ATablet, savedCase } from '../testing/a-tablet.ts'
import type { VaultApi } from './api.ts'
import { onceMore } from './once-more.ts'

let tablet: ATablet
let vault: VaultApi
beforeEach(async () => {
  tablet = new ATablet()
  ;({ vault } = await tablet.withAccount())
})
afterEach(() => tablet.database.delete())

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
    const own = new TypeError('own')
    await expect(onceMore(failing([own]))).rejects.toBe(own)
  })
})
