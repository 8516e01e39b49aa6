import { type Reading, readingsBelow } from './readings.ts'

/** Looks for texts, numbers and keys in every file below a folder, in the forms in which programs write them down. */
export interface Hit {
  readonly file: string
  readonly form: string
  readonly how: Reading['how']
}

export interface Found {
  readonly hits: readonly Hit[]
  readonly files: number
  /** Ways in which the files were read: as they are, and whatever could be made of them. */
  readonly readings: number
  readonly bytes: number
}

export interface Wanted {
  readonly texts?: readonly string[]
  /** Texts of digits: found where they stand by themselves, since a longer number could hold them by chance. */
  readonly numbers?: readonly string[]
  readonly keys?: Readonly<Record<string, Uint8Array>>
}

/** Hex and base64, the latter at each of its three offsets and in both alphabets. */
function writtenForms(plain: Buffer): [string, Buffer][] {
  const forms: [string, Buffer][] = [
    ['hex', Buffer.from(plain.toString('hex'))],
    ['HEX', Buffer.from(plain.toString('hex').toUpperCase())],
  ]
  for (const shift of [0, 1, 2]) {
    // Only the signs that the neighbours cannot change.
    const shifted = Buffer.concat([Buffer.alloc(shift), plain])
      .toString('base64')
      .replaceAll('=', '')
    const certain = shifted.slice(shift === 0 ? 0 : 4, (shift + plain.length) % 3 === 0 ? undefined : -1)
    forms.push([`base64+${shift}`, Buffer.from(certain)])
    const other = certain.replaceAll('+', '-').replaceAll('/', '_')
    if (other !== certain) forms.push([`base64url+${shift}`, Buffer.from(other)])
  }
  return forms
}

/** The forms that are looked for: UTF-8, UTF-16 of either order, hex, and base64. */
export function formsOf(text: string): ReadonlyMap<string, Buffer> {
  const plain = Buffer.from(text, 'utf8')
  const wide = Buffer.from(text, 'utf16le')
  return new Map<string, Buffer>([
    ['utf-8', plain],
    ['utf-16le', wide],
    ['utf-16be', Buffer.from(wide).swap16()],
    ...writtenForms(plain),
  ])
}

type Search = { readonly form: string; readonly isIn: (bytes: Buffer, latin: () => string) => boolean }

const forBytes = (form: string, wanted: Buffer): Search => ({ form, isIn: (bytes) => bytes.includes(wanted) })

function searchesFor({ texts = [], numbers = [], keys = {} }: Wanted): Search[] {
  const digits = numbers.flatMap((number) => {
    const alone = new RegExp(`(?<![0-9.])${number}(?![0-9])`)
    const wide = new RegExp(`(?<![0-9]\\0?)${[...number].join('\0')}(?!\\0?[0-9])`)
    return [
      { form: `${number}: utf-8`, isIn: (_: Buffer, latin: () => string) => alone.test(latin()) },
      { form: `${number}: utf-16`, isIn: (_: Buffer, latin: () => string) => wide.test(latin()) },
    ]
  })
  return [
    ...texts.flatMap((text) => [...formsOf(text)].map(([form, bytes]) => forBytes(`${text}: ${form}`, bytes))),
    ...Object.entries(keys).flatMap(([name, key]) => [
      forBytes(`${name}: bytes`, Buffer.from(key)),
      ...writtenForms(Buffer.from(key)).map(([form, bytes]) => forBytes(`${name}: ${form}`, bytes)),
    ]),
    ...digits,
  ]
}

/** Every file below the folder that holds something of what is wanted, and how it was read there. */
export function findBelow(folder: string, wanted: Wanted): Found {
  const searches = searchesFor(wanted)
  const hits: Hit[] = []
  const files = new Set<string>()
  let readings = 0
  let bytes = 0
  for (const reading of readingsBelow(folder)) {
    files.add(reading.file)
    readings += 1
    bytes += reading.bytes.length
    let text: string | undefined
    const latin = () => (text ??= reading.bytes.toString('latin1'))
    for (const { form, isIn } of searches)
      if (isIn(reading.bytes, latin)) hits.push({ file: reading.file, form, how: reading.how })
  }
  return { hits, files: files.size, readings, bytes }
}
