import { Trans } from '@lingui/react/macro'
import { MoveRight } from 'lucide-react'
import { type ReactNode, useEffect, useState } from 'react'
import { hasReceiver } from '../../batch/configuration.ts'
import { Button } from '../../ui/button.tsx'
import { Notice } from '../../ui/notice.tsx'
import type { SetupWish } from '../../vault/api.ts'
import type { FetchedSetup } from '../fetch-setup.ts'
import { LanguageChoice } from '../language-choice.tsx'
import { type FoundSetup, type Missed, MissedSetup, SetupCard } from './setup-card.tsx'

interface Props {
  readonly link: string
  readonly onAccept: (setup: SetupWish) => void
  readonly onBack: () => void
}

/** Who wants to set this tablet up, in words that can be compared aloud; nothing is kept before it is accepted. */
export function SetupScreen({ link, onAccept, onBack }: Props): ReactNode {
  const [found, setFound] = useState<FetchedSetup>()
  const [attempt, setAttempt] = useState(0)
  useEffect(() => {
    let here = true
    setFound(undefined)
    void import('../fetch-setup.ts')
      .then(async ({ fetchSetup }) => await fetchSetup(link))
      .then((result) => here && setFound(result))
    return () => {
      here = false
    }
  }, [link, attempt])
  return (
    <main className="page narrow">
      <LanguageChoice />
      {found === undefined && (
        <p role="status">
          <Trans>Loading the settings of your organisation …</Trans>
        </p>
      )}
      {found?.status === 'found' && <Accept found={found} onAccept={onAccept} onBack={onBack} />}
      {found !== undefined && found.status !== 'found' && (
        <Failed found={found} onBack={onBack} onAgain={() => setAttempt(attempt + 1)} />
      )}
    </main>
  )
}

function Accept({ found, onAccept, onBack }: { readonly found: FoundSetup } & Omit<Props, 'link'>): ReactNode {
  const { configurationText, profileText } = found.setup
  const accept = () =>
    onAccept({ configurationText, profileText, ...(found.code !== undefined && { enrolCode: found.code }) })
  return (
    <>
      <header className="stack">
        <h1>
          <Trans>Set this tablet up</Trans>
        </h1>
        <p>
          <Trans>Cases recorded here will be sealed so that only this organisation can open them.</Trans>
        </p>
      </header>
      <SetupCard found={found} />
      <p className="small">
        {hasReceiver(found.setup.configuration) ? (
          <Trans>
            Without the network it works just the same: what is finished waits on this tablet and leaves later.
          </Trans>
        ) : (
          <Trans>No network is needed: what is finished waits on this tablet until you save it as a sealed file.</Trans>
        )}
      </p>
      <div className="together">
        <Button look="first" onClick={accept}>
          <Trans>The words agree: accept</Trans> <MoveRight className="onward" aria-hidden="true" />
        </Button>
        <Button look="quiet" onClick={onBack}>
          <Trans>Not my organisation</Trans>
        </Button>
      </div>
    </>
  )
}

function Failed({
  found,
  onBack,
  onAgain,
}: {
  readonly found: Missed
  readonly onBack: () => void
  readonly onAgain: () => void
}) {
  return (
    <>
      <h1>
        <Trans>This tablet is not set up yet</Trans>
      </h1>
      <Notice look="must" live="alert">
        <MissedSetup found={found} />
      </Notice>
      <div className="together">
        {found.status === 'unreachable' && (
          <Button look="first" onClick={onAgain}>
            <Trans>Try again</Trans>
          </Button>
        )}
        <Button onClick={onBack}>
          <Trans>Use another link</Trans>
        </Button>
      </div>
    </>
  )
}
