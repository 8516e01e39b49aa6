import vectors from '../seal/vectors/fold.json' with { type: 'json' }

/** One phrase as the keyboards of a language write it, made of the vectors of the fold. */
export interface KeyboardPhrases {
  /** So many keyboards write it differently; `typed(0)` is how it was chosen. */
  readonly keyboards: number
  /** So many places in which another word can stand. */
  readonly misses: number
  /** As keyboard `n` writes it; with `miss`, another word stands in that place. */
  readonly typed: (n: number, miss?: number) => string
}

const cycled = (texts: readonly string[], n: number): string => texts[n % texts.length] ?? ''

/** Everything that a language's keyboards write differently, in one phrase. */
export function keyboardPhrases(language: string): KeyboardPhrases {
  const alike = vectors.alike.filter((line) => line.language === language).map(({ texts }) => texts)
  const apart = vectors.different.filter((line) => line.language === language).map(({ texts }) => texts)
  const typed = (n: number, miss = -1) =>
    [...alike.map((texts) => cycled(texts, n)), ...apart.map((texts, at) => cycled(texts, at === miss ? 1 : 0))].join(
      ' ',
    )
  return { keyboards: Math.max(...alike.map(({ length }) => length)), misses: apart.length, typed }
}
