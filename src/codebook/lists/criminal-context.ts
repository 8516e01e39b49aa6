import type { CodeList } from '../code-list.ts'
import { notApplicable, notKnown } from './missing.ts'

export const criminalContext = {
  id: 'criminal-context',
  entries: [
    { code: 'organized', label: 'Organized crime-related' },
    { code: 'gang', label: 'Gang-related' },
    { code: 'corporate', label: 'Corporate crime-related' },
    { code: 'family', label: 'Intimate partner/family-related' },
    { code: 'terrorism', label: 'Terrorism-related' },
    { code: 'unrest', label: 'Civil unrest' },
    { code: 'other', label: 'Other crime' },
    notApplicable,
    notKnown,
  ],
} as const satisfies CodeList
