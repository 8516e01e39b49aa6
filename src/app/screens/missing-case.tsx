import { Trans } from '@lingui/react/macro'
import type { ReactNode } from 'react'
import { Button } from '../../ui/button.tsx'
import { Notice } from '../../ui/notice.tsx'
import { useHouse } from '../house.tsx'
import { TopBar } from '../top-bar.tsx'

/** In the place of a case that does not open. */
export function MissingCase(): ReactNode {
  const { go } = useHouse()
  return (
    <>
      <TopBar title={<Trans>This case</Trans>} />
      <main className="page narrow">
        <Notice look="must">
          <Trans>This case cannot be opened. The others are fine. Keep the tablet and contact your lead.</Trans>
        </Notice>
        <Button onClick={() => go({ name: 'home' })}>
          <Trans>All cases</Trans>
        </Button>
      </main>
    </>
  )
}
