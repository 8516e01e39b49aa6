import 'fake-indexeddb/auto'
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { fingerprintWords } from '../seal/words.ts'
import { ATablet, folded, savedCase } from '../testing/a-tablet.ts'
import type { VaultApi } from './api.ts'
import { readAudit, readHead } from './audit.ts'
import { teamCircle } from './circle-kinds.ts'
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
const homeOf = async () => (await tablet.session(accountId)).pins.home.circleId
const actions = async () => (await log()).entries.map(({ action }) => action)

describe('the log', () => {
  test('holds the place that a box named as its end, until it is cut off before it', async () => {
    const first = await savedCase(vault)
    const { mac, circleId, n } = await readHead(await tablet.session(accountId), await homeOf())
    const told = await fingerprintWords(mac)
    await vault.note('view', first.id)
    await savedCase(vault)
    const entry = (await log()).entries[n - 1]
    expect(await vault.standsInLog(told)).toBe(entry?.time)
    expect(await vault.standsInLog(told.toReversed())).toBeUndefined()
    const rows = await tablet.database.audit.where({ circleId }).toArray()
    await tablet.database.audit.bulkDelete(rows.filter((row) => row.n >= n).map((row) => [circleId, row.n]))
    expect((await log()).intact).toBe(true)
    expect(await vault.standsInLog(told)).toBeUndefined()
  })

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

  test('says how often the passphrase was wrong while the account was open, once a right one ended the count', async () => {
    for (let n = 0; n < 2; n++) expect((await vault.samePassphrase(folded('wrong'))).status).toBe('wrong')
    expect(await vault.samePassphrase(folded())).toEqual({ status: 'right' })
    expect(await vault.samePassphrase(folded())).toEqual({ status: 'right' })
    expect((await vault.changePassphrase(folded('wrong'), folded('Tres gatos, 9 tejados'))).status).toBe('wrong')
    expect((await vault.setWipePassphrase(folded(), folded('Otra cosa, 5 nubes'))).status).toBe('set')
    expect((await log()).entries.slice(1)).toMatchObject([
      { action: 'failed-unlock', count: 2 },
      { action: 'wipe-passphrase' },
      { action: 'failed-unlock', count: 1 },
    ])
  })

  test('says each wrong PIN, the third one too, which locks', async () => {
    await vault.setPin('918273')
    const answers = []
    for (const pin of ['000000', '918273', '000001', '000002', '000003']) answers.push(await vault.checkPin(pin))
    expect(answers).toEqual(['wrong', 'right', 'wrong', 'wrong', 'lock'])
    expect((await actions()).slice(2)).toEqual(Array.from({ length: 4 }, () => 'failed-pin'))
  })

  test('of the team says who looked at, printed or handed out its case, wherever their own new cases go', async () => {
    await vault.startTeam()
    const { id } = await savedCase(vault)
    await vault.keepCasesWith('me')
    await vault.note('view', id)
    await vault.note('print', id)
    const to = (await tablet.database.accounts.get(accountId))?.recipient ?? ''
    expect((await vault.copyCase(id, to)).status).toBe('made')
    const session = await tablet.session(accountId)
    const team = await readAudit(session, teamCircle(session))
    const seen = team.entries.filter(({ target }) => target === id).map(({ action }) => action)
    expect(seen).toEqual(['new', 'save', 'view', 'print', 'export'])
    expect((await actions()).filter((one) => one === 'view' || one === 'print')).toEqual([])
  })

  test('says that what does not open was handed out', async () => {
    await vault.unreadableRows()
    expect((await actions()).at(-1)).toBe('export')
  })

  test('of the team says that a member erased their account', async () => {
    await vault.startTeam()
    const other = await tablet.withAccount({ label: 'Green', passphrase: folded('Puerto Nuevo, 4 faros') })
    const { recipient = '' } = (await tablet.database.accounts.get(other.accountId)) ?? {}
    await vault.letIn(other.accountId, recipient)
    const leaving = tablet.tab()
    await leaving.unlock(other.accountId, folded('Puerto Nuevo, 4 faros'))
    expect(await leaving.wipeAccount()).toEqual({ status: 'wiped' })
    const session = await tablet.session(accountId)
    const { entries, intact } = await readAudit(session, teamCircle(session))
    expect(entries.at(-1)).toMatchObject({ action: 'wipe-account', who: other.accountId, target: other.accountId })
    expect(intact).toBe(true)
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
