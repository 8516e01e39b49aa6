// The ready files for other web servers, held against what the app's own command answers.

import { mkdir, rm, symlink, writeFile } from 'node:fs/promises'
import { request } from 'node:http'
import { join } from 'node:path'
import { gunzipSync } from 'node:zlib'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { startAppServer } from './app-files.ts'
import { appHeaders } from './app-headers.ts'
import type { Listening } from './listen.ts'
import { aFolder } from './testing/a-receiver.ts'
import { has, readyFile, startWebServer, type RunningWebServer, type WebServer } from './testing/web-servers.ts'

const connectSrc = ['https://receiver.example.org']
const servers: readonly WebServer[] = ['nginx', 'caddy']

describe.each(servers)('the ready file for %s', (server) => {
  const line = server === 'nginx' ? /^ {2}add_header ([\w-]+) "(.*)" always;$/gm : /^\t\t([A-Z][\w-]+) "(.*)"$/gm

  it('says what the app’s own command says, word for word', async () => {
    const written = new Map(
      [...(await readyFile(server)).matchAll(line)].map(([, name = '', value = '']) => [name, value]),
    )
    const expected = appHeaders('/', true, { connectSrc })
    const computed = server === 'nginx' ? ['cross-origin-opener-policy', 'cache-control'] : []
    for (const [name, value] of expected) {
      if (computed.includes(name)) continue
      const here = [...written].find(([other]) => other.toLowerCase() === name)
      expect([name, here?.[1]]).toEqual([name, value])
    }
    expect(written.size).toBe([...expected].length - computed.length)
  })

  it('keeps no list of who came', async () => {
    const text = await readyFile(server)
    expect(text).toMatch(server === 'nginx' ? /access_log off;\s+error_log \/dev\/null emerg;/ : /output discard/)
    expect(text.match(/access_log|^\tlog\b/gm)?.length).toBe(1)
  })
})

interface Asked {
  readonly path: string
  readonly method?: string
  readonly headers?: Readonly<Record<string, string>>
}

interface Answer {
  readonly status: number
  readonly headers: Readonly<Record<string, string>>
  readonly text: string
}

/** What each server says of itself, of the connection, or of a file's state in its own way. */
const own = ['accept-ranges', 'connection', 'content-length', 'date', 'etag', 'keep-alive', 'last-modified']
const others = new Set([...own, 'server', 'transfer-encoding'])

/** Asks with exactly this path and these headers; `fetch` would tidy the one and add to the others. */
function ask(url: string, { path, method = 'GET', headers = {} }: Asked): Promise<Answer> {
  const { hostname, port } = new URL(url)
  return new Promise((resolve, reject) => {
    const asking = request({ hostname, port, path, method, headers, agent: false }, (answer) => {
      const chunks: Buffer[] = []
      answer.on('data', (chunk: Buffer) => chunks.push(chunk))
      answer.on('end', () => {
        const bytes = Buffer.concat(chunks)
        const squeezed = answer.headers['content-encoding'] === 'gzip' && bytes.length > 0
        const heads = Object.entries(answer.headers).filter(([name]) => !others.has(name))
        const text = (squeezed ? gunzipSync(bytes) : bytes).toString()
        resolve({
          status: answer.statusCode ?? 0,
          headers: Object.fromEntries(heads.map(([k, v]) => [k, String(v)])),
          text,
        })
      })
    })
    asking.on('error', reject)
    asking.end()
  })
}

const long = 'const wide = 1\n'.repeat(300)
const built: Readonly<Record<string, string>> = {
  'index.html': '<!doctype html>index',
  'locked.html': '<!doctype html>locked',
  'locked.css': 'p {}',
  'sw.js': long,
  'daybook.webmanifest': '{}',
  'icon-192.png': 'png',
  'icon.svg': '<svg/>',
  '.hidden': 'hidden',
  'assets/main-Ab3dEf9_.js': long,
  'assets/main-Ab3dEf9_.css': long,
  'assets/kdf-Ab3dEf9_.wasm': long,
  'assets/words-Ab3dEf9_.json': long,
  'assets/just-not-squeezed.css': ' '.repeat(1024),
  'assets/just-squeezed.css': ' '.repeat(1025),
  'assets/font-Ab3dEf9_.woff2': 'font',
}
const page = { Accept: 'text/html,*/*;q=0.8', 'Sec-Fetch-Mode': 'navigate' }
const gzip = { 'Accept-Encoding': 'gzip, br' }
const worker = { 'Service-Worker': 'script' }

const files = Object.keys(built).flatMap((name) => [
  { path: `/${name}` },
  { path: `/${name}`, headers: gzip },
  { path: `/${name}`, method: 'HEAD' },
])
const screens = ['/', '/locked', '/cases', '/cases/5-_Ab/victims', '/settings', '/CASES', '/a/b/c/d/e', '/old.js']
const shown = screens.flatMap((path) => [
  { path },
  { path, headers: page },
  { path, headers: { Accept: page.Accept } },
  { path, headers: { ...page, 'Sec-Fetch-Mode': 'cors' } },
])
const outside = [
  '/../secret.txt',
  '/%2e%2e/secret.txt',
  '/..%2fsecret.txt',
  '/..%5csecret.txt',
  '/%252e%252e/secret.txt',
]
const odd = ['//etc/passwd', '//index.html', '/.hidden', '/assets', '/assets/', '/index.html/', '/index.html:x']
// Caddy follows links; docs/running.md says so.
const links: Readonly<Record<WebServer, readonly Asked[]>> = { nginx: [{ path: '/leak.txt' }], caddy: [] }
const gone = ['/assets/gone-Ab3dEf9_.js', '/cases/x.html']
const workers = ['/sw.js', '/', '/cases', '/assets/main-Ab3dEf9_.js'].map((path) => ({ path, headers: worker }))
const wipes = ['same-origin', 'cross-site', 'none'].map((site) => ({
  path: '/wipe',
  headers: { 'Sec-Fetch-Site': site },
}))
const writes = ['POST', 'PUT', 'DELETE', 'OPTIONS'].flatMap((method) => [
  { path: '/', method },
  { path: '/locked', method },
])
const all: readonly Asked[] = [
  ...files,
  ...shown,
  ...[...odd, ...gone].flatMap((path) => [{ path }, { path, headers: page }]),
  ...workers,
  ...wipes,
  { path: '/wipe' },
  ...writes,
]

describe.each(servers)('%s itself', (server) => {
  const there = has(server)
  if (!there) process.stderr.write(`${server} is not on this machine: its ready file was read, and not run\n`)
  let folder: string
  let app: Listening
  let other: RunningWebServer

  beforeAll(async () => {
    folder = await aFolder()
    const root = join(folder, 'app')
    await mkdir(join(root, 'assets'), { recursive: true })
    for (const [name, text] of Object.entries(built)) await writeFile(join(root, name), text)
    await writeFile(join(folder, 'secret.txt'), 'secret')
    await symlink(join(folder, 'secret.txt'), join(root, 'leak.txt'))
    app = await startAppServer({ root, port: 0, connectSrc })
    if (there) other = await startWebServer(server, root)
  }, 30_000)
  afterAll(async () => {
    if (there) await other.stop()
    await app.close()
    await rm(folder, { recursive: true, force: true })
  })

  it.skipIf(!there)('answers as the app’s own command does, header by header', async () => {
    for (const asked of [...all, ...links[server]]) {
      const secure = { ...asked, headers: { ...asked.headers, 'X-Forwarded-Proto': 'https' } }
      expect({ asked, ...(await ask(other.url, asked)) }).toEqual({ asked, ...(await ask(app.url, secure)) })
    }
  })

  it.skipIf(!there)('gives nothing that is outside of the folder', async () => {
    for (const path of outside) {
      const { status, text } = await ask(other.url, { path })
      expect([path, text.includes('secret')]).toEqual([path, false])
      expect([400, 404]).toContain(status)
    }
  })
})
