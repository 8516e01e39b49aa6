import { Trans } from '@lingui/react/macro'
import type { ReactNode } from 'react'
import { Button } from '../../ui/button.tsx'
import { Notice } from '../../ui/notice.tsx'
import { LockHead } from '../lock-head.tsx'

/** The vault did not start: said without guessing, and with a way on. */
export function Failed(): ReactNode {
  return (
    <main className="lock">
      <LockHead title={<Trans>The storage of this browser did not open</Trans>} />
      <Notice look="must" live="alert">
        <Trans>
          Nothing was deleted. Close other tabs of Daybook and try again; if it stays so, restart the tablet. It may be
          full.
        </Trans>
      </Notice>
      <Button look="first" onClick={() => location.reload()}>
        <Trans>Try again</Trans>
      </Button>
    </main>
  )
}

/** A set-up link was opened on a tablet that has accounts. */
export function AlreadySetUp({ onContinue }: { readonly onContinue: () => void }): ReactNode {
  return (
    <main className="lock">
      <LockHead title={<Trans>This tablet is set up already</Trans>} />
      <Notice>
        <Trans>
          The link was not used yet and nothing was changed. Unlock: Daybook then shows what the link would change, and
          asks you.
        </Trans>
      </Notice>
      <Button look="first" wide onClick={onContinue}>
        <Trans>Continue</Trans>
      </Button>
    </main>
  )
}
