import type { CodeList } from '../code-list.ts'
import { declined, notKnown } from './missing.ts'

export const reintegration = {
  id: 'reintegration',
  entries: [
    { code: 'country', label: 'In the country where exploited or identified' },
    { code: 'home', label: 'Returned to country of citizenship or residence' },
    { code: 'third', label: 'Moved to a third country' },
    { code: 'pending', label: 'Not decided yet' },
    notKnown,
    declined,
  ],
} as const satisfies CodeList
