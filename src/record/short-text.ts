import * as z from 'zod/mini'

/** Signs that no text of a record holds: controls, line and paragraph separators, halves of a surrogate pair. */
const forbidden = /[\p{Cc}\p{Zl}\p{Zp}\p{Cs}]/u

/** NFC, trimmed, without control signs, neither empty nor longer than `most` signs (counted as code points). */
export function shortText(most: number) {
  return z
    .string()
    .check(
      z.refine(
        (text) =>
          text === text.normalize('NFC').trim() && !forbidden.test(text) && text !== '' && [...text].length <= most,
      ),
    )
}

/** The text as a record may hold it, whatever its length. */
export function tidyText(text: string): string {
  return text.replace(new RegExp(forbidden, 'gu'), ' ').normalize('NFC').trim()
}
