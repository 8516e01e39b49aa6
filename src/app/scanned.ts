import { joinSheet, readSheetPart, sheetRoute, type SheetPart } from '../batch/setup-sheet.ts'
import { BatchError } from '../batch/batch-error.ts'

/**
 * What was scanned so far. `strange`: codes of something else; `changed`: all parts of a sheet that do not fit together;
 * `link`: a set-up link, or the one that says the same as a whole sheet.
 */
export type Scanned =
  | { readonly status: 'nothing' | 'strange' | 'changed' }
  | {
      readonly status: 'parts'
      readonly parts: readonly SheetPart[]
      readonly of: number
      readonly missing: readonly number[]
    }
  | { readonly status: 'link'; readonly link: string }

/**
 * Adds the texts of codes that were read in one picture. They may come in any order and more than once; the first part of
 * another sheet begins anew.
 */
export async function withCodes(before: Scanned, texts: readonly string[]): Promise<Scanned> {
  let now = before
  for (const text of texts) {
    if (text.includes('#/setup/')) return { status: 'link', link: text.slice(text.indexOf('#/setup/')).trim() }
    const part = readSheetPart(text)
    if (part) now = withPart(now, part)
    else if (now.status !== 'parts') now = { status: 'strange' }
  }
  return now.status === 'parts' && now.missing.length === 0 ? await whole(now.parts) : now
}

function withPart(before: Scanned, part: SheetPart): Scanned {
  const kept =
    before.status === 'parts' ? before.parts.filter(({ n, digest }) => n !== part.n && digest === part.digest) : []
  const parts = [...kept, part]
  const numbers = Array.from({ length: part.of }, (_, i) => i + 1)
  return { status: 'parts', parts, of: part.of, missing: numbers.filter((n) => parts.every((had) => had.n !== n)) }
}

async function whole(parts: readonly SheetPart[]): Promise<Scanned> {
  try {
    return { status: 'link', link: await sheetRoute(await joinSheet(parts)) }
  } catch (cause) {
    if (cause instanceof BatchError) return { status: 'changed' }
    throw cause
  }
}
