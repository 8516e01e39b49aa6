import { linked } from './asked-when.ts'
import { relationship } from './lists/relationship.ts'
import type { UnitDefinition } from './variable.ts'

/** What one perpetrator was to one victim, within one event. `rvp` is the same fact seen from the other side. */
export const link = {
  unit: 'link',
  variables: [
    {
      code: 'rtv',
      kind: 'coded',
      unit: 'link',
      standardUnit: 'victim',
      captureLevel: 'victimPerpetratorLink',
      step: 2,
      label: 'Relationship to trafficker',
      question: 'What was this perpetrator to the victim before the trafficking?',
      definition:
        'Relationship of the trafficker to the victim before or at the start of the trafficking, seen from the victim.',
      list: relationship,
      missing: ['nk', 'ref'],
      askedWhen: linked,
      provenance: {
        source: 'iccs-2015',
        fidelity: 'verbatim',
        confidence: 'adapted',
        label: 'exact',
        question: 'proposed',
      },
    },
    {
      code: 'rvp',
      kind: 'coded',
      unit: 'link',
      standardUnit: 'perpetrator',
      captureLevel: 'victimPerpetratorLink',
      step: 2,
      label: 'Relationship to victim',
      question: 'What was this perpetrator to the victim before the trafficking?',
      definition: 'Same relationship as rtv, seen from the perpetrator record.',
      list: relationship,
      missing: ['nk', 'ref'],
      askedWhen: linked,
      derivedFrom: 'rtv of the link',
      stored: false,
      provenance: {
        source: 'iccs-2015',
        fidelity: 'verbatim',
        confidence: 'adapted',
        label: 'exact',
        question: 'proposed',
      },
    },
  ],
} as const satisfies UnitDefinition
