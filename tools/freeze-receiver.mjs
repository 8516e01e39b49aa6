// Writes down what a receiver of today's tables keeps, after a short invented life, for all later ones to be held against:
// receiver/vectors/folder-N.json, where N is the version of the tables. What is there already is never written over.
//   node tools/freeze-receiver.mjs
import { existsSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { runnerImport } from 'vite'
import { root, stop } from './prepare.mjs'

const load = async (file) =>
  (await runnerImport(join(root, 'receiver/testing', file), { root, configFile: false, logLevel: 'error' })).module
const [{ liveIn }, { frozenFrom }] = await Promise.all(['a-life.ts', 'frozen.ts'].map(load))

const folder = mkdtempSync(join(tmpdir(), 'receiver-'))
const known = await liveIn(folder)
const frozen = await frozenFrom(folder, known, Date.now())
rmSync(folder, { recursive: true })
const path = join(root, `receiver/vectors/folder-${frozen.version}.json`)
if (existsSync(path)) stop(`There is a folder of version ${frozen.version} already. Nothing was changed.`)
writeFileSync(path, lines(frozen))

/** JSON with each statement and each row on a line of its own. */
function lines({ made, rows, ...others }) {
  const list = (values) => `[\n${values.map((value) => JSON.stringify(value)).join(',\n')}\n]`
  const tables = Object.entries(rows).map(([table, each]) => `${JSON.stringify(table)}: ${list(each)}`)
  const rest = Object.entries(others).map(([name, value]) => `"${name}": ${JSON.stringify(value)}`)
  return `{\n${[...rest, `"made": ${list(made)}`, `"rows": {\n${tables.join(',\n')}\n}`].join(',\n')}\n}\n`
}
