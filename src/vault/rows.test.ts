import 'fake-indexeddb/auto'
import { afterEach, beforeEach, expect, test } from 'vitest'
import type { RecordRow } from '../database.ts'
import { ATablet, savedCase } from '../testing/a-tablet.ts'
import { recordSchema } from './payload.ts'
import { openBody, openRevision, openSum } from './rows.ts'
import { homeKey, keyName, type Session } from './session.ts'

let tablet: ATablet
let session: Session
let row: RecordRow
beforeEach(async () => {
  tablet = new ATablet()
  const { vault, accountId } = await tablet.withAccount()
  const { id, rev } = await savedCase(vault)
  await vault.finish(id, rev)
  session = await tablet.session(accountId)
  row = (await tablet.database.records.get(id)) as RecordRow
})
afterEach(() => tablet.database.delete())

/** A session that holds the very same key under another name, so that only the associated data can tell. */
const alsoUnder = (circleId: string, epoch: number): Session => {
  const key = { ...homeKey(session), circleId, epoch }
  return { ...session, circles: new Map([...session.circles, [keyName(circleId, epoch), key]]) }
}

test('a row does not open under another circle or epoch, even where their keys are the same', async () => {
  const circleId = row.id
  for (const change of [{ epoch: 2 }, { circleId }]) {
    const moved = { ...row, ...change }
    const holder = alsoUnder(moved.circleId, moved.epoch)
    await expect(openSum(holder, moved)).rejects.toMatchObject({ reason: 'cannot-open' })
    await expect(openBody(holder, moved)).rejects.toMatchObject({ reason: 'cannot-open' })
    expect((await openSum(holder, row)).code).toMatch(/^[0-9]{9}$/)
  }
})

test('a row of a later program is left alone', async () => {
  await expect(openSum(session, { ...row, schema: recordSchema + 1 })).rejects.toMatchObject({ reason: 'newer' })
})

test('a finished revision opens only under its own id, circle and epoch, and with the digest that its case names', async () => {
  const { finished } = await openBody(session, row)
  const [entry] = finished
  const kept = await tablet.database.revisions.toArray()
  if (!entry || !kept[0]) throw new Error('nothing finished')
  expect(await openRevision(session, entry)).toContain('"revision":1')
  await expect(openRevision(session, { ...entry, sha256: '0'.repeat(64) })).rejects.toMatchObject({
    reason: 'cannot-open',
  })
  await expect(openRevision(session, { ...entry, row: row.id })).rejects.toMatchObject({ reason: 'cannot-open' })
  await tablet.database.revisions.put({ ...kept[0], id: row.id })
  await expect(openRevision(session, { ...entry, row: row.id })).rejects.toMatchObject({ reason: 'cannot-open' })
  await tablet.database.revisions.put({ ...kept[0], epoch: 2 })
  await expect(openRevision(alsoUnder(row.circleId, 2), entry)).rejects.toMatchObject({ reason: 'cannot-open' })
})
