import type { CodeList } from '../code-list.ts'
import { declined, notKnown } from './missing.ts'

/** ISCED 2011, levels 0 to 9; `none` is ours. */
export const education = {
  id: 'education',
  entries: [
    {
      code: 'none',
      label: 'No schooling, or less than primary',
      definition: 'Never attended, or left before completing primary level.',
      confidence: 'proposed',
    },
    { code: '0', label: 'Early childhood education' },
    { code: '1', label: 'Primary education' },
    { code: '2', label: 'Lower secondary education' },
    { code: '3', label: 'Upper secondary education' },
    { code: '4', label: 'Post-secondary non-tertiary education' },
    { code: '5', label: 'Short-cycle tertiary education' },
    { code: '6', label: "Bachelor's or equivalent level" },
    { code: '7', label: "Master's or equivalent level" },
    { code: '8', label: 'Doctoral or equivalent level' },
    { code: '9', label: 'Not elsewhere classified' },
    notKnown,
    declined,
  ],
} as const satisfies CodeList
