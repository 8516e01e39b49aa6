import 'fake-indexeddb/auto'
import { Dexie } from 'dexie'
import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest'
import type { AuditRow, RecordRow } from '../database.ts'
import { answered, ATablet, folded, savedCase } from '../testing/a-tablet.ts'
import { doubleKeysOf } from '../record/doubles.ts'
import type { Draft } from '../record/draft.ts'
import { judge } from '../record/rules.ts'
import { begun, ids } from '../testing/a-case.ts'
import type { VaultApi } from './api.ts'
import { readAudit } from './audit.ts'
import { recordSchema } from './payload.ts'
import { openBody, openSum, sealRecord } from './rows.ts'
import { homeKey } from './session.ts'

let tablet: ATablet
let vault: VaultApi
let accountId: string
beforeEach(async () => {
  tablet = new ATablet()
  ;({ vault, accountId } = await tablet.withAccount())
})
afterEach(async () => {
  vi.restoreAllMocks()
  await tablet.database.delete()
})

const secondTab = async (): Promise<VaultApi> => {
  const tab = tablet.tab()
  await tab.unlock(accountId, folded())
  return tab
}

describe('the list', () => {
  test('says what each case is about without opening its body', async () => {
    const { id } = await savedCase(vault)
    const { cases, unreadable } = await vault.list()
    expect(unreadable).toBe(0)
    expect(cases).toHaveLength(1)
    expect(cases[0]).toMatchObject({
      id,
      state: 'draft',
      changedSinceSent: false,
      victims: 2,
      perpetrators: 1,
      toe: ['1', '2.1', '6.5'],
      country: 'ES',
    })
    const { answered: given, asked } = cases[0]?.step1 ?? { answered: 0, asked: 0 }
    expect(given).toBeGreaterThan(10)
    expect(asked).toBeGreaterThanOrEqual(given)
  })

  test('shows what is being saved at that moment as it will be, not as it was', async () => {
    const fresh = await vault.newCase()
    const before = (await vault.list()).cases[0]?.step1.answered ?? 0
    const saving = vault.save(fresh.id, fresh.rev, answered(fresh))
    const { cases } = await vault.list()
    expect(cases[0]?.step1.answered).toBeGreaterThan(before)
    await saving
  })

  test('begins with what was changed last', async () => {
    const first = await vault.newCase()
    tablet.clock.time += 60_000
    const second = await vault.newCase()
    expect((await vault.list()).cases.map(({ id }) => id)).toEqual([second.id, first.id])
  })

  test('tells what was changed last also within one minute', async () => {
    const [one, two] = [await savedCase(vault), await savedCase(vault)]
    for (const last of [one, two, one, two]) {
      tablet.clock.time += 1_000
      const { rev, draft } = await vault.open(last.id)
      await vault.save(last.id, rev, { ...draft, localReference: `${rev}` })
      expect((await vault.list()).cases[0]?.id).toBe(last.id)
    }
  })
})

describe('what the list can be searched by', () => {
  test('says where and when it was recorded and what is missing before it can be sent', async () => {
    const { id, rev, draft } = await savedCase(vault)
    const victims = draft.victims.map((victim) => ({ ...victim, answers: {} }))
    await vault.save(id, rev, { ...draft, victims })
    expect((await vault.list()).cases[0]).toMatchObject({
      area: 'ES-AN',
      recorded: draft.event.answers['dat'],
      missing: ['toe'],
    })
  })

  test('is not there for a row that was written before it was kept, and the row opens', async () => {
    const { id } = await savedCase(vault)
    const session = await tablet.session(accountId)
    const row = await tablet.database.records.get(id)
    if (!row) throw new Error('no row')
    const { area: _a, recorded: _r, missing: _m, doubles: _d, ...before } = await openSum(session, row)
    await tablet.database.records.put(
      await sealRecord(homeKey(session), id, row.rev, before, await openBody(session, row)),
    )
    const { cases, unreadable } = await vault.list()
    expect(unreadable).toBe(0)
    expect(cases[0]).toMatchObject({ id, victims: 2 })
    expect(cases[0]).not.toHaveProperty('missing')
    expect(await vault.possibleDoubles('another', [{ id: ids.worker }])).toEqual([])
  })
})

describe('possible doubles', () => {
  const keysOf = (draft: Draft) => doubleKeysOf(draft, judge(draft, { now: begun }))

  test('are the other cases with the same pseudonym or with all that is compared', async () => {
    const first = await savedCase(vault)
    const fresh = await vault.newCase()
    const keys = keysOf(first.draft)
    expect(await vault.possibleDoubles(fresh.id, keys)).toEqual([
      { id: first.id, code: first.draft.code, why: 'pseudonym' },
    ])
    const renamed = keys.map((key, at) => ({ ...key, id: `exampleVictim0000009${at}A` }))
    expect(await vault.possibleDoubles(fresh.id, renamed)).toMatchObject([{ id: first.id, why: 'alike' }])
    expect(await vault.possibleDoubles(fresh.id, [{ id: 'exampleVictim00000090A', sxv: 'm' }])).toEqual([])
  })

  test('are never the case itself or its second version', async () => {
    const { id, rev, draft } = await savedCase(vault)
    await vault.save(id, rev, { ...draft, localReference: 'one' })
    const copy = await vault.save(id, rev, { ...draft, localReference: 'two' })
    if (copy.status !== 'conflict') throw new Error(copy.status)
    expect(await vault.possibleDoubles(id, keysOf(draft))).toEqual([])
    expect(await vault.possibleDoubles(copy.copyId, keysOf(draft))).toEqual([])
  })

  test('are not looked for by what is no key', async () => {
    const wrong = [{ id: ids.worker, name: 'x' }]
    await expect(vault.possibleDoubles('any', wrong)).rejects.toMatchObject({ reason: 'bad-input' })
  })
})

describe('saving', () => {
  test('counts saves, keeps the place, and writes nothing where nothing changed', async () => {
    const { id, rev, draft } = await savedCase(vault)
    const place = { section: 'victims', field: 'sxv' }
    const moved = await vault.save(id, rev, draft, place)
    expect(moved).toMatchObject({ status: 'saved', rev: rev + 1 })
    const before = await tablet.everything()
    const reordered = Object.fromEntries(Object.entries(draft).toReversed()) as unknown as typeof draft
    expect(await vault.save(id, rev + 1, reordered, place)).toMatchObject({ status: 'saved', rev: rev + 1 })
    expect(await tablet.everything()).toEqual(before)
    expect(await vault.open(id)).toMatchObject({ rev: rev + 1, place })
  })

  test('keeps marks beside the draft, also where the next save knows nothing of them, and in no revision', async () => {
    const { id, rev, draft } = await savedCase(vault)
    expect((await vault.open(id)).aside).toBeUndefined()
    const aside = { marks: { [ids.worker]: 'sailboat' }, told: { [ids.worker]: { interpreter: true as const } } }
    expect(await vault.save(id, rev, draft, undefined, aside)).toMatchObject({ status: 'saved', rev: rev + 1 })
    expect(await vault.save(id, rev + 1, draft, undefined, aside)).toMatchObject({ rev: rev + 1 })
    await vault.save(id, rev + 1, { ...draft, localReference: 'more' })
    expect((await vault.open(id)).aside).toEqual(aside)
    await vault.finish(id, rev + 2)
    expect(JSON.stringify((await vault.finishedRevisions()).records)).not.toContain('sailboat')
    await expect(
      vault.save(id, rev + 3, draft, undefined, { marks: { [ids.worker]: 'x'.repeat(201) } }),
    ).rejects.toMatchObject({ reason: 'bad-input' })
  })

  test('keeps both versions when two tabs wrote at once', async () => {
    const { id, rev, draft } = await savedCase(vault)
    const other = await secondTab()
    const mine = { ...draft, localReference: 'mine' }
    const theirs = { ...draft, localReference: 'theirs' }
    const outcomes = await Promise.all([vault.save(id, rev, mine), other.save(id, rev, theirs)])
    expect(new Set(outcomes.map(({ status }) => status))).toEqual(new Set(['conflict', 'saved']))
    const conflict = outcomes.find((outcome) => outcome.status === 'conflict')
    const kept = await vault.open(id)
    const copy = await vault.open(conflict?.copyId ?? '')
    expect(new Set([kept.draft.localReference, copy.draft.localReference])).toEqual(new Set(['mine', 'theirs']))
    expect(copy).toMatchObject({ rev: 1, copyOf: id })
    expect(await vault.finish(copy.id, 1)).toEqual({ status: 'is-copy', of: id })

    expect(await vault.adopt(copy.id)).toEqual({ status: 'adopted', id, rev: rev + 2 })
    expect((await vault.open(id)).draft).toEqual(copy.draft)
    await expect(vault.open(copy.id)).rejects.toMatchObject({ reason: 'not-found' })
  })

  test('in many tabs at once loses nothing and keeps the log whole', async () => {
    const tabs = [vault, await secondTab(), await secondTab()]
    const fresh = await Promise.all(tabs.map((tab) => tab.newCase()))
    await Promise.all(fresh.map((one, at) => tabs[at]?.save(one.id, one.rev, answered(one))))
    for (const one of fresh) expect((await vault.open(one.id)).draft).toEqual(answered(one))
    expect((await vault.list()).cases).toHaveLength(3)
    const log = await readAudit(await tablet.session(accountId))
    expect(log.intact).toBe(true)
    for (const one of fresh)
      expect(log.entries.filter(({ target }) => target === one.id).map(({ action }) => action)).toEqual(['new', 'save'])
  })

  test.each([
    ['another rev', (row: RecordRow) => ({ rev: row.rev + 5 })],
    ['the same rev and other bytes', (row: RecordRow) => ({ body: row.body.slice(1) })],
  ])(
    'compares the row itself inside the transaction: one that got %s at the last moment is not overwritten',
    async (_, change) => {
      const { id, rev, draft } = await savedCase(vault)
      const row = await tablet.database.records.get(id)
      if (!row) throw new Error('no row')
      const other = { ...row, ...change(row) }
      tablet.meanwhile(() => tablet.database.records.put(other))
      expect(await vault.save(id, rev, { ...draft, localReference: 'mine' })).toMatchObject({ status: 'conflict' })
      expect(await tablet.database.records.get(id)).toEqual(other)
    },
  )

  test('keeps what was written to a case that another tab removed', async () => {
    const { id, rev, draft } = await savedCase(vault)
    await (await secondTab()).remove(id)
    const saved = await vault.save(id, rev, { ...draft, localReference: 'late' })
    if (saved.status !== 'conflict') throw new Error(saved.status)
    expect((await vault.open(saved.copyId)).draft.localReference).toBe('late')
  })

  test('refuses the draft of another case and what is no draft', async () => {
    const { id, rev, draft } = await savedCase(vault)
    for (const wrong of [
      { ...draft, caseId: ids.case },
      { ...draft, victims: 'none' },
    ])
      await expect(vault.save(id, rev, wrong as typeof draft)).rejects.toMatchObject({ reason: 'bad-input' })
  })

  test.each([
    ['quota', 'QuotaExceededError'],
    ['store', 'UnknownError'],
  ])('says not-saved (%s) when the transaction aborts, and a later try saves', async (reason, name) => {
    const { id, rev, draft } = await savedCase(vault)
    const next = { ...draft, localReference: 'more' }
    const before = await tablet.everything()
    const put = vi.spyOn(tablet.database.audit, 'bulkPut')
    const aborted = () => Dexie.Promise.reject(new Dexie.AbortError('aborted', new DOMException('full', name)))
    // A connection that was cut is opened again and the work done once more; a full disk is not tried again.
    const tries = reason === 'store' ? 2 : 1
    for (let nth = 0; nth < tries; nth++) put.mockImplementationOnce(aborted)
    expect(await vault.save(id, rev, next)).toEqual({ status: 'not-saved', reason })
    expect(put).toHaveBeenCalledTimes(tries)
    expect(await tablet.everything()).toEqual(before)
    expect(await vault.save(id, rev, next)).toMatchObject({ status: 'saved' })
  })

  test('says that the tablet is full until something was saved, also where the store says no more than that it fails', async () => {
    const { id, rev, draft } = await savedCase(vault)
    const fails = (name: string, text: string) => {
      vi.spyOn(tablet.database.audit, 'bulkPut').mockImplementation(() =>
        Dexie.Promise.reject(new Dexie.AbortError('aborted', new DOMException(text, name))),
      )
    }
    const refused = async () => await vault.save(id, rev, { ...draft, localReference: 'more' })
    const opensNot = 'Internal error opening backing store for indexedDB.open.'
    fails('UnknownError', 'Connection is closing because of: IO error: 000003.log: FILE_ERROR_NO_SPACE')
    expect(await refused()).toEqual({ status: 'not-saved', reason: 'quota' })
    fails('UnknownError', opensNot)
    expect(await refused()).toEqual({ status: 'not-saved', reason: 'quota' })
    vi.restoreAllMocks()
    const kept = await vault.save(id, rev, { ...draft, localReference: 'more' })
    if (kept.status !== 'saved') throw new Error(kept.status)
    fails('UnknownError', opensNot)
    expect(await vault.save(id, kept.rev, draft)).toEqual({ status: 'not-saved', reason: 'store' })
  })

  test('stops at the number of encryptions that random nonces allow', async () => {
    const { id, rev, draft } = await savedCase(vault)
    const { writes } = (await tablet.database.accounts.get(accountId)) ?? { writes: 0 }
    expect(writes).toBeGreaterThanOrEqual(6)
    await tablet.database.accounts.update(accountId, { writes: 2 ** 28 })
    await expect(vault.save(id, rev, { ...draft, localReference: 'x' })).rejects.toMatchObject({ reason: 'worn-out' })
  })
})

describe('removing', () => {
  test('is a named act that says what nobody has received', async () => {
    const { id } = await savedCase(vault)
    expect(await vault.unreceived(id)).toEqual({ revisions: [], draft: true })
    expect(await vault.remove(id)).toEqual({ status: 'removed', unreceived: { revisions: [], draft: true } })
    expect(await vault.list()).toEqual({ cases: [], unreadable: 0 })
    await expect(vault.open(id)).rejects.toMatchObject({ reason: 'not-found' })
  })
})

describe('a row that was tampered with', () => {
  const flip = (bytes: Uint8Array<ArrayBuffer>, at: number): Uint8Array<ArrayBuffer> => {
    const copy = bytes.slice()
    copy[at] = (copy[at] ?? 0) ^ 1
    return copy
  }
  const readable = async (id: string): Promise<boolean> =>
    vault.open(id).then(
      () => true,
      () => false,
    )

  let good: { id: string }
  let bad: RecordRow
  beforeEach(async () => {
    good = await savedCase(vault)
    const { id } = await savedCase(vault)
    const row = await tablet.database.records.get(id)
    if (!row) throw new Error('no row')
    bad = row
  })

  const changes: [string, (row: RecordRow) => Partial<RecordRow>][] = [
    ['another rev', ({ rev }) => ({ rev: rev + 1 })],
    ['an older rev', ({ rev }) => ({ rev: rev - 1 })],
    ['another schema', () => ({ schema: 0 })],
    ['a schema not known yet', () => ({ schema: recordSchema + 1 })],
    ['another epoch', () => ({ epoch: 2 })],
    ['a circle nobody knows', () => ({ circleId: ids.case })],
    ['sum and body swapped', ({ sum, body }) => ({ sum: body, body: sum })],
    ['an empty sum and body', () => ({ sum: new Uint8Array(0), body: new Uint8Array(0) })],
  ]
  test.each(changes)('(%s) is counted as unreadable and blocks no other', async (_, change) => {
    await tablet.database.records.put({ ...bad, ...change(bad) })
    const list = await vault.list()
    expect(list.cases.map(({ id }) => id)).toEqual([good.id])
    expect(list.unreadable).toBe(1)
    expect(await readable(bad.id)).toBe(false)
    expect(await readable(good.id)).toBe(true)
    expect((await vault.newCase()).rev).toBe(1)
  })

  test('(renamed, or swapped with another) opens under neither name', async () => {
    const other = await tablet.database.records.get(good.id)
    if (!other) throw new Error('no row')
    await tablet.database.records.bulkPut([
      { ...bad, id: other.id },
      { ...other, id: bad.id },
    ])
    expect(await vault.list()).toEqual({ cases: [], unreadable: 2 })
  })

  test('(any byte of it flipped) never opens as valid', async () => {
    for (const column of ['sum', 'body'] as const) {
      const step = Math.max(1, Math.floor(bad[column].length / 60))
      for (let at = 0; at < bad[column].length; at += step) {
        await tablet.database.records.put({ ...bad, [column]: flip(bad[column], at) })
        if (column === 'sum') expect(await vault.list()).toMatchObject({ unreadable: 1 })
        else expect(await readable(bad.id)).toBe(false)
      }
    }
    await tablet.database.records.put(bad)
    expect(await readable(bad.id)).toBe(true)
  })

  test('is not overwritten by a save: what was written is kept beside it', async () => {
    const { draft, rev } = await vault.open(bad.id)
    const damaged = { ...bad, body: flip(bad.body, 40) }
    await tablet.database.records.put(damaged)
    expect(await vault.save(bad.id, rev, { ...draft, localReference: 'x' })).toMatchObject({ status: 'conflict' })
    expect(await tablet.database.records.get(bad.id)).toEqual(damaged)
  })

  test('does not keep the account shut, whatever column of the account it is', async () => {
    const row = await tablet.database.accounts.get(accountId)
    if (!row) throw new Error('no row')
    for (const column of ['signingKey', 'pin', 'configurationPin', 'wipeVerifier'] as const) {
      await tablet.database.accounts.put({ ...row, [column]: flip(row[column], 20) })
      const tab = tablet.tab()
      expect((await tab.unlock(accountId, folded())).status).toMatch(/^(opened|settings-changed)$/)
      expect((await tab.list()).cases).toHaveLength(2)
    }
  })

  test('does not open where the wrap or the circle key was changed, and says so instead of beginning afresh', async () => {
    const row = await tablet.database.accounts.get(accountId)
    const circle = await tablet.database.circles.toCollection().first()
    if (!row || !circle) throw new Error('no row')
    await tablet.database.circles.put({ ...circle, wrapped: flip(circle.wrapped, 20) })
    const tab = tablet.tab()
    expect(await tab.unlock(accountId, folded())).toMatchObject({ status: 'opened' })
    expect(await tab.list()).toEqual({ cases: [], unreadable: 2 })
    await expect(tab.newCase()).rejects.toMatchObject({ reason: 'cannot-open' })
    await tablet.database.accounts.put({ ...row, wrap: flip(row.wrap, 20) })
    expect(await tablet.tab().unlock(accountId, folded())).toMatchObject({ status: 'wrong' })
    expect(await tablet.database.records.count()).toBe(2)
  })

  test('in the log stops nobody from writing on', async () => {
    const rows: AuditRow[] = await tablet.database.audit.toArray()
    const last = rows.at(-1)
    if (!last) throw new Error('no row')
    await tablet.database.audit.put({ ...last, entry: flip(last.entry, 20) })
    const { draft, rev } = await vault.open(good.id)
    expect(await vault.save(good.id, rev, { ...draft, localReference: 'x' })).toMatchObject({ status: 'saved' })
    expect(await tablet.database.audit.count()).toBe(rows.length + 1)
  })
})
