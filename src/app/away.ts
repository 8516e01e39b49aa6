/**
 * When a person turns away (product.md, "Three ways of turning away"): covered after two minutes without a touch, at
 * once when the page is put behind another or the screen goes off; locked when the cover lasted too long by the wall
 * clock or the monotonic one, whichever is later, judged on waking before anything is drawn.
 */
export interface Clocks {
  /** Milliseconds since 1970, as the device believes. */
  readonly wall: () => number
  /** Milliseconds that only go forward. */
  readonly steady: () => number
}

export const deviceClocks: Clocks = { wall: () => Date.now(), steady: () => performance.now() }

/** Measures how long something lasted by both clocks; the longer one counts, and a clock set back counts as for ever. */
export function stopwatch(clocks: Clocks = deviceClocks): () => number {
  const wall = clocks.wall()
  const steady = clocks.steady()
  return () => {
    const byWall = clocks.wall() - wall
    const bySteady = clocks.steady() - steady
    return byWall < -1_000 ? Number.POSITIVE_INFINITY : Math.max(byWall, bySteady)
  }
}

const signs = ['pointerdown', 'keydown', 'wheel', 'touchstart'] as const

export interface Away {
  readonly idleMs: number
  /** How long the cover would have lasted after that. */
  readonly coverMs: number
  readonly onIdle: () => void
  /** It is noticed only now that nobody was here for both times together: the device slept, and told nobody. */
  readonly onSlept: () => void
  readonly onHidden: () => void
  readonly onVisible: () => void
}

/** Watches the page; returns what ends the watching. */
export function watchForTurningAway(
  { idleMs, coverMs, onIdle, onSlept, onHidden, onVisible }: Away,
  page: Document = document,
): () => void {
  let since = stopwatch()
  const seen = () => {
    since = stopwatch()
  }
  const visibility = () => {
    if (page.visibilityState === 'hidden') onHidden()
    else onVisible()
  }
  const timer = setInterval(() => {
    const idle = since()
    // A clock that was set back, by a second or two in mid-work, tells of no sleep.
    if (Number.isFinite(idle) && idle >= idleMs + coverMs) onSlept()
    else if (idle >= idleMs) onIdle()
  }, 1_000)
  for (const sign of signs) page.addEventListener(sign, seen, { capture: true, passive: true })
  page.addEventListener('visibilitychange', visibility)
  return () => {
    clearInterval(timer)
    for (const sign of signs) page.removeEventListener(sign, seen, { capture: true })
    page.removeEventListener('visibilitychange', visibility)
  }
}
