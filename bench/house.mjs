// What a bench of the built app begins with: the house of `npm start` on a folder of its own, Chromium, a first account.
import { spawn } from 'node:child_process'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { needProgram } from '../tools/browsers.mjs'
import { needBuild, needPackages, root } from '../tools/prepare.mjs'

needPackages()
const { chromium } = await import('@playwright/test')

/**
 * A house on this port and the next, built from today's sources, or out of another checkout as it was built there; `link`
 * sets a tablet up. Chromium keeps its profiles under `folder`, which `end` takes away with everything else.
 */
export async function startHouse({ port, from = root }) {
  if (from === root) needBuild()
  const folder = mkdtempSync(join(tmpdir(), 'daybook-bench-'))
  const args = ['--data', join(folder, 'house'), '--port', String(port), '--receiver-port', String(port + 1)]
  const house = spawn(process.execPath, [join(from, 'dist', 'node', 'start.js'), ...args], { cwd: from })
  const end = () => {
    house.kill('SIGTERM')
    rmSync(folder, { recursive: true, force: true, maxRetries: 5 })
  }
  process.once('exit', end)
  const link = await new Promise((resolve, reject) => {
    let text = ''
    const read = (chunk) => {
      text += chunk
      const found = /(http\S+#\/setup\/\S+)\s/.exec(text)?.[1]
      if (found) resolve(found)
    }
    house.stdout.on('data', read)
    house.stderr.on('data', read)
    house.once('exit', () => reject(new Error(text)))
  })
  return { folder, link, end }
}

/** Chromium on the profile of this name, with a finger. What takes longer than `patience` is given up. */
export async function openBrowser(folder, { profile = 'profile', viewport, patience }) {
  const context = await chromium.launchPersistentContext(join(folder, profile), {
    executablePath: needProgram('CHROMIUM'),
    args: ['--no-sandbox', '--disable-quic', '--no-first-run'],
    hasTouch: true,
    ...(viewport && { viewport }),
  })
  context.setDefaultTimeout(patience)
  return context
}

/**
 * Accepts the set-up and makes the first account; ends in the empty list of cases when the tablet was looked at, so that
 * nothing else is measured with it, and gives the passphrase.
 */
export async function makeAccount(page, link) {
  await page.goto(link)
  await page.getByRole('button', { name: 'The words agree: accept' }).click()
  await page.getByLabel('Nickname').fill('Blue heron')
  const words = page.getByRole('list', { name: 'Your six words' }).getByRole('listitem')
  await words.nth(5).waitFor()
  const passphrase = (await words.allTextContents()).join(' ').trim()
  await page.getByLabel('Type the passphrase once').fill(passphrase)
  await page.getByRole('button', { name: 'Make the account' }).click()
  await page.getByRole('heading', { name: 'No case yet' }).waitFor()
  await page.getByText('The test box has arrived: the receiver has signed for it.').waitFor()
  return passphrase
}
