import { type ComponentType, lazy, type ReactNode, Suspense, useEffect, useState } from 'react'

/** How to fetch what has not been fetched yet. */
const unfetched = new Set<() => Promise<unknown>>()

/**
 * A component that is fetched when it is first drawn, or before by `fetchAhead`. What was fetched is drawn at once: there
 * is no moment of emptiness. Until then `meanwhile` stands in its place.
 */
export function later<P extends object>(
  load: () => Promise<ComponentType<P>>,
  meanwhile?: ReactNode,
): (props: P) => ReactNode {
  let ready: ComponentType<P> | undefined
  const fetchIt = async () => {
    ready = await load()
    unfetched.delete(fetchIt)
    return { default: ready }
  }
  unfetched.add(fetchIt)
  const Cold = lazy(fetchIt)
  return function Later(props: P): ReactNode {
    // Chosen once: what is drawn must not be taken down because it could now be had without waiting.
    const [Chosen] = useState<ComponentType<P>>(() => ready ?? Cold)
    return (
      <Suspense fallback={meanwhile}>
        <Chosen {...props} />
      </Suspense>
    )
  }
}

/** Fetches, one after the other, everything that would be fetched later, and what comes to light with it. */
export async function fetchAhead(): Promise<void> {
  // A set that grows is walked to its end. What cannot be fetched now is tried again when it is drawn.
  for (const fetchIt of unfetched) await fetchIt().catch(() => undefined)
}

/** Does so once the screen that somebody waits for stands. */
export function useFetchAhead(): void {
  useEffect(() => {
    const timer = setTimeout(() => void fetchAhead(), 500)
    return () => clearTimeout(timer)
  }, [])
}

const noticeable = 400

/** Says that something is on its way, once that has lasted long enough to be noticed. */
export function OnItsWay({ children, place }: { readonly children: ReactNode; readonly place?: 'lock' }): ReactNode {
  const [noticed, setNoticed] = useState(false)
  useEffect(() => {
    const timer = setTimeout(() => setNoticed(true), noticeable)
    return () => clearTimeout(timer)
  }, [])
  return (
    <p className={`${place ?? 'page'} small`} role="status">
      {noticed && children}
    </p>
  )
}
