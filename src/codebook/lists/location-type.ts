import type { CodeList } from '../code-list.ts'
import { declined, notKnown } from './missing.ts'

export const locationType = {
  id: 'location-type',
  entries: [
    { code: 'private', label: 'Private residential' },
    { code: 'open', label: 'Open area, street or public transport' },
    { code: 'school', label: 'Schools and other educational institutions' },
    { code: 'prison', label: 'Prisons, penal or correctional institutions' },
    { code: 'care', label: 'Institutional care settings' },
    { code: 'commercial', label: 'Other commercial or public non-residential area' },
    { code: 'vessel', label: 'Vessel or other means of transport at sea', confidence: 'proposed' },
    { code: 'compound', label: 'Closed compound', confidence: 'proposed' },
    { code: 'other', label: 'Other' },
    notKnown,
    declined,
  ],
} as const satisfies CodeList
