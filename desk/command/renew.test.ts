import { mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { openConfiguration, pinOf } from '../../src/batch/configuration.ts'
import { recipientFingerprint } from '../../src/seal/envelope.ts'
import { verifyReceipt } from '../../src/batch/receipt.ts'
import { ATablet, aRecord } from '../testing/a-tablet.ts'
import { ATerminal } from '../testing/a-terminal.ts'
import { run } from './run.ts'

let folder: string
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'renew-'))
})
afterEach(() => rm(folder, { recursive: true, force: true }))

const at = (...names: string[]) => join(folder, ...names)
const text = (...names: string[]) => readFile(at(...names), 'utf8')

async function desk(words: string) {
  const terminal = new ATerminal()
  const code = await run(words.split(' '), terminal, { env: {}, now: () => new Date('2024-07-01T09:30:00Z') })
  return { code, said: terminal.said }
}

interface About {
  readonly recipients: { readonly work: string; readonly drawer: string }
  readonly deskKey: string
}
const about = async (name: string) => JSON.parse(await text(name, 'organisation.json')) as About

const keygen = (more = '--plain-keys') => desk(`keygen --out ${at('keys')} --classic ${more} --yes-i-wrote-them-down`)
const configure = (name: string, more = '') =>
  desk(
    `configure --keys ${at(name)} --out ${at(`${name}-out`)} --endpoint https://receiver.example --app https://app.example --receiver-key ${'A'.repeat(42)}E --name Invented --org-code EX-1 --org-type ngo${more}`,
  )
const open = (name: string, boxes = '', more = '') =>
  desk(`open --keys ${at(name)} --out ${at('opened')}${boxes && ` --boxes ${boxes}`}${more}`)

/** A box with one invented case, sealed to whom the keys in a folder name. */
async function aBoxFor(name: string): Promise<string> {
  const { recipients } = await about(name)
  const { bytes } = await new ATablet([recipients.work, recipients.drawer]).seal([aRecord()])
  await writeFile(at(`${name}.box`), bytes)
  return at(`${name}.box`)
}

describe('renewed keys', () => {
  test('sign the next configuration, which tablets take, and revoke the key for work', async () => {
    await keygen()
    await configure('keys')
    const { code, said } = await desk(`renew --keys ${at('keys')} --out ${at('new')} --plain-keys`)
    expect([code, said]).toEqual([0, expect.stringContaining('--revoke-recipients')])
    expect((await configure('new', ' --revoke-recipients')).code).toBe(0)
    const first = await openConfiguration(await text('keys-out', 'configuration.conf'))
    const next = await openConfiguration(await text('new-out', 'configuration.conf'), pinOf(first))
    const [before, now] = [await about('keys'), await about('new')]
    expect(next).toMatchObject({ version: 2, recipients: [now.recipients.work, before.recipients.drawer] })
    expect(next.revoked).toEqual([await recipientFingerprint(before.recipients.work)])
    expect(next.deskKeys).toEqual([now.deskKey])
    expect([next.key, next.successor]).not.toEqual([first.key, first.successor])
  })

  test('open what was sealed before and after, and give what was opened a receipt that tablets now believe', async () => {
    await keygen()
    expect((await open('keys', await aBoxFor('keys'))).said).toContain('Receipts made: 1.')
    expect((await open('keys')).said).toContain('Receipts made: 0.')
    await desk(`renew --keys ${at('keys')} --out ${at('new')} --plain-keys`)
    const { said } = await open('new', await aBoxFor('new'))
    expect(said).toContain('from 2 boxes. Nothing needs attention.')
    expect(said).toContain('Receipts made: 2.')
    const { deskKey } = await about('new')
    const receipts = await Promise.all(
      (await readdir(at('opened', 'receipts'))).map((name) => text('opened', 'receipts', name)),
    )
    const opened = receipts.map(async (receipt) => await verifyReceipt(receipt, [deskKey], 'imported'))
    const believed = (await Promise.all(opened)).filter((one) => one !== undefined)
    expect(believed.flatMap(({ boxes }) => boxes)).toHaveLength(2)
    expect((await open('new')).said).toContain('Receipts made: 0.')
  })

  test('come from the last configuration where the key that signed it is lost', async () => {
    await keygen()
    await configure('keys')
    await rm(at('keys', 'configuration.key'))
    const { code, said } = await desk(`renew --keys ${at('keys')} --out ${at('new')} --plain-keys`)
    expect(code).toBe(0)
    expect(said).toContain('The six words so far')
    expect((await about('new')).recipients.drawer).toBe((await about('keys')).recipients.drawer)
  })

  test('are not made of a successor that nobody announced, nor into a folder with keys', async () => {
    await keygen()
    await desk(`keygen --out ${at('others')} --classic --plain-keys --yes-i-wrote-them-down`)
    const renew = `renew --keys ${at('keys')} --plain-keys`
    const strange = await desk(`${renew} --out ${at('new')} --successor ${at('others', 'successor.key')}`)
    expect([strange.code, strange.said]).toEqual([1, expect.stringContaining('tablets would refuse what it signs')])
    expect(await readdir(folder)).not.toContain('new')
    expect((await desk(`${renew} --out ${at('others')}`)).said).toContain('already holds keys')
  })
})

describe('another passphrase', () => {
  test('opens the same keys in a new folder, and the old folder stays as it was', async () => {
    await writeFile(at('fresh'), 'eight red kites in spring\n')
    await writeFile(at('other'), 'seven blue boats at noon\n')
    await keygen()
    await configure('keys')
    const before = await text('keys', 'work.key')
    const change = `passphrase --keys ${at('keys')} --new-passphrase-file ${at('fresh')} --out`
    expect((await desk(`${change} ${at('new')}`)).code).toBe(0)
    expect((await readdir(at('new'))).sort()).toEqual((await readdir(at('keys'))).sort())
    expect(await text('keys', 'work.key')).toBe(before)
    expect((await text('new', 'work.key')).startsWith('age-encryption.org/v1')).toBe(true)
    const fingerprint = `fingerprint --keys ${at('new')} --passphrase-file`
    expect((await desk(`${fingerprint} ${at('other')}`)).said).toContain('does not open')
    expect((await desk(`${fingerprint} ${at('fresh')}`)).said).toBe(
      (await desk(`fingerprint --keys ${at('keys')}`)).said,
    )
    expect((await desk(`${change} ${at('new')}`)).said).toContain('already holds keys')
  })

  test('is not given where the old one does not open the keys', async () => {
    await writeFile(at('old'), 'seven blue boats at noon\n')
    await writeFile(at('wrong'), 'eight red kites in spring\n')
    await keygen(`--passphrase-file ${at('old')}`)
    const change = `passphrase --keys ${at('keys')} --out ${at('new')} --new-passphrase-file ${at('old')}`
    expect((await desk(`${change} --passphrase-file ${at('wrong')}`)).said).toContain('does not open')
    expect(await readdir(folder)).not.toContain('new')
  })
})
