import type { CodeList } from '../code-list.ts'
import { declined, notApplicableByRule, notKnown } from './missing.ts'

export const ageStatus = {
  id: 'age-status',
  entries: [
    { code: 'minor', label: 'Minor', definition: 'Under 18 years of age.' },
    { code: 'adult', label: 'Adult', definition: '18 years of age or over.' },
    notApplicableByRule,
    notKnown,
    declined,
  ],
} as const satisfies CodeList
