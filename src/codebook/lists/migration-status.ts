import type { CodeList } from '../code-list.ts'
import { declined, notKnown } from './missing.ts'

export const migrationStatus = {
  id: 'migration-status',
  entries: [
    { code: 'national', label: 'National of the country', confidence: 'proposed' },
    { code: 'family', label: 'Family migrant' },
    { code: 'visitor', label: 'Visitor/tourist' },
    { code: 'labour', label: 'Labour migrant' },
    { code: 'student', label: 'Student migrant' },
    { code: 'irregular', label: 'Irregular migrant' },
    { code: 'other', label: 'Other' },
    notKnown,
    declined,
  ],
} as const satisfies CodeList
