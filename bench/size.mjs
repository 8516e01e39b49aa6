// What the page loads, gzipped, beside what we aim at. Counted is the closure of static imports in the build's manifest:
// everything without which the screen is not drawn. What is fetched ahead of its time, while nobody waits for it, is
// counted apart. Prints each file with --files.
import { readFileSync, readdirSync } from 'node:fs'
import { join } from 'node:path'
import { gzipSync } from 'node:zlib'
import { needBuild, needPackages, root } from '../tools/prepare.mjs'

needPackages()
needBuild()
const app = join(root, 'dist', 'app')
const manifest = JSON.parse(readFileSync(join(app, '.vite', 'manifest.json'), 'utf8'))
const sizeOf = (file) => gzipSync(readFileSync(join(app, file)), { level: 9 }).length / 1000

const closure = (names, found = new Set()) => {
  for (const name of names) {
    if (found.has(name)) continue
    if (manifest[name] === undefined) throw new Error(`${name} is not in the build: has it been moved?`)
    found.add(name)
    closure(manifest[name].imports ?? [], found)
  }
  return found
}
const filesOf = (names) => [...new Set([...closure(names)].map((name) => manifest[name].file))]
const sum = (files) => files.reduce((total, file) => total + sizeOf(file), 0)
const allFiles = readdirSync(join(app, 'assets')).filter((file) => file.endsWith('.js'))
const ofWorker = allFiles.filter((file) => file.startsWith('vault.worker-')).map((file) => `assets/${file}`)

// The chunks that vite.config.ts puts together; they stand in the manifest without a source of their own.
const chunk = (name) => Object.keys(manifest).find((key) => key.startsWith('_') && manifest[key].name === name) ?? name

const [lockWords, firstWords] = ['src/i18n/locales/lock/en.po', 'src/i18n/locales/first/en.po']
const sending = ['src/app/service-worker.ts', 'src/app/delivery.ts', 'src/outbox/schedule.ts', 'src/outbox/deliver.ts']
const unlock = filesOf(['index.html', lockWords])
const field = filesOf(['index.html', lockWords, firstWords, chunk('home'), chunk('case')])
const toSend = filesOf([...sending, 'src/outbox/outbox.ts', 'src/database.ts'])

const line = (...cells) => console.log(cells.map((cell, at) => String(cell).padEnd(at === 0 ? 64 : 10)).join(''))
const apart = (files, before) => sum(files.filter((file) => !before.includes(file))).toFixed(1)
line('JavaScript, gzip', 'kB', 'aim kB')
line('unlock screen: page', sum(unlock).toFixed(1), 90)
line('first field of a case: page (the above, home and the form)', sum(field).toFixed(1), 180)
line('Not in these figures, because nothing on the screen waits for it:')
line('  sending and the service worker, after the first picture', apart(toSend, field), '-')
line('  the vault at unlock (its own worker, beside the page)', sum(ofWorker).toFixed(1), '-')
line('  the service worker itself', sizeOf('sw.js').toFixed(1), '-')
if (process.argv.includes('--files')) for (const file of field) line(`    ${file}`, sizeOf(file).toFixed(1), '')
