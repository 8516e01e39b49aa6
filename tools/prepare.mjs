// What every command of this project needs before it can run: the right Node, the packages, a build of today's sources.
// Plain JavaScript without packages, because it runs before there are any.
import { spawnSync } from 'node:child_process'
import { createHash } from 'node:crypto'
import { existsSync, lstatSync, mkdirSync, readFileSync, readdirSync, writeFileSync } from 'node:fs'
import { dirname, join, relative } from 'node:path'
import { fileURLToPath } from 'node:url'

export const root = dirname(dirname(fileURLToPath(import.meta.url)))

/** Ends the program with one sentence that says what to do. */
export function stop(sentence) {
  console.error(`\n${sentence}\n`)
  process.exit(1)
}

/** Node 20.19 or later, or the end with the one thing to do. */
export function needNode() {
  const [major = 0, minor = 0] = process.versions.node.split('.').map(Number)
  if (major > 20 || (major === 20 && minor >= 19)) return
  stop(
    `Daybook needs Node 20.19 or later; this is Node ${process.versions.node}. Nothing was changed. Install a newer Node (nodejs.org) and run the same command again.`,
  )
}

/** Runs a command in the project's folder, its output shown; the end when it fails. */
export function run(command, args, { quiet = false, why = '' } = {}) {
  const done = spawnSync(command, args, {
    cwd: root,
    stdio: quiet ? ['ignore', 'pipe', 'pipe'] : ['ignore', 'inherit', 'inherit'],
    shell: process.platform === 'win32',
  })
  if (done.status === 0) return
  if (quiet) process.stderr.write(String(done.stdout ?? '') + String(done.stderr ?? ''))
  stop(`${why || `${command} ${args.join(' ')} failed`} (exit ${done.status ?? done.error?.code ?? 'unknown'}).`)
}

const hashOf = (...parts) => parts.reduce((hash, part) => hash.update(part), createHash('sha256')).digest('hex')
const read = (path) => (existsSync(path) ? readFileSync(path, 'utf8') : '')

/** Installs the packages named in the lockfile, unless just these are there. */
export function needPackages() {
  const lock = hashOf(read(join(root, 'package-lock.json')))
  const stamp = join(root, 'node_modules', '.daybook-lock')
  if (read(stamp) === lock) return
  if (lstatSync(dirname(stamp), { throwIfNoEntry: false })?.isSymbolicLink())
    stop(
      'node_modules is a link, and other packages than these are behind it. Nothing was changed. Take the link away.',
    )
  console.log('Installing packages (once) …')
  run('npm', ['ci', '--ignore-scripts', '--no-audit', '--no-fund', '--loglevel=error'], {
    why: 'The packages could not be installed. Check the network connection and run the same command again',
  })
  writeFileSync(stamp, lock)
}

function* filesBelow(folder) {
  for (const entry of readdirSync(folder, { withFileTypes: true })) {
    const path = join(folder, entry.name)
    if (entry.isDirectory()) yield* filesBelow(path)
    else if (!/\.test\.tsx?$/.test(entry.name)) yield path
  }
}

const sources = ['src', 'public', 'receiver', 'desk', 'tools']
const single = ['index.html', 'vite.config.ts', 'lingui.config.ts', 'package-lock.json']

/** Builds the app, its service worker and the Node programs, unless the last build was made from just these sources. */
export function needBuild() {
  const hash = createHash('sha256')
  const files = [
    ...sources.flatMap((folder) => [...filesBelow(join(root, folder))]).sort(),
    ...single.map((name) => join(root, name)),
  ]
  for (const file of files) hash.update(relative(root, file)).update('\0').update(read(file)).update('\0')
  const now = hash.digest('hex')
  const stamp = join(root, 'dist', '.built-from')
  if (read(stamp) === now) return
  console.log('Building …')
  run(process.execPath, [join(root, 'tools', 'build.mjs')], { quiet: true, why: 'The build failed' })
  mkdirSync(dirname(stamp), { recursive: true })
  writeFileSync(stamp, now)
}
