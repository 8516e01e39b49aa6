import { mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import Papa from 'papaparse'
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { ATablet, folded, savedCase } from '../../src/testing/a-tablet.ts'
import { anOrganisation } from '../../src/testing/an-organisation.ts'
import vectors from '../../src/vault/vectors/copy.json' with { type: 'json' }
import type { VaultApi } from '../../src/vault/api.ts'
import { ATerminal } from '../testing/a-terminal.ts'
import { run } from './run.ts'

let folder: string
const tablets: ATablet[] = []
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'copy-'))
})
afterEach(async () => {
  await rm(folder, { recursive: true, force: true })
  for (const tablet of tablets.splice(0)) await tablet.database.delete()
})

const at = (name: string) => join(folder, name)

async function desk(words: string, terminal = new ATerminal()) {
  const code = await run(words.split(' '), terminal, { env: {}, now: () => new Date('2024-07-01T09:30:00Z') })
  return { code, said: terminal.said }
}

async function aFile(name: string, content: string | Uint8Array): Promise<string> {
  await writeFile(at(name), content)
  return at(name)
}

async function aTablet(): Promise<VaultApi> {
  const tablet = new ATablet()
  tablets.push(tablet)
  return (await tablet.withAccount()).vault
}

const copyOf = async (vault: VaultApi): Promise<Uint8Array<ArrayBuffer>> => {
  const made = await vault.makeCopy()
  if (made.status !== 'made') throw new Error(made.status)
  return made.bytes
}

const eventsIn = async (name: string) =>
  Papa.parse<Record<string, string>>(await readFile(join(at(name), 'events.csv'), 'utf8'), {
    header: true,
    delimiter: ',',
    skipEmptyLines: true,
  }).data.map((row) => [row['case_id'], row['revision'], row['sta']])

/** A copy with a finished case, one that was changed since, and one that was never finished. */
async function threeCases() {
  const vault = await aTablet()
  const key = await vault.newDrawerKey()
  await vault.keepDrawerKey(key.recipients)
  const [done, changed, open] = [await savedCase(vault), await savedCase(vault), await savedCase(vault)]
  for (const { id, rev } of [done, changed]) expect((await vault.finish(id, rev)).status).toBe('finished')
  const again = await vault.open(changed.id)
  const event = { answers: { ...again.draft.event.answers, sta: 'negated' } }
  expect(await vault.save(changed.id, again.rev, { ...again.draft, event })).toMatchObject({ status: 'saved' })
  const file = await aFile('copy.age', await copyOf(vault))
  const caseIds = { done: done.draft.caseId, changed: changed.draft.caseId, open: open.draft.caseId }
  return { file, words: await aFile('words', key.words.join('\n')), caseIds }
}

describe('a copy of a tablet at the desk', () => {
  test('gives tables of what was finished and, apart, of what was not, by the words of its key', async () => {
    const { file, words, caseIds } = await threeCases()
    const { code, said } = await desk(`copy --file ${file} --out ${at('out')} --words-file ${words}`)
    expect([code, said]).toEqual([0, expect.stringContaining('Cases in it: 3\n')])
    expect(said).toContain('as they were finished last: 2\n')
    expect(said).toContain('as they stood: 2\n')
    const finished = await eventsIn('out')
    expect(finished).toHaveLength(2)
    expect(finished).toEqual(
      expect.arrayContaining([
        [caseIds.done, '1', 'confirmed'],
        [caseIds.changed, '1', 'confirmed'],
      ]),
    )
    const unfinished = await eventsIn('out/unfinished')
    expect(unfinished).toHaveLength(2)
    expect(unfinished).toEqual(
      expect.arrayContaining([
        [caseIds.changed, '2', 'negated'],
        [caseIds.open, '1', 'confirmed'],
      ]),
    )
    expect(await readFile(join(at('out'), 'report.txt'), 'utf8')).not.toContain(caseIds.open)
  })

  test('of an organisation opens with its key for work', async () => {
    const organisation = await anOrganisation()
    const tablet = new ATablet()
    tablets.push(tablet)
    const { vault } = await tablet.withAccount({ setup: await organisation.setup() })
    const { draft } = await savedCase(vault)
    const file = await aFile('copy.age', await copyOf(vault))
    const key = await aFile('work.key', `${organisation.identities[0]}\n`)
    expect((await desk(`copy --file ${file} --out ${at('out')} --identity ${key}`)).code).toBe(0)
    expect(await eventsIn('out/unfinished')).toMatchObject([[draft.caseId, '1', 'confirmed']])
    expect(await eventsIn('out')).toEqual([])
  })

  test('is passed on to one tablet, which opens it without words, and nobody else does', async () => {
    const { file, words } = await threeCases()
    const [next, other] = [await aTablet(), await aTablet()]
    const { recipient } = await next.copies()
    const passOn = `copy --file ${file} --for ${recipient} --out ${at('passed.age')} --words-file ${words}`
    const { words: six } = await next.copies()
    expect(await desk(passOn)).toEqual({ code: 0, said: expect.stringContaining(six.join(' ')) })
    const passed = new Uint8Array(await readFile(at('passed.age')))
    expect(await next.openCopy(passed)).toMatchObject({ status: 'opened', cases: 3, fresh: 3 })
    expect(await next.restoreCopy()).toMatchObject({ status: 'restored', fresh: 3, failed: 0 })
    expect((await other.openCopy(passed)).status).toBe('other-key')
    expect(await readdir(folder)).toEqual(['copy.age', 'passed.age', 'words'])
    expect((await desk(passOn)).said).toContain('is there already and was not touched')
    expect((await desk(passOn.replace(recipient, 'age1nobody'))).code).toBe(2)
  })

  test.each(vectors.copies)('opens for good: $note', async ({ words, cases, file }) => {
    const copy = await aFile('copy.age', Buffer.from(file, 'base64'))
    const paper = await aFile('words', words)
    expect((await desk(`copy --file ${copy} --out ${at('out')} --words-file ${paper}`)).code).toBe(0)
    const events = [...(await eventsIn('out')), ...(await eventsIn('out/unfinished').catch(() => []))]
    expect(events.map(([, revision]) => revision)).toEqual(cases.map(({ revision }) => String(revision)))
  })

  test('with other words, a changed byte, or what is no copy, is left alone with a sentence', async () => {
    const { file, words } = await threeCases()
    const other = await aFile('other', (await (await aTablet()).newDrawerKey()).words.join(' '))
    const withOthers = await desk(`copy --file ${file} --out ${at('out')} --words-file ${other}`)
    expect([withOthers.code, withOthers.said]).toEqual([1, expect.stringContaining('does not open with this key')])
    const bytes = new Uint8Array(await readFile(file))
    bytes[bytes.length - 9] = (bytes.at(-9) ?? 0) ^ 1
    const damaged = await aFile('damaged.age', bytes)
    const none = await aFile('none.age', folded('no copy at all'))
    for (const [name, sentence] of [
      [damaged, 'it was sealed for others, or damaged on the way'],
      [none, 'is no copy that a tablet made'],
    ] as const) {
      const { code, said } = await desk(`copy --file ${name} --out ${at('out')} --words-file ${words}`)
      expect([code, said]).toEqual([1, expect.stringContaining(sentence)])
    }
    expect(await readdir(folder)).not.toContain('out')
    expect((await desk(`copy --file ${file} --out ${at('out')}`)).code).toBe(2)
  })
})
