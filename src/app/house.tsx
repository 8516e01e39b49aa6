import { createContext, useContext } from 'react'
import type { OutboxView } from '../outbox/outbox.ts'
import type { OrganisationView, SessionView, Tidied } from '../vault/api.ts'
import type { VaultClient } from '../vault/vault-client.ts'
import type { Delivery } from './delivery.ts'

/** What every screen of an unlocked app may use. */
export interface House {
  readonly vault: VaultClient['api']
  readonly session: SessionView
  readonly organisation: OrganisationView | undefined
  /** The settings on the disk are not those that this account pinned: nothing is sealed or sent. */
  readonly settingsChanged: boolean
  readonly outbox: OutboxView | undefined
  /** Goes up whenever a receipt moved a case. */
  readonly carried: number
  /** What is not as the log says; undefined until the vault has looked. */
  readonly tidied: Tidied | undefined
  readonly go: (screen: Screen) => void
  /** The account has another PIN, or none, than when it was opened. */
  readonly sessionChanged: () => Promise<void>
  /** The account or the whole tablet was erased: nothing is left to be shown. */
  readonly leaveErased: (what: 'account' | 'device') => void
  readonly hide: () => void
  readonly lock: () => void
  /** Covers this account, and asks who is next; without a cover it locks. */
  readonly another: () => void
  /** Tries whatever waits; resolves when the pass is over. */
  readonly sendNow: () => Promise<void>
  /** A box was queued: it may leave at once. */
  readonly boxAdded: () => void
  /** What else can be done with the boxes that wait; undefined until sending began, and in practice. */
  readonly delivery: () => Delivery | undefined
  /** Cases that others handed over, until that was read. */
  readonly taken: number
  readonly setTaken: (taken: number) => void
  /** `vault` holds invented cases in memory: nothing of them is kept or sent. */
  readonly practising: boolean
  /** Into practice, or back to the real cases; what was practised is forgotten. */
  readonly practise: (on: boolean) => void
  /** The cards for newcomers stand on the home screen. */
  readonly tour: boolean
  readonly setTour: (shown: boolean) => void
  /** True for the first who asks, behind the account that set this tablet up: the tablet is then looked at by itself. */
  readonly takeFirstLook: () => boolean
  /** A set-up link that was opened in this browser and not looked at yet. */
  readonly offeredLink: string | undefined
  /** The link was looked at, whatever came of it. */
  readonly forgetLink: () => void
  /** New settings were taken: what hangs on them is read again, and what waits is sent. */
  readonly settingsTaken: () => Promise<void>
}

/** Screens that need nothing to be said about them. */
type PlainScreen =
  | 'home'
  | 'outbox'
  | 'change'
  | 'export'
  | 'account'
  | 'about'
  | 'classification'
  | 'blank-form'
  | 'settings'
  | 'done'
  | 'team'
  | 'leaving'
  | 'copies'
  | 'drawer'

/** Where one can be. No id stands in an address: only the name of the screen does. */
export type Screen =
  | { readonly name: PlainScreen }
  | { readonly name: 'case'; readonly id: string; readonly fresh?: boolean; readonly section?: string }
  | { readonly name: 'print'; readonly id: string }

const HouseContext = createContext<House | undefined>(undefined)
export const HouseProvider = HouseContext

export function useHouse(): House {
  const house = useContext(HouseContext)
  if (!house) throw new Error('outside of the house')
  return house
}
