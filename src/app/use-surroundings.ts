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

const pauses = [1_000, 2_000, 4_000]

/** Asks again where a part of the app could not be fetched: a page that is being left cannot, and nobody minds. */
async function untilFetched<T>(fetchIt: () => Promise<T>): Promise<T> {
  for (const pause of pauses) {
    try {
      return await fetchIt()
    } catch {
      await new Promise((resolve) => setTimeout(resolve, pause))
    }
  }
  return await fetchIt()
}

/** `mayRestart`: nothing that came with the address would be lost if the page were loaded anew. */
export function useSurroundings({ mayRestart }: { readonly mayRestart: boolean }): Surroundings {
  const [outbox, setOutbox] = useState<OutboxView>()
  const [updates, setUpdates] = useState<Updates>()
  const [blocked, setBlocked] = useState(false)
  const delivery = useRef<Delivery | undefined>(undefined)
  const cold = useColdStart(mayRestart)
  useEffect(() => {
    void afterFirstPicture()
      .then(async () => await untilFetched(async () => await import('./service-worker.ts')))
      .then(({ registerServiceWorker }) =>
        registerServiceWorker((waiting) => {
          // Just opened and nothing typed yet: the new version may start at once.
          if (cold.current && !waiting.kept) waiting.accept()
          else setUpdates(waiting)
        }),
      )
  }, [cold])
  useEffect(() => {
    let stopped = false
    const start = async ({ startDelivery }: typeof import('./delivery.ts')) =>
      await startDelivery(setOutbox, () => setBlocked(true))
    void afterFirstPicture()
      .then(async () => await untilFetched(async () => await import('./delivery.ts').then(start)))
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

/** As it begins until somebody touches the page or a key, and false from then on. */
function useColdStart(begins: boolean): { current: boolean } {
  const cold = useRef(begins)
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
