import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { answered, ATablet, folded, savedCase } from '../testing/a-tablet.ts'
import { anOrganisation } from '../testing/an-organisation.ts'

let tablet: ATablet
beforeEach(() => {
  tablet = new ATablet()
})
afterEach(() => tablet.database.delete())

describe('an account', () => {
  test('opens with its passphrase in another tab, and shows the case that was saved', async () => {
    const { vault, accountId } = await tablet.withAccount()
    const { id, draft } = await savedCase(vault)
    await vault.lock()

    const after = tablet.tab()
    expect((await after.start()).accounts).toEqual([{ accountId, label: 'Blue', waitMs: 0 }])
    expect(await after.unlock(accountId, folded('  CASA del már -- 7   olas '))).toMatchObject({ status: 'opened' })
    const opened = await after.open(id)
    expect(opened).toMatchObject({ rev: 2, state: 'draft', code: draft.code, history: [], changedSinceSent: false })
    expect(opened.draft).toEqual(draft)
  })

  test('does not open with another passphrase, and everything stays locked', async () => {
    const { accountId } = await tablet.withAccount()
    const after = tablet.tab()
    expect(await after.unlock(accountId, folded('casa del mar 8 olas'))).toEqual({ status: 'wrong', waitMs: 0 })
    await expect(after.list()).rejects.toMatchObject({ name: 'VaultError', reason: 'locked' })
  })

  test('zeroes the passphrase, whatever the answer', async () => {
    const { accountId } = await tablet.withAccount()
    for (const text of ['wrong', undefined]) {
      const bytes = folded(text)
      await tablet.tab().unlock(accountId, bytes)
      expect(bytes.every((byte) => byte === 0)).toBe(true)
    }
  })

  test('makes a person wait after the fourth failure, also after a reload, and forgets it after a success', async () => {
    const { accountId } = await tablet.withAccount()
    let vault = tablet.tab()
    const waits: number[] = []
    for (let n = 0; n < 4; n++) {
      const answer = await vault.unlock(accountId, folded('wrong'))
      if (answer.status === 'wrong') waits.push(answer.waitMs)
    }
    expect(waits).toEqual([0, 0, 0, 5_000])
    expect(await vault.unlock(accountId, folded())).toEqual({ status: 'wait', waitMs: 5_000 })
    tablet.clock.ticks += 4_000
    vault = tablet.tab()
    expect((await vault.start()).accounts[0]?.waitMs).toBe(5_000)
    tablet.clock.ticks += 5_000
    expect(await vault.unlock(accountId, folded())).toMatchObject({ status: 'opened', session: { failedBefore: 4 } })
    expect((await vault.start()).accounts[0]?.waitMs).toBe(0)
  })

  test('says that the key slot is damaged, and changes nothing', async () => {
    const { accountId } = await tablet.withAccount()
    const file = tablet.keySlots.files.get(accountId)
    if (!file) throw new Error('no file')
    file.bytes[3] = (file.bytes[3] ?? 0) ^ 1
    const before = await tablet.everything()
    expect(await tablet.tab().unlock(accountId, folded())).toEqual({ status: 'key-slot' })
    tablet.keySlots.files.delete(accountId)
    expect(await tablet.tab().unlock(accountId, folded())).toEqual({ status: 'key-slot' })
    expect(await tablet.everything()).toEqual(before)
    expect(tablet.keySlots.files.size).toBe(0)
  })

  test.each([
    ['a downgrade', { m: 1_024 }],
    ['too few passes', { t: 1 }],
    ['a memory bomb', { m: 4_000_000 }],
    ['a time bomb', { t: 1_000 }],
  ])('refuses %s in its header before anything is computed', async (_, change) => {
    const { accountId } = await tablet.withAccount()
    const row = await tablet.database.accounts.get(accountId)
    const header = JSON.parse(row?.header ?? '') as { kdf: object }
    await tablet.database.accounts.update(accountId, {
      header: JSON.stringify({ ...header, kdf: { ...header.kdf, ...change } }),
    })
    const began = performance.now()
    await expect(tablet.tab().unlock(accountId, folded())).rejects.toMatchObject({ reason: 'kdf-limits' })
    expect(performance.now() - began).toBeLessThan(50)
    expect((await tablet.database.accounts.get(accountId))?.failed).toBe(0)
  })

  test('does not open under a header that was changed within the limits', async () => {
    const { accountId } = await tablet.withAccount()
    const row = await tablet.database.accounts.get(accountId)
    await tablet.database.accounts.update(accountId, { header: (row?.header ?? '').replace('"t":2', '"t":3') })
    expect(await tablet.tab().unlock(accountId, folded())).toMatchObject({ status: 'wrong' })
  })

  test('is refused with a long label, an empty passphrase or a PIN that is none, and leaves nothing behind', async () => {
    const vault = tablet.tab()
    await vault.start()
    const wish = { label: 'Blue', passphrase: folded(), circle: 'me' as const }
    for (const change of [{ label: ' ' }, { label: 'x'.repeat(21) }, { passphrase: folded('') }, { pin: '12345' }])
      await expect(vault.createAccount({ ...wish, ...change })).rejects.toMatchObject({ reason: 'bad-input' })
    expect(await tablet.database.accounts.count()).toBe(0)
  })

  test('sees nothing of the cases of another account, and opens none of them', async () => {
    const { vault: first } = await tablet.withAccount()
    const { id } = await savedCase(first)
    const before = await tablet.database.records.toArray()
    const { vault: second } = await tablet.withAccount({ label: 'Green', passphrase: folded('another sea') })
    expect(await second.list()).toEqual({ cases: [], unreadable: 0 })
    await expect(second.open(id)).rejects.toMatchObject({ reason: 'cannot-open' })
    await expect(second.remove(id)).rejects.toMatchObject({ reason: 'cannot-open' })
    expect(await tablet.database.records.toArray()).toEqual(before)
  })
})

describe('the device', () => {
  test('is made once, and never again once accounts are kept', async () => {
    await tablet.tab().start()
    const first = await tablet.database.device.get('device')
    await tablet.tab().start()
    expect(await tablet.database.device.toArray()).toEqual([first])
    await tablet.withAccount()
    await tablet.database.device.clear()
    const { device } = await tablet.tab().start()
    expect(device).toMatchObject({ problem: 'device' })
    expect(await tablet.database.device.count()).toBe(0)
  })

  test('is set up in the transaction that makes the account, and shows only what is neutral', async () => {
    const organisation = await anOrganisation()
    const { vault } = await tablet.withAccount({ setup: await organisation.setup() })
    expect((await vault.start()).device).toEqual({
      configured: true,
      label: 'our office',
      circle: 'me',
      host: 'receiver.example',
    })
    expect(await vault.profile()).toMatchObject({
      name: 'Harbour House (invented)',
      orgCode: 'NGO-14',
      configVersion: 1,
    })
    expect(await tablet.database.device.get('device')).toMatchObject({ enrolCode: 'code-14', changes: 1, seq: 0 })
    expect((await vault.newCase()).draft.reportingEntity.answers).toEqual({
      rer: { orgCode: 'NGO-14', orgType: 'ngo' },
    })
  })

  test('takes no set-up with a changed byte', async () => {
    const organisation = await anOrganisation()
    const { configurationText, profileText } = await organisation.setup()
    const vault = tablet.tab()
    await vault.start()
    const wish = { label: 'Blue', circle: 'me' as const }
    for (const setup of [
      { configurationText: configurationText.replace('receiver.example', 'receiver.exampla'), profileText },
      { configurationText, profileText: profileText.replace('Harbour', 'Harbeur') },
    ])
      expect(await vault.createAccount({ ...wish, passphrase: folded(), setup })).toEqual({ status: 'bad-setup' })
    expect(await tablet.database.accounts.count()).toBe(0)
    expect(await tablet.database.device.get('device')).toMatchObject({ configuration: '', changes: 0 })
  })
})

describe('the cover', () => {
  test('opens by its PIN, and the third wrong one locks', async () => {
    const { vault } = await tablet.withAccount({ pin: '014725' })
    expect(await vault.checkPin('014726')).toBe('wrong')
    expect(await vault.checkPin('014725')).toBe('right')
    expect([await vault.checkPin('1'), await vault.checkPin('2'), await vault.checkPin('3')]).toEqual([
      'wrong',
      'wrong',
      'lock',
    ])
    expect(await vault.session()).toBeUndefined()
  })

  test('without a PIN means lock; one can be set and taken away', async () => {
    const { vault } = await tablet.withAccount()
    await vault.setPin('123456')
    expect(await vault.session()).toMatchObject({ hasPin: true })
    expect(await vault.checkPin('123456')).toBe('right')
    await vault.setPin('')
    expect(await vault.checkPin('')).toBe('lock')
  })

  test('asks for the same passphrase before a plain export, with the same waits', async () => {
    const { vault } = await tablet.withAccount()
    expect(await vault.samePassphrase(folded())).toEqual({ status: 'right' })
    for (let n = 0; n < 4; n++) await vault.samePassphrase(folded('no'))
    expect(await vault.samePassphrase(folded())).toEqual({ status: 'wait', waitMs: 5_000 })
  })
})

test('locking waits for the save that is under way', async () => {
  const { vault, accountId } = await tablet.withAccount()
  const fresh = await vault.newCase()
  const saving = vault.save(fresh.id, fresh.rev, answered(fresh))
  await vault.lock()
  expect(await saving).toMatchObject({ status: 'saved' })
  const after = tablet.tab()
  await after.unlock(accountId, folded())
  expect((await after.open(fresh.id)).draft).toEqual(answered(fresh))
})
