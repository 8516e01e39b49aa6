// The app, built, as files over HTTP on an origin of its own: every answer carries the headers of security.md section
// 14, nothing outside the folder is ever read, and nothing about who asked is kept.

import { readFile, realpath, stat } from 'node:fs/promises'
import { extname, join, sep } from 'node:path'
import { promisify } from 'node:util'
import { gzip } from 'node:zlib'
import { appHeaders, type HeaderOptions } from './app-headers.ts'
import { defaultLimits } from './limits.ts'
import { listen, type Listening } from './listen.ts'
import { ReceiverError } from './receiver-error.ts'

export interface AppFilesOptions extends HeaderOptions {
  /** The folder that the build made; `index.html` is in it. */
  readonly root: string
}

const types: Readonly<Record<string, string>> = {
  '.css': 'text/css; charset=utf-8',
  '.html': 'text/html; charset=utf-8',
  '.ico': 'image/x-icon',
  '.js': 'text/javascript; charset=utf-8',
  '.json': 'application/json',
  '.map': 'application/json',
  '.mjs': 'text/javascript; charset=utf-8',
  '.png': 'image/png',
  '.svg': 'image/svg+xml',
  '.txt': 'text/plain; charset=utf-8',
  '.wasm': 'application/wasm',
  '.webmanifest': 'application/manifest+json',
  '.woff2': 'font/woff2',
}
const squeezed = new Set(['.css', '.html', '.js', '.json', '.mjs', '.svg', '.txt', '.wasm', '.webmanifest'])

/** A screen of the app: words of small letters, and ids, between slashes. Never a file's name. */
const screen = /^\/(?:[a-z][a-z-]{0,30}(?:\/[\w-]{1,64}){0,3})?$/
const hashed = /^\/assets\/[^/]+-[\w-]{8,}\.[a-z0-9]+$/

interface Found {
  readonly bytes: Uint8Array<ArrayBuffer>
  readonly tag: string
  readonly squeezed: () => Promise<Uint8Array<ArrayBuffer>>
}

/** Answers requests for the app's files. */
export function appFiles(options: AppFilesOptions): (request: Request) => Promise<Response> {
  const files = new Files(options.root)
  return async (request) => {
    const url = new URL(request.url)
    const path = pathIn(url)
    const headers = appHeaders(path ?? '/', isSecure(request, url), options)
    if (request.headers.get('service-worker') === 'script' && path !== '/sw.js') return plain(403, 'Refused', headers)
    if (request.method !== 'GET' && request.method !== 'HEAD') return plain(405, 'Method not allowed', headers)
    if (path === undefined) return plain(404, 'Not found', headers)
    if (path === '/wipe') return wipe(request, headers)
    const name = isScreenAsked(request, path) ? screenFile(path) : path
    try {
      const file = await files.read(name)
      return file ? await answer(request, name, file, headers) : plain(404, 'Not found', headers)
    } catch {
      return plain(500, 'Failed', headers)
    }
  }
}

/** Serves the app over plain HTTP. Throws ReceiverError for a folder without a build, or a port that cannot be had. */
export async function startAppServer(
  options: AppFilesOptions & { readonly port: number; readonly host?: string },
): Promise<Listening> {
  const { root, port, host = '127.0.0.1' } = options
  await stat(join(root, 'index.html')).catch((cause: unknown) => {
    throw new ReceiverError('app-not-built', cause)
  })
  const { headerTime, idleTime } = defaultLimits
  return listen(appFiles(options), { port, host, headerTime, socketTime: idleTime * 2, stopTime: 2000 })
}

/** The decoded path, or undefined for one that could mean something else to a file system. */
function pathIn(url: URL): string | undefined {
  try {
    const path = decodeURIComponent(url.pathname)
    const odd = /[\\\0:%]|\/\.|\/\//.test(path)
    return odd ? undefined : path
  } catch {
    return undefined
  }
}

/** A proxy that ends TLS says so. Believed, since without https a browser ignores what we add. */
function isSecure(request: Request, url: URL): boolean {
  return url.protocol === 'https:' || request.headers.get('x-forwarded-proto') === 'https'
}

function isScreenAsked(request: Request, path: string): boolean {
  if (!screen.test(path)) return false
  const mode = request.headers.get('sec-fetch-mode')
  if (mode !== null && mode !== 'navigate' && path !== '/') return false
  return path === '/' || (request.headers.get('accept') ?? '').includes('text/html')
}

function screenFile(path: string): string {
  return path === '/locked' ? '/locked.html' : '/index.html'
}

/** Empties the browser of this app (security.md section 12). Only a page of our own may ask for it. */
function wipe(request: Request, headers: Headers): Response {
  if (request.headers.get('sec-fetch-site') !== 'same-origin') return plain(403, 'Refused', headers)
  headers.set('Clear-Site-Data', '"*"')
  return new Response(null, { status: 204, headers })
}

function plain(status: number, text: string, headers: Headers): Response {
  headers.set('Content-Type', 'text/plain; charset=utf-8')
  if (status === 405) headers.set('Allow', 'GET, HEAD')
  return new Response(text, { status, headers })
}

async function answer(request: Request, name: string, file: Found, headers: Headers): Promise<Response> {
  const ending = extname(name)
  headers.set('Content-Type', types[ending] ?? 'application/octet-stream')
  headers.set('Cache-Control', cacheFor(name))
  headers.set('Vary', 'Accept-Encoding')
  if (ending !== '.html') headers.set('ETag', file.tag)
  if (ending !== '.html' && request.headers.get('if-none-match') === file.tag) {
    return new Response(null, { status: 304, headers })
  }
  const small = squeezed.has(ending) && file.bytes.length > 1024 && takesGzip(request)
  if (small) headers.set('Content-Encoding', 'gzip')
  const bytes = small ? await file.squeezed() : file.bytes
  headers.set('Content-Length', String(bytes.length))
  return new Response(request.method === 'HEAD' ? null : bytes, { headers })
}

function cacheFor(name: string): string {
  if (name.endsWith('.html')) return 'no-store'
  return hashed.test(name) ? 'public, max-age=31536000, immutable' : 'no-cache'
}

function takesGzip(request: Request): boolean {
  return /\bgzip\b(?!\s*;\s*q=0(?:\.0*)?(?:,|$))/.test(request.headers.get('accept-encoding') ?? '')
}

/** Files of one folder, kept in memory together with their compressed form until they change on the disk. */
class Files {
  readonly #root: string
  readonly #known = new Map<string, Found>()

  constructor(root: string) {
    this.#root = root
  }

  /** `name` is a path from `/` as `pathIn` lets it through; a link that leads out of the folder is not followed. */
  async read(name: string): Promise<Found | undefined> {
    const path = join(this.#root, name)
    try {
      const root = await realpath(this.#root)
      const real = await realpath(path)
      if (!real.startsWith(root + sep)) return undefined
      const about = await stat(real)
      if (!about.isFile()) return undefined
      const { mtimeMs, size } = about
      const tag = `"${size.toString(36)}-${Math.round(mtimeMs).toString(36)}"`
      const known = this.#known.get(name)
      if (known?.tag === tag) return known
      const found = foundFile(await readFile(real), tag)
      this.#known.set(name, found)
      return found
    } catch (error) {
      const code = (error as NodeJS.ErrnoException).code
      if (code === 'ENOENT' || code === 'ENOTDIR' || code === 'ENAMETOOLONG') return undefined
      throw error
    }
  }
}

function foundFile(read: Uint8Array, tag: string): Found {
  const bytes = new Uint8Array(read)
  let pressed: Promise<Uint8Array<ArrayBuffer>> | undefined
  return { bytes, tag, squeezed: () => (pressed ??= promisify(gzip)(bytes).then((made) => new Uint8Array(made))) }
}
