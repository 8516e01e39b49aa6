import { useEffect } from 'react'

/** Keeps the screen awake while a case is open, where the browser can; taken again when the page is seen again. */
export function useAwake(): void {
  useEffect(() => {
    let lock: WakeLockSentinel | undefined
    let here = true
    const take = () => {
      if (document.visibilityState !== 'visible') return
      void navigator.wakeLock?.request('screen').then(
        (taken) => {
          lock = taken
          if (!here) void taken.release()
        },
        () => undefined,
      )
    }
    take()
    document.addEventListener('visibilitychange', take)
    return () => {
      here = false
      document.removeEventListener('visibilitychange', take)
      void lock?.release()
    }
  }, [])
}
