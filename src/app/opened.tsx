import { Trans } from '@lingui/react/macro'
import { type ReactNode, useCallback, useEffect, useLayoutEffect, useMemo, useRef, useState } from 'react'
import { useHashLocation } from 'wouter/use-hash-location'
import { withFirstWords, withWords } from '../i18n/with-words.ts'
import type { OutboxView } from '../outbox/outbox.ts'
import { later, OnItsWay, useFetchAhead } from '../ui/later.tsx'
import { ToastProvider } from '../ui/toast.tsx'
import type { OrganisationView, SessionView } from '../vault/api.ts'
import type { VaultClient } from '../vault/vault-client.ts'
import { stopwatch, watchForTurningAway } from './away.ts'
import { copyDrafts } from './copy-drafts.ts'
import { type House, HouseProvider, type Screen } from './house.tsx'
import { flushAll } from './leaving.ts'
import { everything, leaveErased as leaveNow } from './lock.ts'
import { MenuProvider } from './menu.tsx'
import type { AtWork, People } from './people.ts'
import { Cover } from './screens/cover.tsx'
import type { Surroundings } from './use-surroundings.ts'
import { useTidied } from './use-tidied.ts'

const opening = (
  <OnItsWay>
    <Trans>Opening …</Trans>
  </OnItsWay>
)
const HomeScreen = later(async () => (await withFirstWords(import('./screens/home.tsx'))).Home, opening)
const CaseScreen = later(async () => (await withFirstWords(import('./screens/case.tsx'))).CaseScreen, opening)
const UpdateLine = later(async () => (await withWords(import('./update-line.tsx'))).UpdateLine)
const OutboxScreen = later(async () => (await withWords(import('./screens/outbox.tsx'))).OutboxScreen, opening)
const ChangeScreen = later(
  async () => (await withWords(import('./screens/change-by-code.tsx'))).ChangeByCodeScreen,
  opening,
)
const ExportScreen = later(async () => (await withWords(import('./screens/export.tsx'))).ExportScreen, opening)
const AccountScreen = later(async () => (await withWords(import('./screens/my-account.tsx'))).MyAccount, opening)
const AboutScreen = later(async () => (await withWords(import('./screens/about.tsx'))).AboutScreen, opening)
const ClassificationScreen = later(
  async () => (await withWords(import('./screens/classification.tsx'))).ClassificationScreen,
  opening,
)
const PrintScreen = later(async () => (await withWords(import('./screens/print-case.tsx'))).PrintCase, opening)
const CopiesScreen = later(async () => (await withWords(import('./screens/copies.tsx'))).CopiesScreen, opening)
const DrawerScreen = later(async () => (await withWords(import('./screens/drawer.tsx'))).DrawerScreen, opening)
const SettingsScreen = later(async () => (await withWords(import('./screens/settings.tsx'))).SettingsScreen, opening)
const DoneScreen = later(async () => (await withWords(import('./screens/what-was-done.tsx'))).WhatWasDone, opening)
const TeamScreen = later(async () => (await withWords(import('./screens/team/team-screen.tsx'))).TeamScreen, opening)
const LeavingScreen = later(async () => (await withWords(import('./screens/team/leaving.tsx'))).LeavingScreen, opening)
const BlankFormScreen = later(async () => (await withWords(import('./screens/blank-form.tsx'))).BlankForm, opening)

interface Props extends Surroundings {
  readonly client: VaultClient
  readonly session: SessionView
  readonly settingsChanged: boolean
  /** The first account of this tablet was just made. */
  readonly firstRun?: boolean
  /** With it the tablet was set up, for an organisation. */
  readonly setUp?: boolean
  /** It was made without an organisation: nobody else has what will be in it, so the key for the drawer comes first. */
  readonly alone?: boolean
  readonly people: People
  /** Where it was when it was covered for another person. */
  readonly screen?: Screen
  /** A set-up link that was opened on this tablet, which has accounts. */
  readonly offeredLink: string | undefined
  readonly forgetLink: () => void
}

const usual = { coverMinutes: 30, idleSeconds: 120 }

/** Everything behind the lock: the screens, and the three ways of turning away from them. */
export function Opened(props: Props): ReactNode {
  const { client, people, outbox, updates, sendNow, boxAdded, delivery, offeredLink, forgetLink } = props
  const { firstRun = false, setUp = false, alone = false } = props
  const { api: vault } = client
  const [session, setSession] = useState(props.session)
  const { organisation, settingsChanged, readAgain } = useOrganisation(vault, props.settingsChanged)
  const [screen, go] = useScreen(props.screen)
  const carried = useCarriedReceipts(vault, outbox)
  useReplacedBoxes(vault, organisation?.configVersion)
  useSendingStopped(settingsChanged && session.hasSettings)
  const tidied = useTidied(vault)
  useEffect(() => {
    if (tidied) void copyDrafts(vault, boxAdded)
  }, [vault, tidied, boxAdded])
  const settingsTaken = useCallback(async () => {
    await readAgain()
    void sendNow()
  }, [readAgain, sendNow])
  useEffect(() => {
    if (offeredLink !== undefined) go({ name: 'settings' })
  }, [offeredLink, go])
  useEffect(() => {
    if (alone) go({ name: 'drawer' })
  }, [alone, go])
  useFetchAhead()
  const [practice, practise] = usePractice(go)
  const { covered, hide, lock, another, uncover } = useTurningAway(
    people,
    { session: { ...session, taken: 0 }, settingsChanged, screen: practice ? { name: 'home' } : screen },
    organisation?.limits ?? usual,
  )
  const [tour, setTour] = useState(firstRun)
  const takeFirstLook = useOnce(setUp)
  const [taken, setTaken] = useState(session.taken)
  const sessionChanged = useCallback(async () => {
    const now = await vault.session()
    if (now) setSession(now)
  }, [vault])
  const leaveErased = useLeaveErased(client, session.accountId)
  const house = useMemo<House>(() => {
    const links = { offeredLink, forgetLink, settingsTaken }
    const turning = { hide, lock, another, sessionChanged, leaveErased }
    const common = {
      session,
      organisation,
      go,
      ...turning,
      practise,
      tour,
      setTour,
      takeFirstLook,
      taken,
      setTaken,
      ...links,
    }
    if (!practice)
      return {
        ...common,
        vault,
        settingsChanged,
        outbox,
        carried,
        tidied,
        sendNow,
        boxAdded,
        delivery,
        practising: false,
      }
    return {
      ...common,
      vault: practice,
      settingsChanged: false,
      outbox: undefined,
      carried: 0,
      tidied: undefined,
      sendNow: async () => undefined,
      boxAdded: () => undefined,
      delivery: () => undefined,
      practising: true,
    }
  }, [
    vault,
    session,
    organisation,
    settingsChanged,
    outbox,
    carried,
    tidied,
    go,
    hide,
    lock,
    another,
    sendNow,
    boxAdded,
    delivery,
    practice,
    practise,
    sessionChanged,
    leaveErased,
    tour,
    takeFirstLook,
    offeredLink,
    forgetLink,
    settingsTaken,
    taken,
  ])
  const cover = (
    <Cover
      label={session.label}
      check={async (pin) => await vault.checkPin(pin)}
      onOpen={uncover}
      onLock={lock}
      onAnother={another}
    />
  )
  if (covered === 'let-go') return cover
  const screens = (
    <HouseProvider value={house}>
      {/* What can be undone of a real case is not offered over invented ones. */}
      <ToastProvider key={practice ? 'practice' : 'real'}>
        {updates && <UpdateLine updates={updates} />}
        <div className={practice ? 'practising' : undefined}>
          <MenuProvider>
            <ScreenOf screen={practice && screen.name !== 'case' ? { name: 'home' } : screen} />
          </MenuProvider>
        </div>
      </ToastProvider>
    </HouseProvider>
  )
  // The same place in the tree, covered or not: what is being saved must not be taken down in the middle of it.
  return (
    <>
      {covered && cover}
      <div hidden={covered !== false}>{screens}</div>
    </>
  )
}

function ScreenOf({ screen }: { readonly screen: Screen }): ReactNode {
  switch (screen.name) {
    case 'home':
      return <HomeScreen />
    case 'case':
      return <CaseScreen key={screen.id} id={screen.id} fresh={screen.fresh ?? false} section={screen.section} />
    case 'outbox':
      return <OutboxScreen />
    case 'change':
      return <ChangeScreen />
    case 'export':
      return <ExportScreen />
    case 'account':
      return <AccountScreen />
    case 'about':
      return <AboutScreen />
    case 'classification':
      return <ClassificationScreen />
    case 'print':
      return <PrintScreen key={screen.id} id={screen.id} />
    case 'blank-form':
      return <BlankFormScreen />
    case 'settings':
      return <SettingsScreen />
    case 'done':
      return <DoneScreen />
    case 'team':
      return <TeamScreen />
    case 'leaving':
      return <LeavingScreen />
    case 'copies':
      return <CopiesScreen />
    case 'drawer':
      return <DrawerScreen />
  }
}

const addresses = {
  home: '/',
  case: '/case',
  outbox: '/outbox',
  change: '/change',
  export: '/export',
  account: '/account',
  about: '/about',
  classification: '/classification',
  print: '/print',
  'blank-form': '/blank-form',
  settings: '/settings',
  done: '/done',
  team: '/team',
  leaving: '/leaving',
  copies: '/copies',
  drawer: '/key',
} as const
const namesOf: ReadonlyMap<string, Screen['name']> = new Map(
  Object.entries(addresses).map(([name, address]) => [address, name as Screen['name']]),
)

/** The screen, and how to change it. The address names only the kind of screen, so that the system's way back works. */
function useScreen(before: Screen | undefined): [Screen, (screen: Screen) => void] {
  const [address, setAddress] = useHashLocation()
  const [open, setOpen] = useState<Screen & { name: 'case' | 'print' }>()
  const go = useCallback(
    (screen: Screen) => {
      if (screen.name === 'case' || screen.name === 'print') setOpen(screen)
      setAddress(addresses[screen.name])
      scrollTo(0, 0)
    },
    [setAddress],
  )
  const [resumed] = useState(before)
  useLayoutEffect(() => {
    if (resumed) go(resumed)
  }, [resumed, go])
  const name = namesOf.get(address) ?? 'home'
  if (name !== 'case' && name !== 'print') return [{ name }, go]
  if (!open) return [{ name: 'home' }, go]
  return [name === 'case' && open.name === 'print' ? { name, id: open.id } : open, go]
}

interface Organised {
  readonly organisation: OrganisationView | undefined
  readonly settingsChanged: boolean
  readonly readAgain: () => Promise<void>
}

/** The organisation as the vault vouches for it; read again when somebody took new settings. */
function useOrganisation(vault: VaultClient['api'], changedAtFirst: boolean): Organised {
  const [organisation, setOrganisation] = useState<OrganisationView>()
  const [settingsChanged, setChanged] = useState(changedAtFirst)
  useEffect(() => void vault.profile().then(setOrganisation), [vault])
  const readAgain = useCallback(async () => {
    setOrganisation(await vault.profile())
    setChanged((await vault.verifyConfiguration()) === 'changed')
  }, [vault])
  return { organisation, settingsChanged, readAgain }
}

/** True the first time that it is asked, if it is so at all. */
function useOnce(isSo: boolean): () => boolean {
  const left = useRef(isSo)
  return useCallback(() => {
    const is = left.current
    left.current = false
    return is
  }, [])
}

/** The vault of invented cases while somebody practises; fetched from the disk when it is wanted. */
function usePractice(go: House['go']): [House['vault'] | undefined, House['practise']] {
  const [practice, setPractice] = useState<House['vault']>()
  const practise = useCallback(
    (on: boolean) => {
      const enter = async () => {
        const { practiceVault } = await import('./practice/practice-vault.ts')
        setPractice(practiceVault())
      }
      go({ name: 'home' })
      if (on) void enter()
      else setPractice(undefined)
    },
    [go],
  )
  return [practice, practise]
}

/**
 * Carries receipts to their cases at unlock and whenever the outbox changes; the number goes up when one moved. A safety
 * copy is in no count: that it arrived shows by the contact alone.
 */
function useCarriedReceipts(vault: VaultClient['api'], outbox: OutboxView | undefined): number {
  const [carried, setCarried] = useState(0)
  const arrived = `${outbox?.received}/${outbox?.opened}/${outbox?.refused}/${outbox?.waiting}/${outbox?.lastContactAt}`
  useEffect(() => {
    let here = true
    void vault.carryReceipts().then(
      () => here && setCarried((before) => before + 1),
      () => undefined,
    )
    return () => {
      here = false
    }
  }, [vault, arrived])
  return carried
}

/** At unlock, and under new settings: what waits is packed, or sealed anew. What cannot be done now waits for the next time. */
function useReplacedBoxes(vault: VaultClient['api'], configVersion: number | undefined): void {
  useEffect(() => {
    if (configVersion !== undefined) void vault.replaceBoxes().catch(() => undefined)
  }, [vault, configVersion])
}

/** While somebody is here whose account took other settings than those on the tablet: nobody sends by these. */
function useSendingStopped(stopped: boolean): void {
  useEffect(() => {
    if (!stopped) return undefined
    const over = new AbortController()
    void import('./stop-sending.ts').then(async ({ stopSending }) => await stopSending(navigator.locks, over.signal))
    return () => over.abort()
  }, [stopped])
}

function useLeaveErased(client: VaultClient, accountId: string): House['leaveErased'] {
  return useCallback(
    (what) => {
      const empty = async () => await (await import('./empty-browser.ts')).emptyBrowser()
      if (what === 'account') void leaveNow(client, accountId)
      else void leaveNow(client, everything, { empty })
    },
    [client, accountId],
  )
}

/** Covered `at-once` while the last words are being saved; then the page lets go of what was open. */
type Covered = false | 'at-once' | 'let-go'

interface TurningAway {
  readonly covered: Covered
  readonly hide: () => void
  readonly lock: () => void
  readonly another: () => void
  readonly uncover: () => void
}

function useTurningAway(
  people: People,
  at: AtWork,
  limits: { readonly coverMinutes: number; readonly idleSeconds: number },
): TurningAway {
  const { end, stepAside } = people
  const [covered, setCovered] = useState<Covered>(false)
  const lasted = useRef<(() => number) | undefined>(undefined)
  const leaving = useRef(false)
  const canCover = at.session.hasPin && limits.coverMinutes > 0
  const coverMs = limits.coverMinutes * 60_000

  const lock = useCallback(() => {
    if (leaving.current) return
    leaving.current = true
    end()
  }, [end])
  const hide = useCallback(() => {
    if (!canCover) return lock()
    lasted.current ??= stopwatch()
    setCovered('at-once')
    void flushAll().then(() => setCovered((now) => now && 'let-go'))
  }, [canCover, lock])
  const now = useRef(at)
  useEffect(() => {
    now.current = at
  })
  const another = useCallback(() => {
    if (!canCover) return lock()
    const covering = (lasted.current ??= stopwatch())
    setCovered((before) => before || 'at-once')
    void flushAll().then(() => stepAside(now.current, covering, coverMs))
  }, [canCover, coverMs, lock, stepAside])
  const uncover = useCallback(() => {
    lasted.current = undefined
    setCovered(false)
  }, [])
  useEffect(() => {
    const tooLong = () => {
      if ((lasted.current?.() ?? 0) >= coverMs) lock()
    }
    const timer = setInterval(() => covered && tooLong(), 1_000)
    const stop = watchForTurningAway({
      idleMs: limits.idleSeconds * 1_000,
      coverMs,
      onIdle: () => !covered && hide(),
      onSlept: lock,
      onHidden: () => {
        void flushAll()
        if (!covered) hide()
      },
      onVisible: tooLong,
    })
    return () => {
      clearInterval(timer)
      stop()
    }
  }, [covered, coverMs, hide, limits.idleSeconds, lock])
  return { covered, hide, lock, another, uncover }
}
