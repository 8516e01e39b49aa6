import { Trans } from '@lingui/react/macro'
import type { ReactNode } from 'react'
import { Button } from '../../ui/button.tsx'
import { Notice } from '../../ui/notice.tsx'
import { LockHead } from '../lock-head.tsx'

/** Another tab still runs the version of before and keeps the storage; this one goes on by itself as soon as it can. */
export function Blocked(): ReactNode {
  return (
    <main className="lock">
      <LockHead title={<Trans>Daybook is open in another tab</Trans>} />
      <Notice look="warn" live="alert">
        <Trans>
          That tab still runs an older version, so this one has to wait. Nothing is lost. Close the other tabs of
          Daybook; this one then goes on by itself.
        </Trans>
      </Notice>
    </main>
  )
}

/** Another tab has begun with a newer version: this one has saved, has let go of every key, and is to be loaded again. */
export function MovedOn({ saved }: { readonly saved: boolean }): ReactNode {
  return (
    <main className="lock">
      <LockHead title={<Trans>A newer version runs in another tab</Trans>} />
      <Notice look={saved ? 'derived' : 'must'} live="alert">
        {saved ? (
          <Trans>What was written here is saved. Load this page again to go on with the new version.</Trans>
        ) : (
          <Trans>
            The last words that were written here could not be saved; everything before them is. Load this page again to
            go on with the new version.
          </Trans>
        )}
      </Notice>
      <Button look="first" wide onClick={() => location.reload()}>
        <Trans>Load again</Trans>
      </Button>
    </main>
  )
}
