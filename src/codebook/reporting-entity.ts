import { always, decided } from './asked-when.ts'
import { decidingEntityStatus, decidingEntityType } from './lists/deciding-entity.ts'
import type { UnitDefinition } from './variable.ts'

/** IC-TIP, unit of description: who registered the event, who decided on its status, and with what standing. */
export const reportingEntity = {
  unit: 'reportingEntity',
  variables: [
    {
      code: 'rer',
      kind: 'organisation',
      unit: 'reportingEntity',
      captureLevel: 'event',
      step: 1,
      label: 'Reporting entity that registered the event',
      question: 'Which organisation registers this case?',
      definition:
        "Identifier of the organisation that registered the event in its own system: an agreed short code, not the caseworker's name.",
      structure: { orgCode: 'text, agreed with the central agency', orgType: 'a ret code' },
      missing: [],
      askedWhen: always,
      provenance: { source: 'project', fidelity: 'own', confidence: 'proposed', label: 'exact', question: 'proposed' },
    },
    {
      code: 'ret',
      kind: 'coded',
      unit: 'reportingEntity',
      captureLevel: 'event',
      step: 1,
      label: 'Type of reporting entity that made the decisions',
      question: 'What kind of organisation decided on the status of this case?',
      definition:
        'Kind of organisation that took the decision recorded in sta (not necessarily the one that registers the event).',
      list: decidingEntityType,
      missing: ['nk', 'na'],
      askedWhen: decided,
      texts: 'retText',
      perVictimOverride: true,
      provenance: {
        source: 'htcds-2',
        fidelity: 'modified',
        confidence: 'adapted',
        label: 'exact',
        question: 'proposed',
      },
    },
    {
      code: 'dem',
      kind: 'coded',
      unit: 'reportingEntity',
      captureLevel: 'event',
      step: 1,
      label: 'Status of decision-making entity',
      question: 'Is the deciding organisation officially mandated to decide, and is it public?',
      definition: 'Standing of the organisation that took the decision.',
      list: decidingEntityStatus,
      missing: ['nk', 'na'],
      askedWhen: decided,
      perVictimOverride: true,
      provenance: { source: 'project', fidelity: 'own', confidence: 'proposed', label: 'exact', question: 'proposed' },
    },
  ],
} as const satisfies UnitDefinition
