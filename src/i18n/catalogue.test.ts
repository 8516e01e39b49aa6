import { extractFromFileWithBabel } from '@lingui/cli/api'
import { readdir, readFile } from 'node:fs/promises'
import { expect, it } from 'vitest'
import { messages } from './locales/en.po'

const source = /\.tsx?$/
const aside = /\.(?:test|d)\.tsx?$|^testing/

/** Without a configuration the macro reads `lingui.config.ts` by itself. */
const context = { linguiConfig: undefined } as unknown as Parameters<typeof extractFromFileWithBabel>[3]

/** Every message that the code says, by id, with its English. */
async function said(): Promise<Map<string, string>> {
  const found = new Map<string, string>()
  const files = await readdir('src', { recursive: true })
  for (const file of files.filter((name) => source.test(name) && !aside.test(name))) {
    const code = await readFile(`src/${file}`, 'utf8')
    if (!code.includes('@lingui/')) continue
    const keep = ({ id, message }: { id: string; message?: string }) => void found.set(id, message ?? id)
    await extractFromFileWithBabel(file, code, keep, context, { plugins: ['typescript', 'jsx'] })
  }
  return found
}

it('the English catalogue has every message of the code and no other (lingui extract --clean brings it up to date)', async () => {
  const ids = await said()
  const missing = [...ids].filter(([id]) => !(id in messages)).map(([, message]) => message)
  const unused = Object.keys(messages).filter((id) => !ids.has(id))
  expect({ missing, unused }).toEqual({ missing: [], unused: [] })
})
