import 'fake-indexeddb/auto'
import { afterEach, beforeEach, expect, test, vi } from 'vitest'
import { type Database, openDatabase } from '../database.ts'
import { newKeyId } from '../seal/random.ts'
import { keepTroubles, keptTroubles } from '../troubles/kept.ts'

let name = ''
let database: Database
beforeEach(() => {
  name = `daybook-${newKeyId()}`
  database = openDatabase({}, name)
})
afterEach(async () => await database.delete())

/** A page that was just opened: what it counts, and what keeps it. */
async function aPage(at: Database = database) {
  vi.resetModules()
  const { countDiagnostic, countTroubles } = await import('./diagnostics.ts')
  const { keepDiagnostics } = await import('./kept-diagnostics.ts')
  countTroubles(new EventTarget())
  return { countDiagnostic, keep: () => keepDiagnostics(at) }
}
const told = (lines: readonly { readonly code: string; readonly count: number }[]) =>
  lines.map(({ code, count }) => `${code} ${count}`)

test('a page that nothing happened to leaves nothing on the disk', async () => {
  const { keep } = await aPage()
  expect(told(await keep().all())).toEqual(['start 1'])
  expect(await keptTroubles(database)).toEqual([])
})

test('what a page counted is there when the next one is opened, after a lock', async () => {
  const first = await aPage()
  first.countDiagnostic('blocked')
  const kept = first.keep()
  first.countDiagnostic('conflict')
  first.countDiagnostic('conflict')
  await kept.all()
  const second = await aPage(openDatabase({}, name))
  second.countDiagnostic('quota')
  expect(told(await second.keep().all())).toEqual(['start 1', 'blocked 1', 'conflict 2', 'start 1', 'quota 1'])
})

test('what could not be kept is shown all the same, and kept with the next one', async () => {
  const { countDiagnostic, keep } = await aPage()
  const kept = keep()
  const full = vi
    .spyOn(database, 'transaction')
    .mockImplementation((async () => await Promise.reject(new Error())) as never)
  countDiagnostic('quota')
  countDiagnostic('store')
  expect(told(await kept.all())).toEqual(['start 1', 'quota 1', 'store 1'])
  full.mockRestore()
  countDiagnostic('store')
  expect(told(await kept.all())).toEqual(['start 1', 'quota 1', 'store 2'])
  expect(told(await keptTroubles(database))).toEqual(['start 1', 'quota 1', 'store 2'])
})

test('pages and workers that count at once lose nothing of each other', async () => {
  const line = (code: 'sw-error' | 'vault-error') => ({ code, count: 1, ms: 5 })
  const other = openDatabase({}, name)
  await Promise.all(
    Array.from({ length: 20 }, async (_, nth) =>
      nth % 2 === 0
        ? await keepTroubles(database, [line('sw-error')])
        : await keepTroubles(other, [line('vault-error')]),
    ),
  )
  const sums = { 'sw-error': 0, 'vault-error': 0 }
  for (const { code, count } of await keptTroubles(database)) sums[code as keyof typeof sums] += count
  expect(sums).toEqual({ 'sw-error': 10, 'vault-error': 10 })
  other.close()
})

test('what somebody else wrote into the row is not handed out', async () => {
  const canary = 'Canary Quillfeather 0199'
  const lines = [
    { code: canary, count: 1, ms: 1 },
    { code: 'quota', count: canary, ms: 1 },
    { code: 'store', count: 1, ms: 1, note: canary },
    canary,
    null,
  ]
  await database.table('device').put({ key: 'troubles', lines })
  expect(await keptTroubles(database)).toEqual([{ code: 'store', count: 1, ms: 1 }])
})
