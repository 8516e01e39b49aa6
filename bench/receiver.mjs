// How many boxes a receiver takes in, beside what this disk can do: on the embedded database and on PostgreSQL, with one
// and two processes. Senders run on the same machine and cost it, too. --long fills the store up to a million boxes.
//   node bench/receiver.mjs [--long]
import { spawn } from 'node:child_process'
import { createHash, randomBytes } from 'node:crypto'
import { closeSync, fsyncSync, mkdtempSync, openSync, readFileSync, rmSync, writeSync } from 'node:fs'
import { Agent, request } from 'node:http'
import { connect } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { runnerImport } from 'vite'
import { needBuild, needPackages, root } from '../tools/prepare.mjs'
import { watchForOthers } from './busy.mjs'

const sayIfBusy = watchForOthers()
needPackages()
needBuild()
const load = async (file) =>
  (await runnerImport(join(root, 'receiver', file), { root, configFile: false, logLevel: 'error' })).module
const [{ openData }, { hashOf, newToken }, { issueCode }] = await Promise.all(
  ['server.ts', 'tokens.ts', 'codes.ts'].map(load),
)
const { aPostgres } = await load('testing/a-postgres.ts')
const long = process.argv.includes('--long')
const folder = mkdtempSync(join(tmpdir(), 'bench-receiver-'))
const postgres = await aPostgres({ max_connections: '60' })
const header = Buffer.from('age-encryption.org/v1\n')

const line = (...cells) => console.log(cells.map((cell, at) => String(cell).padEnd(at === 0 ? 62 : 13)).join(''))
const sorted = (times) => times.toSorted((a, b) => a - b)
const share = (times, part) => sorted(times)[Math.min(times.length - 1, Math.floor(times.length * part))] ?? NaN
const id = () => randomBytes(16).toString('base64url')

/** One batch with one box of so many bytes. */
function batchOf(size) {
  const box = Buffer.concat([header, randomBytes(size - header.length)])
  const head = Buffer.alloc(11)
  head.write('BOXES1\n')
  head.writeUInt32BE(size, 7)
  const body = Buffer.concat([head, box])
  return { name: createHash('sha256').update(body).digest('hex'), body }
}

/** A store with so many devices enrolled; gives their tokens. */
async function withDevices(data, database, count) {
  const { store } = await openData(data, 'any', database)
  const tokens = []
  for (let n = 0; n < count; n += 1) {
    const { code } = await issueCode(store, 'first', Date.now())
    const token = newToken()
    const secrets = { codeHash: hashOf(code), tokenHash: hashOf(token) }
    await store.enrol({ deviceId: id(), ...secrets, at: Date.now(), run: '-' })
    tokens.push(token)
  }
  await store.close()
  return tokens
}

/** Receivers in processes of their own, on one store. */
async function receivers(count, data, database) {
  const started = Array.from({ length: count }, async () => {
    const words = ['serve', '--data', data, '--port', '0', '--origin', 'http://app.test:1']
    const env = { ...process.env, DAYBOOK_DATABASE: database ?? '' }
    const child = spawn(process.execPath, [join(root, 'dist/node/receiver.js'), ...words], { env })
    child.stdout.resume()
    const url = await new Promise((resolve, reject) => {
      let said = ''
      child.stderr.on('data', (chunk) => {
        said += chunk
        const found = /listens on (\S+)\./.exec(said)?.[1]
        if (found) resolve(found)
      })
      child.once('exit', () => reject(new Error(said)))
    })
    return { child, url }
  })
  const running = await Promise.all(started)
  return {
    urls: running.map(({ url }) => url),
    peakMiB: () =>
      running.map(({ child }) => {
        const [, kib] = /VmHWM:\s+(\d+)/.exec(readFileSync(`/proc/${child.pid}/status`, 'utf8')) ?? []
        return Math.round(Number(kib) / 1024)
      }),
    end: async () => {
      for (const { child } of running) {
        child.kill('SIGTERM')
        await new Promise((resolve) => child.once('exit', resolve))
      }
    },
  }
}

const put = (agent, url, token, { name, body }) =>
  new Promise((resolve, reject) => {
    const headers = { Authorization: `Bearer ${token}`, 'Content-Length': body.length }
    const asked = request(`${url}/v1/batches/${name}`, { method: 'PUT', headers, agent }, (answer) => {
      answer.resume()
      answer.on('end', () => resolve(answer.statusCode))
    })
    asked.on('error', reject)
    asked.end(body)
  })

/** Sends until `more()` says no; gives milliseconds of each request. Throws on any answer but 200. */
async function sending({ urls, tokens, size, senders, more }) {
  const agent = new Agent({ keepAlive: true, maxSockets: senders })
  const times = []
  let n = 0
  const one = async () => {
    while (more(n)) {
      const at = n++
      const batch = batchOf(size)
      const begun = performance.now()
      const status = await put(agent, urls[at % urls.length], tokens[at % tokens.length], batch)
      if (status !== 200) throw new Error(`a batch was answered ${status}`)
      times.push(performance.now() - begun)
    }
  }
  const begun = performance.now()
  await Promise.all(Array.from({ length: senders }, one))
  agent.destroy()
  return { times, seconds: (performance.now() - begun) / 1000 }
}

const forSeconds = (seconds) => {
  const end = performance.now() + seconds * 1000
  return () => performance.now() < end
}

/** Commits a second that this disk can do one after the other: 4 KiB written and flushed. */
function flushesASecond() {
  const file = openSync(join(folder, 'flush'), 'w')
  const bytes = randomBytes(4096)
  const begun = performance.now()
  let done = 0
  for (; performance.now() - begun < 2000; done += 1) {
    writeSync(file, bytes)
    fsyncSync(file)
  }
  closeSync(file)
  return done / 2
}

const homes = [
  ['embedded database, 1 process', 1, false],
  ['PostgreSQL, 1 process', 1, true],
  ['PostgreSQL, 2 processes', 2, true],
]
const data = (name) => join(folder, name.replaceAll(/\W+/g, '-'))
const place = async (name, onPostgres) =>
  onPostgres ? await postgres.database(`d${createHash('md5').update(name).digest('hex')}`) : undefined

try {
  line('boxes of 4 KiB, one a request, 32 senders, 8 s', 'boxes/s', 'p50 ms', 'p99 ms', 'flushes/s of this disk')
  for (const [name, count, onPostgres] of homes) {
    const database = await place(name, onPostgres)
    const tokens = await withDevices(data(name), database, 200)
    const running = await receivers(count, data(name), database)
    const wishes = { urls: running.urls, tokens, size: 4096, senders: 32 }
    const { times, seconds } = await sending({ ...wishes, more: forSeconds(8) })
    line(
      name,
      Math.round(times.length / seconds),
      share(times, 0.5).toFixed(1),
      share(times, 0.99).toFixed(1),
      Math.round(flushesASecond()),
    )
    await running.end()
  }

  line('')
  line('10,000 devices, each with a batch of 16 KiB, 64 at a time', 'seconds', 'limit', 'peak MiB', 'limit')
  for (const [name, count, onPostgres] of homes.slice(0, 2)) {
    const where = `ten thousand ${name}`
    const database = await place(where, onPostgres)
    const tokens = await withDevices(data(where), database, 10_000)
    const running = await receivers(count, data(where), database)
    const wishes = { urls: running.urls, tokens, size: 16_384, senders: 64 }
    const { seconds } = await sending({ ...wishes, more: (n) => n < 10_000 })
    line(name, seconds.toFixed(1), 600, Math.max(...running.peakMiB()), 512)
    await running.end()
  }

  line('')
  line('beside sockets that send a byte in 5 s, embedded database', 'p50 ms', 'p99 ms')
  {
    const tokens = await withDevices(data('slow'), undefined, 200)
    const running = await receivers(1, data('slow'))
    const { port } = new URL(running.urls[0])
    for (const slow of [0, 1000, 5000]) {
      const head = (name) =>
        `PUT /v1/batches/${name} HTTP/1.1\r\nHost: x\r\nAuthorization: Bearer ${tokens[0]}\r\nContent-Length: 9000\r\n\r\n`
      const sockets = Array.from({ length: slow }, () => {
        const socket = connect(Number(port), '127.0.0.1')
        socket.on('error', () => undefined)
        socket.write(head('0'.repeat(64)))
        return socket
      })
      const drip = setInterval(() => sockets.forEach((socket) => socket.write('x')), 5000)
      await new Promise((resolve) => setTimeout(resolve, slow === 0 ? 0 : 2000))
      const wishes = { urls: running.urls, tokens: tokens.slice(1), size: 4096, senders: 8 }
      const { times } = await sending({ ...wishes, more: forSeconds(5) })
      line(`${slow} slow sockets, 8 honest senders`, share(times, 0.5).toFixed(1), share(times, 0.99).toFixed(1))
      clearInterval(drip)
      sockets.forEach((socket) => socket.destroy())
    }
    await running.end()
  }

  line('')
  line('as stored boxes grow, one sender', 'p50 ms', 'p99 ms', 'list 100, ms')
  for (const [name, , onPostgres] of homes.slice(0, 2)) {
    const where = `growing ${name}`
    const database = await place(where, onPostgres)
    const tokens = await withDevices(data(where), database, 20)
    for (const stored of [1_000, 10_000, 100_000, ...(long ? [1_000_000] : [])]) {
      const { store } = await openData(data(where), 'existing', database)
      const { boxes } = (await store.listOrgs())[0]
      const [{ deviceId }] = await store.listDevices('first')
      for (let left = stored - boxes; left > 0; left -= 1000) {
        const some = Array.from({ length: Math.min(1000, left) }, () => randomBytes(256))
        const named = some.map((bytes) => ({ id: createHash('sha256').update(bytes).digest('hex'), bytes }))
        await store.keepBoxes({ org: 'first', deviceId, at: Date.now(), bytesPerDay: 2 ** 40, boxes: named })
      }
      const begun = performance.now()
      for (let n = 0; n < 20; n += 1) await store.listBoxes('first', Math.floor((stored * n) / 20), 100)
      const listing = (performance.now() - begun) / 20
      await store.close()
      const running = await receivers(1, data(where), database)
      const wishes = { urls: running.urls, tokens, size: 4096, senders: 1 }
      const { times } = await sending({ ...wishes, more: (n) => n < 300 })
      line(`${name}, ${stored} boxes`, share(times, 0.5).toFixed(1), share(times, 0.99).toFixed(1), listing.toFixed(1))
      await running.end()
    }
  }
} finally {
  await postgres.stop()
  rmSync(folder, { recursive: true, force: true })
  sayIfBusy()
}
