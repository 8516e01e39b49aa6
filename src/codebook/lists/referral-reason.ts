import type { CodeList } from '../code-list.ts'
import { notApplicable, notKnown } from './missing.ts'

export const referralReason = {
  id: 'referral-reason',
  entries: [
    { code: 'services', label: 'Additional services required' },
    { code: 'moved', label: 'Migration or change of location' },
    { code: 'other', label: 'Other' },
    notApplicable,
    notKnown,
  ],
} as const satisfies CodeList
