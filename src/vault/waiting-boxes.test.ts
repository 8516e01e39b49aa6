import 'fake-indexeddb/auto'
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { aSetUpTablet, type ASetUpTablet } from '../testing/a-set-up-tablet.ts'
import { folded, savedCase } from '../testing/a-tablet.ts'

let tablet: ASetUpTablet['tablet']
let organisation: ASetUpTablet['organisation']
let vault: ASetUpTablet['vault']
beforeEach(async () => {
  ;({ tablet, organisation, vault } = await aSetUpTablet())
})
afterEach(() => tablet.database.delete())

async function finished(code?: (code: string) => void): Promise<string> {
  const { id, rev } = await savedCase(vault)
  expect((await vault.finish(id, rev)).status).toBe('finished')
  code?.((await vault.open(id)).code)
  return id
}
const rows = async () => (await tablet.database.outbox.toArray()).sort((a, b) => a.seq - b.seq)

describe('what waits', () => {
  test('names the case in each box, which version, since when, and its size', async () => {
    let code = ''
    const id = await finished((own) => (code = own))
    const [row] = await rows()
    expect(await vault.boxes()).toEqual({
      boxes: [
        {
          boxId: row?.boxId,
          state: 'ready',
          size: row?.size,
          lastCode: '',
          tried: false,
          nextAt: 0,
          revoked: false,
          cases: 1,
          holds: [{ kind: 'case', id, code, revision: 1, at: (await vault.open(id)).history[0]?.at }],
        },
      ],
      copies: { count: 0, size: 0 },
      opened: 0,
    })
  })

  test('puts what needs somebody first, whatever its number, and says the code', async () => {
    await finished()
    await finished()
    const [, second] = await rows()
    if (!second) throw new Error('no box')
    await tablet.database.outbox.update(second.boxId, { state: 'refused', lastCode: 'unknown-format', attempts: 1 })
    const { boxes } = await vault.boxes()
    expect(boxes.map(({ state, lastCode, tried }) => [state, lastCode, tried])).toEqual([
      ['attention', 'unknown-format', true],
      ['ready', '', false],
    ])
  })

  test('says of the boxes of another account how large they are, and no case code', async () => {
    await finished()
    await vault.lock()
    const created = await vault.createAccount({
      label: 'Green finch',
      passphrase: folded('another phrase altogether'),
      circle: 'me',
    })
    expect(created.status).toBe('created')
    const [box] = (await vault.boxes()).boxes
    expect(box).toMatchObject({ cases: 1, holds: [] })
    expect(box?.size).toBeGreaterThan(1_000)
  })

  test('keeps several cases of one packed box together', async () => {
    await finished()
    await finished()
    expect(await vault.replaceBoxes()).toBe(2)
    const { boxes } = await vault.boxes()
    expect(boxes).toHaveLength(1)
    expect(boxes[0]).toMatchObject({ cases: 2, holds: [{ revision: 1 }, { revision: 1 }] })
  })

  test('counts safety copies apart, as no cases', async () => {
    await savedCase(vault)
    expect(await vault.copyDrafts()).toBe(1)
    const [row] = await rows()
    expect(await vault.boxes()).toMatchObject({ boxes: [], copies: { count: 1, size: row?.size } })
  })

  test('names a change by code, and the cases that were opened', async () => {
    let code = ''
    await finished((own) => (code = own))
    const [row] = await rows()
    if (!row) throw new Error('no box')
    const { deviceId = '' } = (await tablet.database.device.get('device')) ?? {}
    const named = [{ id: row.boxId, size: row.size, result: 'imported' as const }]
    await tablet.database.outbox.update(row.boxId, {
      state: 'opened',
      imported: await organisation.imported(deviceId, named),
    })
    await vault.carryReceipts()
    await vault.sendChange({ code, says: { kind: 'proceedings', date: '2024-04', ces: 'prosecuted' } })
    const { boxes, opened } = await vault.boxes()
    expect(opened).toBe(1)
    expect(boxes).toMatchObject([{ cases: 1, holds: [{ kind: 'change', code }] }])
  })
})
