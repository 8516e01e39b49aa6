// Boxes waiting to leave. A box comes in sealed and moves on by a verified receipt alone: no count of tries, no age and
// no answer of a stranger ever drops one. This room holds no key, works while the vault is locked, and never deletes:
// sealed bytes stay until the vault has carried the receipt to the record.
// What is sent and when: deliver.ts, schedule.ts. What an answer means: answers.ts.

import { liveQuery, type Subscription } from 'dexie'
import { casesIn, type Database, type OutboxState } from '../database.ts'
import type { DeliveryCode } from './answers.ts'
import { freshLine } from './line.ts'
import { readLine } from './line-row.ts'

/** What can be said while locked: numbers of cases for the whole device, of nobody's account. */
export interface OutboxView {
  readonly waiting: number
  readonly received: number
  readonly opened: number
  readonly refused: number
  /** Epoch milliseconds of the receiver's last own word; 0 = never. */
  readonly lastContactAt: number
  /** Epoch milliseconds of the last try, whatever came of it; 0 = none since the settings that are in use. */
  readonly triedAt: number
  /** Epoch milliseconds of the next planned try; 0 = none is planned. */
  readonly nextAt: number
  /** Why something still waits; '' = nothing is wrong. */
  readonly lastCode: DeliveryCode
  /** The device has a token to send with. */
  readonly enrolled: boolean
  /** A signed configuration is there. */
  readonly configured: boolean
  /** Nothing leaves by itself over a metered connection. */
  readonly wifiOnly: boolean
}

/** What the next try may mend; where nothing is left to try, it says nothing. */
const passing: ReadonlySet<DeliveryCode> = new Set(['net', 'busy', 'full', 'portal', 'receipt'])

/** What concerns a case of its own: it is not said of safety copies, which are nobody's case. */
const ofACase: ReadonlySet<DeliveryCode> = new Set(['refused', 'too-large'])

/** The outbox as it is now, counted from indexes alone: no box is read. */
export async function outboxView(database: Database): Promise<OutboxView> {
  const count = (state: OutboxState): Promise<number> => casesIn(database, state)
  const [waiting, received, opened, refused, device] = await Promise.all([
    count('waiting'),
    count('received'),
    count('opened'),
    count('refused'),
    database.device.get('device'),
  ])
  const line = (await readLine(database, device?.changes ?? 0)) ?? freshLine(0)
  return {
    waiting,
    received,
    opened,
    refused,
    lastContactAt: device?.lastContactAt ?? 0,
    triedAt: line.triedAt ?? 0,
    nextAt: waiting > 0 ? line.nextAt : 0,
    lastCode: codeOf(line.code, waiting, refused),
    enrolled: (device?.token ?? '') !== '',
    configured: (device?.configuration ?? '') !== '',
    wifiOnly: device?.wifiOnly === true,
  }
}

function codeOf(code: DeliveryCode, waiting: number, refused: number): DeliveryCode {
  if (refused > 0 && (code === '' || (waiting === 0 && passing.has(code)))) return 'refused'
  return refused === 0 && waiting === 0 && ofACase.has(code) ? '' : code
}

/** Calls back now and after every change, also one made by the service worker or another tab. */
export function observeOutbox(
  database: Database,
  callback: (view: OutboxView) => void,
  onError: (error: unknown) => void = () => undefined,
): Subscription {
  return liveQuery(() => outboxView(database)).subscribe(callback, onError)
}
