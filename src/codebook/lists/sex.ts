import type { CodeList } from '../code-list.ts'
import { declined, notApplicableByRule, notKnown } from './missing.ts'

export const sex = {
  id: 'sex',
  entries: [
    { code: 'm', label: 'Male' },
    { code: 'f', label: 'Female' },
    {
      code: 'x',
      label: 'Other or unspecified marker on the document (X)',
      definition: 'The document itself shows X or another marker that is neither male nor female.',
      confidence: 'proposed',
    },
    {
      code: 'nodoc',
      label: 'No document, or document not seen',
      definition: 'There is no official document, or nobody could look at it. Counted as Not known in exports.',
      confidence: 'proposed',
    },
    notKnown,
    notApplicableByRule,
    declined,
  ],
} as const satisfies CodeList
