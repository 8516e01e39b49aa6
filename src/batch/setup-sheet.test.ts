import { describe, expect, test } from 'vitest'
import { toBase64Url } from '../seal/base64url.ts'
import { BatchError } from './batch-error.ts'
import { openSetup, readSetupLink } from './setup.ts'
import { joinSheet, mostParts, readSheetPart, sheetRoute, writeSheet, type SheetPart } from './setup-sheet.ts'
import vectors from './vectors/setup.json' with { type: 'json' }

const content = { document: vectors.document, code: 'QkZGRkZGRkZGRkZGRkZGRg' }
const read = (texts: readonly string[]): SheetPart[] =>
  texts.map((text) => readSheetPart(text)).filter((part) => part !== undefined)
const noise = (size: number) => {
  const bytes = new Uint8Array(size)
  for (let at = 0; at < size; at += 65_536) crypto.getRandomValues(bytes.subarray(at, at + 65_536))
  return toBase64Url(bytes)
}
const refused = async (parts: readonly SheetPart[]) =>
  await expect(joinSheet(parts)).rejects.toMatchObject({ name: 'BatchError', reason: 'bad-setup' })

describe('a set-up sheet', () => {
  test('carries document and code in codes that may be read in any order, and more than once', async () => {
    const texts = await writeSheet(content)
    const parts = read(texts)
    expect(parts.map(({ n, of }) => [n, of])).toEqual(texts.map((_, i) => [i + 1, texts.length]))
    expect(await joinSheet(parts.toReversed())).toEqual(content)
    expect(await joinSheet([...parts, ...parts])).toEqual(content)
  })

  test('becomes the link that says the same, and that opens', async () => {
    const route = await sheetRoute(await joinSheet(read(await writeSheet(content))))
    expect(route).toMatch(/^#\/setup\//)
    const link = readSetupLink(route)
    expect(link.c).toBe(content.code)
    const document = 'b' in link ? link.b : ''
    expect((await openSetup(document, link.h)).configurationText).toBe(vectors.configurationText)
  })

  test('without a code carries none', async () => {
    const { document } = content
    expect(await joinSheet(read(await writeSheet({ document })))).toEqual({ document })
  })

  test('is written in the signs of the compact kind of QR code alone', async () => {
    for (const text of await writeSheet(content)) expect(text).toMatch(/^[0-9A-Z $%*+\-./:]+$/)
  })

  test('is refused while a part is missing, or one is of another sheet, or changed', async () => {
    const parts = read(await writeSheet({ ...content, document: content.document + noise(2000) }))
    const others = read(await writeSheet({ ...content, document: content.document + noise(2000) }))
    expect(parts.length).toBeGreaterThan(2)
    await refused([])
    await refused(parts.slice(1))
    await refused([...parts.slice(1), ...others.slice(0, 1)])
    const [first, ...rest] = parts
    if (!first) throw new Error('no part')
    for (const at of [0, 7, first.body.length - 1]) {
      const sign = first.body[at] === 'A' ? 'B' : 'A'
      await refused([{ ...first, body: first.body.slice(0, at) + sign + first.body.slice(at + 1) }, ...rest])
    }
  })

  test('fills six codes at most, and says when a page cannot hold it', async () => {
    const sizes = [500, 2000, 4000, 4900]
    for (const size of sizes) {
      const texts = await writeSheet({ document: noise(size) })
      expect(texts.length).toBeLessThanOrEqual(mostParts)
      expect(await joinSheet(read(texts))).toBeDefined()
    }
    await expect(writeSheet({ document: noise(6000) })).rejects.toThrow(new BatchError('too-large'))
  })

  test.each([
    '',
    'https://app.example/#/setup/abc',
    'DAYBOOK1 3/2 ' + 'A'.repeat(52) + ' ABC',
    'DAYBOOK1 0/2 ' + 'A'.repeat(52) + ' ABC',
    'DAYBOOK1 1/2 ' + 'A'.repeat(51) + ' ABC',
    'DAYBOOK1 1/2 ' + 'A'.repeat(52) + ' A1C',
    'DAYBOOK2 1/2 ' + 'A'.repeat(52) + ' ABC',
  ])('is not taken for one: %s', (text) => {
    expect(readSheetPart(text)).toBeUndefined()
  })
})
