import { readFileSync } from 'node:fs'
import { dirname, join } from 'node:path'

const importing = /^(?:import|export) (?!type )[^'"]*'(\.[^']+\.tsx?)'/gm

/** These modules of the project (paths from its root) and all that come with them, before anything is imported lazily. */
export function loadedWith(...files: readonly string[]): ReadonlySet<string> {
  const found = new Set<string>()
  const follow = (file: string): void => {
    if (found.has(file)) return
    found.add(file)
    for (const [, path = ''] of readFileSync(file, 'utf8').matchAll(importing)) follow(join(dirname(file), path))
  }
  files.forEach(follow)
  return found
}
