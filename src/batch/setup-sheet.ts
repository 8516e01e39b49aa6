// A whole set-up as numbered QR codes on paper: the document that a link would only name, and the code to enrol with.
// They are read in any order and without a network.

import * as z from 'zod/mini'
import { fromBase32, toBase32 } from '../seal/base32.ts'
import { sameBytes, textOf, utf8 } from '../seal/bytes.ts'
import { sha256 } from '../seal/digest.ts'
import { BatchError } from './batch-error.ts'
import { gunzip, gzip } from './gzip.ts'
import { setupSizeLimit } from './protocol.ts'
import { setupSha, writeSetupLink } from './setup.ts'
import { jsonOf } from './signed-text.ts'

/** As many fit one page beside what people read. */
export const mostParts = 6
/** Signs of the set-up in one code: 93 modules a side, which a cheap tablet reads; and the most that such a square bears. */
const partSigns = { easy: 800, most: 1340 } as const

const head = 'DAYBOOK1'
const shape = /^DAYBOOK1 ([1-9])\/([1-9]) ([A-Z2-7]{52}) ([A-Z2-7]{1,2000})$/

const contentSchema = z.strictObject({
  document: z.string().check(z.maxLength(setupSizeLimit)),
  code: z.optional(z.string().check(z.regex(/^[\w-]{8,64}$/))),
})
/** What a sheet carries: a set-up document's text, and the code that lets one tablet in. */
export type SheetContent = z.infer<typeof contentSchema>

/** One code of a sheet, as it was read. */
export interface SheetPart {
  readonly n: number
  readonly of: number
  /** Base32 SHA-256 of what all parts hold together: only parts of one sheet are put together. */
  readonly digest: string
  readonly body: string
}

/** The texts of the codes in their order; each is `DAYBOOK1 n/of digest body`. `too-large` where a page cannot hold them. */
export async function writeSheet(content: SheetContent): Promise<string[]> {
  const bytes = await gzip(utf8(JSON.stringify(content)))
  const whole = toBase32(bytes)
  const of = Math.min(mostParts, Math.ceil(whole.length / partSigns.easy))
  const size = Math.ceil(whole.length / of)
  if (size > partSigns.most) throw new BatchError('too-large')
  const digest = toBase32(await sha256(bytes))
  return Array.from({ length: of }, (_, i) => {
    return `${head} ${i + 1}/${of} ${digest} ${whole.slice(i * size, (i + 1) * size)}`
  })
}

/** `undefined` for every text that is no part of a sheet. */
export function readSheetPart(text: string): SheetPart | undefined {
  const [, n, of, digest, body] = shape.exec(text.trim()) ?? []
  if (digest === undefined || body === undefined || Number(n) > Number(of)) return undefined
  return { n: Number(n), of: Number(of), digest, body }
}

/**
 * Puts the parts of one sheet together, in whatever order they were read.
 * Throws `bad-setup` where one is missing or changed, or they are of different sheets.
 */
export async function joinSheet(parts: readonly SheetPart[]): Promise<SheetContent> {
  const [{ of, digest } = { of: 0, digest: '' }] = parts
  const inOrder = Array.from({ length: of }, (_, i) => parts.find(({ n }) => n === i + 1))
  if (of === 0 || inOrder.some((part) => part?.digest !== digest)) throw new BatchError('bad-setup')
  try {
    const bytes = fromBase32(inOrder.map((part) => part?.body).join(''))
    if (sameBytes(await sha256(bytes), fromBase32(digest))) {
      const content = contentSchema.safeParse(jsonOf(textOf(await gunzip(bytes, 2 * setupSizeLimit)))).data
      if (content) return content
    }
  } catch (cause) {
    throw new BatchError('bad-setup', cause)
  }
  throw new BatchError('bad-setup')
}

/** The route of the set-up link that says the same as a sheet, so that both are looked at and accepted in one way. */
export async function sheetRoute({ document, code }: SheetContent): Promise<string> {
  const link = { b: document, h: await setupSha(document), ...(code !== undefined && { c: code }) }
  return writeSetupLink('', link).slice(1)
}
