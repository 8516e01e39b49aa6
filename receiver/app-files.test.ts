import { mkdir, rm, symlink, writeFile } from 'node:fs/promises'
import { request } from 'node:http'
import { join } from 'node:path'
import { gunzipSync } from 'node:zlib'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { appFiles, startAppServer } from './app-files.ts'
import type { Listening } from './listen.ts'
import { ReceiverError } from './receiver-error.ts'
import { aFolder } from './testing/a-receiver.ts'

let folder: string
let app: Listening
const long = 'const wide = 1\n'.repeat(300)

beforeEach(async () => {
  folder = await aFolder()
  const root = join(folder, 'app')
  await mkdir(join(root, 'assets'), { recursive: true })
  await writeFile(join(folder, 'secret.txt'), 'secret')
  const files: Record<string, string> = {
    'index.html': '<!doctype html>index',
    'locked.html': '<!doctype html>locked',
    'sw.js': long,
    'manifest.webmanifest': '{}',
    '.hidden': 'hidden',
    'assets/main-Ab3dEf9_.js': long,
    'assets/kdf-Ab3dEf9_.wasm': '\0asm',
  }
  for (const [name, text] of Object.entries(files)) await writeFile(join(root, name), text)
  await symlink(join(folder, 'secret.txt'), join(root, 'leak.txt'))
  app = await startAppServer({ root, port: 0 })
})
afterEach(async () => {
  await app.close()
  await rm(folder, { recursive: true, force: true })
})

const page = { Accept: 'text/html,*/*;q=0.8', 'Sec-Fetch-Mode': 'navigate' }

interface Answer {
  readonly status: number
  readonly headers: Headers
  readonly bytes: Buffer
  readonly text: string
}

/** Asks with exactly this path and these headers; `fetch` would tidy the one and add to the others. */
function ask(path: string, headers: Record<string, string> = {}, method = 'GET', url = app.url): Promise<Answer> {
  const { hostname, port } = new URL(url)
  return new Promise((resolve, reject) => {
    const asking = request({ hostname, port, path, headers, method }, (answer) => {
      const chunks: Buffer[] = []
      answer.on('data', (chunk: Buffer) => chunks.push(chunk))
      answer.on('end', () => {
        const bytes = Buffer.concat(chunks)
        const heads = Object.entries(answer.headers).map(([name, value]): [string, string] => [name, String(value)])
        resolve({ status: answer.statusCode ?? 0, headers: new Headers(heads), bytes, text: bytes.toString() })
      })
    })
    asking.on('error', reject)
    asking.end()
  })
}

describe('every answer of the app', () => {
  it('carries the policy, whatever it is about', async () => {
    const paths = ['/', '/locked', '/sw.js', '/assets/main-Ab3dEf9_.js', '/nothing.js', '/leak.txt', '/wipe']
    for (const path of paths) {
      const { headers } = await ask(path, page)
      const policy = headers.get('Content-Security-Policy') ?? ''
      expect(policy).toContain("default-src 'none'; script-src 'self' 'wasm-unsafe-eval'; style-src 'self'")
      expect(policy).toContain("connect-src 'self' https:;")
      expect(policy).toMatch(/require-trusted-types-for 'script'; trusted-types app-url$/)
      const opener = path === '/locked' ? 'unsafe-none' : 'same-origin'
      expect([path, headers.get('Cross-Origin-Opener-Policy')]).toEqual([path, opener])
      expect(headers.get('Cross-Origin-Embedder-Policy')).toBe('require-corp')
      expect(headers.get('Cross-Origin-Resource-Policy')).toBe('same-origin')
      expect(headers.get('Origin-Agent-Cluster')).toBe('?1')
      expect(headers.get('X-Content-Type-Options')).toBe('nosniff')
      expect(headers.get('Referrer-Policy')).toBe('no-referrer')
      expect(headers.get('Permissions-Policy')).toContain('camera=(self), local-network-access=(self)')
      expect(headers.get('Permissions-Policy')).toContain('microphone=()')
      expect(headers.get('Strict-Transport-Security')).toBeNull()
    }
  })

  it('asks for https from then on, once it was asked for over https', async () => {
    const answer = await appFiles({ root: join(folder, 'app') })(new Request('https://app.test/'))
    const behindProxy = await ask('/', { ...page, 'X-Forwarded-Proto': 'https' })
    for (const { headers } of [answer, behindProxy]) {
      expect(headers.get('Strict-Transport-Security')).toBe('max-age=63072000')
    }
  })

  it('lets the app call plain http on this machine only while developing, and only named receivers where told', async () => {
    const root = join(folder, 'app')
    const policyOf = async (options: object) => {
      const other = await startAppServer({ root, port: 0, ...options })
      const answer = await ask('/', {}, 'GET', other.url)
      await other.close()
      return /connect-src ([^;]*)/.exec(answer.headers.get('Content-Security-Policy') ?? '')?.[1]
    }
    expect(await policyOf({ development: true })).toBe("'self' https: http://127.0.0.1:* http://localhost:*")
    expect(await policyOf({ connectSrc: ['https://r.test'] })).toBe("'self' https://r.test")
  })
})

describe('files', () => {
  it('come with their type and with the right to be kept', async () => {
    const expected: [string, string, string][] = [
      ['/', 'text/html; charset=utf-8', 'no-store'],
      ['/index.html', 'text/html; charset=utf-8', 'no-store'],
      ['/sw.js', 'text/javascript; charset=utf-8', 'no-cache'],
      ['/manifest.webmanifest', 'application/manifest+json', 'no-cache'],
      ['/assets/main-Ab3dEf9_.js', 'text/javascript; charset=utf-8', 'public, max-age=31536000, immutable'],
      ['/assets/kdf-Ab3dEf9_.wasm', 'application/wasm', 'public, max-age=31536000, immutable'],
    ]
    for (const [path, type, cache] of expected) {
      const answer = await ask(path)
      expect([path, answer.status]).toEqual([path, 200])
      expect([path, answer.headers.get('Content-Type'), answer.headers.get('Cache-Control')]).toEqual([
        path,
        type,
        cache,
      ])
    }
  })

  it('come compressed where the browser takes that, and not at all where it has them', async () => {
    const small = await ask('/sw.js', { 'Accept-Encoding': 'gzip' })
    expect(small.headers.get('Content-Encoding')).toBe('gzip')
    expect(Number(small.headers.get('Content-Length'))).toBeLessThan(200)
    expect(gunzipSync(small.bytes).toString()).toBe(long)
    const plain = await ask('/sw.js', { 'Accept-Encoding': 'gzip;q=0, identity' })
    expect(plain.headers.get('Content-Encoding')).toBeNull()
    expect((await ask('/sw.js', { 'If-None-Match': plain.headers.get('ETag') ?? '' })).status).toBe(304)
    await writeFile(join(folder, 'app', 'sw.js'), 'new')
    expect((await ask('/sw.js')).text).toBe('new')
  })

  it('outside the folder are not there, however they are written', async () => {
    const tries = [
      '/../secret.txt',
      '/%2e%2e/secret.txt',
      '/..%2fsecret.txt',
      '/..%5csecret.txt',
      '/assets/../../secret.txt',
    ]
    const more = [
      '//etc/passwd',
      '/%00',
      '/index.html%00.js',
      '/.hidden',
      '/leak.txt',
      '/%252e%252e/secret.txt',
      '/%',
      '/assets',
    ]
    for (const path of [...tries, ...more]) expect([path, (await ask(path)).status]).toEqual([path, 404])
    expect((await ask('/..\\secret.txt')).status).toBe(400)
  })

  it('are read only', async () => {
    const answer = await ask('/', {}, 'POST')
    expect([answer.status, answer.headers.get('Allow')]).toEqual([405, 'GET, HEAD'])
    const head = await ask('/', page, 'HEAD')
    expect([head.status, head.headers.get('Content-Length')]).toEqual([200, '20'])
  })
})

describe('a screen of the app', () => {
  it('is the shell, for somebody who goes there', async () => {
    for (const path of ['/cases', '/cases/5-_Ab/victims', '/settings']) {
      expect([path, (await ask(path, page)).text]).toEqual([path, '<!doctype html>index'])
      expect((await ask(path)).status).toBe(404)
      expect((await ask(path, { ...page, 'Sec-Fetch-Mode': 'cors' })).status).toBe(404)
    }
    expect((await ask('/locked', page)).text).toBe('<!doctype html>locked')
  })

  it('is not what has the form of a file', async () => {
    for (const path of ['/old.js', '/cases/x.html', '/CASES', '/a/b/c/d/e', '/assets/gone-Ab3dEf9_.js']) {
      expect([path, (await ask(path, page)).status]).toEqual([path, 404])
    }
  })
})

describe('the worker script', () => {
  it('is /sw.js and no other file', async () => {
    expect((await ask('/sw.js', { 'Service-Worker': 'script' })).status).toBe(200)
    for (const path of ['/assets/main-Ab3dEf9_.js', '/', '/cases', '/%00']) {
      expect([path, (await ask(path, { 'Service-Worker': 'script' })).status]).toEqual([path, 403])
    }
  })
})

describe('the address that empties the browser', () => {
  it('does so for a page of our own only', async () => {
    const own = await ask('/wipe', { 'Sec-Fetch-Site': 'same-origin' })
    expect([own.status, own.headers.get('Clear-Site-Data')]).toEqual([204, '"*"'])
    for (const site of ['cross-site', 'same-site', 'none']) {
      const answer = await ask('/wipe', { 'Sec-Fetch-Site': site })
      expect([answer.status, answer.headers.get('Clear-Site-Data')]).toEqual([403, null])
    }
    expect((await ask('/wipe')).status).toBe(403)
  })
})

describe('a folder without a build', () => {
  it('is said', async () => {
    const error = await startAppServer({ root: join(folder, 'none'), port: 0 }).catch((cause: unknown) => cause)
    expect(error instanceof ReceiverError && error.reason).toBe('app-not-built')
  })
})
