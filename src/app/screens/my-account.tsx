import { Trans } from '@lingui/react/macro'
import { DoorOpen } from 'lucide-react'
import { type ReactNode, useCallback, useEffect, useState } from 'react'
import { Button } from '../../ui/button.tsx'
import type { BeforeWipe } from '../../vault/api.ts'
import { useHouse } from '../house.tsx'
import { TopBar } from '../top-bar.tsx'
import { ChangePassphrase } from './change-passphrase.tsx'
import { EraseAccount, EraseTablet } from './erase.tsx'
import { PinCard } from './pin-card.tsx'
import { WipePassphraseCard } from './wipe-passphrase-card.tsx'

/** What an account does for itself: other keys to it, and its end. */
export function MyAccount(): ReactNode {
  const { vault, session, organisation, go } = useHouse()
  const [before, setBefore] = useState<BeforeWipe>()
  const look = useCallback(async () => await vault.beforeWipe().then(setBefore, () => undefined), [vault])
  useEffect(() => void look(), [look])
  return (
    <>
      <TopBar title={<Trans>My account</Trans>} />
      <main className="page narrow">
        <p>
          <Trans>
            Open: <bdi>{session.label}</bdi>
          </Trans>
        </p>
        <ChangePassphrase />
        <PinCard />
        {(organisation?.wipePassphrase || session.hasWipePassphrase) && <WipePassphraseCard />}
        <Button className="at-start" onClick={() => go({ name: 'leaving' })}>
          <DoorOpen aria-hidden="true" /> <Trans>I am leaving …</Trans>
        </Button>
        {before && <EraseAccount before={before} look={look} />}
        {before?.lead && <EraseTablet before={before} look={look} />}
      </main>
    </>
  )
}
