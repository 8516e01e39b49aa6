import type { DeliveryReport } from './deliver.ts'
import type { Trigger } from './line.ts'

/**
 * When the page sends: at its start, when the network or the person comes back, every quarter of an hour while it is
 * open, and at the planned moment where that is earlier. `navigator.onLine` is not asked. Where the browser has
 * Background Sync it is asked to wake the service worker, too: a bonus, never a reason to do less here.
 */

export const syncTag = 'deliver'
const quarter = 15 * 60_000
const soonest = 1_000
/** After somebody else was found sending: their pass may have begun before our newest box was there. */
const elsewhere = 10_000
/** Until it is looked again whether a full disk has room. */
const noRoom = 60_000

/** The part of a window that is used. */
export interface Target {
  readonly document: {
    readonly visibilityState: string
    addEventListener(type: 'visibilitychange', listener: () => void): void
    removeEventListener(type: 'visibilitychange', listener: () => void): void
  }
  readonly navigator: {
    readonly serviceWorker?: { readonly ready: Promise<unknown> }
    /** Where the platform tells what the connection is. */
    readonly connection?: Pick<EventTarget, 'addEventListener' | 'removeEventListener'>
  }
  addEventListener(type: 'online', listener: () => void): void
  removeEventListener(type: 'online', listener: () => void): void
  setTimeout(callback: () => void, wait: number): number
  clearTimeout(timer: number): void
}

export interface KeepSendingOptions {
  /** One pass; `deliver` with everything but the trigger filled in. What it throws is not ours to show: the next try comes. */
  readonly deliver: (trigger: Trigger) => Promise<DeliveryReport>
  readonly target: Target
  readonly now: () => number
}

export interface Sending {
  /**
   * The person asked: tries whatever waits, and whatever was held back. Resolves with what came of it. Where somebody else
   * was sending, the wish is kept until they have ended: their pass may have been under a line that has failed.
   */
  readonly sendNow: () => Promise<DeliveryReport | undefined>
  /** A box was queued; it leaves at once unless the line is held back. */
  readonly boxAdded: () => void
  /** What kept others of this page from sending has ended: whoever met it need not wait any longer. */
  readonly lineFree: () => void
  /** Takes all listeners and timers away; a pass under way goes on to its end. */
  readonly stop: () => void
}

export function keepSending({ deliver, target, now }: KeepSendingOptions): Sending {
  let timer: number | undefined
  let stopped = false
  let turn: Promise<unknown> = Promise.resolve()
  /** A person asked, and somebody else was sending. */
  let wished = false
  /** The last pass found somebody else sending. */
  let metAnother = false

  const plan = (report: DeliveryReport | undefined): void => {
    target.clearTimeout(timer ?? 0)
    const wait = wished ? soonest : waitAfter(report, now())
    if (!stopped) timer = target.setTimeout(() => void pass('timer'), wait)
  }
  const one = async (trigger: Trigger): Promise<DeliveryReport | undefined> => {
    const asked = wished || trigger === 'person'
    const report = await deliver(asked ? 'person' : trigger).catch(() => undefined)
    metAnother = report?.status === 'elsewhere'
    wished = asked && metAnother
    plan(report)
    if (report && report.waiting > 0 && report.status !== 'not-set-up') void askForSync(target)
    return report
  }
  /** One pass after the other: a wish that comes in the middle of a pass has its own pass behind it. */
  const pass = (trigger: Trigger): Promise<DeliveryReport | undefined> => {
    const next = turn.then(() => (stopped ? undefined : one(trigger)))
    turn = next
    return next
  }
  const onOnline = (): void => void pass('woken')
  const onVisible = (): void => {
    if (target.document.visibilityState === 'visible') void pass('woken')
  }
  target.addEventListener('online', onOnline)
  target.navigator.connection?.addEventListener('change', onOnline)
  target.document.addEventListener('visibilitychange', onVisible)
  void pass('start')
  return {
    sendNow: () => pass('person'),
    boxAdded: () => void pass('timer'),
    lineFree: () => void turn.then(() => void (metAnother && pass('timer'))),
    stop: () => {
      stopped = true
      target.clearTimeout(timer ?? 0)
      target.removeEventListener('online', onOnline)
      target.navigator.connection?.removeEventListener('change', onOnline)
      target.document.removeEventListener('visibilitychange', onVisible)
    },
  }
}

/** Milliseconds until the next try by the clock. */
export function waitAfter(report: DeliveryReport | undefined, now: number): number {
  if (report?.status === 'elsewhere') return elsewhere
  if (report?.status === 'no-room') return noRoom
  const planned = report && report.nextAt > 0 ? report.nextAt - now : quarter
  return Math.min(Math.max(planned, soonest), quarter)
}

interface SyncRegistration {
  readonly sync?: { register(tag: string): Promise<void> }
}

/** Asks the browser to wake the service worker when the network is back. Does nothing where it cannot. */
async function askForSync({ navigator }: Target): Promise<void> {
  try {
    const registration = (await navigator.serviceWorker?.ready) as SyncRegistration | undefined
    await registration?.sync?.register(syncTag)
  } catch {
    // The browser may refuse, and the page sends all the same.
  }
}
