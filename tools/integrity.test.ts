import { appendFile, mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { build } from 'vite'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { sayIntegrity } from './integrity.ts'

let app = ''
beforeAll(async () => {
  app = await mkdtemp(join(tmpdir(), 'integrity-'))
  await build({ mode: 'production', logLevel: 'error', build: { outDir: app, emptyOutDir: true } })
}, 120_000)
afterAll(() => rm(app, { recursive: true }))

const named = (tag: string, name: string): string => new RegExp(`\\b${name}="([^"]*)"`).exec(tag)?.[1] ?? ''

/** What the built pages start with: every script, and every link but icons and the manifest. */
async function starts() {
  const pages = (await readdir(app)).filter((name) => name.endsWith('.html'))
  const read = await Promise.all(pages.map(async (page) => ({ page, text: await readFile(join(app, page), 'utf8') })))
  return read.flatMap(({ page, text }) =>
    [...text.matchAll(/<(?:script|link)\b[^>]*>/g)]
      .filter(([tag]) => !/^(icon|apple-touch-icon|manifest)$/.test(named(tag, 'rel')))
      .map(([tag]) => ({ page, file: named(tag, 'src') || named(tag, 'href'), says: named(tag, 'integrity') })),
  )
}

async function others(): Promise<string[]> {
  const found: string[] = []
  for (const { page, file, says } of await starts()) {
    const digest = await crypto.subtle.digest('SHA-384', await readFile(join(app, file)))
    if (says !== `sha384-${Buffer.from(digest).toString('base64')}`) found.push(`${page}: ${file}`)
  }
  return found
}

test('every page of the build says what its scripts, modules and styles hash to, as they lie on the disk', async () => {
  const names = (await starts()).map(({ page, file }) => `${page} ${file.replace(/-[\w-]{8}\./, '.')}`)
  expect(names).toEqual(
    expect.arrayContaining([
      'index.html /assets/index.js',
      'index.html /assets/rolldown-runtime.js',
      'index.html /assets/index.css',
      'locked.html /locked.css',
    ]),
  )
  expect(await others()).toEqual([])
})

test('one byte more in one of them is seen, and said anew where the file was meant to change', async () => {
  const entry = (await starts()).find(({ file }) => file.endsWith('.js'))
  await appendFile(join(app, entry?.file ?? ''), ' ')
  expect(await others()).toEqual([`index.html: ${entry?.file}`])
  sayIntegrity(app)
  expect(await others()).toEqual([])
})

test('a script of another origin is not built', async () => {
  await writeFile(join(app, 'other.html'), '<script src="https://cdn.example/x.js"></script>')
  expect(() => sayIntegrity(app)).toThrow('names no file of the build')
})
