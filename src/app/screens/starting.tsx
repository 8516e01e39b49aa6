import { Trans } from '@lingui/react/macro'
import { type ReactNode, useEffect } from 'react'
import { LockHead } from '../lock-head.tsx'
import { startWaitingVersion } from '../new-version.ts'
import { afterKept, leave, type Start } from '../starting-page.ts'

/**
 * The new version is starting and nothing else happens: nobody can type here, and nothing is sent or fetched meanwhile.
 * Where the browser keeps the older version, the page is left and loaded again: see [Note: Coming to rest].
 */
export function Starting({ start }: { readonly start: Start }): ReactNode {
  useEffect(() => {
    leave(async () => {
      const started = await startWaitingVersion(navigator.serviceWorker).catch(() => false)
      goTo(started ? '/' : afterKept(start))
    })
  }, [start])
  return (
    <main className="lock" aria-busy="true">
      <LockHead title={<Trans>The new version is starting</Trans>}>
        <Trans>Everything is saved on this tablet. This takes a few seconds, sometimes a minute.</Trans>
      </LockHead>
    </main>
  )
}

function goTo(next: string): void {
  if (new URL(next, location.href).pathname !== location.pathname) return location.replace(next)
  // Another end behind the # alone would load nothing.
  history.replaceState(null, '', next)
  location.reload()
}
