// [Note: The fold is fixed for good]
// A key depends on every rule here. To change one locks people out, so none changes: a better fold would be a
// second one beside this, named in the account's header. What it does, in this order, stands in docs/batch-format.md.

/** Zero digits of Unicode 15 in the basic plane; nine follow each. Those of other planes decompose or are never typed. */
const zeros = [
  0x0660, 0x06f0, 0x07c0, 0x0966, 0x09e6, 0x0a66, 0x0ae6, 0x0b66, 0x0be6, 0x0c66, 0x0ce6, 0x0d66, 0x0de6, 0x0e50,
  0x0ed0, 0x0f20, 0x1040, 0x1090, 0x17e0, 0x1810, 0x1946, 0x19d0, 0x1a80, 0x1a90, 0x1b50, 0x1bb0, 0x1c40, 0x1c50,
  0xa620, 0xa8d0, 0xa900, 0xa9d0, 0xa9f0, 0xaa50, 0xabf0,
]

const letters: Readonly<Record<string, string>> = {
  ς: 'σ',
  œ: 'oe',
  æ: 'ae',
  '\u0671': '\u0627', // alef wasla: alef
  '\u0621': '', // hamza standing alone
  '\u0674': '', // high hamza
  '\u0649': '\u064a', // alef maqsura: ya
  '\u06cc': '\u064a', // Persian ya: ya
  '\u0629': '\u0647', // ta marbuta: ha
  '\u06d5': '\u0647', // ha of other keyboards
  '\u06c1': '\u0647',
  '\u06be': '\u0647',
  '\u06a9': '\u0643', // Persian kaf: kaf
  '\u0640': '', // tatweel
}

const digitOf = (sign: string): string => {
  const code = sign.codePointAt(0) ?? 0
  const zero = zeros.find((start) => code >= start && code <= start + 9)
  return zero === undefined ? sign : String(code - zero)
}

const letterOf = (sign: string): string => letters[sign] ?? sign

/** Lower, upper, lower: the way that takes ẞ and ß alike to ss. */
const foldCase = (text: string): string => text.toLowerCase().toUpperCase().toLowerCase()

/**
 * The one form in which a passphrase becomes a key, whatever keyboard typed it: compatibility form (NFKD), marks and
 * invisible signs removed, case folded, Arabic letter variants folded, digits to ASCII, punctuation and spaces to one
 * space, ends trimmed. Folding twice changes nothing.
 */
export function fold(text: string): string {
  return foldCase(text.normalize('NFKD').replace(/[\p{M}\p{Cf}]/gu, ''))
    .normalize('NFKD')
    .replace(/[ςœæ\u0621\u0629\u0640\u0649\u0671\u0674\u06a9\u06be\u06c1\u06cc\u06d5]/g, letterOf)
    .replace(/\p{Nd}/gu, digitOf)
    .replace(/[\p{P}\p{Z}\p{Cc}^`\u02b0-\u02ff]+/gu, ' ')
    .trim()
}
