import { readdirSync, readFileSync, statSync } from 'node:fs'
import { join } from 'node:path'

/** Looks for a text in every file below a folder, in the forms in which programs write text down. */
export interface Hit {
  readonly file: string
  readonly form: string
}

/** The forms that are looked for: UTF-8, UTF-16 of either order, hex, and base64 at each of its three offsets. */
export function formsOf(text: string): ReadonlyMap<string, Buffer> {
  const plain = Buffer.from(text, 'utf8')
  const wide = Buffer.from(text, 'utf16le')
  const forms = new Map<string, Buffer>([
    ['utf-8', plain],
    ['utf-16le', wide],
    ['utf-16be', Buffer.from(wide).swap16()],
    ['hex', Buffer.from(plain.toString('hex'))],
    ['HEX', Buffer.from(plain.toString('hex').toUpperCase())],
  ])
  for (const shift of [0, 1, 2]) {
    const shifted = Buffer.concat([Buffer.alloc(shift), plain]).toString('base64')
    // Only the signs that the neighbours cannot change.
    forms.set(`base64+${shift}`, Buffer.from(shifted.slice(shift === 0 ? 0 : 4, -4)))
  }
  return forms
}

function* filesBelow(folder: string): Generator<string> {
  for (const entry of readdirSync(folder, { withFileTypes: true })) {
    const path = join(folder, entry.name)
    if (entry.isDirectory()) yield* filesBelow(path)
    else if (entry.isFile()) yield path
  }
}

/** Every file below the folder that holds one of the texts in one of the forms. */
export function findBelow(folder: string, texts: readonly string[]): { hits: Hit[]; files: number; bytes: number } {
  const forms = texts.flatMap((text) =>
    [...formsOf(text)].map(([form, bytes]) => ({ form: `${text}: ${form}`, bytes })),
  )
  const hits: Hit[] = []
  let files = 0
  let bytes = 0
  for (const file of filesBelow(folder)) {
    if (!statSync(file, { throwIfNoEntry: false })?.isFile()) continue
    const content = readFileSync(file)
    files += 1
    bytes += content.length
    for (const form of forms)
      if (content.includes(form.bytes)) hits.push({ file: file.slice(folder.length), form: form.form })
  }
  return { hits, files, bytes }
}

/** As `findBelow`, for texts of digits: not as a part of a longer number, which could hold them by chance. */
export function findNumberBelow(folder: string, numbers: readonly string[]): Hit[] {
  const forms = numbers.flatMap((number) => {
    const wide = [...number].join('\0')
    return [
      { form: `${number}: utf-8`, pattern: new RegExp(`(?<![0-9.])${number}(?![0-9])`) },
      { form: `${number}: utf-16`, pattern: new RegExp(`(?<![0-9]\\0?)${wide}(?!\\0?[0-9])`) },
    ]
  })
  const hits: Hit[] = []
  for (const file of filesBelow(folder)) {
    if (!statSync(file, { throwIfNoEntry: false })?.isFile()) continue
    const content = readFileSync(file, 'latin1')
    for (const { form, pattern } of forms)
      if (pattern.test(content)) hits.push({ file: file.slice(folder.length), form })
  }
  return hits
}
