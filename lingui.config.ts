import { defineConfig } from '@lingui/cli'

export const sourceLocale = 'en'

const locales = '<rootDir>/src/i18n/locales'

/** What the page shows before anything is loaded lazily: these words come alone, so that the lock screen is there soon. */
export const atTheLock = [
  'src/app/app.tsx',
  'src/app/language-choice.tsx',
  'src/app/screens/passphrase-input.tsx',
  'src/app/screens/standing.tsx',
  'src/app/screens/unlock.tsx',
]

export default defineConfig({
  sourceLocale,
  locales: [sourceLocale, 'fr', 'es', 'ar', 'ru', 'zh'],
  formatOptions: { lineNumbers: false },
  catalogs: [
    { path: `${locales}/lock/{locale}`, include: atTheLock },
    { path: `${locales}/{locale}`, include: ['src'], exclude: ['**/*.test.*', 'src/testing/**', ...atTheLock] },
  ],
})
