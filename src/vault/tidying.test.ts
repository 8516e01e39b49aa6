import 'fake-indexeddb/auto'
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { sealAtRest } from '../seal/at-rest.ts'
import { utf8 } from '../seal/bytes.ts'
import { answered, ATablet, folded, savedCase } from '../testing/a-tablet.ts'
import type { VaultApi } from './api.ts'
import { openBody, openSum } from './rows.ts'
import { homeKey } from './session.ts'

let tablet: ATablet
let vault: VaultApi
let accountId: string
beforeEach(async () => {
  tablet = new ATablet()
  ;({ vault, accountId } = await tablet.withAccount({ circle: 'team' }))
})
afterEach(() => tablet.database.delete())

const quiet = { migrated: 0, overdue: 0, changed: [], gone: [], logIntact: true }

/** A case's row as the first layout had it. */
async function inTheFirstLayout(id: string): Promise<void> {
  const session = await tablet.session(accountId)
  const row = await tablet.database.records.get(id)
  if (!row) throw new Error('no row')
  const { missing: _m, doubles: _d, ...sum } = await openSum(session, row)
  const name = { circleId: row.circleId, epoch: row.epoch, id, rev: row.rev, schema: 1 }
  const sealed = (column: 'sum' | 'body', value: unknown) =>
    sealAtRest(homeKey(session).dek, { table: 'records', column, ...name }, utf8(JSON.stringify(value)))
  await tablet.database.records.put({
    ...name,
    sum: await sealed('sum', sum),
    body: await sealed('body', await openBody(session, row)),
  })
}

describe('after an unlock', () => {
  test('a tablet on which all went its way has nothing to be told', async () => {
    const { id, rev } = await savedCase(vault)
    await vault.finish(id, rev)
    const removed = await savedCase(vault)
    await vault.remove(removed.id)
    const tab = tablet.tab()
    await tab.unlock(accountId, folded())
    const open = await tab.open(id)
    await vault.save(id, open.rev, open.draft, { section: 'links' })
    const draft = { ...open.draft, localReference: 'other' }
    const copy = await tab.save(id, open.rev, draft)
    if (copy.status !== 'conflict') throw new Error(copy.status)
    for (const section of ['event', 'links', 'send', 'event', 'links'])
      await tab.save(copy.copyId, (await tab.open(copy.copyId)).rev, draft, { section })
    await tab.adopt(copy.copyId)
    await tab.keepCasesWith('me')
    await tab.give(id, (await tab.open(id)).rev, { circle: 'me' })
    await tab.give(id, (await tab.open(id)).rev, { circle: 'team' })
    expect(await tab.tidy()).toEqual(quiet)
  })

  test('a row that was put back to an earlier save is named, and so is one that is gone', async () => {
    const kept = await savedCase(vault)
    const before = await tablet.database.records.get(kept.id)
    await vault.save(kept.id, kept.rev, kept.draft, { section: 'links' })
    const gone = await savedCase(vault)
    if (before) await tablet.database.records.put(before)
    await tablet.database.records.delete(gone.id)
    expect(await vault.tidy()).toEqual({ ...quiet, changed: [kept.id], gone: [gone.id] })
    expect((await vault.open(kept.id)).rev).toBe(kept.rev)
  })

  test('a row that is changed by a byte is named, and a log that was cut is not intact', async () => {
    const { id } = await savedCase(vault)
    const other = await savedCase(vault)
    const row = await tablet.database.records.get(id)
    if (!row) throw new Error('no row')
    row.body[40] = (row.body[40] ?? 0) ^ 1
    await tablet.database.records.put(row)
    expect(await vault.tidy()).toEqual({ ...quiet, changed: [id] })
    const entries = await tablet.database.audit.toArray()
    await tablet.database.audit.delete([entries[1]?.circleId ?? '', 2])
    expect((await vault.tidy()).logIntact).toBe(false)
    expect((await vault.open(other.id)).draft).toEqual(other.draft)
  })

  test('what is saved while the rows are looked at is not taken for a change from outside', async () => {
    const { id, rev, draft } = await savedCase(vault)
    const sweeping = vault.tidy()
    await vault.save(id, rev, draft, { section: 'links' })
    expect(await sweeping).toEqual(quiet)
  })
})

describe('a row of the first layout', () => {
  test('opens, is written in today’s, and says then what it could not say before', async () => {
    const fresh = await vault.newCase()
    const draft = answered(fresh)
    await vault.save(fresh.id, fresh.rev, { ...draft, victims: draft.victims.map((one) => ({ ...one, answers: {} })) })
    await inTheFirstLayout(fresh.id)
    expect((await vault.list()).cases[0]?.missing).toBeUndefined()
    expect((await vault.tidy()).migrated).toBe(1)
    expect((await tablet.database.records.get(fresh.id))?.schema).toBe(2)
    expect((await vault.list()).cases[0]?.missing).toEqual(['toe'])
    expect(await vault.tidy()).toEqual(quiet)
  })

  test('is saved and finished without having been written anew first', async () => {
    const { id } = await savedCase(vault)
    await inTheFirstLayout(id)
    const open = await vault.open(id)
    const saved = await vault.save(id, open.rev, open.draft, { section: 'links' })
    if (saved.status !== 'saved') throw new Error(saved.status)
    expect(await vault.finish(id, saved.rev)).toMatchObject({ status: 'finished' })
  })

  test('that somebody writes meanwhile is not written over', async () => {
    const { id, draft } = await savedCase(vault)
    await inTheFirstLayout(id)
    const tab = tablet.tab()
    await tab.unlock(accountId, folded())
    const { rev } = await tab.open(id)
    tablet.meanwhile(async () => tab.save(id, rev, { ...draft, localReference: 'newest' }))
    await vault.tidy()
    expect((await vault.open(id)).draft.localReference).toBe('newest')
  })
})

test('what does not open can be taken along as it lies on the disk, and nothing else with it', async () => {
  const { id } = await savedCase(vault)
  await savedCase(vault)
  const row = await tablet.database.records.get(id)
  if (!row) throw new Error('no row')
  row.body[40] = (row.body[40] ?? 0) ^ 1
  await tablet.database.records.put(row)
  const file = JSON.parse(new TextDecoder().decode(await vault.unreadableRows())) as { rows: { id: string }[] }
  expect(file.rows.map((one) => one.id)).toEqual([id])
})

test('the trail names who did what, newest first, and nobody’s words', async () => {
  const { id } = await savedCase(vault)
  await vault.note('print', id)
  const [team] = await vault.trail()
  expect(team).toMatchObject({ circle: 'team', intact: true })
  expect(team?.entries[0]).toMatchObject({ action: 'print', target: id, who: 'Blue' })
  expect(team?.entries.at(-1)).toMatchObject({ action: 'account', n: 1 })
})
