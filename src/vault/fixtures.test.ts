import 'fake-indexeddb/auto'
import { readdirSync, readFileSync } from 'node:fs'
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { ATablet, folded } from '../testing/a-tablet.ts'
import { dumpOf, restoreDump, type VaultDump } from '../testing/vault-dump.ts'
import { recordSchema } from './payload.ts'

// A vault of every layout that a case's row ever had. Files are added, never changed: what they hold must open for good.
const folder = new URL('vectors/', import.meta.url)
const layouts = readdirSync(folder)
  .filter((name) => name.startsWith('vault-'))
  .map((name) => Number(/\d+/.exec(name)?.[0]))
const fixture = (layout: number): VaultDump =>
  JSON.parse(readFileSync(new URL(`vault-${layout}.json`, folder), 'utf8')) as VaultDump

let tablet: ATablet
beforeEach(() => {
  tablet = new ATablet()
})
afterEach(() => tablet.database.delete())

async function opened(layout: number) {
  const dump = fixture(layout)
  await restoreDump(tablet, dump)
  const vault = tablet.tab()
  const answer = await vault.unlock(dump.accountId, folded(dump.passphrase))
  return { vault, answer, dump }
}

test('there is a vault of every layout', () => {
  expect(layouts.toSorted((a, b) => a - b)).toEqual(Array.from({ length: recordSchema }, (_, at) => at + 1))
})

describe.each(layouts)('a vault of layout %i', (layout) => {
  test('opens with its cases, its sent version, its settings and its log', async () => {
    const { vault, answer } = await opened(layout)
    expect(answer).toMatchObject({ status: 'opened', session: { label: 'Blue', circle: 'team', hasPin: true } })
    const { cases, unreadable } = await vault.list()
    expect(unreadable).toBe(0)
    expect(cases.map(({ state }) => state).toSorted()).toEqual(['draft', 'ready'])
    const ready = cases.find(({ state }) => state === 'ready')
    const draft = cases.find(({ state }) => state === 'draft')
    expect((await vault.open(ready?.id ?? '')).sent?.state).toBe('complete')
    expect((await vault.open(draft?.id ?? '')).draft.localReference).toBe('kept as a draft')
    expect(await vault.verifyConfiguration()).toBe('verified')
    expect(await vault.sentChanges()).toHaveLength(1)
    expect(await vault.checkPin('918273')).toBe('right')
  })

  test('is written in today’s layout, and is whole afterwards', async () => {
    const { vault, dump } = await opened(layout)
    expect(await vault.tidy()).toEqual({
      migrated: layout < recordSchema ? 2 : 0,
      overdue: 0,
      changed: [],
      gone: [],
      logIntact: true,
    })
    const again = await dumpOf(tablet, dump.accountId, dump.passphrase)
    expect(again.tables['records']?.map(({ schema }) => schema)).toEqual([recordSchema, recordSchema])
    expect((await vault.list()).cases.every(({ missing }) => missing !== undefined)).toBe(true)
  })

  test('that is of a later program is left alone: it is counted, kept to the byte, and never begun afresh', async () => {
    const { vault } = await opened(layout)
    await tablet.database.records.toCollection().modify({ schema: recordSchema + 1 })
    const before = await tablet.database.records.toArray()
    expect(await vault.list()).toEqual({ cases: [], unreadable: 2 })
    expect((await vault.tidy()).migrated).toBe(0)
    expect(await tablet.database.records.toArray()).toEqual(before)
  })
})
