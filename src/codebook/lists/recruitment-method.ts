import type { CodeList } from '../code-list.ts'
import { declined, notKnown } from './missing.ts'

export const recruitmentMethod = {
  id: 'recruitment-method',
  entries: [
    { code: 'business', label: 'At a place of business' },
    { code: 'school', label: 'At an educational institution' },
    { code: 'work', label: 'At work' },
    { code: 'social_net', label: 'Through online social networks' },
    { code: 'online_ad', label: 'Through an online advertisement' },
    { code: 'tv_ad', label: 'Through a television advert' },
    { code: 'paper_ad', label: 'Through a newspaper advert' },
    { code: 'family', label: 'Through family or family events' },
    { code: 'friends', label: 'Through friends or social events' },
    { code: 'other', label: 'Other' },
    notKnown,
    declined,
  ],
} as const satisfies CodeList
