import { execFile } from 'node:child_process'
import { mkdtemp, readFile, readdir, rm, stat, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { promisify } from 'node:util'
import Papa from 'papaparse'
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { writeBatch } from '../../src/batch/batch.ts'
import { openSetup, readSetupLink, setupSha } from '../../src/batch/setup.ts'
import type { CompleteRecord } from '../../src/record/case-record.ts'
import { toBase64Url } from '../../src/seal/base64url.ts'
import { utf8 } from '../../src/seal/bytes.ts'
import { newSigningKey } from '../../src/seal/signature.ts'
import { wordsToIdentity } from '../../src/seal/words.ts'
import { openBoxes } from '../open-boxes.ts'
import { ATablet, aRecord } from '../testing/a-tablet.ts'
import { ATerminal } from '../testing/a-terminal.ts'
import { run } from './run.ts'

let folder: string
const keys = () => join(folder, 'keys')
const out = () => join(folder, 'opened')
const around = { env: {}, now: () => new Date('2024-07-01T09:30:00Z') }

beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'desk-'))
})
afterEach(async () => {
  await rm(folder, { recursive: true, force: true })
})

async function desk(words: string, terminal = new ATerminal()): Promise<{ code: number; said: string }> {
  const code = await run(words.split(' '), terminal, around)
  return { code, said: terminal.said }
}

const plainKeys = (kind = '--classic') =>
  desk(`keygen --out ${keys()} ${kind} --plain-keys --yes-i-wrote-them-down`.replace('  ', ' '))
const about = async () =>
  JSON.parse(await readFile(join(keys(), 'organisation.json'), 'utf8')) as {
    recipients: { work: string; drawer: string }
  }
const aTablet = async () => {
  const { recipients } = await about()
  return new ATablet([recipients.work, recipients.drawer])
}
const inOrder = (said: string) => {
  const sheet = said
    .split('\n')
    .filter((line) => /^ {2,3}\d/.test(line))
    .join('\n')
  const cells = [...sheet.matchAll(/(\d{1,2}) ([a-z]{3,8})/g)].map(([, place, word]) => [Number(place), word] as const)
  return cells.sort(([a], [b]) => a - b).map(([, word]) => word ?? '')
}
const rowsOf = async (name: string) =>
  Papa.parse<Record<string, string>>(await readFile(join(out(), name), 'utf8'), { header: true, skipEmptyLines: true })
    .data

describe('keygen', () => {
  test('keeps every secret under the passphrase, readable by the owner alone, and the drawer’s on paper only', async () => {
    const secret = join(folder, 'passphrase')
    await writeFile(secret, 'seven blue boats at noon\n')
    const { code, said } = await desk(`keygen --out ${keys()} --passphrase-file ${secret} --yes-i-wrote-them-down`)
    expect(code).toBe(0)
    const names = await readdir(keys())
    expect(names.sort()).toEqual(['configuration.key', 'desk.key', 'organisation.json', 'successor.key', 'work.key'])
    for (const name of names) {
      expect((await stat(join(keys(), name))).mode & 0o777).toBe(0o600)
      const text = await readFile(join(keys(), name), 'latin1')
      if (name.endsWith('.key')) expect(text.startsWith('age-encryption.org/v1')).toBe(true)
      expect(text).not.toContain('AGE-SECRET-KEY')
    }
    expect(inOrder(said)).toHaveLength(24)
    expect((await desk(`fingerprint --keys ${keys()} --passphrase-file ${secret}`)).said).toContain(
      'Six words of the organisation: ',
    )
  })

  test('asks three words back, and keeps nothing where they are not known', async () => {
    const asked: string[] = []
    const good = new ATerminal((question, said) => {
      const place = /Word (\d+)/.exec(question)?.[1]
      if (place === undefined) return 'seven blue boats at noon'
      asked.push(place)
      return ` ${inOrder(said)[Number(place) - 1]?.toUpperCase()} `
    })
    expect(await run(['keygen', '--out', keys(), '--classic'], good, around)).toBe(0)
    expect(new Set(asked).size).toBe(3)

    const other = join(folder, 'other')
    const bad = new ATerminal((question) => (question.startsWith('Word') ? 'zebra' : 'seven blue boats at noon'))
    expect(await run(['keygen', '--out', other, '--classic'], bad, around)).toBe(1)
    expect(bad.said).toContain('no key was kept')
    await expect(readdir(other)).rejects.toThrow('ENOENT')
  })

  test('never touches keys that are there', async () => {
    await plainKeys()
    const before = await readFile(join(keys(), 'work.key'))
    const { code, said } = await plainKeys()
    expect([code, said.includes('already holds keys')]).toEqual([1, true])
    expect(await readFile(join(keys(), 'work.key'))).toEqual(before)
  })

  test.each(['--classic', ''])('gives words that open the boxes, %s', async (kind) => {
    const { said } = await plainKeys(kind)
    const box = await (await aTablet()).seal([aRecord()])
    const drawer = wordsToIdentity(inOrder(said), kind === '' ? 'hybrid' : 'x25519')
    expect((await openBoxes([box], [drawer])).records).toHaveLength(1)
  })

  test('asks for nothing it could not be given: without a terminal the words must be promised', async () => {
    expect((await desk(`keygen --out ${keys()} --plain-keys`)).code).toBe(1)
    expect((await desk(`keygen --out ${keys()} --yes-i-wrote-them-down`)).said).toContain('--passphrase-file')
  })
})

describe('configure', () => {
  const receiverKey = toBase64Url(newSigningKey().publicKey)
  const setting = (more = '') =>
    `configure --keys ${keys()} --endpoint https://receiver.example --receiver-key ${receiverKey} --app https://app.example --name Harbour --org-code NGO-14 --org-type ngo --code abcd-1234 --out ${out()}${more}`

  test('writes link, document, configuration, and a link that sets a tablet up', async () => {
    await plainKeys()
    const { code, said } = await desk(setting())
    expect(code).toBe(0)
    const link = readSetupLink(await readFile(join(out(), 'setup-link.txt'), 'utf8'))
    const { configuration, profile } = await openSetup('b' in link ? link.b : '', link.h)
    expect(configuration.recipients).toEqual(Object.values((await about()).recipients))
    expect([profile.name, link.c]).toEqual(['Harbour', 'abcd-1234'])
    expect(said).toContain('The six words that a tablet must show: ')
  })

  test('goes on to the next version, and refuses to go on from a configuration of somebody else', async () => {
    await plainKeys()
    await desk(setting())
    expect((await desk(setting(' --retention-days 0'))).said).toContain('Configuration 2 ')
    expect((await desk(setting(' --retention-days 0'))).said).toContain('Configuration 2 ')
    const path = join(keys(), 'setup.json')
    await writeFile(path, (await readFile(path, 'utf8')).replace('receiver.example', 'stranger.example'))
    const { code, said } = await desk(setting())
    expect([code, said.includes('not signed by this organisation')]).toEqual([1, true])
  })

  test('signs an overlay in, keeps its version while it says the same, and says when there is none', async () => {
    await plainKeys()
    const file = join(folder, 'overlay.json')
    const off = { variables: { off: ['x3mig'] }, words: { moc: { label: { en: 'How?' } } } }
    await writeFile(file, JSON.stringify(off))
    const overlay = async () => {
      const document = await readFile(join(keys(), 'setup.json'), 'utf8')
      return (await openSetup(document, await setupSha(document))).configuration.overlay
    }
    expect((await desk(setting())).said).toContain('It has no overlay')
    const { said } = await desk(setting(` --overlay ${file}`))
    expect(said).toContain(
      'version 2; questions that are off: 1, own values: 0, areas: 0, questions with own words: 1.',
    )
    expect(await overlay()).toEqual({ version: '2', ...off })
    expect((await desk(setting(` --overlay ${file}`))).said).toContain('Configuration 2 ')
    await desk(setting(` --overlay ${file} --retention-days 0`))
    expect(await overlay()).toEqual({ version: '2', ...off })
    await desk(setting())
    expect(await overlay()).toBeUndefined()
  })

  test('signs nothing with an overlay that no tablet could use, and says what is wrong where', async () => {
    await plainKeys()
    const file = join(folder, 'overlay.json')
    await writeFile(file, JSON.stringify({ variables: { off: ['toe', 'x3zzz'] } }))
    const { code, said } = await desk(setting(` --overlay ${file}`))
    expect(code).toBe(1)
    expect(said).toContain('variables.off: toe cannot be off: it belongs to step 1')
    expect(said).toContain('Nothing was written.')
    expect(await readdir(keys())).not.toContain('setup.json')
  })

  test('refuses a single recipient unless it is told by name', async () => {
    await plainKeys()
    const one = ` --recipient ${(await about()).recipients.work}`
    expect((await desk(setting(one))).said).toContain('--single-recipient')
    expect((await desk(setting(`${one} --single-recipient`))).code).toBe(0)
  })

  test('lets tablets print filled records only where it is told to', async () => {
    await plainKeys()
    const signed = async () => await readFile(join(keys(), 'setup.json'), 'utf8')
    await desk(setting())
    expect(await signed()).not.toContain('print')
    await desk(setting(' --allow-printing'))
    expect(await signed()).toContain('\\"print\\":true')
  })

  test('offers a wipe passphrase only where it is told to', async () => {
    await plainKeys()
    const signed = async () => await readFile(join(keys(), 'setup.json'), 'utf8')
    await desk(setting())
    expect(await signed()).not.toContain('wipePassphrase')
    await desk(setting(' --allow-wipe-passphrase'))
    expect(await signed()).toContain('\\"wipePassphrase\\":true')
  })

  test('names the option that is wrong', async () => {
    await plainKeys()
    expect(await desk(setting().replace('--org-type ngo', '--org-type club'))).toMatchObject({
      code: 1,
      said: expect.stringContaining('--org-type'),
    })
    expect(await desk(setting(' --steps 4'))).toMatchObject({ code: 2, said: expect.stringContaining('--steps') })
    expect(await desk(setting(' --colour blue'))).toMatchObject({ code: 2 })
  })
})

describe('open, from files', () => {
  const openWords = (boxes: string) => `open --keys ${keys()} --out ${out()} --boxes ${boxes}`

  async function aFile(name: string, bytes: Uint8Array): Promise<string> {
    const path = join(folder, name)
    await writeFile(path, bytes)
    return path
  }

  test('writes the tables of what was entered, twice the same, and a receipt to carry back', async () => {
    await plainKeys()
    const tablet = await aTablet()
    const box = await aFile('box', (await tablet.seal([aRecord()])).bytes)
    expect((await desk(openWords(box))).code).toBe(0)
    expect(await rowsOf('events.csv')).toMatchObject([{ geo_area: 'ES-AN', exp: 'occ', coe: 'MAR;ESP' }])
    expect(await rowsOf('victims.csv')).toMatchObject([
      { toe: '1;2.1', agv: '24' },
      { toe: '6.5', agv: 'nk' },
    ])
    const first = await readFile(join(out(), 'victims.csv'), 'utf8')
    const receipts = await readdir(join(out(), 'receipts'))
    expect(receipts).toHaveLength(1)

    const again = await desk(openWords(box))
    expect(again.said).toContain('Receipts made: 0.')
    expect(await readFile(join(out(), 'victims.csv'), 'utf8')).toBe(first)
    expect(await readdir(join(out(), 'receipts'))).toEqual(receipts)
    for (const name of await readdir(out())) {
      const { mode } = await stat(join(out(), name))
      expect(mode & 0o077).toBe(0)
    }
  })

  test('gives own values the words of the overlay that was signed, beside the standard’s code', async () => {
    await plainKeys()
    const door = { code: 'door', parent: 'restricts_movement', labels: { en: 'Locked doors' } }
    const overlay = await aFile('overlay.json', utf8(JSON.stringify({ values: { moc: [door] } })))
    const key = toBase64Url(newSigningKey().publicKey)
    const about = '--name Harbour --org-code NGO-14 --org-type ngo --app https://app.example --code abcd-1234'
    await desk(
      `configure --keys ${keys()} --endpoint https://receiver.example --receiver-key ${key} ${about} --overlay ${overlay}`,
    )
    const record = aRecord() as CompleteRecord
    record.overlay = '1'
    record.event.answers['moc'] = ['takes_earnings', 'restricts_movement/door']
    delete record.event.answers['mocText']
    const box = await aFile('box', (await (await aTablet()).seal([record])).bytes)
    const { said } = await desk(`${openWords(box)} --labels`)
    expect(said).not.toContain('rule-broken')
    expect(await rowsOf('events.csv')).toMatchObject([
      { moc: 'takes_earnings;restricts_movement', moc_own: 'restricts_movement/door', moc_own_label: 'Locked doors' },
    ])
    const lines = await rowsOf('codebook.csv')
    expect(lines.find(({ value }) => value === 'restricts_movement/door')).toMatchObject({ column: 'moc_own' })
  })

  test('reads a batch as well, sets a damaged box aside with its reason and takes the others in', async () => {
    await plainKeys()
    const tablet = await aTablet()
    const [good, bad] = [
      await tablet.seal([aRecord()]),
      await tablet.seal([aRecord({ caseId: 'exampleCase000000000hA' })]),
    ]
    bad.bytes[bad.bytes.length - 1]! ^= 1
    const { bytes } = await writeBatch([good.bytes, bad.bytes])
    const { code, said } = await desk(openWords(await aFile('batch', bytes)))
    expect(code).toBe(0)
    expect(said).toContain('(cannot-open)')
    expect(await rowsOf('events.csv')).toHaveLength(1)
    expect(await readFile(join(out(), 'report.txt'), 'utf8')).toContain('set aside: 1')
  })

  test('goes on from what it keeps, and says when something that was taken in is gone', async () => {
    await plainKeys()
    const tablet = await aTablet()
    await desk(openWords(await aFile('one', (await tablet.seal([aRecord()])).bytes)))
    const second = await tablet.seal([aRecord({ caseId: 'exampleCase000000000hA' })])
    await desk(openWords(await aFile('two', second.bytes)))
    expect(await rowsOf('events.csv')).toHaveLength(2)
    await rm(join(out(), 'boxes', second.boxId))
    expect((await desk(`open --keys ${keys()} --out ${out()}`)).said).toContain('their boxes were removed')
    expect(await rowsOf('events.csv')).toHaveLength(1)
  })

  test('holds boxes of new accounts until they are approved', async () => {
    await plainKeys()
    const tablet = await aTablet()
    const box = await aFile('box', (await tablet.seal([aRecord()])).bytes)
    expect((await desk(`${openWords(box)} --hold-new-keys`)).said).toContain('(key-not-approved)')
    expect(await rowsOf('events.csv')).toHaveLength(0)
    await desk(`open --keys ${keys()} --out ${out()} --approve ${toBase64Url(tablet.account.publicKey)}`)
    expect(await rowsOf('events.csv')).toHaveLength(1)
  })

  test('keeps no answer anywhere but in the tables', async () => {
    await plainKeys()
    await desk(openWords(await aFile('box', (await (await aTablet()).seal([aRecord()])).bytes)))
    for (const name of ['desk-memory.json', 'report.txt']) {
      const text = await readFile(join(out(), name), 'utf8')
      for (const answer of ['ES-AN', 'cult', 'NGO-14', 'ex_partner']) expect(text).not.toContain(answer)
    }
  })

  test('says what is wrong with passphrase, keys, files and memory, and changes nothing', async () => {
    const secret = join(folder, 'passphrase')
    await writeFile(secret, 'seven blue boats at noon')
    await desk(`keygen --out ${keys()} --classic --passphrase-file ${secret} --yes-i-wrote-them-down`)
    const box = await aFile('box', (await (await aTablet()).seal([aRecord()])).bytes)
    const wrong = join(folder, 'wrong')
    await writeFile(wrong, 'eight blue boats at noon')
    expect(await desk(`${openWords(box)} --passphrase-file ${wrong}`)).toMatchObject({
      code: 1,
      said: expect.stringContaining('does not open'),
    })
    expect(await desk(openWords(box))).toMatchObject({ code: 1, said: expect.stringContaining('--passphrase-file') })
    await expect(readdir(out())).rejects.toThrow('ENOENT')
    expect(await desk(`${openWords(join(folder, 'none'))} --passphrase-file ${secret}`)).toMatchObject({
      code: 1,
      said: expect.stringContaining('cannot be read'),
    })
    await writeFile(join(out(), 'desk-memory.json'), '{"v":')
    expect(await desk(`${openWords(box)} --passphrase-file ${secret}`)).toMatchObject({
      code: 1,
      said: expect.stringContaining('damaged'),
    })
    expect(await readFile(join(out(), 'desk-memory.json'), 'utf8')).toBe('{"v":')
  })

  test('takes nothing in with the keys of another organisation, and rejects nothing either', async () => {
    await plainKeys()
    const box = await aFile('box', (await (await aTablet()).seal([aRecord()])).bytes)
    const strangers = join(folder, 'strangers')
    await desk(`keygen --out ${strangers} --classic --plain-keys --yes-i-wrote-them-down`)
    const { said } = await desk(`open --keys ${strangers} --out ${out()} --boxes ${box}`)
    expect(said).toContain('(cannot-open)')
    expect(said).toContain('Receipts made: 0.')
  })
})

test('the key for work opens a classic box with the standard age command', async ({ skip }) => {
  const age = promisify(execFile)
  await age('age', ['--version']).catch(() => skip('age is not installed'))
  await plainKeys()
  const { bytes } = await (await aTablet()).seal([aRecord()])
  await writeFile(join(folder, 'box'), bytes)
  const { stdout } = await age('age', ['-d', '-i', join(keys(), 'work.key'), join(folder, 'box')], {
    encoding: 'latin1',
  })
  expect(stdout.startsWith('TIPB1 ')).toBe(true)
})

test('a wrong word gives the usage code, and help the way out', async () => {
  expect(await desk('burn')).toMatchObject({ code: 2, said: expect.stringContaining('"burn"') })
  expect(await desk('open')).toMatchObject({ code: 2, said: expect.stringContaining('is missing') })
  expect(await desk('help')).toMatchObject({ code: 0, said: expect.stringContaining('keygen --out') })
})
