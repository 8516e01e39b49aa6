import { Trans } from '@lingui/react/macro'
import { type ReactNode, useEffect } from 'react'
import { LockHead } from '../lock-head.tsx'
import { startWaitingVersion } from '../new-version.ts'
import { keptFragment } from '../starting-page.ts'

/** The new version is starting and nothing else happens: nobody can type here, and nothing is sent or fetched meanwhile. */
export function Starting(): ReactNode {
  useEffect(() => {
    const open = (started: boolean) => location.replace(started ? '/' : `/${keptFragment}`)
    void startWaitingVersion(navigator.serviceWorker).then(open, () => open(false))
  }, [])
  return (
    <main className="lock" aria-busy="true">
      <LockHead title={<Trans>The new version is starting</Trans>}>
        <Trans>Everything is saved on this tablet. This takes a few seconds, sometimes a minute.</Trans>
      </LockHead>
    </main>
  )
}
