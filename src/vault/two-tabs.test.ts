import 'fake-indexeddb/auto'
import * as fc from 'fast-check'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { ATablet, folded, savedCase } from '../testing/a-tablet.ts'
import type { VaultApi } from './api.ts'

// Two tabs write in one case, without the lease that keeps them apart on the screen: one saves just before the other's
// transaction begins, or between any two of its reads, in every order.

let tablet: ATablet
let tabs: readonly [VaultApi, VaultApi]
beforeAll(async () => {
  tablet = new ATablet()
  const { vault, accountId } = await tablet.withAccount()
  const second = tablet.tab()
  await second.unlock(accountId, folded())
  tabs = [vault, second]
})
afterAll(() => tablet.database.delete())

/** A save of one tab; `inside`: the other tab saves, too, just before the transaction of that number begins. */
interface Step {
  readonly tab: 0 | 1
  readonly inside?: 1 | 2 | undefined
}
const step = fc.record({
  tab: fc.constantFrom<0 | 1>(0, 1),
  inside: fc.option(fc.constantFrom<1 | 2>(1, 2), { nil: undefined }),
})

/** What a tab's screen knows: where its saving goes, and what it was told is saved. */
interface Writer {
  target: { id: string; rev: number }
  saved: string | undefined
}

async function writeAll(steps: readonly Step[]): Promise<void> {
  const { id, rev, draft } = await savedCase(tabs[0])
  const writers: readonly [Writer, Writer] = [
    { target: { id, rev }, saved: undefined },
    { target: { id, rev }, saved: undefined },
  ]
  const before = (await tabs[0].list()).cases.length
  let conflicts = 0
  let words = 0
  const save = async (tab: 0 | 1) => {
    const text = `text ${(words += 1)} of tab ${tab}`
    const writer = writers[tab]
    const { id: to, rev: at } = writer.target
    const answer = await tabs[tab].save(to, at, { ...draft, localReference: text })
    if (answer.status === 'not-saved') throw new Error(answer.reason)
    if (answer.status === 'conflict') conflicts += 1
    writer.target = answer.status === 'saved' ? { id: to, rev: answer.rev } : { id: answer.copyId, rev: 1 }
    writer.saved = text
  }
  for (const { tab, inside } of steps) {
    if (inside !== undefined) tablet.meanwhile(() => save(tab === 0 ? 1 : 0), inside)
    await save(tab)
    Reflect.deleteProperty(tablet.database, 'transaction')
  }
  for (const [at, { target, saved }] of writers.entries()) {
    if (saved === undefined) continue
    const found = await tabs[at === 0 ? 1 : 0].open(target.id)
    expect(found.draft.localReference).toBe(saved)
    expect(found.rev).toBe(target.rev)
  }
  expect(conflicts).toBeLessThanOrEqual(1)
  expect((await tabs[0].list()).cases.length).toBe(before + conflicts)
}

test('whatever two tabs were told is saved is there, and on a conflict both versions are kept', async () => {
  const runs = process.env['LONG'] ? 300 : 30
  await fc.assert(fc.asyncProperty(fc.array(step, { minLength: 2, maxLength: 8 }), writeAll), { numRuns: runs })
  expect(await tabs[0].tidy()).toEqual({ migrated: 0, overdue: 0, changed: [], gone: [], logIntact: true })
}, 120_000)
