import type { CodeList } from '../code-list.ts'
import { declined, notKnown } from './missing.ts'

/** HTCDS writes "Transferred individual" and means that the perpetrator transferred a person: `display` says so. */
export const role = {
  id: 'role',
  entries: [
    { code: 'travel_partner', label: 'Travelling partner' },
    { code: 'transporter', label: 'Transporter' },
    { code: 'recruiter', label: 'Recruiter or intermediary' },
    { code: 'broker', label: 'Broker/travel agent' },
    { code: 'transferred', label: 'Transferred individual', display: 'Transferred a person' },
    { code: 'harboured', label: 'Harboured individual', display: 'Harboured a person' },
    { code: 'sold', label: 'Sold individual', display: 'Sold a person' },
    { code: 'bought', label: 'Bought individual', display: 'Bought a person' },
    { code: 'received', label: 'Received individual', display: 'Received a person' },
    { code: 'controlled', label: 'Controlled individual', display: 'Controlled a person' },
    { code: 'smuggler', label: 'Smuggler' },
    { code: 'abuser', label: 'Abuser' },
    { code: 'kidnapper', label: 'Kidnapper' },
    { code: 'exploiter', label: 'Exploiter' },
    {
      code: 'other',
      label: 'Other',
      definition: 'Another role; describe it without naming anybody.',
      freeText: 'optional',
    },
    notKnown,
    declined,
  ],
} as const satisfies CodeList
