import type { WithReceiver } from '../batch/configuration.ts'
import type { CircleKeys } from '../seal/keys.ts'
import type { Copy, Pins } from './payload.ts'
import type { Tools } from './tools.ts'
import { VaultError } from './vault-error.ts'

export interface CircleKey extends CircleKeys {
  readonly circleId: string
  readonly epoch: number
}

/** Settings that were made by hand and are being tried; they count when the receiver has signed for their test box. */
export interface Prepared {
  readonly configuration: WithReceiver
  readonly configurationText: string
  readonly profileText: string
  /** Base64url of the private key that signed them. */
  readonly hand: string
  readonly test: { readonly boxId: string; readonly size: number }
  token: string
}

/** The open account: every key that is in memory is in here, and to lock is to let go of it. */
export interface Session {
  readonly tools: Tools
  readonly accountId: string
  readonly label: string
  readonly adk: CryptoKey
  /** Opens what others of this or another tablet seal to the account. */
  readonly ageIdentity: string
  /** A copy that was opened and not restored yet. */
  copy?: Copy
  /** Settings that a person made by hand and that are being tried. */
  prepared?: Prepared
  /** All circles and epochs that this account can open, by `keyName`. */
  readonly circles: Map<string, CircleKey>
  /** Those whose keys this account had at its unlock, and which did not open, by `keyName`. */
  readonly closedCircles: ReadonlySet<string>
  readonly failedBefore: number
  /** What others handed over, at this unlock: how many cases came, and how many do not open. */
  handovers: { readonly taken: number; readonly left: number }
  pins: Pins
  hasPin: boolean
  pinTries: number
}

export const keyName = (circleId: string, epoch: number): string => `${circleId}/${epoch}`

/** The key of the circle that new cases belong to. Throws `cannot-open`. */
export const homeKey = (session: Session): CircleKey => circleKey(session, session.pins.home.circleId)

/** The key that a circle's rows are written with now: that of its latest epoch. Throws `cannot-open`. */
export function circleKey(session: Session, circleId: string): CircleKey {
  const [latest] = epochsOf(session, circleId)
  if (!latest) throw new VaultError('cannot-open')
  return latest
}

/** The keys of a circle, latest epoch first. */
export const epochsOf = (session: Session, circleId: string): CircleKey[] =>
  [...session.circles.values()].filter((key) => key.circleId === circleId).sort((a, b) => b.epoch - a.epoch)
