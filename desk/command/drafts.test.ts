import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { ATablet, savedCase } from '../../src/testing/a-tablet.ts'
import { anOrganisation, type AnOrganisation } from '../../src/testing/an-organisation.ts'
import type { VaultApi } from '../../src/vault/api.ts'
import { showCaseCode } from '../../src/record/ids.ts'
import { ATerminal } from '../testing/a-terminal.ts'
import { keyFiles } from './key-files.ts'
import { run } from './run.ts'

let folder: string
let organisation: AnOrganisation
const tablets: ATablet[] = []
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'drafts-'))
  organisation = await anOrganisation()
  await writeFile(at(keyFiles.work), `${organisation.identities[0]}\n`)
})
afterEach(async () => {
  await rm(folder, { recursive: true, force: true })
  for (const tablet of tablets.splice(0)) await tablet.database.delete()
})

const at = (name: string) => join(folder, name)

async function desk(words: string) {
  const terminal = new ATerminal()
  const code = await run(words.split(' '), terminal, { env: {}, now: () => new Date('2024-07-01T09:30:00Z') })
  return { code, said: terminal.said }
}

async function aTablet(): Promise<{ tablet: ATablet; vault: VaultApi }> {
  const tablet = new ATablet()
  tablets.push(tablet)
  return { tablet, vault: (await tablet.withAccount({ setup: await organisation.setup() })).vault }
}

/** What waits on a tablet goes to the desk, which opens everything it has. */
async function arrive({ database }: ATablet, leave: (kind: number) => boolean = () => true): Promise<string> {
  const rows = (await database.outbox.toCollection().sortBy('seq')).filter(({ cases }) => leave(cases ?? 1))
  const files = rows.map(({ boxId }) => at(`${boxId}.box`))
  for (const [n, row] of rows.entries()) await writeFile(files[n] ?? '', row.bytes)
  const words = `open --keys ${folder} --identity ${at(keyFiles.work)} --no-receipt --out ${at('out')} --boxes ${files.join(' ')}`
  const { code, said } = await desk(words)
  expect(code).toBe(0)
  return said
}

const recipientOf = async (vault: VaultApi) => (await vault.copies()).recipient
const give = async (to: string, more = '') =>
  await desk(`drafts --keys ${folder} --from ${at('out')} --for ${to} --out ${at('back.age')}${more}`)
const bytesGiven = async () => new Uint8Array(await readFile(at('back.age')))

/** A case that was sent and changed since, and one that was never sent: both left, with marks. */
async function twoDrafts(vault: VaultApi) {
  const sent = await savedCase(vault)
  expect((await vault.finish(sent.id, sent.rev)).status).toBe('finished')
  const again = await vault.open(sent.id)
  await vault.save(sent.id, again.rev, { ...again.draft, localReference: 'changed since' }, { section: 'links' })
  const fresh = await savedCase(vault)
  const marks = { [fresh.draft.victims[0]?.id ?? '']: 'heron' }
  await vault.save(fresh.id, fresh.rev, fresh.draft, undefined, { marks })
  for (const { id } of [sent, fresh]) expect(await vault.copyDrafts(id)).toBe(1)
  return { sent: await vault.open(sent.id), fresh: await vault.open(fresh.id) }
}

test('drafts of a tablet that is gone come back on another, to the letter but for their marks', async () => {
  const { tablet, vault } = await aTablet()
  const { sent, fresh } = await twoDrafts(vault)
  const said = await arrive(tablet)
  for (const { code } of [sent, fresh]) expect(said).toContain(`case ${showCaseCode(code)}, as of 2024-05-02`)
  const events = await readFile(join(at('out'), 'events.csv'), 'utf8')
  expect([events.includes(sent.draft.caseId), events.includes(fresh.draft.caseId)]).toEqual([true, false])

  const { tablet: next, vault: there } = await aTablet()
  const given = await give(await recipientOf(there))
  expect(given).toEqual({ code: 0, said: expect.stringContaining('2 drafts of the tablet') })
  expect(given.said).not.toContain('comes back without')
  expect(await vault.openCopy(await bytesGiven())).toEqual({ status: 'other-key' })
  expect(await there.openCopy(await bytesGiven())).toMatchObject({ status: 'opened', cases: 2, fresh: 2 })
  // Nothing is sent again: the desk has it.
  expect(await there.restoreCopy()).toMatchObject({ status: 'restored', fresh: 2, failed: 0, boxed: 0, lacking: 0 })
  const { aside: _, ...unmarked } = fresh
  const returned = await there.open(fresh.id)
  expect({ ...returned, rev: unmarked.rev }).toEqual(unmarked)
  const changed = await there.open(sent.id)
  expect(changed.draft).toEqual(sent.draft)
  expect(changed).toMatchObject({ state: 'opened', changedSinceSent: true, place: { section: 'links' } })
  expect(changed.sent).toEqual(sent.sent)

  // Work goes on there, and the desk takes its next version for the next one.
  expect((await there.finish(sent.id, changed.rev)).status).toBe('finished')
  const after = await arrive(next)
  expect(after).toContain('Revisions taken in: 2')
  expect(after).not.toContain('Fork')
  expect(after).not.toContain(`case ${showCaseCode(sent.code)}, as of`)
  expect((await there.tidy()).changed).toEqual([])
})

test('a draft whose earlier version is not at the desk comes back without it, and that is said', async () => {
  const { tablet, vault } = await aTablet()
  const { sent } = await twoDrafts(vault)
  await arrive(tablet, (cases) => cases === 0)
  const { vault: there } = await aTablet()
  const { said } = await give(await recipientOf(there))
  expect(said).toContain(`Case ${showCaseCode(sent.code)} comes back without its version 1`)
  await there.openCopy(await bytesGiven())
  expect(await there.restoreCopy()).toMatchObject({ fresh: 2, failed: 0, boxed: 0, lacking: 1 })
  const back = await there.open(sent.id)
  expect([back.draft, back.sent, back.history.length]).toEqual([sent.draft, undefined, 1])
})

test('drafts of several tablets are not mixed: the one that is gone has to be named', async () => {
  const [one, two] = [await aTablet(), await aTablet()]
  for (const { tablet, vault } of [one, two]) {
    const { id } = await savedCase(vault)
    await vault.copyDrafts(id)
    await arrive(tablet)
  }
  const to = await recipientOf(two.vault)
  expect(await give(to)).toEqual({ code: 1, said: expect.stringContaining('Drafts of several tablets are here') })
  const gone = (await one.tablet.database.device.get('device'))?.deviceId ?? ''
  expect(await give(to, ` --device ${gone}`)).toEqual({ code: 0, said: expect.stringContaining('1 draft of') })
  expect(await give(to, ` --device ${gone}`)).toEqual({ code: 1, said: expect.stringContaining('back.age') })
  expect(await two.vault.openCopy(await bytesGiven())).toMatchObject({ status: 'opened', cases: 1, fresh: 1 })
})

test('nothing is written for a key that is none, or where no draft is safe', async () => {
  const { tablet, vault } = await aTablet()
  const { id, rev } = await savedCase(vault)
  await vault.finish(id, rev)
  await arrive(tablet)
  expect(await give('age1nobody')).toMatchObject({ code: 2 })
  expect(await give(await recipientOf(vault))).toEqual({ code: 1, said: expect.stringContaining('No draft is safe') })
  await expect(readFile(at('back.age'))).rejects.toThrow()
})
