import type { CodeList } from '../code-list.ts'
import { declined, notApplicableByRule, notKnown } from './missing.ts'

export const citizenshipOfVictim = {
  id: 'citizenship-of-victim',
  entries: [
    {
      code: 'stateless',
      label: 'Stateless',
      definition: 'Not considered a national by any State.',
      confidence: 'proposed',
    },
    notKnown,
    declined,
  ],
} as const satisfies CodeList

export const citizenshipOfPerpetrator = {
  id: 'citizenship-of-perpetrator',
  entries: [{ code: 'stateless', label: 'Stateless', confidence: 'proposed' }, notKnown, notApplicableByRule],
} as const satisfies CodeList
