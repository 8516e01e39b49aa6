import type { CodeList } from '../code-list.ts'
import { declined, notKnown } from './missing.ts'

export const maritalStatus = {
  id: 'marital-status',
  entries: [
    { code: 'single', label: 'Single', definition: 'Never married and not in a registered partnership.' },
    { code: 'married', label: 'Married' },
    { code: 'widowed', label: 'Widowed' },
    { code: 'divorced', label: 'Divorced' },
    { code: 'separated', label: 'Separated', definition: 'Married but no longer living together.' },
    { code: 'partnership', label: 'Registered partnership' },
    notKnown,
    declined,
  ],
} as const satisfies CodeList
