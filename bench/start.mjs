// How long npm start takes to its printed link, in a fresh clone (packages and build) and the second time. The limit of
// the second start is ours; the first depends on the network and on what npm has cached.
import { spawn, spawnSync } from 'node:child_process'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { root } from '../tools/prepare.mjs'
import { watchForOthers } from './busy.mjs'

const sayIfBusy = watchForOthers()
const folder = mkdtempSync(join(tmpdir(), 'daybook-start-'))
spawnSync('git', ['clone', '-q', root, folder])

async function secondsToLink() {
  const began = performance.now()
  const args = ['tools/start.mjs', '--port', '18440', '--receiver-port', '18441']
  const house = spawn(process.execPath, args, { cwd: folder })
  const seconds = await new Promise((resolve, reject) => {
    let text = ''
    const read = (chunk) => {
      text += chunk
      if (text.includes('#/setup/')) resolve((performance.now() - began) / 1000)
    }
    house.stdout.on('data', read)
    house.stderr.on('data', read)
    house.once('exit', () => reject(new Error(text)))
  })
  house.kill('SIGTERM')
  await new Promise((resolve) => house.once('exit', resolve))
  return seconds
}

const first = await secondsToLink()
const later = []
for (let n = 0; n < 5; n += 1) later.push(await secondsToLink())
const median = later.toSorted((a, b) => a - b)[2]
const line = (...cells) => console.log(cells.map((cell, at) => String(cell).padEnd(at === 0 ? 40 : 12)).join(''))
line('npm start, to the printed link', 'seconds', 'limit')
line('first, in a fresh clone', first.toFixed(1), '-')
line('second and later, median of 5', median.toFixed(2), '5')
sayIfBusy()
rmSync(folder, { recursive: true, force: true })
