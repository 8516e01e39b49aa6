import { useEffect, useState } from 'react'
import { type CameraFault, closeCamera, openCamera } from './camera.ts'

export type Camera =
  { readonly status: 'starting' | CameraFault } | { readonly status: 'open'; readonly stream: MediaStream }

/** Holds the camera for as long as the page is before somebody's eyes, and no longer. `attempt`: another number asks again. */
export function useCamera(attempt: number): Camera {
  const [camera, setCamera] = useState<Camera>({ status: 'starting' })
  const seen = useSeen()
  useEffect(() => {
    if (!seen) return undefined
    let [here, stream] = [true, undefined as MediaStream | undefined]
    setCamera({ status: 'starting' })
    void openCamera().then((opened) => {
      if (opened.status === 'open') stream = opened.stream
      if (here) setCamera(opened)
      else if (stream) closeCamera(stream)
    })
    return () => {
      here = false
      if (stream) closeCamera(stream)
    }
  }, [seen, attempt])
  return camera
}

function useSeen(): boolean {
  const [seen, setSeen] = useState(document.visibilityState === 'visible')
  useEffect(() => {
    const changed = () => setSeen(document.visibilityState === 'visible')
    document.addEventListener('visibilitychange', changed)
    return () => document.removeEventListener('visibilitychange', changed)
  }, [])
  return seen
}
