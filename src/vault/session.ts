import type { CircleKeys } from '../seal/keys.ts'
import type { Pins } from './payload.ts'
import type { Tools } from './tools.ts'
import { VaultError } from './vault-error.ts'

export interface CircleKey extends CircleKeys {
  readonly circleId: string
  readonly epoch: number
}

/** The open account: every key that is in memory is in here, and to lock is to let go of it. */
export interface Session {
  readonly tools: Tools
  readonly accountId: string
  readonly label: string
  readonly adk: CryptoKey
  /** All circles and epochs that this account can open, by `keyName`. */
  readonly circles: ReadonlyMap<string, CircleKey>
  readonly failedBefore: number
  pins: Pins
  hasPin: boolean
  pinTries: number
}

export const keyName = (circleId: string, epoch: number): string => `${circleId}/${epoch}`

/** The key of the account's own circle that new rows are written with: its latest epoch. Throws `cannot-open`. */
export function homeKey(session: Session): CircleKey {
  const { circleId } = session.pins.home
  const [latest] = epochsOf(session, circleId)
  if (!latest) throw new VaultError('cannot-open')
  return latest
}

/** The keys of a circle, latest epoch first. */
export const epochsOf = (session: Session, circleId: string): CircleKey[] =>
  [...session.circles.values()].filter((key) => key.circleId === circleId).sort((a, b) => b.epoch - a.epoch)
