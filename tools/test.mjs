// npm test: sets everything up, runs every check and every test, and ends with the true sums over all runners.
import { spawnSync } from 'node:child_process'
import { existsSync, mkdirSync, readFileSync, rmSync } from 'node:fs'
import { join, relative } from 'node:path'
import { stripVTControlCharacters } from 'node:util'
import { needBuild, needNode, needPackages, root } from './prepare.mjs'
import { needProgram } from './browsers.mjs'

needNode()
needPackages()
const long = process.argv.includes('--long')
const env = {
  ...process.env,
  CHROMIUM: needProgram('CHROMIUM'),
  FIREFOX: needProgram('FIREFOX'),
  WEBKIT: needProgram('WEBKIT'),
  DISPLAY_FOR_WEBKIT: needProgram('DISPLAY_FOR_WEBKIT'),
  BUS_FOR_WEBKIT: needProgram('BUS_FOR_WEBKIT'),
  AGE: needProgram('AGE'),
  KILLS: long ? '500' : '200',
  // As many lives as two minutes take, and as two or three hours take; any other number by name.
  SEEDS: process.env.SEEDS ?? (long ? '300000' : '3000'),
  ...(long ? { LONG: '1' } : {}),
}
needBuild()

const reports = join(root, 'test-results')
rmSync(reports, { recursive: true, force: true })
mkdirSync(reports, { recursive: true })
let passed = 0
let failed = 0
const began = Date.now()

const bin = (name) => join(root, 'node_modules', '.bin', name)
const call = (name, args, more = {}) =>
  spawnSync(bin(name), args, { cwd: root, stdio: 'inherit', env: { ...env, ...more } })

/** One check that passes or fails as a whole. */
function check(title, name, args, because) {
  const output = spawnSync(bin(name), args, { cwd: root, encoding: 'utf8', env, maxBuffer: 64 * 1024 * 1024 })
  const fine = output.status === 0 && (because?.(output.stdout) ?? true)
  if (fine) passed += 1
  else failed += 1
  console.log(`${fine ? 'ok    ' : 'FAILED'} ${title}`)
  if (!fine) {
    console.log(`${output.stdout}${output.stderr}`)
    failedFor(title, [output.stdout, output.stderr])
  }
}

// A long log is often read by its end alone, so each failure is said there once more, with its reason.
const failures = []
/** @param {readonly string[]} messages as the runner wrote them, colours included */
function failedFor(title, messages) {
  const said = messages.map((message) => stripVTControlCharacters(message).replace(/\s+/g, ' ').slice(0, 200))
  failures.push(`  ${title}: ${said.slice(0, 3).join(' · ')}`)
}

/** @param suites of Playwright's report, which nest */
function failedStories(suites) {
  for (const { suites: inner = [], specs = [] } of suites) {
    failedStories(inner)
    for (const { ok, title, file, tests } of specs) {
      const errors = tests.flatMap(({ results }) => results.flatMap((result) => result.errors))
      if (!ok && errors.length > 0)
        failedFor(
          `${file} › ${title}`,
          errors.map(({ message }) => message),
        )
    }
  }
}

/** Adds what a runner counted; a runner that left no report, or ran nothing, is one failure. */
function add(title, file, count) {
  const counted = existsSync(file) ? count(JSON.parse(readFileSync(file, 'utf8'))) : { passed: 0, failed: 0 }
  if (counted.passed + counted.failed === 0) counted.failed = 1
  passed += counted.passed
  failed += counted.failed
  console.log(
    `${counted.failed === 0 ? 'ok    ' : 'FAILED'} ${title}: ${counted.passed} passed, ${counted.failed} failed`,
  )
}

check('types: page', 'tsc', ['-p', 'tsconfig.json'])
check('types: workers', 'tsc', ['-p', 'tsconfig.worker.json'])
check('types: Node', 'tsc', ['-p', 'tsconfig.node.json'])
check('types: tests', 'tsc', ['-p', 'tsconfig.test.json'])
check('lint', 'oxlint', ['--type-aware', '--deny-warnings'])
check('format', 'prettier', ['--check', '--log-level=warn', '.'])
// Under TypeScript 7 a missing parser makes the cruiser look at nothing and pass, so the number is asked for too.
check('floors', 'depcruise', ['--output-type', 'err-long', 'src', 'receiver', 'desk'], (text) => {
  const looked = Number(/\((\d+) modules/.exec(text)?.[1] ?? 0)
  return looked >= 100
})

const vitestReport = join(reports, 'vitest.json')
call('vitest', ['run', '--reporter=default', '--reporter=json', `--outputFile.json=${vitestReport}`])
add('units', vitestReport, (r) => {
  const unloaded = r.testResults.filter((file) => file.status === 'failed' && file.assertionResults.length === 0)
  for (const { name, message } of unloaded) failedFor(relative(root, name), [message])
  for (const { name, assertionResults } of r.testResults)
    for (const { status, title, failureMessages } of assertionResults)
      if (status === 'failed') failedFor(`${relative(root, name)} › ${title}`, failureMessages)
  return { passed: r.numPassedTests, failed: r.numFailedTests + unloaded.length }
})

const playwrightReport = join(reports, 'playwright.json')
call('playwright', ['test', '--reporter=list,json'], { PLAYWRIGHT_JSON_OUTPUT_NAME: playwrightReport })
add('stories', playwrightReport, (r) => {
  failedStories(r.suites)
  return { passed: r.stats.expected, failed: r.stats.unexpected + r.stats.flaky + r.stats.skipped + r.errors.length }
})

if (failures.length > 0) console.log(['Failed:', ...failures.slice(0, 20)].join('\n'))
console.log(`took ${Math.round((Date.now() - began) / 1000)} s`)
console.log(`${passed} passed, ${failed} failed`)
process.exit(failed === 0 ? 0 : 1)
