/**
 * What went wrong in this page, counted and never quoted: a code of this list, how often in a row, and when it was last,
 * in milliseconds since the page was opened. No text, no id, no message of an exception can get in. It is in memory
 * alone; it is gone with the page, and leaves the tablet only as a file that somebody asks for.
 */
export const diagnosticCodes = [
  'start',
  'policy',
  'error',
  'rejection',
  'quota',
  'store',
  'conflict',
  'blocked',
  'changed-outside',
  'log-gap',
  'unreadable',
] as const
export type DiagnosticCode = (typeof diagnosticCodes)[number]

export interface Diagnostic {
  readonly code: DiagnosticCode
  readonly count: number
  readonly ms: number
}

const most = 500
let ring: readonly Diagnostic[] = []

export function countDiagnostic(code: DiagnosticCode): void {
  const last = ring.at(-1)
  const again = last?.code === code
  const next = { code, count: again ? last.count + 1 : 1, ms: Math.round(performance.now()) }
  ring = [...(again ? ring.slice(0, -1) : ring.slice(1 - most)), next]
}

export const diagnostics = (): readonly Diagnostic[] => ring

/** The file that is handed out: plain, one line for each. */
export const diagnosticsText = (): string => ring.map(({ ms, code, count }) => `${ms} ${code} ${count}\n`).join('')

/** Counts what nobody caught and what the content policy refused, from now on. Gives what ends the counting. */
export function watchForTrouble(target: EventTarget = globalThis): () => void {
  const watched = [
    ['securitypolicyviolation', 'policy'],
    ['error', 'error'],
    ['unhandledrejection', 'rejection'],
  ] as const
  const ended = new AbortController()
  countDiagnostic('start')
  for (const [event, code] of watched)
    target.addEventListener(event, () => countDiagnostic(code), { signal: ended.signal })
  return () => ended.abort()
}
