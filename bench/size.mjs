// What the unlock screen and the first field of a case need to load, gzipped, beside what we aim at: the closure of
// static imports in the build's own manifest. Prints each file with --files.
import { readFileSync, readdirSync } from 'node:fs'
import { join } from 'node:path'
import { gzipSync } from 'node:zlib'
import { needBuild, needPackages, root } from '../tools/prepare.mjs'

needPackages()
needBuild()
const app = join(root, 'dist', 'app')
const manifest = JSON.parse(readFileSync(join(app, '.vite', 'manifest.json'), 'utf8'))

const closure = (names, found = new Set()) => {
  for (const name of names) {
    if (found.has(name)) continue
    found.add(name)
    closure(manifest[name].imports ?? [], found)
  }
  return found
}
const sizeOf = (file) => gzipSync(readFileSync(join(app, file)), { level: 9 }).length / 1000
const filesOf = (...names) => [...closure(names)].map((name) => manifest[name].file)
const sum = (files) => files.reduce((total, file) => total + sizeOf(file), 0)

const words = 'src/i18n/locales/en.po'
const unlock = filesOf('index.html', words)
const field = filesOf('index.html', words, 'src/app/screens/home.tsx', 'src/app/screens/case.tsx')
const worker = readdirSync(join(app, 'assets')).filter((file) => /^vault\.worker-.*\.js$/.test(file))
const sending = filesOf('src/outbox/schedule.ts', 'src/outbox/deliver.ts', 'src/outbox/outbox.ts', 'src/database.ts')

const line = (...cells) => console.log(cells.map((cell, at) => String(cell).padEnd(at === 0 ? 52 : 10)).join(''))
line('JavaScript, gzip', 'kB', 'aim kB')
line('unlock screen: page', sum(unlock).toFixed(1), 90)
line('first field of a case: page', sum(field).toFixed(1), 180)
line(
  'the vault at unlock (its own worker, beside the page)',
  sum(worker.map((file) => `assets/${file}`)).toFixed(1),
  '-',
)
line('sending (after the first picture)', sum(sending.filter((file) => !field.includes(file))).toFixed(1), '-')
line('service worker', sizeOf('sw.js').toFixed(1), '-')
if (process.argv.includes('--files')) for (const file of field) line(`  ${file}`, sizeOf(file).toFixed(1), '')
