import type { Progress } from '../outbox/deliver.ts'

let progress: Progress | undefined
const listeners = new Set<() => void>()

/** How far the pass of this moment is, whichever screen is shown: what sends and what shows it meet here. */
export const sending = {
  /** Undefined while nothing is being sent from this page. */
  now: (): Progress | undefined => progress,
  tell: (next: Progress | undefined): void => {
    if (next === progress) return
    progress = next
    for (const listener of listeners) listener()
  },
  watch: (listener: () => void): (() => void) => {
    listeners.add(listener)
    return () => void listeners.delete(listener)
  },
}
