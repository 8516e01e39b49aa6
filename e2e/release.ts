import { readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect } from '@playwright/test'

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
