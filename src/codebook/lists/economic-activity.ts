import type { CodeList } from '../code-list.ts'
import { declined, notApplicable, notKnown } from './missing.ts'

/** ICCS EASt, labels shortened. */
const activities = [
  { code: 'employee', label: 'Dependent employment' },
  { code: 'own_account', label: 'Self-employed without employees' },
  { code: 'employer', label: 'Employer' },
  { code: 'unemployed', label: 'Unemployed' },
  { code: 'student', label: 'Student/apprentice' },
  { code: 'housekeeper', label: 'Housekeeper' },
  { code: 'retired', label: 'Retired/disabled' },
] as const

export const economicActivityOfVictim = {
  id: 'economic-activity-of-victim',
  entries: [...activities, notKnown, declined],
} as const satisfies CodeList

export const economicActivityOfPerpetrator = {
  id: 'economic-activity-of-perpetrator',
  entries: [...activities, notKnown, notApplicable],
} as const satisfies CodeList
