import type { CodeList } from '../code-list.ts'
import { notKnown } from './missing.ts'

export const assistance = {
  id: 'assistance',
  entries: [
    { code: 'education', label: 'Education' },
    { code: 'financial', label: 'Financial' },
    { code: 'health', label: 'Health' },
    { code: 'rehab_labour', label: 'Labour exploitation rehabilitation' },
    { code: 'legal', label: 'Legal' },
    { code: 'livelihood', label: 'Livelihood' },
    { code: 'rights', label: 'Rights-based training' },
    { code: 'rehab_sexual', label: 'Sexual exploitation rehabilitation' },
    { code: 'social', label: 'Social care' },
    { code: 'shelter', label: 'Shelter or accommodation', confidence: 'proposed' },
    { code: 'return', label: 'Return and reintegration support', confidence: 'proposed' },
    { code: 'declined', label: 'Offered and declined', confidence: 'proposed' },
    { code: 'other', label: 'Other', confidence: 'proposed' },
    notKnown,
  ],
} as const satisfies CodeList
