import { spawnSync } from 'node:child_process'
import { existsSync, mkdtempSync, rmSync, statSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { openEmbeddedStore } from './embedded-database.ts'

let folder: string
let path: string
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'embedded-'))
  path = join(folder, 'receiver.db')
})
afterEach(() => rmSync(folder, { recursive: true, force: true }))

/** What is under a name, as another process reads it that comes and goes. */
function seenByAnother(name: string): string {
  const script = `const db = new (require('libsql'))(process.argv[1])
    process.stdout.write(JSON.stringify(db.prepare('SELECT value FROM memory WHERE name = ?').all([process.argv[2]])))
    db.close()`
  const { stdout, stderr } = spawnSync(process.execPath, ['-e', script, path, name], { encoding: 'utf8' })
  return stdout || stderr
}

describe('a database in one file', () => {
  it('is its owner’s alone', async () => {
    await openEmbeddedStore(path).close()
    expect(statSync(path).mode & 0o777).toBe(0o600)
  })

  it('keeps its log while it is open, after another connection of this process was closed and whoever else came and went', async () => {
    await openEmbeddedStore(path).close()
    const store = openEmbeddedStore(path)
    await store.remember('one', 'before')
    expect(seenByAnother('one')).toContain('before')
    expect(existsSync(`${path}-wal`)).toBe(true)
    await store.remember('two', 'after')
    expect(seenByAnother('two')).toContain('after')
    await store.close()
  })
})
