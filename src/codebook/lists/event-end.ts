import type { CodeList } from '../code-list.ts'
import { declined, notKnown } from './missing.ts'

export const eventEnd = {
  id: 'event-end',
  entries: [
    {
      code: 'ongoing',
      label: 'Still going on',
      definition: 'The event had not ended when it was recorded.',
      confidence: 'proposed',
    },
    notKnown,
    declined,
  ],
} as const satisfies CodeList
