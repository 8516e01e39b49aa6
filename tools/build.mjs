// Builds everything into dist/: the page with its workers, the service worker with its precache list, the Node programs.
import { join } from 'node:path'
import { build } from 'vite'
import { injectManifest } from 'workbox-build'
import { root } from './prepare.mjs'

const app = join(root, 'dist', 'app')
for (const mode of ['production', 'sw', 'node']) await build({ root, mode, logLevel: 'warn' })
const { count, size, warnings } = await injectManifest({
  swSrc: join(app, 'sw.js'),
  swDest: join(app, 'sw.js'),
  globDirectory: app,
  globPatterns: ['**/*.{html,js,css,svg,png,webmanifest,wasm}'],
  // The judge of own passphrases is half of everything and is wanted once, when an account is made.
  globIgnores: ['sw.js', 'assets/strength-*.js'],
  // Files under assets/ carry their hash in the name.
  dontCacheBustURLsMatching: /\/?assets\/.*-[\w-]{8}\./,
  maximumFileSizeToCacheInBytes: 4 * 1024 * 1024,
})
for (const warning of warnings) console.warn(warning)
console.log(`precache: ${count} files, ${Math.round(size / 1024)} kB`)
