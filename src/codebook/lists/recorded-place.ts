import type { CodeList } from '../code-list.ts'
import { notApplicableByRule, notKnown } from './missing.ts'

/** `adm` and `extra` name the two forms of the answer and are never stored themselves. */
export const recordedPlace = {
  id: 'recorded-place',
  entries: [
    {
      code: 'adm',
      label: 'Country and administrative division',
      definition: 'ISO 3166-1 country, ISO 3166-2 or national code for level 1, national code or name for level 2.',
    },
    {
      code: 'extra',
      label: 'Extraterritorial',
      definition: 'Recorded outside any national territory, for example on the high seas or in an embassy.',
    },
    notApplicableByRule,
    notKnown,
  ],
} as const satisfies CodeList
