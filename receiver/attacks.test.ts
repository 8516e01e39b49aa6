import { createHash } from 'node:crypto'
import { readdir, readFile, rm } from 'node:fs/promises'
import { connect } from 'node:net'
import { join } from 'node:path'
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { writeBatch } from '../src/batch/batch.ts'
import { batchSizeLimit, paths } from '../src/batch/protocol.ts'
import { verifyReceipt } from '../src/batch/receipt.ts'
import { sha256Hex } from '../src/seal/digest.ts'
import { newKeyId } from '../src/seal/random.ts'
import { issueCode } from './codes.ts'
import { EmbeddedDatabase } from './embedded-database.ts'
import { publicText } from './keys.ts'
import { newDeskToken, openData } from './server.ts'
import { rows } from './sql.ts'
import { firstOrg } from './store.ts'
import { everythingIn } from './testing/a-postgres.ts'
import { aFolder, appOrigin, databaseOf, likeABox } from './testing/a-receiver.ts'
import { compileReceiver, runReceiver, type ReceiverProcess } from './testing/compiled.ts'
import { newToken } from './tokens.ts'

// What somebody tries who can reach the receiver, against the command as it is shipped, in a process of its own. Each
// gets the answer that it should, and afterwards every row of the database and every file beside it is as it was.

let built: { folder: string; file: string }
let dataDir: string
let running: ReceiverProcess
let key = ''
/** Tokens: a tablet's, a desk's, and those of a tablet that was revoked. */
const tokens = { device: '', desk: '', revoked: '' }
/** A box that is there already, and the code that its tablet enrolled with. */
const known = { id: '', body: new Uint8Array(), batch: '', code: '', deviceId: '' }

beforeAll(async () => {
  built = await compileReceiver()
  dataDir = await aFolder()
  const { database } = await databaseOf(dataDir)
  const opened = await openData(dataDir, 'any', database)
  key = publicText(opened.key)
  tokens.desk = await newDeskToken(opened.store, Date.now())
  const codes = [
    await issueCode(opened.store, firstOrg, Date.now()),
    await issueCode(opened.store, firstOrg, Date.now()),
  ]
  running = await runReceiver(built.file, dataDir, appOrigin, database)
  const [one, other] = await Promise.all(codes.map(async ({ code }) => await enrolled(code)))
  tokens.device = one?.token ?? ''
  tokens.revoked = other?.token ?? ''
  await opened.store.revokeDevice(firstOrg, other?.deviceId ?? '', Date.now())
  await opened.store.close()
  const box = likeABox()
  const { batchId, bytes } = await writeBatch([box])
  Object.assign(known, {
    id: await sha256Hex(box),
    body: bytes,
    batch: batchId,
    code: codes[0]?.code,
    deviceId: one?.deviceId,
  })
  expect((await put(bytes, batchId, tokens.device)).status).toBe(200)
}, 60_000)
afterAll(async () => {
  running?.child.kill('SIGTERM')
  expect(await running?.ended).toEqual({ code: 0, signal: null })
  await rm(dataDir, { recursive: true, force: true })
  await rm(built.folder, { recursive: true, force: true })
})

let before = ''
beforeEach(async () => {
  before = await everythingKept()
})
afterEach(async () => {
  expect(await everythingKept()).toBe(before)
  expect((await fetch(running.url + paths.health)).status).toBe(200)
})

async function enrolled(code: string): Promise<{ deviceId: string; token: string }> {
  const deviceId = newKeyId()
  const answer = await ask(paths.enrol, { method: 'POST', body: JSON.stringify({ deviceId, code }) })
  return { deviceId, token: ((await answer.json()) as { token: string }).token }
}

async function ask(path: string, init: RequestInit = {}, token?: string): Promise<Response> {
  const headers = new Headers(init.headers)
  if (token !== undefined) headers.set('Authorization', `Bearer ${token}`)
  return await fetch(running.url + path, { redirect: 'manual', ...init, headers })
}
const put = async (body: Uint8Array<ArrayBuffer>, name: string, token?: string) =>
  await ask(paths.batch(name), { method: 'PUT', body }, token)

const tables = ['orgs', 'codes', 'devices', 'desks', 'setups', 'memory', 'receipts', 'boxes', 'box_bytes']

/** Every row of the database, and the name and digest of every file that is not the database's own. */
async function everythingKept(): Promise<string> {
  const entries = await readdir(dataDir, { recursive: true, withFileTypes: true })
  const files = entries.filter((entry) => entry.isFile() && !entry.name.startsWith('receiver.db'))
  const digests = files.map(async ({ parentPath, name }) => {
    const bytes = await readFile(join(parentPath, name))
    return `${join(parentPath, name)} ${createHash('sha256').update(bytes).digest('hex')}`
  })
  return [...(await Promise.all(digests)).toSorted(), await everyRow()].join('\n')
}

async function everyRow(): Promise<string> {
  const { database } = await databaseOf(dataDir)
  if (database !== undefined) return (await everythingIn(database)).split('\n').toSorted().join('\n')
  const file = new EmbeddedDatabase(join(dataDir, 'receiver.db'), 'store-lost')
  const found: unknown[] = []
  for (const table of tables) found.push(await file.run(rows(`SELECT * FROM ${table} ORDER BY 1, 2`)))
  await file.close()
  return JSON.stringify(found)
}

/** Writes bytes and gives the status lines and bodies that come until the other side closes, or is still for a moment. */
async function raw(text: string): Promise<string> {
  return await new Promise((resolve) => {
    let heard = ''
    const socket = connect(Number(new URL(running.url).port), '127.0.0.1')
    const still = () => socket.setTimeout(heard === '' ? 20_000 : 150, () => socket.destroy())
    socket.on('data', (chunk) => {
      heard += chunk.toString('latin1')
      still()
    })
    socket.on('error', () => undefined)
    socket.on('close', () => resolve(heard))
    still()
    socket.write(text, 'latin1')
  })
}
const statuses = (heard: string): number[] =>
  [...heard.matchAll(/HTTP\/1\.1 (\d{3}) /g)].map(([, status]) => Number(status))

const sha = '0'.repeat(64)
const other = async () => await writeBatch([likeABox()])

describe('tokens', () => {
  it('that are none, unknown, cut, of a desk, or twice', async () => {
    const { batchId, bytes } = await other()
    const tried: [string | undefined, number][] = [
      [undefined, 401],
      ['', 401],
      [newToken(), 401],
      [tokens.device.slice(0, -1), 401],
      [`${tokens.device}A`, 401],
      [tokens.device.toLowerCase(), 401],
      [`${newToken()}, Bearer ${tokens.device}`, 401],
      ["' OR 1=1 --", 401],
      [tokens.desk, 403],
    ]
    for (const [token, status] of tried)
      expect([token, (await put(bytes, batchId, token)).status]).toEqual([token, status])
    const twice = `Authorization: Bearer ${newToken()}\r\nAuthorization: Bearer ${tokens.device}\r\n`
    expect(
      statuses(await raw(`PUT ${paths.batch(sha)} HTTP/1.1\r\nHost: h\r\n${twice}Content-Length: 0\r\n\r\n`)),
    ).toEqual([401])
    const basic = { Authorization: `Basic ${btoa(`x:${tokens.device}`)}` }
    expect((await ask(paths.batch(batchId), { method: 'PUT', body: bytes, headers: basic })).status).toBe(401)
  })

  it('of a tablet, at what is the desk’s', async () => {
    const asked: [string, RequestInit][] = [
      [paths.boxes, {}],
      [paths.box(known.id), {}],
      [paths.codes, { method: 'POST', body: '{}' }],
      [paths.receipt(sha), { method: 'PUT', body: '{}' }],
      [paths.setup(sha), { method: 'PUT', body: '{}' }],
    ]
    for (const [path, init] of asked)
      expect([path, (await ask(path, init, tokens.device)).status, (await ask(path, init)).status]).toEqual([
        path,
        403,
        401,
      ])
  })

  it('of a revoked tablet: its boxes are refused by name, its questions by a signature', async () => {
    const { batchId, bytes } = await other()
    const receipt = await verifyReceipt(await (await put(bytes, batchId, tokens.revoked)).text(), [key], 'stored')
    expect(receipt?.boxes).toMatchObject([{ result: 'refused', reason: 'revoked' }])
    expect((await ask(paths.receipts, {}, tokens.revoked)).status).toBe(403)
  })

  it('to be had again with a code that was spent, guessed ones, or none', async () => {
    const enrol = async (body: string) => (await ask(paths.enrol, { method: 'POST', body })).status
    expect(await enrol(JSON.stringify({ deviceId: newKeyId(), code: known.code }))).toBe(403)
    expect(await enrol(JSON.stringify({ deviceId: known.deviceId, code: known.code }))).toBe(403)
    const guesses = Array.from({ length: 20 }, async () => {
      const answers: number[] = []
      for (let n = 0; n < 10; n += 1)
        answers.push(await enrol(JSON.stringify({ deviceId: newKeyId(), code: newKeyId() })))
      return answers
    })
    expect([...new Set((await Promise.all(guesses)).flat())].every((status) => status === 403 || status === 429)).toBe(
      true,
    )
    for (const body of ['', '{', '[]', 'null', '{"deviceId":1,"code":2}', '{"__proto__":{"code":"x"}}'])
      expect([body, await enrol(body)]).toEqual([body, 400])
  })
})

it('a batch that is played again a thousand times is there once, and its quota gives out before the receiver does', async () => {
  const answers = new Map<number, number>()
  const sender = async () => {
    for (let n = 0; n < 100; n += 1) {
      const { status } = await put(known.body, known.batch, tokens.device)
      answers.set(status, (answers.get(status) ?? 0) + 1)
    }
  }
  await Promise.all(Array.from({ length: 10 }, sender))
  expect([...answers.keys()].toSorted()).toEqual([200, 429])
  expect([...answers.values()].reduce((sum, count) => sum + count)).toBe(1_000)
})

describe('bodies', () => {
  const head = (length: string, more = '') =>
    `PUT ${paths.batch(sha)} HTTP/1.1\r\nHost: h\r\nAuthorization: Bearer ${tokens.device}\r\n${more}Content-Length: ${length}\r\n\r\n`

  it('that are announced too large are turned away before they are read', async () => {
    for (const length of [batchSizeLimit + 1, 4_294_967_296, 999_999_999_999])
      expect([length, statuses(await raw(head(String(length))))]).toEqual([length, [413]])
    for (const length of ['1000000000000', '99999999999999999999999', '-1', '+5', '0x10', '1e3', '5 5', '5,5', ''])
      expect([length, statuses(await raw(head(length)))]).toEqual([length, [400]])
  })

  it('under the name of another batch, cut, or with a tail', async () => {
    const { batchId, bytes } = await other()
    const longer = new Uint8Array([...bytes, 0])
    const shorter = bytes.slice(0, -1)
    const huge = bytes.slice()
    huge.set([0xff, 0xff, 0xff, 0xff], 7)
    const tried: [Uint8Array<ArrayBuffer>, string][] = [
      [bytes, known.batch],
      [longer, batchId],
      [longer, await sha256Hex(longer)],
      [shorter, await sha256Hex(shorter)],
      [huge, await sha256Hex(huge)],
      [new Uint8Array(7), await sha256Hex(new Uint8Array(7))],
    ]
    for (const [body, name] of tried) expect((await put(body, name, tokens.device)).status).toSatisfy(isRefusal)
  })
})
const isRefusal = (status: number) => status === 400 || status === 429

it('paths that climb, double, encode or inject lead nowhere', async () => {
  const asked: [string, readonly number[]][] = [
    ['/v1/boxes/../../../etc/passwd', [404]],
    ['/../../etc/passwd', [404]],
    ['/%2e%2e/%2e%2e/etc/passwd', [404]],
    ['/v1/boxes/..%2f..%2fetc%2fpasswd', [400]],
    ['/v1/boxes/%00', [400]],
    ['/v1/boxes/%', [400]],
    ['/v1/boxes/%ff%fe', [400]],
    [`/v1/boxes/${known.id}%00`, [400]],
    [`/v1/boxes/${known.id}/`, [404]],
    [`/v1/boxes/${known.id.toUpperCase()}`, [400]],
    ["/v1/boxes/' OR '1'='1", [400]],
    ['/v1/boxes/%27%20OR%201=1', [400]],
    ['/v1/boxes?after=1;DROP%20TABLE%20boxes', [400]],
    ['/v1/boxes?after=-1', [400]],
    ['/v1/boxes?after=1e99', [400]],
    ['/v1/boxes?limit=0', [400]],
    ['//v1/boxes', [404]],
    ['/v1//boxes', [404]],
    ['/V1/BOXES', [404]],
    ['/v1/boxes\\..\\', [400]],
    ['/v1/setups/../boxes', [200]],
    ['/receipt.key', [404]],
    ['/receiver.db', [404]],
    [`/${'a'.repeat(10_000)}`, [404]],
    [`/${'a'.repeat(100_000)}`, [400, 431]],
  ]
  for (const [path, right] of asked) {
    const heard = await raw(
      `GET ${path} HTTP/1.1\r\nHost: h\r\nAuthorization: Bearer ${tokens.desk}\r\nConnection: close\r\n\r\n`,
    )
    expect([path.slice(0, 80), right.includes(statuses(heard)[0] ?? 0) || statuses(heard)]).toEqual([
      path.slice(0, 80),
      true,
    ])
    expect(heard).not.toMatch(/root:|receipt-key-v1/)
  }
})

describe('smuggling', () => {
  /** Behind each of these lies a question that only a fooled reader would answer. */
  const behind = () => `GET /v1/boxes HTTP/1.1\r\nHost: h\r\nAuthorization: Bearer ${tokens.desk}\r\n\r\n`
  const start = (more: string) =>
    `PUT ${paths.batch(sha)} HTTP/1.1\r\nHost: h\r\nAuthorization: Bearer ${tokens.device}\r\n${more}`

  it.each<[string, (tail: string) => string]>([
    ['a length and chunks', (tail) => start(`Content-Length: 5\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n${tail}`)],
    ['chunks and a length', (tail) => start(`Transfer-Encoding: chunked\r\nContent-Length: 5\r\n\r\n0\r\n\r\n${tail}`)],
    ['two lengths', (tail) => start(`Content-Length: 0\r\nContent-Length: ${tail.length}\r\n\r\n${tail}`)],
    ['a coding that nobody knows', (tail) => start(`Transfer-Encoding: xchunked\r\n\r\n0\r\n\r\n${tail}`)],
    ['a coding twice', (tail) => start(`Transfer-Encoding: chunked, identity\r\n\r\n0\r\n\r\n${tail}`)],
    [
      'a space before the colon',
      (tail) => start(`Transfer-Encoding : chunked\r\nContent-Length: 5\r\n\r\n0\r\n\r\n${tail}`),
    ],
    [
      'a folded header',
      (tail) =>
        start(
          `X: a\r\n Content-Length: 0\r\nContent-Length: 5\r\nTransfer-Encoding:\r\n chunked\r\n\r\n0\r\n\r\n${tail}`,
        ),
    ],
    ['bare line feeds', (tail) => start(`Content-Length: 0\nContent-Length: 50\r\n\r\n${tail}`)],
    ['a carriage return in a header', (tail) => start(`X: a\rContent-Length: 0\r\n\r\n${tail}`)],
    ['a NUL in a header', (tail) => start(`X: a\0b\r\nContent-Length: 0\r\n\r\n${tail}`)],
    ['a chunk with a bad size', (tail) => start(`Transfer-Encoding: chunked\r\n\r\nzz\r\n${tail}`)],
    [
      'a chunk with an endless extension',
      (tail) => start(`Transfer-Encoding: chunked\r\n\r\n0;${'x'.repeat(40_000)}\r\n\r\n${tail}`),
    ],
    ['no Host', (tail) => `PUT ${paths.batch(sha)} HTTP/1.1\r\nContent-Length: 0\r\n\r\n${tail}`],
    ['a header without end', (tail) => start(`X: ${'x'.repeat(100_000)}\r\nContent-Length: 0\r\n\r\n${tail}`)],
  ])('%s gets one answer at most, and never that of the question behind', async (_, text) => {
    const heard = await raw(text(behind()))
    expect(statuses(heard).length).toBeLessThanOrEqual(1)
    expect(statuses(heard).every((status) => [400, 401, 411, 413, 431].includes(status))).toBe(true)
    expect(heard).not.toContain('"boxes"')
  })

  it.each([
    ['HTTP/2', 'PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n'],
    ['a TLS greeting', '\x16\x03\x01\x02\x00\x01\x00\x01\xfc\x03\x03'],
    ['HTTP/0.9', 'GET /v1/boxes\r\n\r\n'],
    ['another address in the first line', `GET http://elsewhere.example/v1/boxes HTTP/1.1\r\nHost: h\r\n\r\n`],
    ['CONNECT', 'CONNECT elsewhere.example:443 HTTP/1.1\r\nHost: h\r\n\r\n'],
    ['TRACE', `TRACE / HTTP/1.1\r\nHost: h\r\nX-Secret: echoed\r\n\r\n`],
    [
      'an upgrade',
      'GET / HTTP/1.1\r\nHost: h\r\nConnection: Upgrade, HTTP2-Settings\r\nUpgrade: h2c\r\nHTTP2-Settings: AAMAAABk\r\n\r\n',
    ],
  ])('%s is not spoken here', async (_, text) => {
    const heard = await raw(text + '\r\n')
    expect(heard).not.toMatch(/"boxes"|echoed|HTTP\/1\.1 101/)
    expect(statuses(heard).every((status) => status !== 200 || heard.includes('It is healthy'))).toBe(true)
  })
})

it('a page from elsewhere may neither ask with a token nor read what it is told', async () => {
  for (const origin of [
    'https://elsewhere.example',
    'null',
    `${appOrigin}.elsewhere.example`,
    appOrigin.slice(0, -1),
  ]) {
    const headers = {
      Origin: origin,
      'Access-Control-Request-Method': 'PUT',
      'Access-Control-Request-Headers': 'authorization',
    }
    const preflight = await ask(paths.batch(sha), { method: 'OPTIONS', headers })
    expect([origin, preflight.status]).toEqual([origin, 403])
    for (const [path, init] of [
      [paths.boxes, {}],
      [paths.health, {}],
      [paths.enrol, { method: 'POST', body: '{}' }],
      [paths.batch(sha), { method: 'PUT', body: 'x' }],
    ] as const) {
      const answer = await ask(
        path,
        { ...init, headers: { Origin: origin } },
        path === paths.boxes ? tokens.desk : newToken(),
      )
      for (const [name] of answer.headers)
        expect([path, name]).not.toEqual([path, expect.stringMatching(/^access-control-allow/)])
    }
  }
})
