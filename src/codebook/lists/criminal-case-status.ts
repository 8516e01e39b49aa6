import type { CodeList } from '../code-list.ts'
import { declined, notKnown } from './missing.ts'

export const criminalCaseStatus = {
  id: 'criminal-case-status',
  entries: [
    { code: 'none', label: 'No criminal case opened', confidence: 'proposed' },
    { code: 'investigation', label: 'Reported or under investigation' },
    { code: 'contact', label: 'Suspect in formal contact (suspected, arrested or cautioned)' },
    { code: 'prosecuted', label: 'Prosecuted' },
    { code: 'convicted', label: 'Convicted' },
    { code: 'acquitted', label: 'Acquitted', confidence: 'proposed' },
    { code: 'discontinued', label: 'Closed or discontinued without verdict', confidence: 'proposed' },
    notKnown,
    declined,
  ],
} as const satisfies CodeList
