import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { decodeQR } from 'qr/decode.js'
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { startReceiver, type RunningReceiver } from '../../receiver/server.ts'
import { readLostNumber, lostNumberOf } from '../../src/batch/lost-number.ts'
import { paths } from '../../src/batch/protocol.ts'
import { joinSheet, readSheetPart } from '../../src/batch/setup-sheet.ts'
import { openSetup, setupSha } from '../../src/batch/setup.ts'
import { sha256HexOf } from '../../src/seal/digest.ts'
import { wordsIn } from '../../src/seal/own-words.ts'
import { newKeyId } from '../../src/seal/random.ts'
import { ATerminal } from '../testing/a-terminal.ts'
import { run } from './run.ts'

let folder: string
const keys = () => join(folder, 'keys')
const file = () => join(keys(), 'setup-sheet.html')
const around = { env: {}, now: () => new Date('2026-01-01T09:30:00Z') }
const given = ' --code QkZGRkZGRkZGRkZGRkZGRg --until 2026-01-15'

beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'desk-'))
})
afterEach(async () => {
  await rm(folder, { recursive: true, force: true })
})

async function desk(words: string): Promise<{ code: number; said: string }> {
  const terminal = new ATerminal()
  const code = await run(words.split(' '), terminal, around)
  return { code, said: terminal.said }
}

async function anOrganisation({ kind = '', endpoint = 'https://receiver.example', more = '' }): Promise<void> {
  await desk(`keygen --out ${keys()} --plain-keys --yes-i-wrote-them-down${kind}`)
  const { code } = await desk(
    `configure --keys ${keys()} --endpoint ${endpoint} --receiver-key ${'A'.repeat(43)} --app https://app.example --name Harbour --org-code NGO-14 --org-type ngo --label harbour&co${more}`,
  )
  expect(code).toBe(0)
}
const sheet = (more = given) => desk(`sheet --keys ${keys()} --app https://app.example${more}`)

/** What a camera would see of each code: three dots to a module, in the grey of the paper. */
function readCodes(page: string): string[] {
  return [...page.matchAll(/<svg [^>]*viewBox="0 0 (\d+) \1"[^>]*>(.*?)<\/svg>/g)].map(([, size, drawn = '']) => {
    const side = Number(size) * 3
    const data = new Uint8ClampedArray(side * side * 4).fill(235)
    for (const [, x, y] of drawn.matchAll(/M(\d+) (\d+)h1v1h-1z/g))
      for (let row = 0; row < 3; row++)
        data.fill(
          20,
          ((Number(y) * 3 + row) * side + Number(x) * 3) * 4,
          ((Number(y) * 3 + row) * side + Number(x) * 3 + 3) * 4,
        )
    return decodeQR({ width: side, height: side, data })
  })
}

const contentOf = async (page: string) =>
  joinSheet(
    readCodes(page)
      .map((text) => readSheetPart(text))
      .filter((part) => part !== undefined),
  )

describe('the set-up sheet', () => {
  test.each(['', ' --classic'])(
    'holds the whole signed configuration and the code in what is drawn, keys:%s',
    async (kind) => {
      await anOrganisation({ kind })
      expect((await sheet()).code).toBe(0)
      const page = await readFile(file(), 'utf8')
      const { document, code } = await contentOf(page)
      expect([document, code]).toEqual([await readFile(join(keys(), 'setup.json'), 'utf8'), 'QkZGRkZGRkZGRkZGRkZGRg'])
      expect((await openSetup(document, await setupSha(document))).profile.name).toBe('Harbour')
    },
  )

  test('says in every language that was asked for the six words, the last day and the number, and names nobody', async () => {
    await anOrganisation({})
    const { said } = await sheet(`${given} --languages ar,en --telephone <0600>`)
    const page = await readFile(file(), 'utf8')
    const words = /must show: (.+)/.exec(said)?.[1]?.split(' ') ?? []
    expect([...page.matchAll(/<li>([a-z]+)<\/li>/g)].map(([, word]) => word)).toEqual(words)
    expect(page).toContain('15 January 2026')
    expect(page).toContain('<html lang="ar">')
    expect(page).toContain('lang="ar" dir="rtl"')
    expect(page).toContain('harbour&amp;co')
    expect(page).toContain('&lt;0600&gt;')
    expect(page).not.toContain('Harbour')
    expect(page).not.toMatch(/<script|src=|href=|url\(/)
    const number = /<b dir="ltr">([\d ]+)<\/b>/.exec(page)?.[1] ?? ''
    expect(readLostNumber(number)).toBe(lostNumberOf(await sha256HexOf('QkZGRkZGRkZGRkZGRkZGRg')))
  })

  test('says the six words in the other languages of the page, too, where there is a list of them', async () => {
    await anOrganisation({})
    const { said } = await sheet(`${given} --languages ar,fr,zh`)
    const english = /must show: (.+)/.exec(said)?.[1]?.split(' ') ?? []
    const page = await readFile(file(), 'utf8')
    const [french, chinese] = [await wordsIn('fr', english), await wordsIn('zh', english)]
    const items = english.map(
      (word, i) => `<li>${word}<small lang="fr">${french?.[i]}</small><small lang="zh">${chinese?.[i]}</small></li>`,
    )
    expect(page).toContain(items.join(''))
  })

  test('is not written before a configuration is, nor with words that cannot be', async () => {
    await desk(`keygen --out ${keys()} --classic --plain-keys --yes-i-wrote-them-down`)
    expect((await sheet()).said).toContain('Run "configure" first')
    for (const more of [
      `${given} --languages en,xx`,
      ' --code QkZGRkZGRkZGRkZGRkZGRg',
      ' --code abc --until 2026-01-15',
    ])
      expect((await sheet(more)).code).toBe(2)
    await expect(readFile(file())).rejects.toThrow('ENOENT')
  })

  test('is refused, and no code asked for, where one page cannot hold the configuration', async () => {
    const overlay = join(folder, 'overlay.json')
    const random = () => [...crypto.getRandomValues(new Uint8Array(40))].map((byte) => byte.toString(36)).join('')
    const areas = {
      areas: { ES: Array.from({ length: 99 }, (_, i) => ({ code: `own_${i}`, labels: { en: random() } })) },
    }
    await writeFile(overlay, JSON.stringify(areas))
    await anOrganisation({ endpoint: 'http://127.0.0.1:9', more: ` --overlay ${overlay}` })
    const { code, said } = await sheet(' --token nobody')
    expect([code, said.includes('does not fit the codes of one page')]).toEqual([1, true])
  })
})

describe('with the desk’s token', () => {
  let receiver: RunningReceiver
  beforeEach(async () => {
    receiver = await startReceiver({
      dataDir: join(folder, 'receiver'),
      port: 0,
      appOrigins: ['https://app.example'],
      freeShare: async () => 1,
    })
  })
  afterEach(async () => await receiver.close())

  test('the receiver makes a code for each sheet, which lets one tablet in', async () => {
    await anOrganisation({ endpoint: receiver.url, more: ` --token ${await receiver.deskToken()}` })
    const codes: string[] = []
    for (const _ of [1, 2]) {
      expect((await sheet('')).code).toBe(0)
      codes.push((await contentOf(await readFile(file(), 'utf8'))).code ?? '')
    }
    expect(codes[0]).not.toBe(codes[1])
    const enrol = async (code: string) => {
      const body = JSON.stringify({ deviceId: newKeyId(), code })
      return (await fetch(`${receiver.url}${paths.enrol}`, { method: 'POST', body })).status
    }
    expect([await enrol(codes[0] ?? ''), await enrol(codes[0] ?? ''), await enrol(codes[1] ?? '')]).toEqual([
      200, 403, 200,
    ])
  })
})
