import { extractFromFileWithBabel } from '@lingui/cli/api'
import type { Messages } from '@lingui/core'
import { readdir, readFile } from 'node:fs/promises'
import { dirname, join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { atFirst, atTheLock } from '../../lingui.config.ts'
import { loadedWith } from '../../tools/loaded-with.ts'
import { messages as others } from './locales/en.po'
import { messages as ofFirst } from './locales/first/en.po'
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

/** What these modules fetch lazily without awaiting all words first. */
async function fetchedBare(files: Iterable<string>): Promise<readonly string[]> {
  const found: string[] = []
  for (const file of files) {
    const code = await readFile(file, 'utf8')
    const bare = code.replaceAll(/with(?:First)?Words\(\s*import\([^)]*\)/g, '')
    const paths = [...bare.matchAll(/import\(\s*'(\.[^']+\.tsx?)'/g)].map(([, path = '']) => path)
    found.push(...paths.map((path) => join(dirname(file), path)))
  }
  return found
}

const differences = (ids: ReadonlyMap<string, string>, messages: Messages) => ({
  missing: [...ids].filter(([id]) => !(id in messages)).map(([, message]) => message),
  unused: Object.keys(messages).filter((id) => !ids.has(id)),
})

describe('the English catalogues have every message of the code and no other (npm run messages mends them):', () => {
  it('that of the lock screen', async () => {
    expect(differences(await saidIn(atTheLock), ofLock)).toEqual({ missing: [], unused: [] })
  })

  it('that of the first screens', async () => {
    expect(differences(await saidIn(atFirst), ofFirst)).toEqual({ missing: [], unused: [] })
  })

  it('that of the other screens', async () => {
    const files = (await readdir('src', { recursive: true })).filter((name) => source.test(name) && !aside.test(name))
    const before = new Set([...atTheLock, ...atFirst])
    const rest = files.map((name) => `src/${name}`).filter((name) => !before.has(name))
    expect(differences(await saidIn(rest), others)).toEqual({ missing: [], unused: [] })
  })
})

it('what the lock and the first screens fetch without waiting for all words has none but theirs', async () => {
  expect(atTheLock).toContain('src/app/screens/unlock.tsx')
  expect(atFirst).toContain('src/app/screens/home.tsx')
  const said = await saidIn(loadedWith(...(await fetchedBare([...atTheLock, ...atFirst]))))
  const unheard = [...said].filter(([id]) => !(id in ofLock) && !(id in ofFirst))
  expect(unheard.map(([, message]) => message)).toEqual([])
})
