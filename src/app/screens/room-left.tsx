import { Trans } from '@lingui/react/macro'
import type { ReactNode } from 'react'
import { Notice } from '../../ui/notice.tsx'
import type { NewCase } from '../use-new-case.ts'

/** The tablet is nearly full: what is safe, what does not go any more, what to do. */
export function RoomLeft({ space, refused }: Pick<NewCase, 'space' | 'refused'>): ReactNode {
  return (
    <>
      {space === 'little' && (
        <Notice look="warn" live="status">
          <Trans>
            Less than 200 MB are left for Daybook on this tablet. The cases here are safe. Free some space, and send
            finished cases soon.
          </Trans>
        </Notice>
      )}
      {space === 'none' && (
        <Notice look="must" live="alert">
          <Trans>
            Less than 50 MB are left for Daybook on this tablet, so no new case can be begun. The cases here are safe,
            and you can go on with them. Free some space on the tablet.
          </Trans>
        </Notice>
      )}
      {refused && (
        <Notice look="must" live="alert">
          <Trans>
            The case could not be begun: the tablet did not store it. All other cases are safe. Free some space and try
            again.
          </Trans>
        </Notice>
      )}
    </>
  )
}
