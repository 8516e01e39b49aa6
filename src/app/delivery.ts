import type { DeliveryReport } from '../outbox/deliver.ts'
import type { AnswerTaken } from '../outbox/imported.ts'
import type { OutboxView } from '../outbox/outbox.ts'
import type { BoxesAsFile } from '../outbox/to-file.ts'
import type { LineTrial, LineTried } from '../outbox/try-line.ts'
import type { Trouble } from '../troubles/codes.ts'
import { keepDiagnostics } from './kept-diagnostics.ts'
import { sending } from './sending.ts'

/**
 * Sending from the page, loaded after the first picture: it needs no key and runs on the lock screen, too.
 */
export interface Delivery {
  /** The person asked: whatever waits is tried now. */
  readonly sendNow: () => Promise<DeliveryReport | undefined>
  /** A box was queued. */
  readonly boxAdded: () => void
  /** What waits as one file, from the box after number `after`. */
  readonly asFile: (after?: number) => Promise<BoxesAsFile>
  /** The file is where it should be. */
  readonly noteSaved: (boxIds: readonly string[]) => Promise<void>
  /** Takes what the desk signed, from a file or as text. */
  readonly takeAnswer: (text: string) => Promise<AnswerTaken>
  /** Sends one test box as all boxes go: under the settings in use, or under those of `trial`, which are not in use yet. */
  readonly tryLine: (box: LineTrial['box'], trial?: Omit<LineTrial, 'box'>, signal?: AbortSignal) => Promise<LineTried>
  /** Whether something may leave at this moment that no person asked for. */
  readonly mayByItself: () => Promise<boolean>
  /** Whether anything leaves by itself over a metered connection. */
  readonly setWifiOnly: (only: boolean) => Promise<void>
  /** What went wrong on this device lately. */
  readonly troubles: () => Promise<readonly Trouble[]>
  readonly stop: () => void
}

/** Starts sending; `onView` is told what waits whenever that changes, here or in the service worker. */
export async function startDelivery(onView: (view: OutboxView) => void, onBlocked: () => void): Promise<Delivery> {
  const [{ keepSending }, { deliver }, { observeOutbox }, { isMetered }, { roomInCache }, { openDatabase }] =
    await Promise.all([
      import('../outbox/schedule.ts'),
      import('../outbox/deliver.ts'),
      import('../outbox/outbox.ts'),
      import('../outbox/network.ts'),
      import('../outbox/room.ts'),
      import('../database.ts'),
    ])
  const database = openDatabase({ onVersionChange: () => letGo(), onBlocked })
  const now = () => Date.now()
  const observed = observeOutbox(database, onView)
  const kept = keepDiagnostics(database)
  const keeping = keepSending({
    target: window,
    now,
    deliver: async (trigger) => {
      try {
        return await deliver({
          database,
          fetch: fetch.bind(globalThis),
          now,
          random: Math.random,
          locks: navigator.locks,
          trigger,
          hasRoom: roomInCache(caches),
          isMetered: () => isMetered(navigator),
          onProgress: sending.tell,
        })
      } finally {
        sending.tell(undefined)
      }
    },
  })
  // Nobody asks a connection any more that is about to be closed.
  const letGo = () => {
    keeping.stop()
    observed.unsubscribe()
  }
  return {
    sendNow: keeping.sendNow,
    boxAdded: keeping.boxAdded,
    asFile: async (after) => await (await import('../outbox/to-file.ts')).boxesAsFile(database, after),
    noteSaved: async (boxIds) => {
      const day = new Date().toISOString().slice(0, 10)
      await (await import('../outbox/to-file.ts')).noteSaved(database, boxIds, day)
    },
    takeAnswer: async (text) => await (await import('../outbox/imported.ts')).takeAnswer(database, text),
    tryLine: async (box, trial, signal) => {
      const { tryLine, trySettingsInUse } = await import('../outbox/try-line.ts')
      const line = { database, fetch: fetch.bind(globalThis), now, locks: navigator.locks, signal }
      if (trial) return await tryLine(line, { ...trial, box })
      return await trySettingsInUse(line, box).finally(keeping.lineFree)
    },
    mayByItself: async () => !isMetered(navigator) || (await database.device.get('device'))?.wifiOnly !== true,
    setWifiOnly: async (wifiOnly) => {
      await database.device.update('device', { wifiOnly })
      if (!wifiOnly) keeping.boxAdded()
    },
    troubles: kept.all,
    stop: () => {
      letGo()
      database.close()
    },
  }
}
