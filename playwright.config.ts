import { defineConfig } from '@playwright/test'

/** These look at every screen, or enter many cases, and take longest; nothing in them depends on the machine's pace. */
const walks = [
  'afterwards',
  'axe',
  'beside',
  'codebook-walk',
  'copies',
  'export',
  'keyboards',
  'own-overlay',
  'screens',
  'sentences',
  'told',
  'workspace',
]
/** These are told twice: Firefox is driven alike, and does what it can do as well. */
const inFirefoxToo = ['offline-to-desk', 'amend', 'update', 'canary-story', 'kills']
/** And these where there is time for it. */
const atLength = process.env['LONG'] ? ['accounts', 'arabic', 'durable', 'team', 'turning-away'] : []

const files = (names: readonly string[]): string[] => names.map((name) => `**/${name}.spec.ts`)

export default defineConfig({
  testDir: 'e2e',
  outputDir: 'test-results/stories',
  // Two at a time, and never two of one project: one processor each, and nothing that kills beside what kills.
  workers: 2,
  fullyParallel: false,
  timeout: 180_000,
  expect: { timeout: 20_000 },
  retries: 0,
  forbidOnly: true,
  projects: [
    { name: 'chromium', workers: 1, testIgnore: files(walks) },
    { name: 'walks', workers: 1, testMatch: files(walks) },
    { name: 'firefox', workers: 1, testMatch: files([...inFirefoxToo, ...atLength]), grepInvert: /@chromium/ },
  ],
})
