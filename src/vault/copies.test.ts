import 'fake-indexeddb/auto'
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { answered, ATablet, folded, savedCase } from '../testing/a-tablet.ts'
import { anOrganisation } from '../testing/an-organisation.ts'
import { fromBase64Url } from '../seal/base64url.ts'
import { openWith } from '../seal/envelope.ts'
import { wordsToIdentity } from '../seal/words.ts'
import type { CopyMade, VaultApi } from './api.ts'
import { readAudit } from './audit.ts'
import vectors from './vectors/copy.json' with { type: 'json' }

let old: ATablet
let next: ATablet
let vault: VaultApi
let words: readonly string[]
beforeEach(async () => {
  old = new ATablet()
  next = new ATablet()
  ;({ vault } = await old.withAccount({ circle: 'team' }))
  const key = await vault.newDrawerKey()
  words = key.words
  expect(await vault.keepDrawerKey(key.recipients)).toEqual({ status: 'done' })
})
afterEach(async () => {
  await old.database.delete()
  await next.database.delete()
})

function made(copy: CopyMade) {
  if (copy.status !== 'made') throw new Error(copy.status)
  return copy
}

const copyOf = async (from: VaultApi): Promise<Uint8Array<ArrayBuffer>> => made(await from.makeCopy()).bytes

async function finishedCase() {
  const { id, rev, draft } = await savedCase(vault)
  const done = await vault.finish(id, rev)
  if (done.status !== 'finished') throw new Error(done.status)
  return { id, rev: done.rev, draft }
}

const newTablet = async (more: Parameters<ATablet['withAccount']>[0] = {}) =>
  next.withAccount({ label: 'Grey', passphrase: folded('Tres gatos, 9 tejados'), ...more })

describe('a copy', () => {
  test('of what one person alone could open brings it to that person alone, where new cases go to a team, too', async () => {
    const shared = await savedCase(vault)
    const mine = await savedCase(vault)
    await vault.give(mine.id, mine.rev, { circle: 'me' })
    const bytes = await copyOf(vault)
    const { vault: there } = await newTablet({ circle: 'team' })
    await there.openCopy(bytes, words)
    expect(await there.restoreCopy()).toMatchObject({ fresh: 2, failed: 0 })
    expect((await there.open(mine.id)).circle).toBe('me')
    expect((await there.open(shared.id)).circle).toBe('team')
    expect((await there.newCase()).circle).toBe('team')
  })

  test('brings drafts and finished cases to a new tablet by the 24 words, and asks it who it goes on for', async () => {
    const finished = await finishedCase()
    const draft = await savedCase(vault)
    const caret = { box: 1, from: 4, to: 4 }
    await vault.save(draft.id, draft.rev, draft.draft, { section: 'links', caret }, { told: {} })
    expect((await vault.open(draft.id)).place).toEqual({ section: 'links', caret })
    const bytes = await copyOf(vault)
    const { vault: there } = await newTablet({ circle: 'team' })
    expect(await there.openCopy(bytes, words)).toMatchObject({ status: 'opened', cases: 2, fresh: 2, ownDevice: false })
    expect(await there.restoreCopy()).toMatchObject({ status: 'restored', fresh: 2, failed: 0, boxed: 0 })
    const open = await there.open(finished.id)
    expect(open.sent?.state).toBe('complete')
    expect(open.circle).toBe('team')
    expect((await there.open(draft.id)).place).toEqual({ section: 'links' })
    const [was] = await old.database.device.toArray()
    expect((await next.database.device.toArray())[0]?.continues).toBe(was?.deviceId)
    expect((await there.tidy()).changed).toEqual([])
  })

  test('is sealed beside the key for the drawer to the organisation, of whichever kind it is', async () => {
    const organisation = await anOrganisation()
    const tablet = new ATablet()
    const { vault: own } = await tablet.withAccount({ setup: await organisation.setup() })
    const key = await own.newDrawerKey()
    await own.keepDrawerKey(key.recipients)
    await savedCase(own)
    const bytes = await copyOf(own)
    const opens = await Promise.all(
      (['hybrid', 'x25519'] as const).map(async (kind) =>
        openWith([wordsToIdentity(key.words, kind)], bytes).then(
          () => true,
          () => false,
        ),
      ),
    )
    expect(opens.filter(Boolean)).toHaveLength(1)
    await tablet.database.delete()
  })

  test('without a key for the drawer and without an organisation has nobody to go to', async () => {
    const { vault: there } = await newTablet()
    expect(await there.makeCopy()).toEqual({ status: 'nobody' })
    expect(await there.copies()).toMatchObject({ drawer: false, organisation: false })
  })

  test('is remembered by its date once it was put somewhere, also after a lock', async () => {
    await vault.noteCopied()
    const tab = old.tab()
    const [account] = (await old.tab().start()).accounts
    await tab.unlock(account?.accountId ?? '', folded())
    expect((await tab.copies()).copiedAt).toBe('2024-05-02T08:00+00:00')
  })

  test('with a changed byte, other words, or words that are none opens nothing and changes nothing', async () => {
    await savedCase(vault)
    const bytes = await copyOf(vault)
    const { vault: there } = await newTablet()
    const { words: others } = await there.newDrawerKey()
    expect((await there.openCopy(bytes, others)).status).toBe('other-key')
    expect((await there.openCopy(bytes, words.slice(1))).status).toBe('not-words')
    expect((await there.openCopy(new TextEncoder().encode('no copy'), words)).status).toBe('damaged')
    const flipped = bytes.slice()
    flipped[flipped.length - 9] = (flipped.at(-9) ?? 0) ^ 1
    expect(['other-key', 'damaged']).toContain((await there.openCopy(flipped, words)).status)
    expect(await there.restoreCopy()).toEqual({ status: 'no-copy' })
    expect((await there.list()).cases).toEqual([])
  })
})

describe('restoring', () => {
  test('never writes over what is newer here, and keeps beside it what is newer in the copy', async () => {
    const kept = await savedCase(vault)
    const bytes = await copyOf(vault)
    old.clock.time += 1_000
    await vault.save(kept.id, kept.rev, { ...kept.draft, localReference: 'written since' })
    await vault.openCopy(bytes, words)
    expect(await vault.restoreCopy()).toMatchObject({ fresh: 0, same: 0, kept: 1, beside: 0 })
    expect((await vault.open(kept.id)).draft.localReference).toBe('written since')

    const newer = await copyOf(vault)
    const { vault: there } = await newTablet({ circle: 'team' })
    await there.openCopy(bytes, words)
    await there.restoreCopy()
    await there.openCopy(newer, words)
    expect(await there.restoreCopy()).toMatchObject({ beside: 1, kept: 0, fresh: 0 })
    const { cases } = await there.list()
    expect(cases.map(({ copyOf: of }) => of)).toContain(kept.id)
    expect((await there.open(kept.id)).draft.localReference).toBeUndefined()
    await there.openCopy(bytes, words)
    expect(await there.restoreCopy()).toMatchObject({ same: 1, beside: 0 })
  })

  test('boxes anew for the organisation what it had not confirmed, with the same text', async () => {
    const organisation = await anOrganisation()
    const { id } = await finishedCase()
    const bytes = await copyOf(vault)
    const { vault: there, accountId } = await newTablet({ setup: await organisation.setup(), circle: 'team' })
    await there.openCopy(bytes, words)
    expect(await there.restoreCopy()).toMatchObject({ fresh: 1, boxed: 1 })
    expect((await there.open(id)).state).toBe('ready')
    expect(await next.database.outbox.count()).toBe(1)
    expect((await readAudit(await next.session(accountId, 'Tres gatos, 9 tejados'))).intact).toBe(true)
  })

  test('does not bring a case back that was withdrawn here', async () => {
    const { id, rev } = await finishedCase()
    const bytes = await copyOf(vault)
    expect((await vault.withdraw(id, rev, { reason: 'consent' })).status).toBe('finished')
    await vault.openCopy(bytes, words)
    expect(await vault.restoreCopy()).toMatchObject({ kept: 1, fresh: 0, beside: 0 })
    expect((await vault.open(id)).draft.victims).toEqual([])
  })

  test('counts what the store refuses as failed, and says so', async () => {
    await savedCase(vault)
    await savedCase(vault)
    const bytes = await copyOf(vault)
    const { vault: there } = await newTablet({ circle: 'team' })
    await there.openCopy(bytes, words)
    const { records } = next.database
    const add = records.add.bind(records)
    let refused = false
    records.add = ((row: Parameters<typeof add>[0]) => {
      if (refused) return add(row)
      refused = true
      throw new DOMException('full', 'QuotaExceededError')
    }) as typeof records.add
    expect(await there.restoreCopy()).toMatchObject({ fresh: 1, failed: 1 })
  })
})

describe('one case', () => {
  test('goes to an account of another tablet, which opens it with its own key', async () => {
    const { id, draft } = await savedCase(vault)
    await savedCase(vault)
    const { vault: there } = await newTablet()
    const { recipient } = await there.copies()
    const copy = made(await vault.copyCase(id, recipient))
    expect(copy.cases).toBe(1)
    expect(await there.openCopy(copy.bytes)).toMatchObject({ status: 'opened', cases: 1, fresh: 1 })
    expect(await there.restoreCopy()).toMatchObject({ fresh: 1 })
    expect((await there.open(id)).draft).toEqual(draft)
    expect((await vault.openCopy(copy.bytes)).status).toBe('other-key')
  })

  test('is not sealed to what is no recipient', async () => {
    const fresh = await vault.newCase()
    await vault.save(fresh.id, fresh.rev, answered(fresh))
    expect(await vault.copyCase(fresh.id, 'age1nobody')).toEqual({ status: 'no-recipient' })
  })
})

describe('copies of before', () => {
  test.each(vectors.copies)('open for good: $note', async ({ words: written, at, cases, file }) => {
    const { vault: there } = await newTablet({ circle: 'team' })
    const opened = await there.openCopy(fromBase64Url(file), written.split(' '))
    expect(opened).toMatchObject({ status: 'opened', at, cases: cases.length, fresh: cases.length })
    expect(await there.restoreCopy()).toMatchObject({ status: 'restored', fresh: cases.length, failed: 0 })
    for (const { id, code, revision } of cases) {
      const open = await there.open(id)
      expect([open.code, open.history.at(-1)?.revision, open.sent?.code]).toEqual([code, revision, code])
    }
  })
})
