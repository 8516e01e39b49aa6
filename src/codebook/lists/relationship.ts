import type { CodeList } from '../code-list.ts'
import { declined } from './missing.ts'

/** ICCS ViP. The order is our proposed priority: if several apply, the closest one is chosen. */
export const relationship = {
  id: 'relationship',
  entries: [
    { code: 'cur_partner', label: 'Current intimate partner/spouse' },
    { code: 'ex_partner', label: 'Former intimate partner/spouse' },
    { code: 'blood_rel', label: 'Blood relative' },
    { code: 'household', label: 'Other household member' },
    { code: 'friend', label: 'Friend' },
    { code: 'acquaint', label: 'Acquaintance' },
    { code: 'work', label: 'Colleague/work relationship' },
    { code: 'authority', label: 'Authority/care relationship (doctor, nurse, police, etc.)' },
    { code: 'other_known', label: 'Other offender known to victim' },
    { code: 'unknown_off', label: 'Offender unknown to victim' },
    { code: 'nk', label: 'Relationship not known', missing: true },
    declined,
  ],
} as const satisfies CodeList
