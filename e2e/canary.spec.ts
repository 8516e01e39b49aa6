import { randomBytes } from 'node:crypto'
import { mkdirSync, writeFileSync } from 'node:fs'
import { createServer, type Server } from 'node:http'
import { join } from 'node:path'
import { gzipSync } from 'node:zlib'
import { expect, type Page, test } from '@playwright/test'
import { compress } from 'snappyjs'
import { type BrowserName, onlyPage, openBrowser, removeProfile } from './browser.ts'
import { findBelow, formsOf, type Hit } from './canary.ts'
import { freePort, removeFolder, temporaryFolder } from './house.ts'
import { ownOrigins } from './noise.ts'
import { readingsBelow } from './readings.ts'

/** The scanner finds what is there: in every form, and in what the real browsers compress, split and put into tables. */
test('the scanner itself finds a planted text in each form, and nothing where nothing was planted', () => {
  const folder = temporaryFolder('scan')
  const text = 'qZ7canary41Xw'
  for (const [form, bytes] of formsOf(text)) {
    const below = join(folder, form.replaceAll('+', '-'))
    mkdirSync(below)
    writeFileSync(join(below, 'file'), Buffer.concat([Buffer.from('before'), bytes, Buffer.from('after')]))
  }
  for (const before of ['', 'x', 'xy'])
    writeFileSync(join(folder, `b64${before}`), Buffer.from(`${before}${text}z`).toString('base64'))
  const { hits } = findBelow(folder, { texts: [text] })
  for (const form of formsOf(text).keys()) expect(hits.map((hit) => hit.form)).toContain(`${text}: ${form}`)
  for (const name of ['/b64', '/b64x', '/b64xy']) expect(hits.map((hit) => hit.file)).toContain(name)
  expect(findBelow(folder, { texts: ['another9Text'] }).hits).toEqual([])
  removeFolder(folder)
})

test('a number is found where it stands by itself, in either width, and not within a longer one', () => {
  const folder = temporaryFolder('scan')
  writeFileSync(join(folder, 'plain'), 'pin":"739164","at":1')
  writeFileSync(join(folder, 'wide'), Buffer.from('x739164y', 'utf16le'))
  writeFileSync(join(folder, 'longer'), '1739164 7391640 0.739164')
  const { hits } = findBelow(folder, { numbers: ['739164'] })
  expect(hits.map(({ file }) => file).toSorted()).toEqual(['/plain', '/wide'])
  removeFolder(folder)
})

test('a key is found as bytes, in hex and in either base64', () => {
  const folder = temporaryFolder('scan')
  const key = randomBytes(32)
  const ways = { bytes: key, hex: key.toString('hex'), base64: key.toString('base64'), url: key.toString('base64url') }
  for (const [name, written] of Object.entries(ways)) writeFileSync(join(folder, name), written)
  const { hits } = findBelow(folder, { keys: { key, other: randomBytes(32) } })
  expect(new Set(hits.map(({ file }) => file))).toEqual(new Set(['/bytes', '/hex', '/base64', '/url']))
  expect(hits.filter(({ form }) => form.startsWith('other'))).toEqual([])
  removeFolder(folder)
})

/** Both halves stand before the whole, so that a compressor writes the whole as two references and nobody can read it. */
interface Hidden {
  readonly whole: string
  readonly text: string
}
function hidden(): Hidden {
  const [one, two] = [randomBytes(9).toString('hex'), randomBytes(9).toString('hex')]
  return { whole: `${one}${two}`, text: `${one} and ${two} and then ${one}${two}.` }
}

test('what was packed by gzip is read, at the start of a file or behind what a cache puts first', () => {
  const folder = temporaryFolder('scan')
  const { whole, text } = hidden()
  writeFileSync(join(folder, 'start'), gzipSync(text))
  writeFileSync(join(folder, 'behind'), Buffer.concat([randomBytes(100), gzipSync(text), randomBytes(100)]))
  const { hits } = findBelow(folder, { texts: [whole] })
  expect(hits.map(({ file, how }) => `${file} ${how}`).toSorted()).toEqual(['/behind gzip', '/start gzip'])
  removeFolder(folder)
})

test('what was packed by Snappy in frames, as Firefox keeps larger values in files, is read', () => {
  const folder = temporaryFolder('scan')
  const { whole, text } = hidden()
  const packed = compress(Buffer.from(text))
  const header = Buffer.alloc(8)
  header.writeUIntLE(packed.length + 4, 1, 3)
  writeFileSync(join(folder, '1'), Buffer.concat([Buffer.from('ff060000734e61507059', 'hex'), header, packed]))
  expect(findBelow(folder, { texts: [whole] }).hits.map(({ how }) => how)).toEqual(['snappy'])
  removeFolder(folder)
})

interface Planted {
  readonly small: string
  readonly large: string
  readonly row: string
}

/** Keeps them in IndexedDB: the first two and much noise, so that tables are made of it, and the row at last. */
async function plant(page: Page, planted: Planted): Promise<void> {
  await page.evaluate(async ({ small, large, row }) => {
    const asked = <T>(request: IDBRequest<T>) =>
      new Promise<T>((resolve, reject) => {
        request.addEventListener('success', () => resolve(request.result))
        request.addEventListener('error', () => reject(new Error('refused')))
      })
    const opening = indexedDB.open('planted')
    opening.addEventListener('upgradeneeded', () => opening.result.createObjectStore('rows'))
    const database = await asked(opening)
    const put = async (key: string, value: unknown) => {
      const writing = database.transaction('rows', 'readwrite', { durability: 'strict' })
      await asked(writing.objectStore('rows').put(value, key))
    }
    await put('small', { small })
    await put('large', { large: large.repeat(3) + 'even '.repeat(60_000) })
    for (let count = 0; count < 160; count++) {
      const noise = crypto.getRandomValues(new Uint8Array(48_000))
      await put(`noise ${count}`, noise)
    }
    await put('row', { row })
    database.close()
  }, planted)
}

let server: Server
let address = ''
test.beforeAll(async () => {
  const port = await freePort()
  address = `http://127.0.0.1:${port}/`
  ownOrigins.add(address.slice(0, -1))
  server = createServer((_, answer) => answer.setHeader('Content-Type', 'text/html').end('<!doctype html>'))
  await new Promise<void>((resolve) => server.listen(port, '127.0.0.1', resolve))
})
test.afterAll(() => server.close())

/** Plants, closes the browser, and hands over the folder that it leaves. */
async function inProfile(browser: BrowserName, planted: Planted, look: (profile: string) => void): Promise<void> {
  const profile = temporaryFolder('planted')
  try {
    const context = await openBrowser(profile, { browser })
    const page = await onlyPage(context)
    await page.goto(address)
    await plant(page, planted)
    await context.close()
    look(profile)
  } finally {
    removeProfile(profile)
  }
}

const ways = (hits: readonly Hit[], text: string): string[] =>
  [...new Set(hits.filter(({ form }) => form.startsWith(text)).map(({ how }) => how))].toSorted()

const rowOf = (length: number): string => randomBytes(length).toString('base64').slice(0, length)
/** Windows that overlap by half, so that wherever a border is, it cuts one. */
const windowsOf = (row: string): readonly string[] =>
  Array.from({ length: row.length / 20 - 1 }, (_, at) => row.slice(20 * at, 20 * at + 40))

test('what Chromium packs into tables and logs is read, and could not be without that', async () => {
  const [small, large, row] = [hidden(), hidden(), rowOf(44_000)]
  await inProfile('chromium', { small: small.text, large: large.text, row }, (profile) => {
    const { hits, files, readings } = findBelow(profile, { texts: [small.whole, large.whole] })
    expect(ways(hits, small.whole)).toEqual(['table'])
    expect(ways(hits, large.whole)).toEqual(['snappy'])
    // Of the last row, which is in a log still, the log's borders cut at least one text in two.
    const [asItIs, joined] = [new Set<string>(), new Set<string>()]
    for (const { how, bytes, file } of readingsBelow(profile))
      if (file.endsWith('.log') && file.includes('leveldb'))
        for (const text of windowsOf(row)) if (bytes.includes(text)) (how === 'as it is' ? asItIs : joined).add(text)
    expect(joined.size).toBe(windowsOf(row).length)
    expect(asItIs.size).toBeLessThan(joined.size)
    console.log(
      `chromium: ${files} files in ${readings} readings; ${joined.size - asItIs.size} texts across a log's border`,
    )
  })
})

test('what Firefox packs into rows, files and its own containers is read, and could not be without that', async () => {
  const [small, large] = [hidden(), hidden()]
  await inProfile('firefox', { small: small.text, large: large.text, row: rowOf(40) }, (profile) => {
    const { hits, files, readings } = findBelow(profile, { texts: [small.whole, large.whole] })
    expect(ways(hits, small.whole)).toEqual(['snappy'])
    expect(ways(hits, large.whole)).toEqual(['snappy'])
    const packed = [...readingsBelow(profile)].filter(({ how }) => how === 'mozLz4')
    expect(packed.length).toBeGreaterThan(0)
    for (const { bytes } of packed) expect(() => void JSON.parse(bytes.toString('utf8'))).not.toThrow()
    console.log(
      `firefox: ${files} files in ${readings} readings; ${packed.length} of mozLz4; in ${hits.map((hit) => hit.file).join()}`,
    )
  })
})
