// Typing into the search above 10,000 cases, on a processor slowed down six times: from the key to the next picture,
// and to the list that the key leads to. Builds the list alone, in the app's own way, outside of the house.
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { needPackages, root } from '../tools/prepare.mjs'
import { watchForOthers } from './busy.mjs'

const sayIfBusy = watchForOthers()
needPackages()
const { chromium } = await import('@playwright/test')
const { build, preview } = await import('vite')

const limits = { 'key to picture, p95': 200, 'key to list, p95': 1000 }
const outDir = mkdtempSync(join(tmpdir(), 'daybook-list-'))
const common = {
  root: join(root, 'bench'),
  configFile: join(root, 'vite.config.ts'),
  logLevel: 'error',
  publicDir: false,
}
await build({
  ...common,
  build: { outDir, emptyOutDir: true, target: 'es2022', rollupOptions: { input: join(root, 'bench', 'list.html') } },
})
const server = await preview({ ...common, build: { outDir }, preview: { port: 0, host: '127.0.0.1' } })
const address = server.resolvedUrls.local[0]

const browser = await chromium.launch({
  ...(process.env.CHROMIUM && { executablePath: process.env.CHROMIUM }),
  args: ['--no-sandbox'],
})
const page = await browser.newPage({ viewport: { width: 1280, height: 800 } })
await page.goto(`${address}list.html`)
const search = page.getByRole('searchbox')
await search.click()
const session = await page.context().newCDPSession(page)
await session.send('Emulation.setCPUThrottlingRate', { rate: 6 })

/** Each key of the text, as if typed: when the next picture came, and when the list was the one for the text. */
const typed = async (text) =>
  await page.evaluate(async (keys) => {
    const box = document.querySelector('input[type=search]')
    const value = Object.getOwnPropertyDescriptor(HTMLInputElement.prototype, 'value')
    const picture = () => new Promise((done) => requestAnimationFrame(() => setTimeout(done)))
    const times = []
    for (let length = 1; length <= keys.length; length += 1) {
      const begun = performance.now()
      value.set.call(box, keys.slice(0, length))
      box.dispatchEvent(new Event('input', { bubbles: true }))
      await picture()
      const painted = performance.now() - begun
      let last = performance.now()
      const changes = new MutationObserver(() => (last = performance.now()))
      changes.observe(document.querySelector('.found'), { childList: true, subtree: true, characterData: true })
      await new Promise((done) => setTimeout(done, 1500))
      changes.disconnect()
      times.push([painted, Math.max(painted, last - begun)])
    }
    value.set.call(box, '')
    box.dispatchEvent(new Event('input', { bubbles: true }))
    await picture()
    return times
  }, text)

const times = []
for (const text of ['spain', '100 7', 'begging']) times.push(...(await typed(text)))
const lines = await page.getByRole('listitem').count()
await browser.close()
await server.close()
rmSync(outDir, { recursive: true, force: true })

const p95 = (values) => values.toSorted((a, b) => a - b)[Math.ceil(values.length * 0.95) - 1] ?? 0
const measured = { 'key to picture, p95': p95(times.map(([a]) => a)), 'key to list, p95': p95(times.map(([, b]) => b)) }
console.log(`10,000 cases, ${times.length} keys, processor 6 times slower; ${lines} lines drawn`)
for (const [name, value] of Object.entries(measured))
  console.log(`${name.padEnd(24)}${value.toFixed(0).padStart(6)} ms   limit ${limits[name]} ms`)
sayIfBusy()
if (Object.entries(measured).some(([name, value]) => value > limits[name])) process.exitCode = 1
