import type { CodeList } from '../code-list.ts'
import { notApplicable, notKnown } from './missing.ts'

export const cybercrime = {
  id: 'cybercrime',
  entries: [
    { code: 'yes', label: 'Cybercrime-related' },
    { code: 'no', label: 'Non-cybercrime-related' },
    notApplicable,
    notKnown,
  ],
} as const satisfies CodeList
