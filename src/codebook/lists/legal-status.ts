import type { CodeList } from '../code-list.ts'
import { notKnown } from './missing.ts'

/** ICCS LS, two levels. */
export const legalStatus = {
  id: 'legal-status',
  entries: [
    { code: '1', label: 'Natural person' },
    { code: '1a', label: 'Private individual', parent: '1' },
    { code: '1b', label: 'Public official', parent: '1' },
    { code: '2', label: 'Legal entity' },
    { code: '2a', label: 'Private entity', parent: '2' },
    { code: '2b', label: 'Public entity', parent: '2' },
    { code: '3', label: 'Other type of entity' },
    notKnown,
  ],
} as const satisfies CodeList
