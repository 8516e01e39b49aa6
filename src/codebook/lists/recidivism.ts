import type { CodeList } from '../code-list.ts'
import { notApplicable, notKnown } from './missing.ts'

export const recidivism = {
  id: 'recidivism',
  entries: [{ code: 'yes', label: 'Recidivist' }, { code: 'no', label: 'Non-recidivist' }, notApplicable, notKnown],
} as const satisfies CodeList
