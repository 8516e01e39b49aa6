import { Trans } from '@lingui/react/macro'
import type { ReactNode } from 'react'
import { Notice } from '../../ui/notice.tsx'
import { useHouse } from '../house.tsx'

/** The tablet's settings are not those that this account took; where it took none, a colleague has taken some since. */
export function SettingsChanged({ acts }: { readonly acts?: ReactNode }): ReactNode {
  const { session } = useHouse()
  if (session.hasSettings)
    return (
      <Notice look="must" acts={acts}>
        <Trans>
          Settings have been changed or are not from your organisation. Sending is stopped. Cases stay here.
        </Trans>
      </Notice>
    )
  return (
    <Notice look="warn" acts={acts}>
      <Trans>
        Somebody has set this tablet up since you were here. Look at the settings, compare the six words and accept them
        with your account, too. Until then you can go on recording, but not send.
      </Trans>
    </Notice>
  )
}
