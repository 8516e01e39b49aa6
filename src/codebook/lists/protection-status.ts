import type { CodeList } from '../code-list.ts'
import { declined, notKnown } from './missing.ts'

export const protectionStatus = {
  id: 'protection-status',
  entries: [
    { code: 'none', label: 'None', confidence: 'proposed' },
    { code: 'asylum', label: 'Asylum seeker' },
    { code: 'refugee', label: 'Refugee' },
    { code: 'complementary', label: 'Recipient of complementary protection' },
    { code: 'stateless', label: 'Stateless person' },
    notKnown,
    declined,
  ],
} as const satisfies CodeList
