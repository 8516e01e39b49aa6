import type { Trouble, TroubleCode } from '../troubles/codes.ts'
import { troubleNow, watchForTrouble, withTrouble } from '../troubles/counted.ts'

/** What went wrong in this page since it was opened (`troubles/codes.ts`), in memory, until it is kept on the disk. */
let ring: readonly Trouble[] = []
let heard: ((line: Trouble) => void) | undefined

export function countDiagnostic(code: TroubleCode): void {
  const line = troubleNow(code)
  ring = withTrouble(ring, line)
  heard?.(line)
}

export const diagnostics = (): readonly Trouble[] => ring

/** Tells each that comes; one at a time hears them. */
export function hearDiagnostics(hear: typeof heard): void {
  heard = hear
}

/** Counts what nobody caught and what the content policy refused, from now on. Gives what ends the counting. */
export function countTroubles(target: EventTarget = globalThis): () => void {
  countDiagnostic('start')
  return watchForTrouble(target, '', countDiagnostic)
}
