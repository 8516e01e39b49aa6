import { defineConfig } from '@lingui/cli'

export const sourceLocale = 'en'

export default defineConfig({
  sourceLocale,
  locales: [sourceLocale, 'fr', 'es', 'ar', 'ru', 'zh'],
  formatOptions: { lineNumbers: false },
  catalogs: [
    { path: '<rootDir>/src/i18n/locales/{locale}', include: ['src'], exclude: ['**/*.test.*', 'src/testing/**'] },
  ],
})
