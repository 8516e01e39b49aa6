import { Trans } from '@lingui/react/macro'
import { type ReactNode, useState } from 'react'
import { Button } from '../ui/button.tsx'
import { Notice } from '../ui/notice.tsx'
import { flushAll } from './leaving.ts'
import type { Updates } from './service-worker.ts'

/** Offers the version that waits; it starts once everything on the screen is saved. */
export function UpdateLine({ updates }: { readonly updates: Updates }): ReactNode {
  const [step, setStep] = useState<'offered' | 'starting' | 'not-saved'>('offered')
  const accept = async () => {
    setStep('starting')
    // What the tablet does not store now stays on the screen, and the version of today with it.
    if (await flushAll(10_000)) updates.accept()
    else setStep('not-saved')
  }
  return (
    <div className="update">
      <Notice
        live="status"
        acts={
          <Button look="quiet" disabled={step === 'starting'} onClick={() => void accept()}>
            {step === 'starting' ? <Trans>Starting …</Trans> : <Trans>Start it now</Trans>}
          </Button>
        }
      >
        <Trans>A new version is ready. It starts after you save; you will be asked for the passphrase again.</Trans>{' '}
        {step === 'offered' && updates.kept && (
          <Trans>
            It did not start: the browser still runs the older version. Nothing is lost. Close every tab of Daybook and
            open it again.
          </Trans>
        )}
        {step === 'not-saved' && <Trans>It did not start, because not everything is saved yet. Try again.</Trans>}
      </Notice>
    </div>
  )
}
