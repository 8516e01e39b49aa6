// npm run release: builds the commit that is checked out twice, in two folders and two time zones, and
// goes on only if every byte is the same. Then dist-release/ holds the build, the SHA-256 of each of its files, and the list
// of parts. Whoever builds the same commit gets the same build hash, which is that of the file of sums.
import { execFileSync } from 'node:child_process'
import { createHash } from 'node:crypto'
import { cpSync, mkdirSync, mkdtempSync, readFileSync, readdirSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join, relative, sep } from 'node:path'
import { needNode, needPackages, root, stop } from './prepare.mjs'

needNode()
needPackages()
const git = (...args) => execFileSync('git', args, { cwd: root, encoding: 'utf8' }).trimEnd()
const sha256 = (bytes) => createHash('sha256').update(bytes).digest('hex')

if (git('status', '--porcelain') !== '')
  stop('There are changes that are not committed, and a release is made from a commit. Nothing was built.')
const sources = git('ls-files', '-z').split('\0').filter(Boolean)

/** The sums of all files of a folder, in the form that `sha256sum --check` reads. */
function sumsOf(folder) {
  const files = readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => relative(folder, join(entry.parentPath, entry.name)).split(sep).join('/'))
    .sort()
  return files.map((file) => `${sha256(readFileSync(join(folder, file)))}  ${file}\n`)
}

/** Builds a copy of the sources and packages, and nothing else, in that folder. Gives the folder of what was built. */
function build(folder, TZ) {
  mkdirSync(folder, { recursive: true })
  for (const file of sources) cpSync(join(root, file), join(folder, file))
  cpSync(join(root, 'node_modules'), join(folder, 'node_modules'), { recursive: true, verbatimSymlinks: true })
  execFileSync(process.execPath, [join(folder, 'tools', 'build.mjs')], {
    cwd: folder,
    env: { ...process.env, TZ },
    stdio: ['ignore', 'ignore', 'pipe'],
  })
  return join(folder, 'dist')
}

/**
 * The packages that are bundled or run, with all that these ask for, as the lockfile has them; without the number and the
 * hour that npm adds. The tools are left out here: npm's own `--omit dev` also leaves out what a tool needs besides.
 */
function partsOf(folder) {
  const args = ['sbom', '--sbom-format', 'cyclonedx', '--package-lock-only', '--loglevel=error']
  const said = execFileSync('npm', args, { cwd: folder, encoding: 'utf8', shell: process.platform === 'win32' })
  const { serialNumber: _, ...list } = JSON.parse(said)
  const { dependencies, optionalDependencies } = JSON.parse(readFileSync(join(folder, 'package.json'), 'utf8'))
  const asksFor = new Map(list.dependencies.map(({ ref, dependsOn }) => [ref, dependsOn]))
  const wanted = new Set(Object.entries({ ...dependencies, ...optionalDependencies }).map((pair) => pair.join('@')))
  for (const ref of wanted) {
    if (!asksFor.has(ref)) throw new Error(`${ref} is not in the lockfile`)
    for (const other of asksFor.get(ref)) wanted.add(other)
  }
  const { 'bom-ref': whole } = list.metadata.component
  delete list.metadata.timestamp
  return {
    ...list,
    components: list.components.filter((part) => wanted.has(part['bom-ref'])),
    dependencies: list.dependencies
      .filter(({ ref }) => ref === whole || wanted.has(ref))
      .map(({ ref, dependsOn }) => ({ ref, dependsOn: dependsOn.filter((other) => wanted.has(other)) })),
  }
}

/** Puts the build, its sums and the list of parts where they are taken from, and says what they are. */
function write(built, sums) {
  const parts = partsOf(dirname(built))
  const out = join(root, 'dist-release')
  rmSync(out, { recursive: true, force: true })
  cpSync(built, join(out, 'dist'), { recursive: true })
  writeFileSync(join(out, 'dist', 'SHA256SUMS'), sums.join(''))
  writeFileSync(join(out, 'sbom.cdx.json'), `${JSON.stringify(parts, null, 2)}\n`)
  console.log(`commit      ${git('rev-parse', 'HEAD')}
build hash  ${sha256(sums.join(''))}
            of dist-release/dist/SHA256SUMS: ${sums.length} files, built twice, the same both times
parts       ${parts.components.length} packages in dist-release/sbom.cdx.json (CycloneDX ${parts.specVersion})`)
}

let fault = ''
const place = mkdtempSync(join(tmpdir(), 'daybook-release-'))
try {
  console.log('Building twice …')
  const first = build(join(place, 'daybook'), 'UTC')
  const second = build(join(place, 'somewhere', 'else', 'daybook'), 'Pacific/Kiritimati')
  const [sums, again] = [sumsOf(first), sumsOf(second)]
  const differ = [...sums.filter((line) => !again.includes(line)), ...again.filter((line) => !sums.includes(line))]
  if (differ.length > 0) fault = `Two builds of one commit differ, so nothing was written:\n${differ.sort().join('')}`
  else write(first, sums)
} finally {
  rmSync(place, { recursive: true, force: true })
}
if (fault !== '') stop(fault)
