import { defineConfig } from '@lingui/cli'
import { loadedWith } from './tools/loaded-with.ts'

export const sourceLocale = 'en'

const locales = '<rootDir>/src/i18n/locales'

/** What the page begins with: these words come alone, so that the lock screen is there soon. */
export const atTheLock = [...loadedWith('src/main.tsx')]

/** What stands between the lock and the first field of a case: these come next, all others while nobody waits for them. */
export const atFirst = [
  ...loadedWith('src/app/opened.tsx', 'src/app/screens/home.tsx', 'src/app/screens/case.tsx'),
].filter((file) => !atTheLock.includes(file))

export default defineConfig({
  sourceLocale,
  locales: [sourceLocale, 'fr', 'es', 'ar', 'ru', 'zh'],
  formatOptions: { lineNumbers: false },
  catalogs: [
    { path: `${locales}/lock/{locale}`, include: atTheLock },
    { path: `${locales}/first/{locale}`, include: atFirst },
    {
      path: `${locales}/{locale}`,
      include: ['src'],
      exclude: ['**/*.test.*', 'src/testing/**', ...atTheLock, ...atFirst],
    },
  ],
})
