/** `refused`: by the person, the browser or the device's owner; `busy`: another app has it, or it does not start. */
export type CameraFault = 'refused' | 'none' | 'busy'

export type OpenedCamera = { readonly status: 'open'; readonly stream: MediaStream } | { readonly status: CameraFault }

/** The camera at the back where there is one. Whoever opened it ends it by `closeCamera`. */
export async function openCamera(): Promise<OpenedCamera> {
  // Where the page is not served over https there is none to ask.
  const devices = navigator.mediaDevices as MediaDevices | undefined
  if (!devices?.getUserMedia) return { status: 'none' }
  const video = { facingMode: { ideal: 'environment' }, width: { ideal: 1920 }, height: { ideal: 1080 } }
  try {
    return { status: 'open', stream: await devices.getUserMedia({ video, audio: false }) }
  } catch (cause) {
    return { status: faultOf(cause) }
  }
}

export function closeCamera(stream: MediaStream): void {
  for (const track of stream.getTracks()) track.stop()
}

function faultOf(cause: unknown): CameraFault {
  const name = cause instanceof Error || cause instanceof DOMException ? cause.name : ''
  if (name === 'NotAllowedError' || name === 'SecurityError') return 'refused'
  if (name === 'NotFoundError' || name === 'OverconstrainedError' || name === 'TypeError') return 'none'
  return 'busy'
}
