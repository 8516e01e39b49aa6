import type { Provenance } from './variable.ts'

/** What all variables of step 3 share: the standard's own list could not be found, and each is off unless it is wanted. */
export const optional = { seedCode: null, step: 3, enabledByDefault: false } as const

export function proposed(source: Provenance['source'], fidelity: Provenance['fidelity']): Provenance {
  return { source, fidelity, confidence: 'proposed', label: 'proposed', question: 'proposed', code: 'proposed' }
}
