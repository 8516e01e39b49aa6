import { mod11_10 } from 'cdigit'

/**
 * 128 random bits, base64url without padding: 22 signs. Cases, victims and perpetrators are named so. None that we make
 * begins with `-`: a table would have to put `'` before it (security.md, section 11), and it would name nothing any more.
 */
export function newId(): string {
  const id = anyId()
  return id.startsWith('-') ? newId() : id
}

function anyId(): string {
  const bytes = crypto.getRandomValues(new Uint8Array(16))
  return btoa(String.fromCharCode(...bytes))
    .replaceAll('+', '-')
    .replaceAll('/', '_')
    .replaceAll('=', '')
}

/** 22 signs are 132 bits: the last one may hold only two of its six. */
const id = /^[A-Za-z0-9_-]{21}[AQgw]$/

export function isId(text: string): boolean {
  return id.test(text)
}

/** Eight random digits and a check digit (ISO 7064 MOD 11,10). People read it aloud; it is never a key. */
export function newCaseCode(): string {
  const limit = 4_200_000_000
  let number = limit
  while (number >= limit) number = crypto.getRandomValues(new Uint32Array(1))[0] ?? limit
  return mod11_10.generate(String(number % 100_000_000).padStart(8, '0'))
}

/** Nine ASCII digits whose last agrees with the others. */
export function isCaseCode(text: string): boolean {
  return /^[0-9]{9}$/.test(text) && mod11_10.validate(text)
}

/** In threes: `482 913 070`. The reader's own numerals are for the screen to choose. */
export function showCaseCode(code: string): string {
  return code.replace(/^(\d{3})(\d{3})(\d{3})$/, '$1 $2 $3')
}
