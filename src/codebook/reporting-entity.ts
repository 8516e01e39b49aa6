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
      notes:
        'Seed footnote: reporting entities are organisations that assist victims, collect data or are otherwise involved in reporting the event. Filled from the device profile. The codes are national; no international list exists.',
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
      notes:
        'HTCDS has five values (Police, NGO, Court or prosecution, Non-police governmental organization, Other); each of ours rolls up to one of them.',
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
      notes:
        'Only the label is known. Four values were chosen so that the list collapses either to public/non-public or to mandated/not mandated, whichever the real list turns out to be. Eurostat separates victims formally identified by a competent body from those who meet the criteria but are not formally identified, which this list can reproduce.',
    },
  ],
} as const satisfies UnitDefinition
