import 'fake-indexeddb/auto'
import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest'
import { readHeader } from '../seal/keys.ts'
import { ATablet, folded, savedCase } from '../testing/a-tablet.ts'
import type { MemorySlotFile } from '../testing/key-slots-in-memory.ts'
import type { VaultApi } from './api.ts'
import { readAudit } from './audit.ts'

const next = 'Puerto Nuevo, 4 faros'
const wipe = 'Viento del norte, 2 barcas'

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

const opens = async (passphrase: string): Promise<string> =>
  (await tablet.tab().unlock(accountId, folded(passphrase))).status
const row = async () => {
  const found = await tablet.database.accounts.get(accountId)
  if (!found) throw new Error('no account')
  return found
}
const slotFile = (): MemorySlotFile => {
  const file = tablet.keySlots.files.get(accountId)
  if (!file) throw new Error('no key slot')
  return file
}

describe('a new passphrase', () => {
  test('opens what was there, and the old one does not any more', async () => {
    const { id, draft } = await savedCase(vault)
    const before = await tablet.database.records.toArray()
    expect(await vault.changePassphrase(folded(), folded(next))).toEqual({ status: 'changed', wipeCleared: false })
    expect(await opens(next)).toBe('opened')
    expect(await opens('Casa del Mar, 7 olas')).toBe('wrong')
    expect(await tablet.database.records.toArray()).toEqual(before)
    const tab = tablet.tab()
    await tab.unlock(accountId, folded(next))
    expect((await tab.open(id)).draft).toEqual(draft)
  })

  test('goes on working in the session that is open, which can change it again', async () => {
    await vault.changePassphrase(folded(), folded(next))
    await savedCase(vault)
    expect(await vault.samePassphrase(folded(next))).toEqual({ status: 'right' })
    expect((await vault.changePassphrase(folded(next), folded())).status).toBe('changed')
    expect(await opens('Casa del Mar, 7 olas')).toBe('opened')
    expect(readHeader((await row()).header)).toMatchObject({ gen: 3, slot: 0 })
  })

  test('makes an old copy of the database worthless once the old device secret is overwritten', async () => {
    const old = await row()
    await vault.changePassphrase(folded(), folded(next))
    await tablet.database.accounts.put(old)
    expect(await opens('Casa del Mar, 7 olas')).toBe('key-slot')
    expect(await opens(next)).toBe('key-slot')
  })

  test('is not taken with a wrong current one, which counts as an attempt', async () => {
    const old = await row()
    expect((await vault.changePassphrase(folded('not it at all, 3'), folded(next))).status).toBe('wrong')
    expect(await row()).toEqual({ ...old, failed: 1 })
    expect(await opens('Casa del Mar, 7 olas')).toBe('opened')
  })

  test('zeroes both', async () => {
    const [current, changed] = [folded(), folded(next)]
    await vault.changePassphrase(current, changed)
    expect([...current, ...changed].every((byte) => byte === 0)).toBe(true)
  })

  test('that the store refuses leaves the old one working, and says so', async () => {
    const { accounts } = tablet.database
    const update = accounts.update.bind(accounts)
    vi.spyOn(accounts, 'update').mockImplementation((key, changes) => {
      if ('wrap' in changes) throw new DOMException('full', 'QuotaExceededError')
      return update(key, changes)
    })
    expect(await vault.changePassphrase(folded(), folded(next))).toEqual({ status: 'not-saved', reason: 'quota' })
    vi.restoreAllMocks()
    expect(await opens('Casa del Mar, 7 olas')).toBe('opened')
    expect(await opens(next)).toBe('wrong')
  })

  test('falls at any write to the disk into exactly one of the two passphrases', async () => {
    const copies: { slots: Uint8Array<ArrayBuffer>; account: Awaited<ReturnType<typeof row>> }[] = []
    const file = slotFile()
    const flush = file.flush.bind(file)
    const keep = async () => void copies.push({ slots: file.bytes.slice(), account: await row() })
    const steps: Promise<void>[] = []
    file.flush = () => {
      steps.push(keep())
      flush()
    }
    await keep()
    await vault.changePassphrase(folded(), folded(next))
    await Promise.all(steps)
    await keep()
    file.flush = flush
    expect(copies.length).toBeGreaterThanOrEqual(4)
    for (const { slots, account } of copies) {
      const named = readHeader(account.header).gen === 1 ? 'Casa del Mar, 7 olas' : next
      const other = named === next ? 'Casa del Mar, 7 olas' : next
      for (const [passphrase, opened] of [
        [named, true],
        [other, false],
      ] as const) {
        file.bytes = slots.slice()
        await tablet.database.accounts.put({ ...account, failed: 0 })
        expect((await opens(passphrase)) === 'opened').toBe(opened)
      }
    }
  })

  test('is logged', async () => {
    await vault.changePassphrase(folded(), folded(next))
    const { entries, intact } = await readAudit(await tablet.session(accountId, next))
    expect(intact).toBe(true)
    expect(entries.map(({ action }) => action)).toContain('passphrase')
  })
})

describe('a wipe passphrase', () => {
  test('answers as any wrong one, and leaves nothing that the right one opens', async () => {
    await savedCase(vault)
    expect(await vault.setWipePassphrase(folded(), folded(wipe))).toEqual({ status: 'set' })
    expect(await vault.session()).toMatchObject({ hasWipePassphrase: true })
    const wrong = await tablet.tab().unlock(accountId, folded('some other words, 5'))
    const wiped = await tablet.tab().unlock(accountId, folded(wipe))
    expect(wiped).toEqual({ ...wrong, status: 'wrong' })
    expect(await tablet.database.records.count()).toBe(0)
    expect(await tablet.database.audit.count()).toBe(0)
    expect(await tablet.database.accounts.count()).toBe(1)
    expect(await opens('Casa del Mar, 7 olas')).toBe('wrong')
  })

  test('does nothing where none is set, and its column tells nothing either way', async () => {
    const before = await row()
    await vault.setWipePassphrase(folded(), folded(wipe))
    const set = await row()
    await vault.setWipePassphrase(folded(), new Uint8Array(0))
    const none = await row()
    expect([before, set, none].map(({ wipeVerifier }) => wipeVerifier.length)).toEqual([32, 32, 32])
    expect(await vault.session()).toMatchObject({ hasWipePassphrase: false })
    await savedCase(vault)
    expect(await opens(wipe)).toBe('wrong')
    expect(await tablet.database.records.count()).toBe(1)
  })

  test('is refused where it is the passphrase itself, or where the current one is wrong', async () => {
    expect(await vault.setWipePassphrase(folded(), folded())).toEqual({ status: 'same' })
    expect((await vault.setWipePassphrase(folded('not it at all, 3'), folded(wipe))).status).toBe('wrong')
    expect(await vault.session()).toMatchObject({ hasWipePassphrase: false })
  })

  test('is to be set again after the passphrase was changed, and does nothing until then', async () => {
    await vault.setWipePassphrase(folded(), folded(wipe))
    await savedCase(vault)
    expect(await vault.changePassphrase(folded(), folded(next))).toEqual({ status: 'changed', wipeCleared: true })
    expect(await opens(wipe)).toBe('wrong')
    expect(await tablet.database.records.count()).toBe(1)
    expect(await opens(next)).toBe('opened')
  })
})
