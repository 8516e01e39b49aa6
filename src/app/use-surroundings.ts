import { useCallback, useEffect, useRef, useState } from 'react'
import type { OutboxView } from '../outbox/outbox.ts'
import { passed } from './browser-check.ts'
import type { Delivery } from './delivery.ts'
import type { Updates } from './service-worker.ts'

/** What runs beside the screens from the first moment on, locked or not. */
export interface Surroundings {
  /** What waits; undefined until it was counted. */
  readonly outbox: OutboxView | undefined
  /** A new version waits, and something is on the screen that it must not take away. */
  readonly updates: Updates | undefined
  /** Another tab has kept this page from opening the database. */
  readonly blocked: boolean
  readonly sendNow: () => Promise<void>
  readonly boxAdded: () => void
  readonly delivery: () => Delivery | undefined
}

/** Loaded after the first picture, so that the lock screen does not wait for it, and in a browser that can keep things. */
async function afterFirstPicture(): Promise<void> {
  await passed
  await new Promise((resolve) => requestAnimationFrame(() => setTimeout(resolve)))
}

export function useSurroundings(): Surroundings {
  const [outbox, setOutbox] = useState<OutboxView>()
  const [updates, setUpdates] = useState<Updates>()
  const [blocked, setBlocked] = useState(false)
  const delivery = useRef<Delivery | undefined>(undefined)
  const cold = useColdStart()
  useEffect(() => {
    void afterFirstPicture()
      .then(async () => await import('./service-worker.ts'))
      .then(({ registerServiceWorker }) =>
        registerServiceWorker((waiting) => {
          // Just opened and nothing typed yet: the new version may start at once.
          if (cold.current) waiting.accept()
          else setUpdates(waiting)
        }),
      )
  }, [cold])
  useEffect(() => {
    let stopped = false
    void afterFirstPicture()
      .then(async () => await import('./delivery.ts'))
      .then(async ({ startDelivery }) => await startDelivery(setOutbox, () => setBlocked(true)))
      .then((started) => {
        if (stopped) started.stop()
        else delivery.current = started
      })
    return () => {
      stopped = true
      delivery.current?.stop()
    }
  }, [])
  const sendNow = useCallback(async () => void (await delivery.current?.sendNow()), [])
  const boxAdded = useCallback(() => delivery.current?.boxAdded(), [])
  const deliveryNow = useCallback(() => delivery.current, [])
  return { outbox, updates, blocked, sendNow, boxAdded, delivery: deliveryNow }
}

/** True until somebody touches the page or a key. */
function useColdStart(): { current: boolean } {
  const cold = useRef(true)
  useEffect(() => {
    const warm = () => {
      cold.current = false
    }
    addEventListener('keydown', warm, { capture: true, once: true })
    addEventListener('pointerdown', warm, { capture: true, once: true })
    return () => {
      removeEventListener('keydown', warm, { capture: true })
      removeEventListener('pointerdown', warm, { capture: true })
    }
  }, [])
  return cold
}
