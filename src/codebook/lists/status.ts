import type { CodeList } from '../code-list.ts'
import { notKnown } from './missing.ts'

export const status = {
  id: 'status',
  entries: [
    {
      code: 'presumed',
      label: 'Presumed (possible)',
      definition: 'There are indicators, but nobody entitled to decide has confirmed it.',
      confidence: 'adapted',
    },
    {
      code: 'confirmed',
      label: 'Confirmed (actual)',
      definition: 'An entity recognised for this has decided that it is trafficking.',
      confidence: 'adapted',
    },
    {
      code: 'negated',
      label: 'Not trafficking',
      definition: 'An entity recognised for this has decided that it is not trafficking.',
      confidence: 'adapted',
    },
    notKnown,
  ],
} as const satisfies CodeList
