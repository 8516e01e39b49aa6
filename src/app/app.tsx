import { useLingui } from '@lingui/react'
import { Trans } from '@lingui/react/macro'
import { lazy, type ReactNode, Suspense, useCallback, useEffect, useMemo, useState } from 'react'
import { withFirstWords, withWords } from '../i18n/with-words.ts'
import { keepFocus } from '../ui/kept-focus.ts'
import { activateAtLock, isLocale } from '../i18n/i18n.ts'
import { later, OnItsWay, useFetchAhead } from '../ui/later.tsx'
import type { AccountWish, SessionView, SetupWish, StartView } from '../vault/api.ts'
import type { VaultClient } from '../vault/vault-client.ts'
import { askToKeepStorage, type Lack, lacksOfBrowser } from './browser-check.ts'
import type { Screen } from './house.tsx'
import { KeptLanguage } from './language-choice.tsx'
import { countDiagnostic } from './diagnostics.ts'
import { hadData, noteHadData } from './had-data.ts'
import { flushAll } from './leaving.ts'
import { AlreadySetUp, Failed } from './screens/standing.tsx'
import { UnlockScreen } from './screens/unlock.tsx'
import { useErasedElsewhere } from './erased-elsewhere.ts'
import type { AtWork, People } from './people.ts'
import type { Surroundings } from './use-surroundings.ts'

// A tablet sees these once; the lock screen does not wait for them.
const Lacking = lazy(async () => ({ default: (await withWords(import('./screens/lacking.tsx'))).Lacking }))
const Removed = lazy(async () => ({ default: (await withWords(import('./screens/removed.tsx'))).Removed }))
const Blocked = lazy(async () => ({ default: (await withWords(import('./screens/other-tabs.tsx'))).Blocked }))
const MovedOn = later(async () => (await withWords(import('./screens/other-tabs.tsx'))).MovedOn, <Opening />)
const Welcome = lazy(async () => ({ default: (await withWords(import('./screens/welcome.tsx'))).Welcome }))
const SetupScreen = lazy(async () => ({ default: (await withWords(import('./screens/setup.tsx'))).SetupScreen }))
const NewAccount = lazy(async () => ({ default: (await withWords(import('./screens/new-account.tsx'))).NewAccount }))

const Cover = lazy(async () => ({ default: (await withWords(import('./screens/cover.tsx'))).Cover }))

const Opened = later(async () => (await withFirstWords(import('./opened.tsx'))).Opened, <Opening />)

/** Where the app is before, at and after the lock. */
export type Stage =
  | { readonly at: 'starting' }
  | { readonly at: 'lacking'; readonly lacks: readonly Lack[] }
  | { readonly at: 'failed' }
  /** Another tab holds the database in an older structure. */
  | { readonly at: 'blocked' }
  /** Another tab has the database in a newer structure. */
  | { readonly at: 'moved-on'; readonly saved: boolean }
  /** There were accounts, and the browser has removed them. */
  | { readonly at: 'removed'; readonly link: string | undefined }
  | { readonly at: 'welcome' }
  | { readonly at: 'setup'; readonly link: string }
  | { readonly at: 'set-up-already'; readonly start: StartView }
  | { readonly at: 'new-account'; readonly setup?: SetupWish }
  | { readonly at: 'lock'; readonly start: StartView }
  /** Beside others that this tablet has. */
  | { readonly at: 'another-account'; readonly start: StartView }
  | {
      readonly at: 'open'
      readonly session: SessionView
      readonly settingsChanged: boolean
      readonly screen?: Screen
      readonly firstRun?: boolean
      readonly setUp?: boolean
      readonly alone?: boolean
    }

const setupRoute = '#/setup/'

/** The set-up link in the address of this page; taken out of it at once. */
export function takeSetupLink(): string | undefined {
  const fragment = location.hash
  if (!fragment.startsWith(setupRoute)) return undefined
  history.replaceState(null, '', '/')
  return fragment
}

async function firstStage(vault: VaultClient['api'], link: string | undefined): Promise<Stage> {
  const lacks = await lacksOfBrowser(vault)
  if (lacks.length > 0) return { at: 'lacking', lacks }
  const start = await vault.start()
  const { language = '' } = start.device
  // Not loaded for some reason: the browser's language, or English, is better than no app.
  if (isLocale(language)) await activateAtLock(language).catch(() => undefined)
  if (start.accounts.length === 0) return hadData() ? { at: 'removed', link } : firstRun(link)
  return link === undefined ? { at: 'lock', start } : { at: 'set-up-already', start }
}

interface Props {
  readonly client: VaultClient
  /** The set-up link that the page was opened with. */
  readonly link: string | undefined
  readonly surroundings: Surroundings
  readonly people: People
  /** The account is open and was covered: it goes on where it was. */
  readonly resume?: AtWork
}

/** The app of one person: from the lock to the lock. */
export function App({ client, link, surroundings, people, resume }: Props): ReactNode {
  const { api: vault } = client
  // Wording of the codebook is asked for by functions, not through the context: everything is drawn anew.
  useLingui()
  const keepLanguage = useCallback(async (locale: string) => await vault.setLanguage(locale), [vault])
  const [stage, setStage] = useState<Stage>(resume ? { at: 'open', ...resume } : { at: 'starting' })
  useConnectionNews(client, setStage)
  const [offeredLink, setOfferedLink] = useState(link)
  const forgetLink = useCallback(() => setOfferedLink(undefined), [])
  const [goesOn] = useState(resume !== undefined)
  useEffect(() => {
    if (!goesOn) void firstStage(vault, link).then(setStage, () => setStage({ at: 'failed' }))
  }, [vault, link, goesOn])
  useEffect(() => keepFocus(), [])
  usePastedLink(setStage, setOfferedLink)
  const openAccount = stage.at === 'open' ? stage.session.accountId : undefined
  const startAnew = useCallback(() => {
    const locked = (start: StartView) => setStage((now) => (now.at === 'lock' ? { at: 'lock', start } : now))
    void vault.start().then(locked, () => undefined)
  }, [vault])
  useErasedElsewhere({ client, open: openAccount, people, startAnew })

  const create = async (wish: AccountWish) => {
    const made = await vault.createAccount(wish)
    if (made.status === 'created') {
      void askToKeepStorage()
      noteHadData()
      surroundings.boxAdded()
      setOfferedLink(undefined)
      const alone = !wish.setup && !(stage.at === 'another-account' && stage.start.device.configured)
      const { session } = made
      setStage({ at: 'open', session, settingsChanged: false, firstRun: true, setUp: wish.setup !== undefined, alone })
    }
    return made
  }
  const unlock = async (accountId: string, passphrase: Uint8Array<ArrayBuffer>) => {
    // Counting the attempt needs the disk, which may be full.
    const answer = await vault.unlock(accountId, passphrase).catch(() => undefined)
    if (!answer) setStage({ at: 'failed' })
    else if ('session' in answer) {
      noteHadData()
      setStage({ at: 'open', session: answer.session, settingsChanged: answer.status === 'settings-changed' })
    }
    return answer
  }
  const screen = (): ReactNode => {
    switch (stage.at) {
      case 'starting':
        return surroundings.blocked ? <Blocked /> : <Opening />
      case 'lacking':
        return <Lacking lacks={stage.lacks} />
      case 'failed':
        return <Failed />
      case 'blocked':
        return <Blocked />
      case 'moved-on':
        return <MovedOn saved={stage.saved} />
      case 'removed':
        return <Removed onContinue={() => setStage(firstRun(stage.link))} />
      case 'welcome':
        return (
          <Welcome
            onLink={(pasted) => setStage({ at: 'setup', link: pasted })}
            onAlone={() => setStage({ at: 'new-account' })}
          />
        )
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
        return stage.setup ? (
          <NewAccount setup={stage.setup} circle={circleOf(stage.setup)} create={create} />
        ) : (
          <NewAccount create={create} />
        )
      case 'lock':
        return (
          <Locked
            start={stage.start}
            waiting={surroundings.outbox?.waiting ?? 0}
            unlock={unlock}
            people={people}
            onNewAccount={() => setStage({ at: 'another-account', start: stage.start })}
          />
        )
      case 'another-account':
        return (
          <NewAccount
            {...(stage.start.device.circle && { circle: stage.start.device.circle })}
            create={create}
            onBack={() => setStage({ at: 'lock', start: stage.start })}
          />
        )
      case 'open':
        return (
          <Opened
            client={client}
            people={people}
            session={stage.session}
            {...(stage.screen && { screen: stage.screen })}
            settingsChanged={stage.settingsChanged}
            firstRun={stage.firstRun ?? false}
            setUp={stage.setUp ?? false}
            alone={stage.alone ?? false}
            offeredLink={offeredLink}
            forgetLink={forgetLink}
            {...surroundings}
          />
        )
    }
  }
  return (
    <KeptLanguage value={keepLanguage}>
      <Suspense fallback={<Opening />}>{screen()}</Suspense>
    </KeptLanguage>
  )
}

type LockedProps = Omit<Parameters<typeof UnlockScreen>[0], 'covered' | 'onCovered'> & { readonly people: People }

/** The lock screen; while the passphrase is typed, what stands behind it is fetched from the disk. */
function Locked({ people, ...props }: LockedProps): ReactNode {
  const [back, setBack] = useState<string>()
  useFetchAhead()
  const { covered, checkPin, goBack, endCovered } = people
  const chosen = covered.find(({ accountId }) => accountId === back)
  const others = useMemo(() => new Set(covered.map(({ accountId }) => accountId)), [covered])
  if (!chosen) return <UnlockScreen {...props} covered={others} onCovered={setBack} />
  const { accountId, label } = chosen
  return (
    <Cover
      label={label}
      check={async (pin) => await checkPin(accountId, pin)}
      onOpen={() => goBack(accountId)}
      onLock={() => endCovered(accountId)}
      onAnother={() => setBack(undefined)}
    />
  )
}

const firstRun = (link: string | undefined): Stage => (link === undefined ? { at: 'welcome' } : { at: 'setup', link })

/** Other tabs mostly let go at once, and then nobody is told that this one waited. */
const blockedFor = 1_000

/** Shows what befalls the vault's connection to the database. */
function useConnectionNews(client: VaultClient, setStage: (change: (now: Stage) => Stage) => void): void {
  useEffect(() => {
    let saved = true
    const stillBlocked = () => setStage((now) => (now.at === 'starting' ? { at: 'blocked' } : now))
    return client.onNews(async (news) => {
      if (news === 'broken') setStage((now) => (now.at === 'starting' ? { at: 'failed' } : now))
      if (news === 'blocked') {
        countDiagnostic('blocked')
        setTimeout(stillBlocked, blockedFor)
      }
      if (news === 'leaving') saved = await flushAll(1_200)
      if (news === 'left') {
        client.end()
        setStage(() => ({ at: 'moved-on', saved }))
      }
    })
  }, [client, setStage])
}

/**
 * A set-up link that is opened while the page is already there changes only the part behind the #. On a tablet that has
 * accounts it is kept, in this page's memory alone, until somebody has unlocked and looked at it.
 */
function usePastedLink(setStage: (change: (now: Stage) => Stage) => void, offer: (link: string) => void): void {
  useEffect(() => {
    const pasted = () => {
      const link = takeSetupLink()
      if (link === undefined) return
      offer(link)
      setStage((now) => (now.at === 'welcome' || now.at === 'setup' ? { at: 'setup', link } : now))
    }
    addEventListener('hashchange', pasted)
    return () => removeEventListener('hashchange', pasted)
  }, [setStage, offer])
}

function Opening(): ReactNode {
  return (
    <OnItsWay place="lock">
      <Trans>Opening …</Trans>
    </OnItsWay>
  )
}

/** Whose new cases are, as the organisation's settings say; they were verified when they were read. */
function circleOf(setup: SetupWish): 'me' | 'team' {
  const settings = JSON.parse(setup.configurationText.slice(setup.configurationText.indexOf('\n') + 1)) as {
    circle: 'me' | 'team'
  }
  return settings.circle
}
