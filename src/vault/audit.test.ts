import 'fake-indexeddb/auto'
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { ATablet, folded, savedCase } from '../testing/a-tablet.ts'
import type { VaultApi } from './api.ts'
import { readAudit } from './audit.ts'
import { ciphertextHash } from './rows.ts'

let tablet: ATablet
let vault: VaultApi
let accountId: string
beforeEach(async () => {
  tablet = new ATablet()
  ;({ vault, accountId } = await tablet.withAccount())
})
afterEach(() => tablet.database.delete())

const log = async () => readAudit(await tablet.session(accountId))
const actions = async () => (await log()).entries.map(({ action }) => action)

describe('the log', () => {
  test('says who did what, and the last entry of a record fits its ciphertext', async () => {
    const { id, rev } = await savedCase(vault)
    const { entries, intact } = await log()
    expect(intact).toBe(true)
    expect(entries.map(({ n, action, who }) => [n, action, who])).toEqual([
      [1, 'account', accountId],
      [2, 'new', accountId],
      [3, 'save', accountId],
    ])
    const row = await tablet.database.records.get(id)
    expect(entries.at(-1)).toMatchObject({ target: id, rev, ctHash: row && (await ciphertextHash(row)) })
  })

  test('has one entry for a run of autosaves of one case, until something else is written', async () => {
    const { id, rev, draft } = await savedCase(vault)
    for (let n = 0; n < 5; n++) await vault.save(id, rev + n, { ...draft, localReference: `file ${n}` })
    expect(await actions()).toEqual(['account', 'new', 'save'])
    await vault.note('view', id)
    await vault.save(id, rev + 5, draft)
    expect(await actions()).toEqual(['account', 'new', 'save', 'view', 'save'])
    expect((await log()).intact).toBe(true)
  })

  test('stays whole when another tab rewrites its last entry at the moment that one is added', async () => {
    const first = await savedCase(vault)
    const second = await savedCase(vault)
    await vault.save(first.id, first.rev, { ...first.draft, localReference: 'one' })
    const other = tablet.tab()
    await other.unlock(accountId, folded())
    await other.save(first.id, first.rev + 1, { ...first.draft, localReference: 'two' })
    tablet.meanwhile(() => other.save(first.id, first.rev + 2, { ...first.draft, localReference: 'three' }))
    expect(await vault.save(second.id, second.rev, { ...second.draft, localReference: 'x' })).toMatchObject({
      status: 'saved',
    })
    expect((await log()).intact).toBe(true)
  })

  test('says how often somebody tried to get in before', async () => {
    for (let n = 0; n < 3; n++) await tablet.tab().unlock(accountId, folded('wrong'))
    await tablet.tab().unlock(accountId, folded())
    expect((await log()).entries.slice(1)).toMatchObject([{ action: 'failed-unlock', count: 3 }, { action: 'unlock' }])
  })

  test('keeps a line of a removed case', async () => {
    const { id, rev, draft } = await savedCase(vault)
    const done = await vault.finish(id, rev)
    expect(done.status).toBe('finished')
    await vault.remove(id)
    const sha256 = expect.any(String) as string
    expect((await log()).entries.at(-1)).toMatchObject({
      action: 'remove',
      line: { code: draft.code, revision: 1, sha256 },
    })
    expect(await tablet.database.revisions.count()).toBe(0)
  })

  test('is not intact where an entry was cut out, swapped, changed or cut off before a later one', async () => {
    await savedCase(vault)
    await savedCase(vault)
    const rows = await tablet.database.audit.toArray()
    const [, second, third] = rows
    if (!second || !third) throw new Error('too short')
    const damages = [
      () => tablet.database.audit.delete([second.circleId, second.n]),
      () =>
        tablet.database.audit.bulkPut([
          { ...second, n: third.n },
          { ...third, n: second.n },
        ]),
      () => tablet.database.audit.put({ ...second, mac: third.mac }),
      () => tablet.database.audit.put({ ...second, entry: third.entry }),
    ]
    for (const damage of damages) {
      await damage()
      expect((await log()).intact).toBe(false)
      await tablet.database.audit.bulkPut(rows)
      expect((await log()).intact).toBe(true)
    }
  })
})
