import { existsSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, test } from 'vitest'

const root = join(import.meta.dirname, '..')
const paper = readFileSync(join(root, 'docs', 'security.md'), 'utf8')
const lossyLine = readFileSync(join(root, 'e2e', 'lossy-line.spec.ts'), 'utf8')

/** The rows of the table of faults in section 8. */
const rows = (/^\| Fault .*\n\| -.*\n((?:\|.*\n)+)/mu.exec(paper)?.[1] ?? '')
  .trimEnd()
  .split('\n')
  .map((line): string[] => line.split(' | ').map((cell) => cell.replace(/^\||\|$/gu, '').trim()))

/** What the paper quotes is how a test's name begins, or goes on. */
const quoted = (cell: string): string[] => [...cell.matchAll(/“([^”]+)”/gu)].map(([, words = '']) => words)

/** A path as the paper writes it: what is below `src` goes without it. */
const source = (path: string): string => {
  const found = [join(root, path), join(root, 'src', path)].find((file) => existsSync(file))
  return found === undefined ? '' : readFileSync(found, 'utf8')
}

describe('the table of faults', () => {
  test('has a row for every fault', () => expect(rows).toHaveLength(22))

  test('names stories that are told between the app and the receiver', () => {
    for (const [fault, stories = ''] of rows) {
      expect(quoted(stories), fault).not.toEqual([])
      expect(quoted(stories).filter((words) => !lossyLine.includes(words))).toEqual([])
    }
  })

  test('names tests that are nearer by, too', () => {
    const parts = rows.flatMap(([, , nearer = '']) => nearer.split('; '))
    for (const part of parts) {
      const file = source(/^`([^`]+)`: /u.exec(part)?.[1] ?? 'nothing')
      expect(quoted(part), part).not.toEqual([])
      expect(quoted(part).filter((words) => !file.includes(words))).toEqual([])
    }
  })
})
