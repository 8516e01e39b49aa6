import { useEffect, useState } from 'react'

/**
 * The right to write a case, held by one tab at a time through a Web Lock; the others read only until they open it anew:
 * what they show may have been written over meanwhile. `undefined` while it is asked for.
 */
export function useCaseLease(id: string): boolean | undefined {
  const [held, setHeld] = useState<boolean>()
  useEffect(() => {
    const ended = new AbortController()
    const name = `case:${id}`
    const keep = async () => {
      setHeld(true)
      await new Promise<void>((resolve) => ended.signal.addEventListener('abort', () => resolve()))
    }
    void navigator.locks.request(name, { ifAvailable: true }, async (lock) => {
      if (ended.signal.aborted) return
      if (lock) return await keep()
      setHeld(false)
    })
    return () => ended.abort()
  }, [id])
  return held
}
