import * as fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { fold } from './fold.ts'
import vectors from './vectors/fold.json' with { type: 'json' }

describe('the fold', () => {
  test.each(vectors.alike)('takes alike in $language: $name', ({ folded, texts }) => {
    for (const text of texts) expect(fold(text)).toBe(folded)
  })

  test.each(vectors.different)('keeps apart in $language: $name', ({ texts }) => {
    expect(new Set(texts.map(fold)).size).toBe(texts.length)
  })

  test('has vectors in all six languages of the app', () => {
    for (const language of ['ar', 'en', 'es', 'fr', 'ru', 'zh']) {
      expect(vectors.alike.filter((line) => line.language === language).length).toBeGreaterThanOrEqual(4)
      expect(vectors.different.filter((line) => line.language === language).length).toBeGreaterThanOrEqual(3)
    }
  })

  test('gives the same when folded again, for every sign there is', () => {
    for (let code = 0; code < 0x110000; code++) {
      if (code >= 0xd800 && code < 0xe000) continue
      const once = fold(`a${String.fromCodePoint(code)}b`)
      if (fold(once) !== once) expect.fail(`U+${code.toString(16)} folds further the second time`)
    }
  })

  test('gives the same when folded again, and for composed and decomposed text', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'grapheme', maxLength: 40 }), (text) => {
        expect(fold(fold(text))).toBe(fold(text))
        expect(fold(text.normalize('NFC'))).toBe(fold(text.normalize('NFD')))
      }),
    )
  })

  test('leaves no mark, no capital, no double space and no space at an end', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'grapheme', maxLength: 40 }), (text) => {
        expect(fold(text)).not.toMatch(/\p{M}|\p{Lu}|\p{P}| {2}|^ | $/u)
      }),
    )
  })
})
