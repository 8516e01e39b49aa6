// node tools/translations.mjs fr [filter] prints every text of one language beside its English, key by key: first the
// codebook, then the app. For whoever compares the meaning. With --open it prints only what is not translated yet.
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { runnerImport } from 'vite'
import { root, stop } from './prepare.mjs'

const [locale, ...rest] = process.argv.slice(2)
const onlyOpen = rest.includes('--open')
const wanted = (rest.find((word) => !word.startsWith('--')) ?? '').toLowerCase()
if (!locale) stop('Which language? For example: node tools/translations.mjs fr')

const folder = join(root, 'src', 'i18n')
const read = (...path) => {
  try {
    return readFileSync(join(folder, ...path), 'utf8')
  } catch {
    return stop(`There is no ${path.join('/')} in src/i18n.`)
  }
}
const load = async (file) =>
  (await runnerImport(join(root, 'src', 'codebook', file), { root, configFile: false, logLevel: 'error' })).module
const { englishWording } = await load('english-wording.ts')
const { exampleWording } = await load('examples.ts')
const codebook = JSON.parse(read('codebook', `${locale}.json`))
const rows = [...englishWording(), ...exampleWording()].map(([key, english]) => [key, english, codebook[key] ?? ''])

const quoted = (lines) =>
  lines
    .trimEnd()
    .split('\n')
    .map((line) => JSON.parse(line))
    .join('')
const catalogues = ['lock', 'first', '.'].map((part) => read('locales', part, `${locale}.po`))
for (const block of catalogues.flatMap((catalogue) => catalogue.split('\n\n').slice(1))) {
  const [, id, text] = /^msgid ((?:".*"\n)+)msgstr ((?:".*"(?:\n|$))+)/m.exec(block) ?? []
  const files = [...block.matchAll(/^#: (.*)$/gm)].map(([, file]) => file).join(' ')
  if (id && text) rows.push([files, quoted(id), quoted(text)])
}

const shown = rows.filter(
  (row) => (!onlyOpen || row[2] === '') && row.some((cell) => cell.toLowerCase().includes(wanted)),
)
for (const [key, english, text] of shown) console.log(`${key}\n  en  ${english}\n  ${locale}  ${text || '(open)'}\n`)
console.log(`${shown.length} of ${rows.length} texts`)
