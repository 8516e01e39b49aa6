import { createHash } from 'node:crypto'
import { readFileSync, readdirSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import type { Plugin } from 'vite'

const integrityOf = (bytes: Uint8Array): string => `sha384-${createHash('sha384').update(bytes).digest('base64')}`

const started = /<(?:script|link rel="(?:modulepreload|stylesheet)")[^>]*>/g
const address = /\b(src|href)="([^"]*)"/

/**
 * Says in each page of the folder what its scripts, preloaded modules and stylesheets hash to, so that a browser starts
 * none that has another byte. What the page loads later is named by these, and has no hash of its own.
 */
export function sayIntegrity(app: string): void {
  for (const name of readdirSync(app).filter((file) => file.endsWith('.html'))) {
    const page = join(app, name)
    const said = readFileSync(page, 'utf8').replace(started, (tag) => {
      const [whole = '', attribute = '', path = ''] = address.exec(tag) ?? []
      if (!path.startsWith('/')) throw new Error(`${name}: ${tag} names no file of the build`)
      const integrity = integrityOf(readFileSync(join(app, path)))
      return tag.replace(/ integrity="[^"]*"/, '').replace(whole, `${attribute}="${path}" integrity="${integrity}"`)
    })
    writeFileSync(page, said)
  }
}

/** When all is on the disk as it will be served; the precache list is made from these pages afterwards. */
export const integrity = (): Plugin => ({
  name: 'integrity',
  apply: 'build',
  writeBundle: {
    order: 'post',
    sequential: true,
    handler({ dir }) {
      if (dir !== undefined) sayIntegrity(dir)
    },
  },
})
