import { Workbox } from 'workbox-window'
import { i18n } from '../i18n/i18n.ts'
import { scriptUrl } from './script-urls.ts'
import { keptFragment, leave, startingPage } from './starting-page.ts'

/**
 * Registers the service worker and tells when a new version waits. It never takes over by itself: it starts when the
 * person accepts, or at once when the app was just opened and nothing is on the screen that could be lost.
 */
export interface Updates {
  /** The browser kept the version of before when this one was to start. */
  readonly kept: boolean
  /** Leaves for the page that starts the waiting version, which comes back here with it. */
  readonly accept: () => void
}

export function registerServiceWorker(onWaiting: (updates: Updates) => void): void {
  if (!('serviceWorker' in navigator) || import.meta.env.DEV) return
  const { serviceWorker } = navigator
  const kept = location.hash === keptFragment
  if (kept) history.replaceState(null, '', '/')
  const workbox = new Workbox(scriptUrl('/sw.js'))
  workbox.addEventListener('waiting', () => {
    // The very first one waits for a moment, too, on a slow device; there is nothing that it replaces.
    if (serviceWorker.controller === null) return
    onWaiting({ kept, accept: () => leave(() => location.replace(startingPage(i18n.locale))) })
  })
  // Only this page is of the version of before: another one has started the new one, or the browser did late.
  const tookOver = () => onWaiting({ kept: false, accept: () => leave(() => location.reload()) })
  if (serviceWorker.controller) serviceWorker.addEventListener('controllerchange', tookOver)
  void workbox.register().then(
    (registration) => {
      // It took over in the moment between two pages, when nobody held the old one.
      const { controller } = serviceWorker
      const active = registration?.active
      if (controller && active && active !== controller) tookOver()
      // It did once the page that starts it was left: before this one could hear of it, and this one is of before.
      if (kept && registration && !registration.waiting && !registration.installing) tookOver()
    },
    () => undefined,
  )
}
