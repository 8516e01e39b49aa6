import 'fake-indexeddb/auto'
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { openBox } from '../batch/box.ts'
import { parseCodeChange } from '../record/change-by-code.ts'
import { aSetUpTablet, type ASetUpTablet } from '../testing/a-set-up-tablet.ts'
import { ATablet, folded, savedCase } from '../testing/a-tablet.ts'
import { anOrganisation } from '../testing/an-organisation.ts'
import { readAudit } from './audit.ts'

let tablet: ASetUpTablet['tablet']
let organisation: ASetUpTablet['organisation']
let vault: ASetUpTablet['vault']
let accountId: ASetUpTablet['accountId']
beforeEach(async () => {
  ;({ tablet, organisation, vault, accountId } = await aSetUpTablet())
})
afterEach(() => tablet.database.delete())

const wish = { code: '482913070', says: { kind: 'proceedings', date: '2024-04', ces: 'prosecuted' } } as const
const theRow = async () => {
  const [row] = await tablet.database.outbox.toArray()
  if (!row) throw new Error('no box')
  return row
}

describe('a change by code', () => {
  test('leaves in a box of its own kind, in the chain of the device, and is in the log', async () => {
    const { id, rev } = await savedCase(vault)
    await vault.finish(id, rev)
    const sent = await vault.sendChange(wish)
    if (sent.status !== 'sent') throw new Error(sent.status)
    const rows = await tablet.database.outbox.toArray()
    const boxes = await Promise.all(rows.map((row) => openBox(row.bytes, organisation.identities)))
    const [first, second] = boxes.sort((a, b) => a.box.seq - b.box.seq)
    expect(second?.box).toMatchObject({ kind: 'change', seq: 2, prevBoxId: first?.boxId })
    const [item] = second?.box.items ?? []
    expect(item).toMatchObject({ caseId: sent.id, revision: 1, previous: null, schema: 1 })
    const change = parseCodeChange(item?.payload ?? '')
    expect(change).toMatchObject(wish)
    expect(await vault.sentChanges()).toEqual([{ id: sent.id, change, state: 'ready' }])
    expect(await vault.waiting()).toBe(2)
    const { entries, intact } = await readAudit(await tablet.session(accountId))
    expect(entries).toContainEqual(expect.objectContaining({ action: 'change', target: sent.id }))
    expect(intact).toBe(true)
  })

  test('is received and opened by verified receipts alone, and the opened box leaves', async () => {
    await vault.sendChange(wish)
    const { boxId, size } = await theRow()
    const { deviceId } = (await tablet.database.device.get('device')) ?? { deviceId: '' }
    const state = async () => (await vault.sentChanges())[0]?.state
    await tablet.database.outbox.update(boxId, { state: 'received', receipt: '{"receipt":"{}","sig":""}' })
    await vault.carryReceipts()
    expect(await state()).toBe('ready')
    const kept = await organisation.stored(deviceId, [{ id: boxId, size, result: 'kept' }])
    await tablet.database.outbox.update(boxId, { receipt: kept })
    expect(await vault.carryReceipts()).toBe(1)
    expect(await state()).toBe('received')
    const imported = await organisation.imported(deviceId, [{ id: boxId, size, result: 'imported' }])
    await tablet.database.outbox.update(boxId, { state: 'opened', imported })
    expect(await vault.carryReceipts()).toBe(1)
    expect(await state()).toBe('opened')
    expect(await tablet.database.outbox.count()).toBe(0)
    expect(await vault.carryReceipts()).toBe(0)
  })

  test('says why it is still here', async () => {
    await vault.sendChange(wish)
    await tablet.database.outbox.update((await theRow()).boxId, { lastCode: 'E-DEVICE' })
    expect(await vault.sentChanges()).toMatchObject([{ state: 'attention', lastCode: 'E-DEVICE' }])
  })

  test('is refused where it is none, and changes nothing', async () => {
    const before = await tablet.everything()
    await expect(vault.sendChange({ ...wish, code: '482913075' })).rejects.toMatchObject({ reason: 'bad-input' })
    expect(await tablet.everything()).toEqual(before)
  })

  test('has nobody to go to without an organisation, and is not sealed under changed settings', async () => {
    const alone = new ATablet()
    const { vault: own } = await alone.withAccount()
    expect(await own.sendChange(wish)).toEqual({ status: 'no-organisation' })
    await alone.database.delete()
    const other = await anOrganisation()
    await tablet.database.device.update('device', { configuration: (await other.setup()).configurationText })
    expect(await vault.sendChange(wish)).toEqual({ status: 'settings-changed' })
    expect(await tablet.database.outbox.count()).toBe(0)
  })

  test('takes the next place in the chain when another tab sealed in between', async () => {
    const { id, rev } = await savedCase(vault)
    const other = tablet.tab()
    await other.unlock(accountId, folded())
    tablet.meanwhile(() => other.finish(id, rev))
    expect(await vault.sendChange(wish)).toMatchObject({ status: 'sent' })
    const seqs = (await tablet.database.outbox.toArray()).map(({ seq }) => seq)
    expect(seqs.sort()).toEqual([1, 2])
  })

  test('lies on the disk as ciphertext, is listed after a reload, and a damaged one is left out', async () => {
    await vault.sendChange(wish)
    await vault.sendChange({ ...wish, code: '130750628' })
    expect(JSON.stringify(await tablet.database.changes.toArray())).not.toContain('prosecuted')
    await vault.lock()
    await vault.unlock(accountId, folded())
    expect(await vault.sentChanges()).toHaveLength(2)
    const [row] = await tablet.database.changes.toArray()
    if (!row) throw new Error('no row')
    row.body[20] = (row.body[20] ?? 0) ^ 1
    await tablet.database.changes.put(row)
    expect(await vault.sentChanges()).toHaveLength(1)
  })
})
