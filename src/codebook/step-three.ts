import type { Provenance } from './variable.ts'

/** What all variables of step 3 share: the standard's own list could not be found, and each is off unless it is wanted. */
export const optional = { seedCode: null, step: 3, enabledByDefault: false } as const

export const realListUnknown =
  'Step 3 of IC-TIP holds optional variables about experiences before and after the trafficking event (seed para. 12). Its real list could not be found. This variable is proposed; the x3 prefix marks it so that real codes can replace it.'

export const offByDefault = `${realListUnknown} Off by default.`

export function proposed(source: Provenance['source'], fidelity: Provenance['fidelity']): Provenance {
  return { source, fidelity, confidence: 'proposed', label: 'proposed', question: 'proposed', code: 'proposed' }
}
