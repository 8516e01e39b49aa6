import { extractFromFileWithBabel } from '@lingui/cli/api'
import type { Messages } from '@lingui/core'
import { readdir, readFile } from 'node:fs/promises'
import { dirname, join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { atTheLock } from '../../lingui.config.ts'
import { messages as others } from './locales/en.po'
import { messages as ofLock } from './locales/lock/en.po'

const source = /\.tsx?$/
const aside = /\.(?:test|d)\.tsx?$|^testing/

/** Without a configuration the macro reads `lingui.config.ts` by itself. */
const context = { linguiConfig: undefined } as unknown as Parameters<typeof extractFromFileWithBabel>[3]

const speaks = (code: string): boolean => code.includes('@lingui/core/macro') || code.includes('@lingui/react/macro')

/** Every message that these files say, by id, with its English. */
async function saidIn(files: Iterable<string>): Promise<Map<string, string>> {
  const found = new Map<string, string>()
  for (const file of files) {
    const code = await readFile(file, 'utf8')
    if (!speaks(code)) continue
    const keep = ({ id, message }: { id: string; message?: string }) => void found.set(id, message ?? id)
    await extractFromFileWithBabel(file, code, keep, context, { plugins: ['typescript', 'jsx'] })
  }
  return found
}

/** The modules of the project that are loaded with this one, before anything is imported lazily. */
async function loadedWith(file: string, found = new Set<string>()): Promise<Set<string>> {
  if (found.has(file)) return found
  found.add(file)
  const code = await readFile(file, 'utf8')
  const imports = code.matchAll(/^(?:import|export) (?!type )[^'"]*'(\.[^']+\.tsx?)'/gm)
  for (const [, path = ''] of imports) await loadedWith(join(dirname(file), path), found)
  return found
}

const differences = (ids: ReadonlyMap<string, string>, messages: Messages) => ({
  missing: [...ids].filter(([id]) => !(id in messages)).map(([, message]) => message),
  unused: Object.keys(messages).filter((id) => !ids.has(id)),
})

describe('the English catalogues have every message of the code and no other (lingui extract --clean mends them):', () => {
  it('that of the lock screen', async () => {
    expect(differences(await saidIn(atTheLock), ofLock)).toEqual({ missing: [], unused: [] })
  })

  it('that of the other screens', async () => {
    const files = (await readdir('src', { recursive: true })).filter((name) => source.test(name) && !aside.test(name))
    const rest = files.map((name) => `src/${name}`).filter((name) => !atTheLock.includes(name))
    expect(differences(await saidIn(rest), others)).toEqual({ missing: [], unused: [] })
  })
})

it('whatever is loaded with the lock screen has its words in the catalogue of the lock screen', async () => {
  const loaded = await loadedWith('src/main.tsx')
  expect(loaded).toContain('src/app/screens/unlock.tsx')
  expect(differences(await saidIn(loaded), ofLock)).toEqual({ missing: [], unused: [] })
})
