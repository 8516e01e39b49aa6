import 'fake-indexeddb/auto'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { openBox } from '../batch/box.ts'
import type { Overlay } from '../codebook/overlay.ts'
import { parseRevision } from '../record/case-record.ts'
import { withAnswer } from '../record/draft.ts'
import { ATablet, savedCase } from '../testing/a-tablet.ts'
import { anOrganisation, type AnOrganisation } from '../testing/an-organisation.ts'
import type { VaultApi } from './api.ts'

const doors: Overlay = {
  version: '1',
  values: { moc: [{ code: 'door', parent: 'restricts_movement', labels: { en: 'Locked doors' } }] },
}
const without: Overlay = { version: '2', variables: { off: ['ces'] } }
const chosen = ['restricts_movement/door']

let tablet: ATablet
let organisation: AnOrganisation
let vault: VaultApi
beforeEach(async () => {
  tablet = new ATablet()
  organisation = await anOrganisation()
  const configurationText = await organisation.configuration({ overlay: doors })
  ;({ vault } = await tablet.withAccount({ setup: { ...(await organisation.setup()), configurationText } }))
})
afterEach(() => tablet.database.delete())

const take = async (version: number, overlay?: Overlay) => {
  const text = await organisation.configuration({ version, ...(overlay && { overlay }) })
  expect(await vault.setConfiguration(text)).toMatchObject({ status: 'set' })
}

async function caseWithDoors() {
  const { id, rev, draft } = await savedCase(vault)
  const saved = await vault.save(id, rev, withAnswer(draft, 'event', 'moc', chosen))
  if (saved.status !== 'saved') throw new Error(saved.status)
  return { id, rev: saved.rev }
}

async function send(id: string) {
  const { rev } = await reopened(id)
  const done = await vault.finish(id, rev)
  if (done.status !== 'finished') throw new Error(JSON.stringify(done))
  const rows = await tablet.database.outbox.toArray()
  const boxes = await Promise.all(rows.map((row) => openBox(row.bytes, organisation.identities)))
  const last = boxes.toSorted((a, b) => a.box.seq - b.box.seq).at(-1)
  return parseRevision(last?.box.items[0]?.payload ?? '')
}

const reopened = (id: string) => vault.open(id)

test('the app learns of the overlay, and a revision names it and has its value', async () => {
  expect((await vault.profile())?.overlay).toEqual(doors)
  const { id } = await caseWithDoors()
  expect(await send(id)).toMatchObject({ overlay: '1', event: { answers: { moc: chosen } } })
})

test('under the next configuration what it no longer asks is kept, and no revision has it', async () => {
  const { id } = await caseWithDoors()
  await take(2, without)
  const { draft } = await reopened(id)
  expect(draft.event.answers).not.toHaveProperty('moc')
  expect(draft.event.answers).not.toHaveProperty('ces')
  expect(Object.fromEntries(draft.kept?.map(({ code, answers }) => [code, answers[code]]) ?? [])).toEqual({
    moc: chosen,
    ces: 'investigation',
  })
  const record = await send(id)
  expect(record).toMatchObject({ overlay: '2' })
  expect(JSON.stringify(record)).not.toMatch(/door|investigation/)
})

test('what is kept stays after sending, and comes back when the value does', async () => {
  const { id } = await caseWithDoors()
  await take(2, without)
  await send(id)
  const sent = await reopened(id)
  expect(sent.draft.kept).toHaveLength(2)
  expect(sent.changedSinceSent).toBe(false)
  await take(3, { ...doors, version: '3' })
  const again = await reopened(id)
  expect(again.draft.event.answers).toMatchObject({ moc: chosen, ces: 'investigation' })
  expect(again.draft).not.toHaveProperty('kept')
  expect(again.changedSinceSent).toBe(true)
})

test('a new overlay alone changes no case that was sent', async () => {
  const { id } = await caseWithDoors()
  await send(id)
  await take(2, { ...doors, version: '2' })
  expect((await reopened(id)).changedSinceSent).toBe(false)
})
