import { useEffect, useState } from 'react'

/** How much room is left for Daybook, as far as the browser says; `enough` also where it does not. */
export type Space = 'enough' | 'little' | 'none'

const mega = 1_000_000
const warnBelow = 200 * mega
const refuseBelow = 50 * mega

export function spaceOf({ quota, usage }: StorageEstimate = {}): Space {
  if (quota === undefined || usage === undefined) return 'enough'
  const left = quota - usage
  return left < refuseBelow ? 'none' : left < warnBelow ? 'little' : 'enough'
}

/** Asks the browser now. */
export async function spaceNow(): Promise<Space> {
  return spaceOf(await navigator.storage?.estimate?.().catch(() => undefined))
}

/** Asked when the screen is drawn, and again whenever somebody comes back to it. */
export function useSpace(): Space {
  const [space, setSpace] = useState<Space>('enough')
  useEffect(() => {
    const ask = () => void spaceNow().then(setSpace)
    ask()
    addEventListener('visibilitychange', ask)
    return () => removeEventListener('visibilitychange', ask)
  }, [])
  return space
}
