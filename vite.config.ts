import { transformAsync } from '@babel/core'
import { lingui } from '@lingui/vite-plugin'
import react from '@vitejs/plugin-react'
import type { Plugin } from 'vite'
import { defineConfig } from 'vitest/config'
import { integrity } from './tools/integrity.ts'

/** The Lingui macro needs Babel, which the React plugin no longer runs: so here, and only on files that mention it. */
const linguiMacro = (): Plugin => ({
  name: 'lingui-macro',
  enforce: 'pre',
  async transform(code, id) {
    if (!/\.[jt]sx?$/.test(id) || id.includes('/node_modules/') || !code.includes('@lingui/')) return null
    const out = await transformAsync(code, {
      filename: id,
      configFile: false,
      babelrc: false,
      sourceMaps: true,
      parserOpts: { plugins: ['typescript', 'jsx'] },
      plugins: ['@lingui/babel-plugin-lingui-macro'],
    })
    return out?.code ? { code: out.code, map: out.map } : null
  },
})

const production = { 'process.env.NODE_ENV': '"production"' }

/**
 * What belongs together comes as one file, which compresses better than forty small ones: what the page starts with, what
 * stands behind the lock, and what the form of a case needs. Everything else is split by whoever imports it lazily.
 */
const groups = [
  { name: 'start', tags: ['$initial' as const], priority: 4 },
  // Also needed to send, which the lock screen begins with.
  { name: 'schemas', test: /[\\/]node_modules[\\/]zod[\\/]/, priority: 3 },
  { name: 'home', test: /[\\/]src[\\/]app[\\/](?:opened|screens[\\/]home)\.tsx$/, priority: 2 },
  { name: 'case', test: /[\\/]src[\\/]app[\\/]screens[\\/]case\.tsx$/, priority: 1 },
]

/** The page and its workers. */
const page = {
  plugins: [linguiMacro(), lingui(), react(), integrity()],
  build: {
    outDir: 'dist/app',
    target: 'es2022',
    modulePreload: { polyfill: false },
    assetsInlineLimit: 0,
    // Which chunk needs which: read by bench/size.mjs.
    manifest: true,
    rolldownOptions: { output: { codeSplitting: { groups } } },
  },
  worker: { format: 'es' as const },
}

/** The service worker: one classic script with a fixed name, beside the page; its precache list is filled in after. */
const serviceWorker = {
  define: production,
  publicDir: false as const,
  build: {
    outDir: 'dist/app',
    emptyOutDir: false,
    target: 'es2022',
    lib: { entry: 'src/sw/sw.ts', formats: ['iife' as const], name: 'sw', fileName: () => 'sw.js' },
  },
}

/** The receiver and the desk's command, for Node; packages stay packages. */
const node = {
  publicDir: false as const,
  build: {
    outDir: 'dist/node',
    target: 'node20',
    ssr: true,
    minify: false,
    rollupOptions: {
      input: { receiver: 'receiver/cli.ts', desk: 'desk/cli.ts', start: 'tools/start-house.ts' },
      output: { entryFileNames: '[name].js', chunkFileNames: 'chunks/[name]-[hash].js' },
    },
  },
}

const home = (mode: string) => (mode === 'sw' ? serviceWorker : mode === 'node' ? node : page)

export default defineConfig(({ mode }) => ({
  ...home(mode),
  test: {
    testTimeout: 30_000,
    hookTimeout: 30_000,
    projects: [
      {
        extends: true,
        test: {
          name: 'units',
          include: ['src/**/*.test.{ts,tsx}', 'receiver/**/*.test.ts', 'desk/**/*.test.ts', 'tools/**/*.test.ts'],
          exclude: ['receiver/postgres-database.test.ts'],
        },
      },
      {
        extends: true,
        test: {
          name: 'on PostgreSQL',
          include: [
            'receiver/{batches,attacks,devices,handler,acceptance,failures,kill,migrations,organisations,backup,prune,reseal,sql-store,postgres-database}.test.ts',
          ],
          globalSetup: 'receiver/testing/postgres-for-tests.ts',
        },
      },
    ],
  },
}))
