import { mkdtemp, readFile, readdir, rm, stat, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { ATablet, aRecord } from '../testing/a-tablet.ts'
import { ATerminal } from '../testing/a-terminal.ts'
import { run } from './run.ts'

let folder: string
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'drawer-'))
})
afterEach(() => rm(folder, { recursive: true, force: true }))

const at = (name: string) => join(folder, name)

async function desk(words: string, terminal = new ATerminal()) {
  const code = await run(words.split(' '), terminal, { env: {}, now: () => new Date('2024-07-01T09:30:00Z') })
  return { code, said: terminal.said }
}

async function aFile(name: string, content: string | Uint8Array): Promise<string> {
  await writeFile(at(name), content)
  return at(name)
}

/** New keys in a folder; gives back the sheet with the drawer's words, with its numbers, as it was shown. */
async function sheetOf(name: string, more = '--classic --plain-keys'): Promise<string> {
  const { said } = await desk(`keygen --out ${at(name)} ${more} --yes-i-wrote-them-down`)
  return said
    .split('\n')
    .filter((line) => /^ {2,3}\d/.test(line))
    .join('\n')
}

const inOrder = (sheet: string) => sheet.match(/[a-z]{3,8}/g) ?? []

async function aBoxFor(name: string): Promise<string> {
  const { recipients } = JSON.parse(await readFile(join(at(name), 'organisation.json'), 'utf8')) as {
    recipients: { work: string; drawer: string }
  }
  const tablet = new ATablet([recipients.work, recipients.drawer])
  return aFile('box', (await tablet.seal([aRecord()])).bytes)
}

const eventsIn = async (name: string) => (await readFile(join(at(name), 'events.csv'), 'utf8')).trim().split('\r\n')

describe('the words of the drawer', () => {
  test.each(['', '--classic '])('open what was sealed when the key for work is lost, %s', async (kind) => {
    const daily = await aFile('daily', 'seven blue boats at noon\n')
    const found = await aFile('found', 'eight red kites in spring\n')
    const words = await aFile('words', await sheetOf('keys', `${kind}--passphrase-file ${daily}`))
    const box = await aBoxFor('keys')
    await rm(join(at('keys'), 'work.key'))
    const open = `open --keys ${at('keys')} --out ${at('opened')} --boxes ${box} --passphrase-file ${daily}`
    expect(await desk(open)).toMatchObject({ code: 1, said: expect.stringContaining('"desk drawer"') })

    const drawer = `drawer --out ${at('drawer.key')} --keys ${at('keys')} --words-file ${words}`
    const made = await desk(`${drawer} --passphrase-file ${found}`)
    expect([made.code, made.said]).toEqual([0, expect.stringContaining('their check is right')])
    expect(made.said).toContain(`They belong to the drawer of the organisation in ${at('keys')}.`)
    expect((await readFile(at('drawer.key'), 'latin1')).startsWith('age-encryption.org/v1')).toBe(true)
    expect((await stat(at('drawer.key'))).mode & 0o777).toBe(0o600)

    const identity = `--identity ${at('drawer.key')} --identity-passphrase-file ${found}`
    const { code, said } = await desk(`${open} ${identity}`)
    expect([code, said]).toEqual([0, expect.stringContaining('1 case in the tables')])
    expect(said).toContain('Receipts made: 1.')
    expect(await eventsIn('opened')).toHaveLength(2)
  })

  test('open boxes without any other key, but make no receipt', async () => {
    const words = await aFile('words', (await sheetOf('keys')).toUpperCase())
    const box = await aBoxFor('keys')
    await rm(at('keys'), { recursive: true })
    const { said } = await desk(`drawer --out ${at('drawer.key')} --classic --words-file ${words} --plain-keys`)
    expect(said).toContain('was not checked')
    expect(said).toContain('NO passphrase')
    const open = `open --identity ${at('drawer.key')} --out ${at('opened')} --boxes ${box}`
    expect((await desk(open)).code).toBe(2)
    expect(await desk(`${open} --no-receipt`)).toMatchObject({ code: 0 })
    expect(await eventsIn('opened')).toHaveLength(2)
  })

  test('are asked at the terminal, again where one is no word of the list', async () => {
    const words = inOrder(await sheetOf('keys'))
    const asked: string[] = []
    const person = new ATerminal((question) => {
      const place = Number(/Word (\d+) of 24/.exec(question)?.[1])
      if (Number.isNaN(place)) return 'eight red kites in spring'
      asked.push(question)
      if (asked.length === 3) return 'zebraa'
      return place === 20 ? words.slice(19).join(' ') : ` ${words[place - 1]?.slice(0, 4).toUpperCase()}`
    })
    expect(await desk(`drawer --out ${at('drawer.key')} --keys ${at('keys')}`, person)).toMatchObject({ code: 0 })
    expect(asked).toHaveLength(21)
    expect(person.said).toContain('That is no word of the list.')
  })
})

describe('nothing is written', () => {
  test('where the words are not whole, and the sentence says which way and quotes none', async () => {
    const whole = [...Array.from({ length: 23 }, () => 'abandon'), 'art']
    const wrong: [string[], string][] = [
      [whole.slice(1), 'These are 23 words'],
      [['abandon', 'zebraa', ...whole.slice(2)], 'Word 2 is not in the list'],
      [['art', ...whole.slice(0, 23)], 'fail the check'],
    ]
    for (const [given, sentence] of wrong) {
      const file = await aFile('words', given.join(' '))
      const { code, said } = await desk(`drawer --out ${at('drawer.key')} --words-file ${file} --plain-keys`)
      expect([code, said]).toEqual([1, expect.stringContaining(sentence)])
      expect(said).not.toMatch(/abandon|zebraa/)
      expect(await readdir(folder)).not.toContain('drawer.key')
    }
  })

  test('where the words belong to another organisation, or the organisation is not known', async () => {
    await sheetOf('keys')
    const words = await aFile('words', await sheetOf('others'))
    const drawer = `drawer --out ${at('drawer.key')} --words-file ${words} --plain-keys`
    expect(await desk(`${drawer} --keys ${at('keys')}`)).toMatchObject({
      code: 1,
      said: expect.stringContaining('not those of the drawer of the organisation in'),
    })
    expect((await desk(`${drawer} --keys ${at('none')}`)).said).toContain('cannot be compared')
    expect(await readdir(folder)).not.toContain('drawer.key')
  })

  test('over a file that is there, or where nobody can be asked', async () => {
    const words = await aFile('words', await sheetOf('keys'))
    const key = join(at('keys'), 'work.key')
    const before = await readFile(key)
    const over = await desk(`drawer --out ${key} --classic --words-file ${words} --plain-keys`)
    expect([over.code, over.said]).toEqual([1, expect.stringContaining('is there already')])
    expect(await readFile(key)).toEqual(before)
    expect((await desk(`drawer --out ${at('drawer.key')}`)).said).toContain('--words-file')
    expect((await desk(`drawer --out ${at('drawer.key')} --words-file ${words}`)).said).toContain('--passphrase-file')
    expect(await readdir(folder)).not.toContain('drawer.key')
  })
})
