import type { OutboxView } from '../outbox/outbox.ts'
import type { DeliveryReport } from '../outbox/deliver.ts'

/**
 * Sending from the page, loaded after the first picture: it needs no key and runs on the lock screen, too.
 */
export interface Delivery {
  /** The person asked: whatever waits is tried now. */
  readonly sendNow: () => Promise<DeliveryReport | undefined>
  /** A box was queued. */
  readonly boxAdded: () => void
  readonly stop: () => void
}

/** Starts sending; `onView` is told what waits whenever that changes, here or in the service worker. */
export async function startDelivery(onView: (view: OutboxView) => void, onBlocked: () => void): Promise<Delivery> {
  const [{ keepSending }, { deliver }, { observeOutbox }, { roomInCache }, { openDatabase }] = await Promise.all([
    import('../outbox/schedule.ts'),
    import('../outbox/deliver.ts'),
    import('../outbox/outbox.ts'),
    import('../outbox/room.ts'),
    import('../database.ts'),
  ])
  const database = openDatabase({ onVersionChange: () => letGo(), onBlocked })
  const now = () => Date.now()
  const observed = observeOutbox(database, onView)
  const sending = keepSending({
    target: window,
    now,
    deliver: async (trigger) =>
      await deliver({
        database,
        fetch: fetch.bind(globalThis),
        now,
        random: Math.random,
        locks: navigator.locks,
        trigger,
        hasRoom: roomInCache(caches),
      }),
  })
  // Nobody asks a connection any more that is about to be closed.
  const letGo = () => {
    sending.stop()
    observed.unsubscribe()
  }
  return {
    sendNow: sending.sendNow,
    boxAdded: sending.boxAdded,
    stop: () => {
      letGo()
      database.close()
    },
  }
}
