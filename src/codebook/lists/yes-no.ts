import type { CodeList } from '../code-list.ts'
import { declined, notKnown } from './missing.ts'

export const yesNo = {
  id: 'yes-no',
  entries: [{ code: 'yes', label: 'Yes' }, { code: 'no', label: 'No' }, notKnown, declined],
} as const satisfies CodeList
