import 'fake-indexeddb/auto'
import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest'
import { openBox } from '../batch/box.ts'
import { parseRevision } from '../record/case-record.ts'
import type { Draft } from '../record/draft.ts'
import { newId } from '../record/ids.ts'
import { sha256HexOf } from '../seal/digest.ts'
import { aSetUpTablet, type ASetUpTablet } from '../testing/a-set-up-tablet.ts'
import { ATablet, folded, savedCase } from '../testing/a-tablet.ts'
import { anOrganisation } from '../testing/an-organisation.ts'
import { aChild, grownBeyondABox } from '../testing/a-case.ts'
import type { VaultApi } from './api.ts'

let tablet: ASetUpTablet['tablet']
let organisation: ASetUpTablet['organisation']
let vault: ASetUpTablet['vault']
let accountId: ASetUpTablet['accountId']
beforeEach(async () => {
  ;({ tablet, organisation, vault, accountId } = await aSetUpTablet())
})
afterEach(async () => {
  vi.restoreAllMocks()
  await tablet.database.delete()
})

const finished = async (tab: VaultApi, id: string, rev: number) => {
  const done = await tab.finish(id, rev)
  if (done.status !== 'finished') throw new Error(JSON.stringify(done))
  return done
}

const saved = async (tab: VaultApi, id: string, rev: number, draft: Draft) => {
  const done = await tab.save(id, rev, draft)
  if (done.status !== 'saved') throw new Error(done.status)
  return done.rev
}

const boxes = async () => {
  const rows = await tablet.database.outbox.toArray()
  const opened = await Promise.all(rows.map((row) => openBox(row.bytes, organisation.identities)))
  return opened.sort((a, b) => a.box.seq - b.box.seq)
}

describe('finishing', () => {
  test('seals the revision for both recipients, names no time, and shows the case as ready', async () => {
    const { id, rev, draft } = await savedCase(vault)
    expect(await finished(vault, id, rev)).toMatchObject({ rev: rev + 1, revision: 1, state: 'ready' })
    const [row] = await tablet.database.outbox.toArray()
    expect(row).toMatchObject({ seq: 1, state: 'waiting', attempts: 0, nextAt: 0, lastCode: '', configVersion: 1 })
    expect(row?.size).toBe(row?.bytes.length)
    for (const identity of organisation.identities) {
      const { box, boxId } = await openBox(row?.bytes ?? new Uint8Array(0), [identity])
      expect(boxId).toBe(row?.boxId)
      expect(box).toMatchObject({ kind: 'record', seq: 1, prevBoxId: null, configVersion: 1, replaces: [] })
      expect(box.deviceId).toBe((await tablet.database.device.get('device'))?.deviceId)
      expect(parseRevision(box.items[0]?.payload ?? '')).toMatchObject({
        caseId: draft.caseId,
        revision: 1,
        previous: null,
      })
    }
    expect((await vault.list()).cases[0]).toMatchObject({ state: 'ready', changedSinceSent: false })
    expect(await vault.waiting()).toBe(1)
    const again = await vault.open(id)
    expect(again.history).toEqual([{ revision: 1, at: expect.any(String) as string, state: 'ready' }])
  })

  test('leaves a version that no box could hold as the draft that it is, and takes it once it is shorter', async () => {
    const { id, rev, draft } = await savedCase(vault)
    const grown = await saved(vault, id, rev, grownBeyondABox(draft))
    expect(await vault.finish(id, grown)).toEqual({ status: 'too-large' })
    expect(await tablet.database.outbox.count()).toBe(0)
    const kept = await vault.open(id)
    expect(kept).toMatchObject({ rev: grown, state: 'draft', history: [], draft: grownBeyondABox(draft) })
    expect(await vault.finish(id, await saved(vault, id, grown, draft))).toMatchObject({ state: 'ready' })
  })

  test('does so without an organisation, too, since none could ever take it', async () => {
    const alone = new ATablet()
    const { vault: own } = await alone.withAccount()
    const { id, rev, draft } = await savedCase(own)
    const grown = await saved(own, id, rev, grownBeyondABox(draft))
    expect(await own.finish(id, grown)).toEqual({ status: 'too-large' })
    expect((await own.open(id)).history).toEqual([])
    await alone.database.delete()
  })

  test('chains the revisions of a case and the boxes of the device', async () => {
    const { id, rev } = await savedCase(vault)
    const first = await finished(vault, id, rev)
    const opened = await vault.open(id)
    const saved = await vault.save(id, first.rev, { ...opened.draft, localReference: 'file 7' })
    if (saved.status !== 'saved') throw new Error(saved.status)
    expect(saved.changed).toBe(true)
    expect((await vault.list()).cases[0]).toMatchObject({ state: 'ready', changedSinceSent: true })
    await finished(vault, id, saved.rev)
    const [one, two] = await boxes()
    expect(two?.box).toMatchObject({ seq: 2, prevBoxId: one?.boxId })
    expect(two?.box.items[0]).toMatchObject({
      revision: 2,
      previous: await sha256HexOf(one?.box.items[0]?.payload ?? ''),
    })
    expect(two?.box.auditHead).not.toBe(one?.box.auditHead)
    expect(two?.keyId).toBe(one?.keyId)
    expect((await vault.finishedRevisions()).records).toMatchObject([{ revision: 2, localReference: 'file 7' }])
  })

  test('is blocked with the findings, and changes nothing', async () => {
    const fresh = await vault.newCase()
    const before = await tablet.everything()
    const done = await vault.finish(fresh.id, fresh.rev)
    if (done.status !== 'blocked') throw new Error(done.status)
    expect(done.findings.length).toBeGreaterThan(0)
    expect(await tablet.everything()).toEqual(before)
  })

  test('refuses a draft that somebody else saved in between', async () => {
    const { id, rev } = await savedCase(vault)
    expect(await vault.finish(id, rev - 1)).toEqual({ status: 'changed' })
    expect(await tablet.database.outbox.count()).toBe(0)
  })

  test('seals again when another tab sealed a box in between, and never gives a number twice', async () => {
    const other = tablet.tab()
    await other.unlock(accountId, folded())
    const cases = [await savedCase(vault), await savedCase(vault), await savedCase(other), await savedCase(other)]
    await Promise.all(cases.map(({ id, rev }, at) => finished(at < 2 ? vault : other, id, rev)))
    const chain = await boxes()
    expect(chain.map(({ box }) => box.seq)).toEqual([1, 2, 3, 4])
    expect(chain.map(({ box }) => box.prevBoxId)).toEqual([null, ...chain.slice(0, 3).map(({ boxId }) => boxId)])
    expect(await tablet.database.device.get('device')).toMatchObject({ seq: 4, prevBoxId: chain[3]?.boxId })
  })

  test('keeps one chain for the device when accounts of different circles finish at once', async () => {
    const { vault: other } = await tablet.withAccount({ label: 'Green', passphrase: folded('green sea') })
    const mine = [await savedCase(vault), await savedCase(vault)]
    const theirs = [await savedCase(other), await savedCase(other)]
    await Promise.all([
      ...mine.map(({ id, rev }) => finished(vault, id, rev)),
      ...theirs.map(({ id, rev }) => finished(other, id, rev)),
    ])
    const chain = await boxes()
    expect(chain.map(({ box }) => box.seq)).toEqual([1, 2, 3, 4])
    expect(chain.map(({ box }) => box.prevBoxId)).toEqual([null, ...chain.slice(0, 3).map(({ boxId }) => boxId)])
    expect(new Set(chain.map(({ keyId }) => keyId)).size).toBe(2)
  })

  test('seals for nobody whose configuration was taken in between', async () => {
    const { id, rev } = await savedCase(vault)
    const configuration = await (await anOrganisation()).configuration({ version: 7 })
    tablet.meanwhile(() => tablet.database.device.update('device', { configuration }))
    expect(await vault.finish(id, rev)).toEqual({ status: 'settings-changed' })
    expect(await tablet.database.outbox.count()).toBe(0)
  })

  test.each(['records', 'revisions', 'outbox', 'device', 'audit', 'accounts'] as const)(
    'changes all or nothing when the store refuses %s',
    async (refusing) => {
      const { id, rev } = await savedCase(vault)
      const before = await tablet.everything()
      const table = tablet.database[refusing]
      const refuse = (): never => {
        throw new DOMException('full', 'QuotaExceededError')
      }
      table.hook('creating', refuse)
      table.hook('updating', refuse)
      expect(await vault.finish(id, rev)).toEqual({ status: 'not-saved', reason: 'quota' })
      table.hook('creating').unsubscribe(refuse)
      table.hook('updating').unsubscribe(refuse)
      expect(await tablet.everything()).toEqual(before)
      await finished(vault, id, rev)
    },
  )

  test('of a case whose victim withdrew takes the earlier revisions off the tablet', async () => {
    const { id, rev } = await savedCase(vault)
    const first = await finished(vault, id, rev)
    const { draft } = await vault.open(id)
    const withdrawn = { date: '2024-05-02', scope: 'all' as const }
    const victims = draft.victims.map((victim) =>
      'answers' in victim && victim.id === aChild().id
        ? { ...victim, consent: { ...victim.consent, withdrawn } }
        : victim,
    )
    const saved = await vault.save(id, first.rev, { ...draft, victims })
    if (saved.status !== 'saved') throw new Error(saved.status)
    const second = await finished(vault, id, saved.rev)
    expect(await tablet.database.revisions.count()).toBe(1)
    const all = (await vault.open(id)).draft
    const everybody = all.victims.map((victim) =>
      'answers' in victim ? { ...victim, consent: { ...victim.consent, withdrawn } } : victim,
    )
    const last = await vault.save(id, second.rev, { ...all, victims: everybody })
    if (last.status !== 'saved') throw new Error(last.status)
    await finished(vault, id, last.rev)
    expect((await vault.finishedRevisions()).records).toMatchObject([{ revision: 3, state: 'withdrawn' }])
    const left = await vault.open(id)
    expect(left.draft.event.answers).toEqual({})
    expect(left.draft.perpetrators).toEqual([])
  })
})

describe('without an organisation', () => {
  beforeEach(async () => {
    tablet = new ATablet()
    ;({ vault, accountId } = await tablet.withAccount())
  })

  test('a finished case stays on this tablet only, and is boxed once an organisation is set up', async () => {
    const { id, rev } = await savedCase(vault)
    expect(await finished(vault, id, rev)).toMatchObject({ state: 'tablet-only' })
    expect(await tablet.database.outbox.count()).toBe(0)
    expect((await vault.list()).cases[0]).toMatchObject({ state: 'tablet-only' })
    expect(await vault.unreceived(id)).toEqual({ revisions: [1], draft: false })

    const { configurationText, profileText } = await organisation.setup()
    expect(await vault.setConfiguration(configurationText, profileText, 'c')).toEqual({ status: 'set', boxed: 1 })
    expect((await vault.list()).cases[0]).toMatchObject({ state: 'ready' })
    expect((await boxes()).map(({ box }) => box.items.length)).toEqual([1])
    expect(await tablet.database.device.get('device')).toMatchObject({ enrolCode: 'c', seq: 1 })
  })

  test('more versions of a case than one box holds are boxed in several, and other cases with them', async () => {
    const { id, rev, draft } = await savedCase(vault)
    const { answers } = aChild()
    const told = { ...answers, toeText: { '6.5': 'told at length '.repeat(13).trim() } }
    const people = Array.from({ length: 400 }, () => aChild({ id: newId(), answers: told }))
    const many = { ...draft, victims: [...draft.victims, ...people] }
    let at = rev
    for (const localReference of ['1', '2', '3', '4', '5']) {
      const saved = await vault.save(id, at, { ...many, localReference })
      if (saved.status !== 'saved') throw new Error(saved.status)
      at = (await finished(vault, id, saved.rev)).rev
    }
    const other = await savedCase(vault)
    await finished(vault, other.id, other.rev)
    const { configurationText, profileText } = await organisation.setup()
    expect(await vault.setConfiguration(configurationText, profileText)).toEqual({ status: 'set', boxed: 6 })
    const items = (await boxes()).map(({ box }) => box.items.map(({ revision }) => revision))
    expect(items.flat().toSorted()).toEqual([1, 1, 2, 3, 4, 5])
    expect(items.length).toBeGreaterThan(2)
    expect((await vault.list()).cases.map(({ state }) => state)).toEqual(['ready', 'ready'])
  })

  test('an organisation that somebody wrote onto the disk is not sealed to', async () => {
    const { id, rev } = await savedCase(vault)
    await tablet.database.device.update('device', { configuration: await organisation.configuration() })
    expect(await vault.finish(id, rev)).toEqual({ status: 'settings-changed' })
    expect(await tablet.tab().unlock(accountId, folded())).toMatchObject({ status: 'settings-changed' })
    expect(await tablet.database.outbox.count()).toBe(0)
  })
})

describe('the configuration', () => {
  const stranger = () => anOrganisation()

  test.each([
    ['an edited endpoint', async (text: string) => text.replace('receiver.example', 'receiver.exampla')],
    ['another organisation', async () => (await stranger()).configuration({ version: 9 })],
    ['nothing', async () => ''],
  ])('replaced on the disk by %s stops sealing, and says so at unlock', async (_, edit) => {
    const { id, rev } = await savedCase(vault)
    const device = await tablet.database.device.get('device')
    await tablet.database.device.update('device', { configuration: await edit(device?.configuration ?? '') })
    expect(await vault.verifyConfiguration()).toBe('changed')
    expect(await vault.finish(id, rev)).toEqual({ status: 'settings-changed' })
    const after = tablet.tab()
    expect(await after.unlock(accountId, folded())).toMatchObject({ status: 'settings-changed' })
    expect(await after.profile()).toBeUndefined()
    expect((await after.open(id)).rev).toBe(rev)

    const another = await organisation.configuration({ label: 'our house' })
    expect(await after.setConfiguration(another)).toEqual({ status: 'refused', reason: 'older' })
    expect(await after.setConfiguration(device?.configuration ?? '')).toEqual({ status: 'set', boxed: 0 })
    expect(await after.verifyConfiguration()).toBe('verified')
    expect((await finished(after, id, rev)).state).toBe('ready')
  })

  test('counts as changed where the device was given another id', async () => {
    const { id, rev } = await savedCase(vault)
    await tablet.database.device.update('device', { deviceId: id })
    expect(await vault.finish(id, rev)).toEqual({ status: 'settings-changed' })
    expect(await vault.verifyConfiguration()).toBe('changed')
  })

  test('put back to an older one of the same key stops sealing', async () => {
    const old = (await tablet.database.device.get('device'))?.configuration ?? ''
    expect(await vault.setConfiguration(await organisation.configuration({ version: 2 }))).toMatchObject({
      status: 'set',
    })
    expect(await vault.profile()).toMatchObject({ configVersion: 2, name: 'Harbour House (invented)' })
    await tablet.database.device.update('device', { configuration: old })
    expect(await tablet.tab().unlock(accountId, folded())).toMatchObject({ status: 'settings-changed' })
  })

  test('that another account renewed is followed at unlock, since the pinned key signed it', async () => {
    const other = await tablet.withAccount({ label: 'Green', passphrase: folded('green sea') })
    const newer = await organisation.configuration({ version: 2 })
    expect(await other.vault.setConfiguration(newer, organisation.profileText)).toMatchObject({ status: 'set' })
    const after = tablet.tab()
    expect(await after.unlock(accountId, folded())).toMatchObject({ status: 'opened' })
    expect(await after.profile()).toMatchObject({ configVersion: 2 })
  })

  test('is taken from the announced successor, and from no other key', async () => {
    const { successor, config, configuration } = organisation
    const foreign = await (await stranger()).configuration({ version: 3 })
    expect(await vault.setConfiguration(foreign)).toEqual({ status: 'refused', reason: 'foreign' })
    expect(await vault.setConfiguration('CONF1 none')).toEqual({ status: 'refused', reason: 'bad-configuration' })
    expect(await vault.setConfiguration(await configuration({ version: 2 }, successor))).toMatchObject({
      status: 'set',
    })
    expect(await vault.setConfiguration(await configuration({ version: 3 }, config))).toMatchObject({
      status: 'refused',
    })
  })

  test('with another profile needs that profile', async () => {
    const profile = organisation.profileText.replace('NGO-14', 'NGO-15')
    const next = await organisation.configuration({ version: 2, profile: await sha256HexOf(profile) })
    expect(await vault.setConfiguration(next)).toEqual({ status: 'refused', reason: 'profile' })
    expect(await vault.setConfiguration(next, profile)).toMatchObject({ status: 'set' })
    expect(await vault.profile()).toMatchObject({ orgCode: 'NGO-15' })
  })
})
