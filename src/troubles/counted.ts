import type { Trouble, TroubleCode } from './codes.ts'

const most = 500

/** The same once more is counted in the last line; of all lines the last 500 stay. */
export function withTrouble(before: readonly Trouble[], { code, count, ms }: Trouble): readonly Trouble[] {
  const last = before.at(-1)
  if (last?.code === code) return [...before.slice(0, -1), { code, count: last.count + count, ms }]
  return [...before.slice(1 - most), { code, count, ms }]
}

export const troubleNow = (code: TroubleCode): Trouble => ({ code, count: 1, ms: Math.round(performance.now()) })

const watched = [
  ['securitypolicyviolation', 'policy'],
  ['error', 'error'],
  ['unhandledrejection', 'rejection'],
] as const

/** Tells what nobody caught and what the content policy refused, from now on. Gives what ends the watching. */
export function watchForTrouble<P extends '' | 'vault-' | 'sw-'>(
  target: EventTarget,
  whose: P,
  tell: (code: `${P}${(typeof watched)[number][1]}`) => void,
): () => void {
  const ended = new AbortController()
  for (const [event, code] of watched)
    target.addEventListener(event, () => tell(`${whose}${code}`), { signal: ended.signal })
  return () => ended.abort()
}
