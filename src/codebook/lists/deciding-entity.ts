import type { CodeList } from '../code-list.ts'
import { notApplicableByRule, notKnown } from './missing.ts'

export const decidingEntityType = {
  id: 'deciding-entity-type',
  entries: [
    { code: 'police', label: 'Police' },
    { code: 'prosecution', label: "Prosecutor's office" },
    { code: 'court', label: 'Court' },
    { code: 'immigration', label: 'Immigration or border authority', confidence: 'proposed' },
    { code: 'social', label: 'Social administration or child protection authority' },
    { code: 'labour', label: 'Labour inspectorate', confidence: 'proposed' },
    { code: 'health', label: 'Health service', confidence: 'proposed' },
    { code: 'ngo', label: 'Civil society organisation (NGO)' },
    { code: 'helpline', label: 'Helpline or hotline', confidence: 'proposed' },
    { code: 'io', label: 'International organisation', confidence: 'proposed' },
    {
      code: 'coord',
      label: 'National referral mechanism, national rapporteur or other central agency',
      confidence: 'proposed',
    },
    { code: 'nso', label: 'National statistical office' },
    { code: 'other_gov', label: 'Other government body' },
    { code: 'other', label: 'Other', freeText: 'optional' },
    notKnown,
    notApplicableByRule,
  ],
} as const satisfies CodeList

export const decidingEntityStatus = {
  id: 'deciding-entity-status',
  entries: [
    { code: 'mandated_public', label: 'Public body with a mandate to identify victims', confidence: 'proposed' },
    {
      code: 'mandated_nonpublic',
      label: 'Non-public body with an official mandate or accreditation',
      confidence: 'proposed',
    },
    { code: 'other_public', label: 'Public body without such a mandate', confidence: 'proposed' },
    { code: 'other_nonpublic', label: 'Non-public body without such a mandate', confidence: 'proposed' },
    notKnown,
    notApplicableByRule,
  ],
} as const satisfies CodeList
