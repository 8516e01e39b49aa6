import { mod11_10 } from 'cdigit'

/**
 * Nine digits that a set-up sheet shows on its lost-tablet card, to be said on the telephone: eight of its code's hash and
 * a check digit (ISO 7064 MOD 11,10). The receiver, which keeps the hash alone, finds the tablet by them; they let
 * nobody in.
 * @param codeHash hex SHA-256 of the enrolment code
 */
export function lostNumberOf(codeHash: string): string {
  return mod11_10.generate((BigInt(`0x${codeHash}`) % 100_000_000n).toString().padStart(8, '0'))
}

/** Takes the number as it was said or typed, with whatever stands between the digits. `undefined` where it cannot be one. */
export function readLostNumber(text: string): string | undefined {
  const digits = text.replaceAll(/[\s.-]/g, '')
  return /^[0-9]{9}$/.test(digits) && mod11_10.validate(digits) ? digits : undefined
}
