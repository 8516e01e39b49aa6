import { Trans } from '@lingui/react/macro'
import { type ReactNode, useCallback, useEffect, useRef, useState } from 'react'
import { Button } from '../ui/button.tsx'
import { Notice } from '../ui/notice.tsx'
import type { OutboxView } from '../outbox/outbox.ts'
import type { AccountWish, SessionView, SetupWish, StartView } from '../vault/api.ts'
import type { VaultClient } from '../vault/vault-client.ts'
import { askToKeepStorage, type Lack, lacksOfBrowser } from './browser-check.ts'
import { type Delivery, startDelivery } from './delivery.ts'
import { lockWithOthers } from './lock.ts'
import { Opened } from './opened.tsx'
import { Lacking } from './screens/lacking.tsx'
import { NewAccount } from './screens/new-account.tsx'
import { SetupScreen } from './screens/setup.tsx'
import { UnlockScreen } from './screens/unlock.tsx'
import { Welcome } from './screens/welcome.tsx'
import { registerServiceWorker, type Updates } from './service-worker.ts'

/** Where the app is before, at and after the lock. */
type Stage =
  | { readonly at: 'starting' }
  | { readonly at: 'lacking'; readonly lacks: readonly Lack[] }
  | { readonly at: 'failed' }
  | { readonly at: 'welcome' }
  | { readonly at: 'setup'; readonly link: string }
  | { readonly at: 'set-up-already'; readonly start: StartView }
  | { readonly at: 'new-account'; readonly setup: SetupWish }
  | { readonly at: 'lock'; readonly start: StartView }
  | { readonly at: 'open'; readonly session: SessionView; readonly settingsChanged: boolean; readonly fresh: boolean }

const setupRoute = '#/setup/'

/** The set-up link in the address of this page; taken out of it at once. */
export function takeSetupLink(): string | undefined {
  const fragment = location.hash
  if (!fragment.startsWith(setupRoute)) return undefined
  history.replaceState(null, '', '/')
  return fragment
}

async function firstStage(vault: VaultClient['api'], link: string | undefined): Promise<Stage> {
  const lacks = await lacksOfBrowser()
  if (lacks.length > 0) return { at: 'lacking', lacks }
  const start = await vault.start()
  if (link !== undefined) return start.accounts.length > 0 ? { at: 'set-up-already', start } : { at: 'setup', link }
  return start.accounts.length > 0 ? { at: 'lock', start } : { at: 'welcome' }
}

interface Props {
  readonly client: VaultClient
  /** The set-up link that the page was opened with. */
  readonly link: string | undefined
}

export function App({ client, link }: Props): ReactNode {
  const { api: vault } = client
  const [stage, setStage] = useState<Stage>({ at: 'starting' })
  const [outbox, setOutbox] = useState<OutboxView>()
  const [updates, setUpdates] = useState<Updates>()
  const delivery = useRef<Delivery | undefined>(undefined)
  const cold = useRef(true)

  useEffect(() => {
    void firstStage(vault, link).then(setStage, () => setStage({ at: 'failed' }))
    registerServiceWorker((waiting) => {
      // Just opened and nothing typed yet: the new version may start at once.
      if (cold.current) waiting.accept()
      else setUpdates(waiting)
    })
    const stopLocking = lockWithOthers(client)
    let stopped = false
    void startDelivery(setOutbox).then((started) => {
      if (stopped) started.stop()
      else delivery.current = started
    })
    const linkPasted = () => {
      const pasted = takeSetupLink()
      if (pasted !== undefined)
        setStage((now) => (now.at === 'welcome' || now.at === 'setup' ? { at: 'setup', link: pasted } : now))
    }
    addEventListener('hashchange', linkPasted)
    const warm = () => {
      cold.current = false
    }
    addEventListener('keydown', warm, { capture: true, once: true })
    addEventListener('pointerdown', warm, { capture: true, once: true })
    return () => {
      stopped = true
      stopLocking()
      delivery.current?.stop()
      removeEventListener('hashchange', linkPasted)
    }
  }, [client, vault, link])

  const sendNow = useCallback(async () => void (await delivery.current?.sendNow()), [])
  const boxAdded = useCallback(() => delivery.current?.boxAdded(), [])

  const create = async (wish: AccountWish) => {
    const made = await vault.createAccount(wish)
    if (made.status === 'created') {
      void askToKeepStorage()
      boxAdded()
      setStage({ at: 'open', session: made.session, settingsChanged: false, fresh: true })
    }
    return made
  }
  const unlock = async (accountId: string, passphrase: Uint8Array<ArrayBuffer>) => {
    const answer = await vault.unlock(accountId, passphrase)
    if ('session' in answer)
      setStage({
        at: 'open',
        session: answer.session,
        settingsChanged: answer.status === 'settings-changed',
        fresh: false,
      })
    return answer
  }

  switch (stage.at) {
    case 'starting':
      return (
        <p className="lock small" role="status">
          <Trans>Opening …</Trans>
        </p>
      )
    case 'lacking':
      return <Lacking lacks={stage.lacks} />
    case 'failed':
      return <Failed />
    case 'welcome':
      return <Welcome onLink={(link) => setStage({ at: 'setup', link })} />
    case 'setup':
      return (
        <SetupScreen
          link={stage.link}
          onAccept={(setup) => setStage({ at: 'new-account', setup })}
          onBack={() => setStage({ at: 'welcome' })}
        />
      )
    case 'set-up-already':
      return <AlreadySetUp onContinue={() => setStage({ at: 'lock', start: stage.start })} />
    case 'new-account':
      return <NewAccount setup={stage.setup} circle={circleOf(stage.setup)} create={create} />
    case 'lock':
      return <UnlockScreen start={stage.start} waiting={outbox?.waiting ?? 0} unlock={unlock} />
    case 'open':
      return (
        <Opened
          client={client}
          session={stage.session}
          settingsChanged={stage.settingsChanged}
          outbox={outbox}
          updates={updates}
          sendNow={sendNow}
          boxAdded={boxAdded}
        />
      )
  }
}

/** Whose new cases are, as the organisation's settings say; they were verified when they were read. */
function circleOf(setup: SetupWish): 'me' | 'team' {
  const settings = JSON.parse(setup.configurationText.slice(setup.configurationText.indexOf('\n') + 1)) as {
    circle: 'me' | 'team'
  }
  return settings.circle
}

function Failed(): ReactNode {
  return (
    <main className="lock">
      <h1>
        <Trans>The storage of this browser did not open</Trans>
      </h1>
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

function AlreadySetUp({ onContinue }: { readonly onContinue: () => void }): ReactNode {
  return (
    <main className="lock">
      <h1>
        <Trans>This tablet is set up already</Trans>
      </h1>
      <Notice>
        <Trans>
          The link was not used and its code is still good. Nothing was changed: the accounts and cases on this tablet
          are as they were.
        </Trans>
      </Notice>
      <Button look="first" wide onClick={onContinue}>
        <Trans>Continue</Trans>
      </Button>
    </main>
  )
}
