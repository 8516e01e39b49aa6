import 'fake-indexeddb/auto'
import { Dexie } from 'dexie'
import { afterEach, expect, test, vi } from 'vitest'
import { openDatabase } from '../database.ts'
import { ATablet } from '../testing/a-tablet.ts'
import { MemoryKeySlots } from '../testing/key-slots-in-memory.ts'
import { isKept, tryBrowser, type TrialLocks } from './trial.ts'

const working: TrialLocks = { request: async (_, work) => await work() }
const refuse = async (): Promise<never> => await Promise.reject(new DOMException('no', 'SecurityError'))

afterEach(() => {
  vi.restoreAllMocks()
  vi.unstubAllGlobals()
})

test('a browser that can do everything lacks nothing, and nothing is left behind in it', async () => {
  const keySlots = new MemoryKeySlots()
  expect(await tryBrowser({ keySlots, locks: working })).toEqual([])
  expect(keySlots.files.size).toBe(0)
  expect(await Dexie.getDatabaseNames()).toEqual([])
})

test('a trial that was cut off before does not spoil the next', async () => {
  const left = new Dexie('trial')
  left.version(40).stores({ changes: 'id' })
  await left.table('changes').add({ id: 'trial' })
  left.close()
  expect(await tryBrowser({ keySlots: new MemoryKeySlots(), locks: working })).toEqual([])
})

test('private files that are refused, or do not keep what is written, are named', async () => {
  const refusing = new MemoryKeySlots()
  vi.spyOn(refusing, 'create').mockImplementation(refuse)
  expect(await tryBrowser({ keySlots: refusing, locks: working })).toEqual(['files'])

  const forgetful = new MemoryKeySlots()
  const open = forgetful.open.bind(forgetful)
  vi.spyOn(forgetful, 'open').mockImplementation(async (id, work) => {
    forgetful.files.get(id)?.bytes.fill(0)
    return await open(id, work)
  })
  expect(await tryBrowser({ keySlots: forgetful, locks: working })).toEqual(['files'])
})

test('locks that are missing, refused or never given are named, and all else is tried without them', async () => {
  const keySlots = new MemoryKeySlots()
  expect(await tryBrowser({ keySlots })).toEqual(['locks'])
  expect(await tryBrowser({ keySlots, locks: { request: refuse } })).toEqual(['locks'])
  const never = { request: async <T>() => await new Promise<T>(() => undefined) }
  expect(await tryBrowser({ keySlots, locks: never, patience: 2_000 })).toEqual(['locks'])
})

test('a database that is refused, or that does not write strictly, is named', async () => {
  const keySlots = new MemoryKeySlots()
  Object.defineProperty(IDBTransaction.prototype, 'durability', { configurable: true, get: () => 'relaxed', set() {} })
  expect(await tryBrowser({ keySlots, locks: working })).toEqual(['database'])
  Reflect.deleteProperty(IDBTransaction.prototype, 'durability')
  expect(await tryBrowser({ keySlots, locks: working })).toEqual([])
  vi.spyOn(IDBFactory.prototype, 'open').mockImplementation(() => {
    throw new DOMException('no', 'InvalidStateError')
  })
  expect(await tryBrowser({ keySlots, locks: working })).toEqual(['database'])
})

test('keys that cannot be derived, slow keys that find no memory and a missing gzip are named', async () => {
  const keySlots = new MemoryKeySlots()
  vi.spyOn(crypto.subtle, 'deriveKey').mockImplementation(refuse)
  expect(await tryBrowser({ keySlots, locks: working })).toEqual(['crypto'])
  vi.restoreAllMocks()
  vi.spyOn(WebAssembly, 'compile').mockImplementation(refuse)
  vi.spyOn(WebAssembly, 'instantiate').mockImplementation(refuse)
  expect(await tryBrowser({ keySlots, locks: working })).toEqual(['key-making'])
  vi.restoreAllMocks()
  vi.stubGlobal('CompressionStream', undefined)
  expect(await tryBrowser({ keySlots, locks: working })).toEqual(['packing'])
})

test('the vault tries without making a row', async () => {
  const tablet = new ATablet()
  expect(await tablet.tab().tryOut()).toEqual(['locks'])
  expect(await Dexie.getDatabaseNames()).toEqual([])
  expect(tablet.keySlots.files.size).toBe(0)
  // Made by whoever looks whether something waits: that shows nothing yet.
  await tablet.database.open()
  expect(await tablet.tab().tryOut()).toEqual(['locks'])
  await tablet.withAccount()
  expect(await tablet.tab().tryOut()).toEqual([])
})

test("whether this device was here before is looked at without a word while an older structure is brought to today's", async () => {
  const warned = vi.spyOn(console, 'warn')
  const looked: boolean[] = []
  for (let wait = 0; wait < 12; wait++) {
    const name = `older-${wait}`
    const then = new Dexie(name)
    then.version(1).stores({ device: 'key' })
    await then.table('device').put({ key: 'device' })
    then.close()
    const looking = isKept(name)
    for (let turn = 0; turn < wait; turn++) await new Promise((resolve) => setImmediate(resolve))
    const today = openDatabase({}, name)
    await today.open()
    looked.push(await looking)
    today.close()
  }
  expect(warned).not.toHaveBeenCalled()
  expect(looked).toContain(true)
})
