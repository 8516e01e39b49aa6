import { Trans } from '@lingui/react/macro'
import type { ReactNode } from 'react'
import { Button } from '../../ui/button.tsx'
import { Notice } from '../../ui/notice.tsx'
import { useHouse } from '../house.tsx'

/** Above a case that another tab has open. */
export function ReadOnlyHere(): ReactNode {
  return (
    <Notice look="warn" live="status">
      <Trans>Open in another tab: read only here. Close it there, then open the case again.</Trans>
    </Notice>
  )
}

/** Above a case that another tab has written in all the same. */
export function WrittenTwice(): ReactNode {
  const { go } = useHouse()
  return (
    <Notice
      look="warn"
      live="alert"
      acts={
        <Button look="quiet" onClick={() => go({ name: 'home' })}>
          <Trans>All cases</Trans>
        </Button>
      }
    >
      <Trans>
        Two versions exist. Both were kept: you are writing in the second one, which stands in the list beside the case.
      </Trans>
    </Notice>
  )
}
