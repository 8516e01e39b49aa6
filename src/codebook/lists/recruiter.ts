import type { CodeList } from '../code-list.ts'
import { declined, notKnown } from './missing.ts'

export const recruiter = {
  id: 'recruiter',
  entries: [
    { code: 'partner', label: 'Intimate partner' },
    { code: 'friend', label: 'Friend or acquaintance' },
    { code: 'family', label: 'Family or guardian' },
    { code: 'other', label: 'Other (broker, contractor, employer, smuggler ...)' },
    notKnown,
    declined,
  ],
} as const satisfies CodeList
