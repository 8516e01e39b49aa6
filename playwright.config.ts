import { defineConfig } from '@playwright/test'

/** These are told twice: Firefox is driven alike, and does what it can do as well. */
const inFirefoxToo = ['offline-to-desk', 'amend', 'update', 'canary-story', 'kills']
/** And these where there is time for it. */
const atLength = process.env['LONG'] ? ['accounts', 'arabic', 'durable', 'team', 'turning-away'] : []

export default defineConfig({
  testDir: 'e2e',
  outputDir: 'test-results/stories',
  workers: 1,
  fullyParallel: false,
  timeout: 180_000,
  expect: { timeout: 20_000 },
  retries: 0,
  forbidOnly: true,
  projects: [
    { name: 'chromium' },
    {
      name: 'firefox',
      testMatch: [...inFirefoxToo, ...atLength].map((name) => `**/${name}.spec.ts`),
      grepInvert: /@chromium/,
    },
  ],
})
