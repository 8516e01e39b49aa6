import 'fake-indexeddb/auto'
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { checkChains } from '../../desk/chains.ts'
import { openBox } from '../batch/box.ts'
import type { Configuration } from '../batch/configuration.ts'
import { safetyCopySchema } from '../batch/safety-copy.ts'
import { outboxView } from '../outbox/outbox.ts'
import type { Draft } from '../record/draft.ts'
import { recipientFingerprint } from '../seal/age-keys.ts'
import { newRecipientPair } from '../seal/envelope.ts'
import { grownBeyondABox } from '../testing/a-case.ts'
import { aSetUpTablet, type ASetUpTablet } from '../testing/a-set-up-tablet.ts'
import { ATablet, folded, savedCase } from '../testing/a-tablet.ts'
import { anOrganisation } from '../testing/an-organisation.ts'

let tablet: ASetUpTablet['tablet']
let organisation: ASetUpTablet['organisation']
let vault: ASetUpTablet['vault']
let accountId: ASetUpTablet['accountId']
beforeEach(async () => {
  ;({ tablet, organisation, vault, accountId } = await aSetUpTablet())
})
afterEach(() => tablet.database.delete())

const rows = () => tablet.database.outbox.toCollection().sortBy('seq')
const opened = async (identities = organisation.identities) =>
  await Promise.all((await rows()).map(async (row) => await openBox(row.bytes, identities)))
const chains = async () => checkChains((await opened()).map(({ box, boxId }) => ({ ...box, boxId })))
const kinds = async () => (await opened()).map(({ box }) => box.kind)
const nextDay = () => (tablet.clock.time += 24 * 60 * 60 * 1000)
const deviceId = async () => (await tablet.database.device.get('device'))?.deviceId ?? ''
const isTidy = async () => expect(await vault.tidy()).toMatchObject({ changed: [], gone: [], logIntact: true })

/** Writes something else into the case. */
async function write(id: string, change: (draft: Draft) => Draft): Promise<number> {
  const { draft, rev } = await vault.open(id)
  const saved = await vault.save(id, rev, change(draft))
  if (saved.status !== 'saved') throw new Error(saved.status)
  return saved.rev
}
const refer = (localReference: string) => (draft: Draft) => ({ ...draft, localReference })
const says = (consent: Draft['victims'][number]) => (draft: Draft) => ({ ...draft, victims: [consent] })

describe('a draft that is left', () => {
  test('is boxed as it stands, without its marks, and counts as no case that waits', async () => {
    const { id, rev, draft } = await savedCase(vault)
    const marks = { [draft.victims[0]?.id ?? '']: 'heron' }
    expect(
      (await vault.save(id, rev, draft, { section: 'event', caret: { box: 1, from: 4, to: 4 } }, { marks })).status,
    ).toBe('saved')
    const before = await vault.open(id)
    expect(await vault.copyDrafts(id)).toBe(1)
    const [one] = await opened()
    expect(one?.box).toMatchObject({ kind: 'draft', items: [{ caseId: draft.caseId, revision: 1, previous: null }] })
    const payload = one?.box.items[0]?.payload ?? ''
    expect(payload).not.toContain('heron')
    const { body } = safetyCopySchema.parse(JSON.parse(payload)).case
    expect(body.draft).toEqual(before.draft)
    expect(body.place).toEqual({ section: 'event' })
    expect(await vault.waiting()).toBe(0)
    expect(await outboxView(tablet.database)).toMatchObject({ waiting: 0, nextAt: 0 })
    expect(await vault.open(id)).toEqual(before)
    expect((await vault.list()).cases[0]).toMatchObject({ state: 'draft', changedSinceSent: false })
    await isTidy()
  })

  test('is boxed once a day, only where it changed, and the newer takes the place of the older', async () => {
    const { id } = await savedCase(vault)
    expect(await vault.copyDrafts(id)).toBe(1)
    await write(id, refer('B'))
    expect(await vault.copyDrafts(id)).toBe(0)
    nextDay()
    const [older] = await rows()
    expect(await vault.copyDrafts(id)).toBe(1)
    const [newer, ...others] = await opened()
    expect(others).toEqual([])
    expect(newer?.box.replaces).toEqual([older?.boxId])
    nextDay()
    expect(await vault.copyDrafts(id)).toBe(0)
    await write(id, refer('C'))
    expect(await vault.copyDrafts(id)).toBe(1)
    expect((await opened())[0]?.box.replaces).toEqual([older?.boxId, newer?.boxId])
    expect(await chains()).toEqual({ gaps: [], forks: [] })
    await isTidy()
  })

  test('names an older copy that was tried, which need not leave any more', async () => {
    const { id } = await savedCase(vault)
    await vault.copyDrafts(id)
    const [tried] = await rows()
    await tablet.database.outbox.update(tried?.boxId ?? '', { attempts: 3, lastCode: 'E-NET' })
    nextDay()
    await write(id, refer('B'))
    expect(await vault.copyDrafts(id)).toBe(1)
    expect((await opened()).map(({ box }) => box.replaces)).toEqual([[tried?.boxId]])
  })

  test('is not boxed again over what a sender takes in the very moment', async () => {
    const { id } = await savedCase(vault)
    await vault.copyDrafts(id)
    const [first] = await rows()
    nextDay()
    await write(id, refer('B'))
    tablet.meanwhile(() => tablet.database.outbox.update(first?.boxId ?? '', { state: 'received', receipt: 'x' }))
    expect(await vault.copyDrafts(id)).toBe(1)
    expect((await opened()).map(({ box }) => box.replaces)).toEqual([[], []])
  })

  test('waits for what is still being saved', async () => {
    const { id, rev, draft } = await savedCase(vault)
    const saved = vault.save(id, rev, { ...draft, localReference: 'last words' })
    const copied = vault.copyDrafts(id)
    await Promise.all([saved, copied])
    expect((await opened())[0]?.box.items[0]?.payload).toContain('last words')
  })
})

describe('no safety copy is made', () => {
  test.each([
    ['said no to the talk', { consent: { interview: { value: 'no' as const, date: '2024-05-02' } } }],
    ['said no to the use', { consent: { use: { value: 'no' as const, date: '2024-05-02' } } }],
    ['said no to the keeping', { consent: { storage: { value: 'no' as const, date: '2024-05-02' } } }],
    ['took something back', { consent: { withdrawn: { date: '2024-05-02', scope: 'share' as const } } }],
  ])('of a case in which a victim %s, and one that waits is taken back', async (_, { consent }) => {
    const { id } = await savedCase(vault)
    expect(await vault.copyDrafts(id)).toBe(1)
    const [gone] = await rows()
    const victim = (await vault.open(id)).draft.victims[0]
    await write(id, says({ id: victim?.id ?? '', answers: {}, consent }))
    nextDay()
    expect(await vault.copyDrafts(id)).toBe(0)
    expect(await rows()).toEqual([])
    await isTidy()
    // What comes after it in the chain explains its place.
    await write(id, says({ id: victim?.id ?? '', answers: {}, consent: {} }))
    expect(await vault.copyDrafts(id)).toBe(1)
    expect((await opened())[0]?.box.replaces).toEqual([gone?.boxId])
    expect(await chains()).toEqual({ gaps: [], forks: [] })
  })

  test('where somebody said no to passing answers on alone, it is', async () => {
    const { id, draft } = await savedCase(vault)
    const consent = { share: { value: 'no' as const, date: '2024-05-02' } }
    await write(id, says({ id: draft.victims[0]?.id ?? '', answers: {}, consent }))
    expect(await vault.copyDrafts(id)).toBe(1)
  })

  test('where the configuration says no, and one that waits is taken back when it begins to', async () => {
    const { id } = await savedCase(vault)
    expect(await vault.copyDrafts(id)).toBe(1)
    await configure({ safetyCopies: false })
    expect(await vault.copyDrafts()).toBe(0)
    expect(await rows()).toEqual([])
  })

  test('without an organisation', async () => {
    const alone = new ATablet()
    const { vault: own } = await alone.withAccount()
    const { id } = await savedCase(own)
    expect([await own.copyDrafts(id), await own.copyDrafts()]).toEqual([0, 0])
    expect(await alone.database.outbox.count()).toBe(0)
    await alone.database.delete()
  })

  test('of a case that was only begun, of one that was sent as it stands, of a second version, of one that was withdrawn', async () => {
    await vault.newCase()
    const { id, rev, draft } = await savedCase(vault)
    expect((await vault.save(id, 1, { ...draft, localReference: 'other tab' })).status).toBe('conflict')
    const done = await vault.finish(id, rev)
    if (done.status !== 'finished') throw new Error(done.status)
    expect(await vault.copyDrafts()).toBe(0)
    await vault.withdraw(id, done.rev, { reason: 'error' })
    expect(await vault.copyDrafts()).toBe(0)
    expect(await kinds()).toEqual(['record', 'record'])
  })
})

describe('a draft that no box could hold', () => {
  const listed = async () => (await vault.list()).tooLong
  test('gets no safety copy, and the list says so until it is shorter', async () => {
    const { id, draft } = await savedCase(vault)
    await savedCase(vault)
    expect(await listed()).toBeUndefined()
    await write(id, grownBeyondABox)
    expect(await vault.copyDrafts()).toBe(1)
    expect((await opened()).map(({ box }) => box.items[0]?.caseId)).not.toContain(draft.caseId)
    expect(await listed()).toEqual([draft.code])
    await write(id, () => draft)
    expect(await vault.copyDrafts()).toBe(1)
    expect(await listed()).toBeUndefined()
  })

  test('is named also where an older copy of it left, and not where none is wanted of it', async () => {
    const { id, draft } = await savedCase(vault)
    expect(await vault.copyDrafts(id)).toBe(1)
    nextDay()
    await write(id, grownBeyondABox)
    expect(await vault.copyDrafts(id)).toBe(0)
    expect(await rows()).toHaveLength(1)
    expect(await listed()).toEqual([draft.code])
    const no = { consent: { storage: { value: 'no' as const, date: '2024-05-02' } } }
    await write(id, (now) => ({ ...now, victims: now.victims.map((one, at) => (at > 0 ? one : { ...one, ...no })) }))
    expect(await listed()).toBeUndefined()
    await write(id, grownBeyondABox)
    await configure({ safetyCopies: false })
    expect(await listed()).toBeUndefined()
  })

  test('is not named without an organisation, which gets no copies', async () => {
    const alone = new ATablet()
    const { vault: own } = await alone.withAccount()
    const { id, rev, draft } = await savedCase(own)
    expect((await own.save(id, rev, grownBeyondABox(draft))).status).toBe('saved')
    expect((await own.list()).tooLong).toBeUndefined()
    await alone.database.delete()
  })
})

describe('at an unlock', () => {
  test('every draft that a lock left without a copy gets one, and those of others do not', async () => {
    const ids = [await savedCase(vault), await savedCase(vault)].map(({ id }) => id)
    await vault.copyDrafts(ids[0])
    const other = tablet.tab()
    await other.start()
    await other.createAccount({ label: 'Green', passphrase: folded('Otra casa, 9 nubes'), circle: 'me' })
    expect(await other.copyDrafts()).toBe(0)
    await vault.lock()
    await vault.unlock(accountId, folded())
    expect(await vault.copyDrafts()).toBe(1)
    expect(await vault.copyDrafts()).toBe(0)
    expect(await kinds()).toEqual(['draft', 'draft'])
  })
})

describe('a version that is sent', () => {
  test('takes the place of the safety copy that waits, and the next draft gets one of its own', async () => {
    const { id, rev, draft } = await savedCase(vault)
    await vault.copyDrafts(id)
    const [copy] = await rows()
    expect((await vault.finish(id, rev)).status).toBe('finished')
    const [only, ...others] = await opened()
    expect([only?.box.kind, only?.box.replaces, others]).toEqual(['record', [copy?.boxId], []])
    expect(await vault.copyDrafts(id)).toBe(0)
    await write(id, refer('later'))
    expect(await vault.copyDrafts(id)).toBe(1)
    const after = await opened()
    const item = after[1]?.box.items[0]
    expect(item).toMatchObject({ caseId: draft.caseId, revision: 2, previous: only?.box.items[0]?.sha256 })
    expect(await vault.waiting()).toBe(1)
    expect((await vault.list()).cases[0]).toMatchObject({ state: 'ready', changedSinceSent: true })
    expect(await chains()).toEqual({ gaps: [], forks: [] })
    await isTidy()
  })

  test('is packed with others, and a safety copy is left alone', async () => {
    const draft = await savedCase(vault)
    await vault.copyDrafts(draft.id)
    for (const { id, rev } of [await savedCase(vault), await savedCase(vault)]) await vault.finish(id, rev)
    expect(await vault.replaceBoxes()).toBe(2)
    expect(await kinds()).toEqual(['draft', 'record'])
    expect(await chains()).toEqual({ gaps: [], forks: [] })
  })
})

describe('a receipt', () => {
  test.each(['received', 'opened'] as const)(
    'that says %s lets the safety copy go, and no case says so',
    async (state) => {
      const { id } = await savedCase(vault)
      await vault.copyDrafts(id)
      const [row] = await rows()
      const box = { id: row?.boxId ?? '', size: row?.size ?? 0 }
      const change =
        state === 'received'
          ? { state, receipt: await organisation.stored(await deviceId(), [{ ...box, result: 'kept' }]) }
          : { state, imported: await organisation.imported(await deviceId(), [{ ...box, result: 'imported' }]) }
      await tablet.database.outbox.update(box.id, change)
      expect(await vault.carryReceipts()).toBe(0)
      expect(await rows()).toEqual([])
      expect((await vault.list()).cases[0]?.state).toBe('draft')
      nextDay()
      await write(id, refer('B'))
      expect(await vault.copyDrafts(id)).toBe(1)
      expect((await opened())[0]?.box.replaces).toEqual([])
    },
  )

  test('is remembered by the day of its copy, also while a newer one waits or was taken back', async () => {
    const { id } = await savedCase(vault)
    const arrives = async () => {
      const row = (await rows()).at(-1)
      const kept = [{ id: row?.boxId ?? '', size: row?.size ?? 0, result: 'kept' as const }]
      const receipt = await organisation.stored(await deviceId(), kept)
      await tablet.database.outbox.update(row?.boxId ?? '', { state: 'received', receipt })
      await vault.carryReceipts()
    }
    const day = async () => (await vault.lastSafetyCopy())?.slice(0, 10)
    await vault.copyDrafts(id)
    expect(await day()).toBeUndefined()
    await arrives()
    expect(await day()).toBe('2024-05-02')
    nextDay()
    await write(id, refer('B'))
    await vault.copyDrafts(id)
    expect(await day()).toBe('2024-05-02')
    const victim = (await vault.open(id)).draft.victims[0]
    await write(id, says({ id: victim?.id ?? '', answers: {}, consent: { use: { value: 'no', date: '2024-05-02' } } }))
    expect(await vault.copyDrafts(id)).toBe(0)
    expect([await rows(), await day()]).toEqual([[], '2024-05-02'])
    const other = await savedCase(vault)
    await vault.copyDrafts(other.id)
    await arrives()
    expect(await day()).toBe('2024-05-03')
    await isTidy()
  })

  test('that does not verify leaves it where it is', async () => {
    const { id } = await savedCase(vault)
    await vault.copyDrafts(id)
    const [row] = await rows()
    const stranger = await anOrganisation()
    const kept = [{ id: row?.boxId ?? '', size: row?.size ?? 0, result: 'kept' as const }]
    const receipt = await stranger.stored(await deviceId(), kept)
    await tablet.database.outbox.update(row?.boxId ?? '', { state: 'received', receipt })
    await vault.carryReceipts()
    expect(await rows()).toHaveLength(1)
  })
})

test('a recipient that was revoked gets no safety copy any more: what waits is sealed to the next one at once', async () => {
  const { id } = await savedCase(vault)
  await vault.copyDrafts(id)
  const [old] = await rows()
  const work = await newRecipientPair({ kind: 'x25519' })
  const drawer = await newRecipientPair({ kind: 'x25519' })
  const revoked = await Promise.all(organisation.base.recipients.map(recipientFingerprint))
  await configure({ recipients: [work.recipient, drawer.recipient], revoked })
  await tablet.database.outbox.update(old?.boxId ?? '', { attempts: 2 })
  expect(await vault.copyDrafts()).toBe(1)
  const [now, ...others] = await opened([work.identity])
  expect([now?.box.kind, now?.box.replaces, others]).toEqual(['draft', [old?.boxId], []])
})

/** The organisation's next configuration, taken. */
async function configure(change: Partial<Configuration>): Promise<void> {
  const text = await organisation.configuration({ version: 2, ...change })
  expect((await vault.setConfiguration(text)).status).toBe('set')
}
