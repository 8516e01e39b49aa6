import { Workbox } from 'workbox-window'
import { scriptUrl } from './script-urls.ts'

/**
 * Registers the service worker and tells when a new version waits. It never takes over by itself: it starts when the
 * person accepts, or at once when the app was just opened and nothing is on the screen that could be lost.
 */
export interface Updates {
  /** Lets the waiting version start and loads it. */
  readonly accept: () => void
}

const everySecond = 1_000

/** Once in many times the browser forgets that the new version may start, or to say that it did: it is asked again. */
async function takeOver(): Promise<void> {
  const registration = await navigator.serviceWorker.getRegistration()
  if (registration?.active && registration.active !== navigator.serviceWorker.controller) location.reload()
  else registration?.waiting?.postMessage({ type: 'SKIP_WAITING' })
}

export function registerServiceWorker(onWaiting: (updates: Updates) => void): void {
  if (!('serviceWorker' in navigator) || import.meta.env.DEV) return
  const workbox = new Workbox(scriptUrl('/sw.js'))
  workbox.addEventListener('waiting', () => {
    // The very first one waits for a moment, too, on a slow device; there is nothing that it replaces.
    if (navigator.serviceWorker.controller === null) return
    onWaiting({
      accept: () => {
        workbox.addEventListener('controlling', () => location.reload())
        workbox.messageSkipWaiting()
        setInterval(() => void takeOver(), everySecond)
      },
    })
  })
  void workbox.register().then(
    (registration) => {
      // The new version took over in the moment between two pages, when nobody held the old one: only this page is of it.
      const { controller } = navigator.serviceWorker
      const active = registration?.active
      if (controller && active && active !== controller) onWaiting({ accept: () => location.reload() })
    },
    () => undefined,
  )
}
