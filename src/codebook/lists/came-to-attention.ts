import type { CodeList } from '../code-list.ts'
import { notKnown } from './missing.ts'

export const cameToAttention = {
  id: 'came-to-attention',
  entries: [
    { code: 'victim', label: 'Victim' },
    { code: 'witness', label: 'Witness other than the victim' },
    { code: 'police', label: 'Police' },
    { code: 'other_le', label: 'Other law enforcement institution' },
    { code: 'cj', label: 'Other criminal justice institution' },
    { code: 'ngo', label: 'NGO or community outreach', confidence: 'proposed' },
    { code: 'helpline', label: 'Helpline', confidence: 'proposed' },
    { code: 'other', label: 'Other' },
    notKnown,
  ],
} as const satisfies CodeList
