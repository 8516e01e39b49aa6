import { copyFileSync, readdirSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect } from '@playwright/test'
import { sayIntegrity } from '../tools/integrity.ts'

/** Puts the next version on the server: one file of the precache is another, so the service worker is, too. */
export function release(app: string, version: number): void {
  const index = join(app, 'index.html')
  const mark = `<meta name="version" content="${version}">`
  const text = readFileSync(index, 'utf8').replace(/<meta name="version"[^>]*>/, '')
  writeFileSync(index, text.replace('</head>', `${mark}</head>`))
  const worker = join(app, 'sw.js')
  const entry = /\{"?revision"?:"[^"]*","?url"?:"index\.html"\}/
  const before = readFileSync(worker, 'utf8')
  const after = before.replace(entry, `{"revision":"version-${version}","url":"index.html"}`)
  expect(after).not.toBe(before)
  writeFileSync(worker, after)
}

/**
 * The same with another structure of the storage, as a build makes it: every file gets another name, and those of before
 * stay on the server for who still runs them.
 */
export function releaseWithTable(app: string, version: number): void {
  const assets = join(app, 'assets')
  const names = readdirSync(assets)
  const renamed = (name: string) => name.replace(/\.\w+$/, `-${version}$&`)
  const anyName = new RegExp(names.map((name) => name.replaceAll('.', String.raw`\.`)).join('|'), 'g')
  // From the start of a short name: a text of a million letters is not gone through from each of them.
  const newest = /\b(\w{1,8})\.version\(([2-9])\)\.stores\(\{[^}]*\}\)(?![,;]\1\.version)/g
  let bumped = 0
  const next = (text: string): string =>
    text.replace(anyName, renamed).replace(newest, (stores, database: string, at: string) => {
      bumped += 1
      return `${stores},${database}.version(${Number(at) + 1}).stores({later:"id"})`
    })
  for (const name of names) {
    const [from, to] = [join(assets, name), join(assets, renamed(name))]
    if (/\.(js|css)$/.test(name)) writeFileSync(to, next(readFileSync(from, 'utf8')))
    else copyFileSync(from, to)
  }
  for (const name of ['index.html', 'sw.js']) {
    const file = join(app, name)
    writeFileSync(file, next(readFileSync(file, 'utf8')))
  }
  sayIntegrity(app)
  // The page's, the vault's and the service worker's.
  expect(bumped).toBe(3)
  release(app, version)
}
