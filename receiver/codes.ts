import type { Store } from './store.ts'
import { hashOf, newCode } from './tokens.ts'

const minute = 60_000
const printedDays = 14

/** How long an enrolment code holds: for one device and so many minutes, or for any number while one run lasts. */
export type CodeTerms = { readonly minutes?: number } | { readonly days: number } | { readonly run: string }

/**
 * Makes an enrolment code; the store gets its hash. Without terms it holds for one device and 14 days, the time of a
 * printed set-up sheet (security.md section 9).
 */
export async function issueCode(
  store: Store,
  org: string,
  at: number,
  terms: CodeTerms = {},
): Promise<{ code: string; expiresAt: number | null }> {
  const code = newCode()
  const expiresAt = 'run' in terms ? null : at + minutesOf(terms) * minute
  await store.keepCode({ org, hash: hashOf(code), at, expiresAt, run: 'run' in terms ? terms.run : null })
  return { code, expiresAt }
}

function minutesOf(terms: { minutes?: number } | { days: number }): number {
  if ('days' in terms) return terms.days * 24 * 60
  return terms.minutes ?? printedDays * 24 * 60
}
