import 'fake-indexeddb/auto'
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { openBox } from '../batch/box.ts'
import { parseRevision } from '../record/case-record.ts'
import { withdrawVictim } from '../record/draft.ts'
import { aSetUpTablet, type ASetUpTablet } from '../testing/a-set-up-tablet.ts'
import { folded, savedCase } from '../testing/a-tablet.ts'
import { readAudit } from './audit.ts'

let tablet: ASetUpTablet['tablet']
let organisation: ASetUpTablet['organisation']
let vault: ASetUpTablet['vault']
let accountId: ASetUpTablet['accountId']
beforeEach(async () => {
  ;({ tablet, organisation, vault, accountId } = await aSetUpTablet())
})
afterEach(() => tablet.database.delete())

const sentCase = async () => {
  const { id, rev } = await savedCase(vault)
  const done = await vault.finish(id, rev)
  if (done.status !== 'finished') throw new Error(done.status)
  return { id, rev: done.rev }
}

const lastRevision = async () => {
  const rows = await tablet.database.outbox.toArray()
  const opened = await Promise.all(rows.map((row) => openBox(row.bytes, organisation.identities)))
  return parseRevision(opened.sort((a, b) => b.box.seq - a.box.seq)[0]?.box.items[0]?.payload ?? '')
}

describe('a case that was sent', () => {
  test('opens with the version that was sent, to be compared with', async () => {
    const fresh = await vault.newCase()
    expect(fresh.sent).toBeUndefined()
    const { id } = await sentCase()
    expect((await vault.open(id)).sent).toEqual(await lastRevision())
  })

  test('opens without it where its text is damaged', async () => {
    const { id } = await sentCase()
    await tablet.database.revisions.toCollection().modify((row) => void (row.body[20] = (row.body[20] ?? 0) ^ 1))
    const opened = await vault.open(id)
    expect(opened.sent).toBeUndefined()
    expect(opened.history).toHaveLength(1)
  })
})

describe('withdrawing', () => {
  test('sends a tombstone as the next revision, erases what was sent before, and leaves nothing to write in', async () => {
    const { id, rev } = await sentCase()
    expect(await vault.withdraw(id, rev, { reason: 'consent' })).toMatchObject({ status: 'finished', revision: 2 })
    expect(await lastRevision()).toMatchObject({ state: 'withdrawn', reason: 'consent', revision: 2 })
    const opened = await vault.open(id)
    expect(opened).toMatchObject({ withdrawn: 'consent', state: 'ready', changedSinceSent: false })
    expect(opened.draft).toMatchObject({ event: { answers: {} }, victims: [], links: [], history: [] })
    expect((await vault.list()).cases[0]).toMatchObject({ withdrawn: 'consent', state: 'ready', victims: 0 })
    expect(await tablet.database.revisions.count()).toBe(1)
    expect(await vault.finish(id, opened.rev)).toEqual({ status: 'withdrawn' })
    expect(await vault.withdraw(id, opened.rev, { reason: 'error' })).toEqual({ status: 'withdrawn' })
  })

  test('names the other case of a double by its code', async () => {
    const [one, other] = [await sentCase(), await vault.newCase()]
    const wish = { reason: 'duplicate', mergedInto: other.code } as const
    expect(await vault.withdraw(one.id, one.rev, wish)).toMatchObject({ status: 'finished' })
    expect(await lastRevision()).toMatchObject({ reason: 'duplicate', mergedInto: other.draft.caseId })
  })

  test('changes nothing where the other case is not here, or is the case itself', async () => {
    const { id, rev } = await sentCase()
    const before = await tablet.everything()
    const { code } = await vault.open(id)
    for (const mergedInto of ['130750628', code])
      expect(await vault.withdraw(id, rev, { reason: 'duplicate', mergedInto })).toEqual({ status: 'no-such-case' })
    expect(await vault.withdraw(id, rev, { reason: 'duplicate' })).toEqual({ status: 'no-such-case' })
    expect(await tablet.everything()).toEqual(before)
  })

  test('is no act for a case that was never sent, nor for one that was saved meanwhile', async () => {
    const draft = await savedCase(vault)
    expect(await vault.withdraw(draft.id, draft.rev, { reason: 'error' })).toMatchObject({ status: 'blocked' })
    const { id, rev } = await sentCase()
    expect(await vault.withdraw(id, rev - 1, { reason: 'error' })).toEqual({ status: 'changed' })
  })

  test('keeps beside it what another tab still wrote, and takes no copy back', async () => {
    const { id, rev } = await sentCase()
    const { draft } = await vault.open(id)
    const done = await vault.withdraw(id, rev, { reason: 'error' })
    if (done.status !== 'finished') throw new Error(done.status)
    for (const late of [rev, done.rev]) {
      const saved = await vault.save(id, late, { ...draft, localReference: `late ${late}` })
      if (saved.status !== 'conflict') throw new Error(saved.status)
      expect(await vault.adopt(saved.copyId)).toEqual({ status: 'no-case' })
    }
    const kept = await vault.open(id)
    expect(kept.withdrawn).toBe('error')
    expect(await vault.save(id, kept.rev, kept.draft, { section: 'send' })).toMatchObject({ rev: kept.rev })
  })

  test('happens by itself when the last victim is taken out of a sent case', async () => {
    const { id, rev } = await sentCase()
    const { draft } = await vault.open(id)
    const saved = await vault.save(
      id,
      rev,
      draft.victims.reduce((now, { id }) => withdrawVictim(now, id, { date: '2024-05-02', reason: 'consent' }), draft),
    )
    if (saved.status !== 'saved') throw new Error(saved.status)
    await vault.finish(id, saved.rev)
    expect(await vault.open(id)).toMatchObject({ withdrawn: 'consent' })
  })
})

describe('closing', () => {
  test('marks the case for this tablet alone, is undone, and stands in the log', async () => {
    const { id, rev } = await sentCase()
    const boxes = await tablet.database.outbox.count()
    expect(await vault.close(id, rev)).toEqual({ status: 'closed', rev: rev + 1 })
    const opened = await vault.open(id)
    expect(opened.closedAt).toMatch(/^2024-05-02T/)
    expect(opened).toMatchObject({ changedSinceSent: false, state: 'ready' })
    expect((await vault.list()).cases[0]?.closed).toBe(true)
    expect(await vault.close(id, rev)).toEqual({ status: 'changed' })
    expect(await vault.reopen(id, rev + 1)).toEqual({ status: 'open', rev: rev + 2 })
    expect((await vault.list()).cases[0]).not.toHaveProperty('closed')
    expect(await tablet.database.outbox.count()).toBe(boxes)
    const { entries, intact } = await readAudit(await tablet.session(accountId))
    expect(entries.map(({ action }) => action)).toEqual(expect.arrayContaining(['finish', 'close', 'reopen']))
    expect(intact).toBe(true)
  })

  test('survives a lock, and saving', async () => {
    const { id, rev } = await sentCase()
    await vault.close(id, rev)
    await vault.lock()
    await vault.unlock(accountId, folded())
    const opened = await vault.open(id)
    await vault.save(id, opened.rev, { ...opened.draft, localReference: 'file 7' })
    expect(await vault.open(id)).toMatchObject({ closedAt: opened.closedAt, changedSinceSent: true })
  })
})
