import type { CodeList } from '../code-list.ts'
import { declined, notKnown } from './missing.ts'

export const onlinePlatform = {
  id: 'online-platform',
  entries: [
    { code: 'social', label: 'Social network' },
    { code: 'messenger', label: 'Messaging service' },
    { code: 'jobs', label: 'Job or agency site' },
    { code: 'classified', label: 'Classified advertisements' },
    { code: 'dating', label: 'Dating service' },
    { code: 'gaming', label: 'Game or game chat' },
    { code: 'content', label: 'Video, streaming or adult content service' },
    { code: 'other', label: 'Other' },
    notKnown,
    declined,
  ],
} as const satisfies CodeList
