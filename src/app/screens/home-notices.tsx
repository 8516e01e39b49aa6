import { Plural, Trans } from '@lingui/react/macro'
import { TriangleAlert } from 'lucide-react'
import type { ReactNode } from 'react'
import { Button } from '../../ui/button.tsx'
import { Notice } from '../../ui/notice.tsx'
import { useHouse } from '../house.tsx'
import { useStorageKept } from '../use-storage-kept.ts'
import { SettingsChanged } from './settings-changed.tsx'

interface Props {
  readonly settingsChanged: boolean
  /** Closed cases that were removed at this unlock. */
  readonly overdue: number
  /** Cases of which the sealed copy made room at this unlock. */
  readonly letGo: number
  /** Cases of the team that cannot be opened before the next unlock. */
  readonly later: number
  /** Cases that others handed over. */
  readonly taken: number
  readonly onTakenRead: () => void
}

/** What happened while nobody was here: each said once, and only where it did. */
export function HomeNotices({ settingsChanged, overdue, letGo, later, taken, onTakenRead }: Props): ReactNode {
  const { go } = useHouse()
  return (
    <>
      {settingsChanged && (
        <SettingsChanged
          acts={
            <Button look="quiet" onClick={() => go({ name: 'settings' })}>
              <Trans>Take new settings or a new link</Trans>
            </Button>
          }
        />
      )}
      {overdue > 0 && (
        <Notice live="status">
          <Plural
            value={overdue}
            one="# closed case was removed from this tablet, as your organisation set. Your organisation has it."
            other="# closed cases were removed from this tablet, as your organisation set. Your organisation has them."
          />
        </Notice>
      )}
      {letGo > 0 && (
        <Notice live="status">
          <Plural
            value={letGo}
            one="This tablet is short of room: the sealed copy of # case that the receiver has had for more than 30 days has made some. The case itself stays here."
            other="This tablet is short of room: the sealed copies of # cases that the receiver has had for more than 30 days have made some. The cases themselves stay here."
          />
        </Notice>
      )}
      {later > 0 && (
        <Notice live="status">
          <Plural
            value={later}
            one="# case of the team opens from your next unlock on."
            other="# cases of the team open from your next unlock on."
          />
        </Notice>
      )}
      {taken > 0 && (
        <Notice
          live="status"
          acts={
            <Button look="quiet" onClick={onTakenRead}>
              <Trans>Good</Trans>
            </Button>
          }
        >
          <Plural
            value={taken}
            one="# case was given to you. It stands in your list."
            other="# cases were given to you. They stand in your list."
          />
        </Notice>
      )}
    </>
  )
}

/** Said while the browser has promised nothing: quietly, because it stands there every day. */
export function NothingPromised(): ReactNode {
  const kept = useStorageKept()
  if (kept !== false) return null
  return (
    <p className="saved attention">
      <TriangleAlert aria-hidden="true" />
      <span>
        <Trans>
          This browser may remove what is stored when the tablet runs short of space. Install Daybook as an app, and
          send finished cases soon.
        </Trans>
      </span>
    </p>
  )
}
