import { Trans, useLingui } from '@lingui/react/macro'
import { FileText, MoveRight, ScanLine } from 'lucide-react'
import { lazy, type ReactNode, Suspense, useCallback, useEffect, useState } from 'react'
import { withWords } from '../../i18n/with-words.ts'
import { Button } from '../../ui/button.tsx'
import { FileInput } from '../../ui/file-input.tsx'
import { Notice } from '../../ui/notice.tsx'
import { TextInput } from '../../ui/text-input.tsx'
import type { ConfigurationSet } from '../../vault/api.ts'
import type { FetchedSetup } from '../fetch-setup.ts'
import { useHouse } from '../house.tsx'
import { TopBar } from '../top-bar.tsx'
import { HowItIsSet } from './how-it-is-set.tsx'
import { SelfTest } from './self-test.tsx'
import { FoundCard, LeadActs, useMoreSettings } from './settings-more.tsx'
import { Outcome } from './settings-outcome.tsx'
import { SettingsChanged } from './settings-changed.tsx'
import { type FoundSetup, MissedSetup, SetupCard } from './setup-card.tsx'

/** Each is fetched by who wants it. */
const Scan = lazy(async () => ({ default: (await withWords(import('./scan.tsx'))).Scan }))
const ByHand = lazy(async () => ({ default: (await withWords(import('./by-hand.tsx'))).ByHand }))
const NextTablet = lazy(async () => ({ default: (await withWords(import('./next-tablet.tsx'))).NextTablet }))

/** New settings for a tablet that has accounts: a link or a file is looked at, compared, and only then taken. */
export function SettingsScreen(): ReactNode {
  const { vault, organisation, offeredLink, forgetLink, settingsTaken, go } = useHouse()
  const [found, setFound] = useState<FetchedSetup | 'loading'>()
  const [outcome, setOutcome] = useState<ConfigurationSet>()
  const look = useCallback(async (text: string, how: 'link' | 'file') => {
    setOutcome(undefined)
    setFound('loading')
    const { fetchSetup, setupInFile } = await import('../fetch-setup.ts')
    setFound(await (how === 'link' ? fetchSetup(text) : setupInFile(text)))
  }, [])
  const [view, setView] = useState<'by-hand' | 'next-tablet'>()
  useEffect(() => {
    if (offeredLink === undefined) return
    setView(undefined)
    void look(offeredLink, 'link')
  }, [offeredLink, look])
  const leave = () => {
    forgetLink()
    setFound(undefined)
  }
  const more = useMoreSettings()
  const settle = async (setting: Promise<ConfigurationSet>) => {
    const done = await setting.catch((): ConfigurationSet => ({ status: 'not-saved', reason: 'store' }))
    if (done.status === 'set') await settingsTaken()
    setOutcome(done)
    if (done.status === 'not-saved') return
    leave()
    setView(undefined)
  }
  const take = async ({ setup, code }: FoundSetup) =>
    await settle(vault.setConfiguration(setup.configurationText, setup.profileText, code))
  if (view === 'by-hand' && more.hand?.status === 'offered')
    return (
      <Aside>
        {outcome && <Outcome outcome={outcome} />}
        <ByHand
          hand={more.hand}
          onDone={(done) => void settle(Promise.resolve(done))}
          onClose={() => setView(undefined)}
        />
      </Aside>
    )
  if (view === 'next-tablet' && more.setup?.status === 'ready')
    return (
      <Aside>
        <NextTablet setup={more.setup} onClose={() => setView(undefined)} />
      </Aside>
    )
  return (
    <>
      <TopBar title={<Trans>Settings of the organisation</Trans>} />
      <main className="page narrow">
        <Now />
        {outcome && <Outcome outcome={outcome} />}
        {found === undefined && more.found && (
          <FoundCard found={more.found} onAccept={(text) => void settle(vault.setConfiguration(text))} />
        )}
        {found === undefined && <Choose onLook={(text, how) => void look(text, how)} />}
        {found === 'loading' && (
          <p role="status">
            <Trans>Loading the settings of your organisation …</Trans>
          </p>
        )}
        {typeof found === 'object' && found.status === 'found' && (
          <>
            <SetupCard
              found={found}
              {...(organisation && !organisation.byHand && { versionNow: organisation.configVersion })}
            />
            <Consequence />
            <div className="together">
              <Button look="first" onClick={() => void take(found)}>
                <Trans>The words agree: accept</Trans> <MoveRight className="onward" aria-hidden="true" />
              </Button>
              <Button look="quiet" onClick={leave}>
                <Trans>Not my organisation</Trans>
              </Button>
            </div>
          </>
        )}
        {typeof found === 'object' && found.status !== 'found' && (
          <>
            <Notice look="must" live="alert">
              <MissedSetup found={found} />
            </Notice>
            <div className="together">
              {found.status === 'unreachable' && offeredLink !== undefined && (
                <Button look="first" onClick={() => void look(offeredLink, 'link')}>
                  <Trans>Try again</Trans>
                </Button>
              )}
              <Button onClick={leave}>
                <Trans>Use another link</Trans>
              </Button>
            </div>
          </>
        )}
        {outcome?.status === 'set' && (
          <Button className="at-start" onClick={() => go({ name: 'home' })}>
            <Trans>All cases</Trans>
          </Button>
        )}
        {found === undefined && (
          <>
            <LeadActs more={more} onView={setView} />
            {organisation && <SelfTest />}
          </>
        )}
      </main>
    </>
  )
}

function Aside({ children }: { readonly children: ReactNode }): ReactNode {
  return (
    <>
      <TopBar title={<Trans>Settings of the organisation</Trans>} />
      <main className="page narrow">
        <Suspense>{children}</Suspense>
      </main>
    </>
  )
}

function Now(): ReactNode {
  const { organisation, settingsChanged } = useHouse()
  if (settingsChanged) return <SettingsChanged />
  if (!organisation)
    return (
      <Notice>
        <Trans>No organisation is set up. Finished cases stay on this tablet only.</Trans>
      </Notice>
    )
  return (
    <section className="card stack">
      <h2>
        <Trans>Your organisation</Trans>
      </h2>
      <dl className="facts">
        <dt>
          <Trans>Name</Trans>
        </dt>
        <dd>
          <bdi>{organisation.name}</bdi>
        </dd>
        <HowItIsSet organisation={organisation} />
      </dl>
    </section>
  )
}

function Choose({ onLook }: { readonly onLook: (text: string, how: 'link' | 'file') => void }): ReactNode {
  const { t } = useLingui()
  const [link, setLink] = useState('')
  const [scanning, setScanning] = useState(false)
  const use = useCallback((scanned: string) => onLook(scanned, 'link'), [onLook])
  if (scanning)
    return (
      <Suspense>
        <Scan onLink={use} onClose={() => setScanning(false)} />
      </Suspense>
    )
  return (
    <form
      className="stack"
      onSubmit={(event) => {
        event.preventDefault()
        onLook(link, 'link')
      }}
    >
      <TextInput
        label={t`Set-up link from your organisation`}
        help={t`Open the link itself in this browser, or paste it here.`}
        value={link}
        onChange={setLink}
      />
      <div className="together">
        <Button look="first" type="submit" disabled={link.trim() === ''}>
          <Trans>Continue</Trans>
        </Button>
        <Button onClick={() => setScanning(true)}>
          <ScanLine aria-hidden="true" /> <Trans>Scan a code</Trans>
        </Button>
        <FileInput onFile={(file) => void file.text().then((text) => onLook(text, 'file'))}>
          <FileText aria-hidden="true" /> <Trans>Choose its file instead</Trans>
        </FileInput>
      </div>
    </form>
  )
}

/** What accepting would do, before it is done. */
function Consequence(): ReactNode {
  const { organisation, settingsChanged } = useHouse()
  return (
    <p>
      {organisation || settingsChanged ? (
        <Trans>
          From then on finished cases are sealed and sent as these settings say. What waits to be sent stays sealed as
          it is. Your accounts and cases stay.
        </Trans>
      ) : (
        <Trans>
          Cases that were finished before are then sealed for this organisation and sent, too. Drafts stay with you.
        </Trans>
      )}
    </p>
  )
}
