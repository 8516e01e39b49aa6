import type { CodeList } from '../code-list.ts'

export const caseManagement = {
  id: 'case-management',
  entries: [
    { code: 'active', label: 'Active' },
    { code: 'followup', label: 'Follow up' },
    { code: 'closed', label: 'Closed' },
    { code: 'closed_ref', label: 'Closed Referred' },
  ],
} as const satisfies CodeList
