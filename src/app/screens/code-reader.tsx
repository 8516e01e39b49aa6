import { Trans, useLingui } from '@lingui/react/macro'
import { Image } from 'lucide-react'
import { type ReactNode, useEffect, useRef, useState } from 'react'
import { Button } from '../../ui/button.tsx'
import { FileInput } from '../../ui/file-input.tsx'
import { Notice } from '../../ui/notice.tsx'
import { codesInFrame, codesInPicture } from '../read-codes.ts'
import { type Camera, useCamera } from '../use-camera.ts'

interface Props {
  /** What is to be held before the camera. */
  readonly children: ReactNode
  /** How far one is, where it takes several codes. */
  readonly progress?: ReactNode
  /** What is wrong with what was read. */
  readonly wrong?: ReactNode
  /** The texts of the codes in one picture, at least one; the camera may read the same ones again and again. */
  readonly onCodes: (texts: readonly string[]) => Promise<void>
  readonly onClose: () => void
}

/** How a picture that was chosen was read. */
type Picture = 'reading' | 'no-picture' | 'no-code'

/** Reads codes by the camera or from pictures, on this device alone. */
export function CodeReader({ children, progress, wrong, onCodes, onClose }: Props): ReactNode {
  const [attempt, setAttempt] = useState(0)
  const camera = useCamera(attempt)
  const [picture, setPicture] = useState<Picture>()
  const add = async (texts: readonly string[]) => {
    if (texts.length === 0) return
    setPicture(undefined)
    await onCodes(texts)
  }
  const choose = async (file: File) => {
    setPicture('reading')
    const texts = await codesInPicture(file)
    setPicture(texts === undefined ? 'no-picture' : texts.length === 0 ? 'no-code' : undefined)
    await add(texts ?? [])
  }
  return (
    <section className="stack">
      <h2>
        <Trans>Scan a code</Trans>
      </h2>
      <p>{children}</p>
      {camera.status === 'open' && <Viewfinder stream={camera.stream} onCodes={add} />}
      <CameraLine camera={camera} />
      <p role="status">{picture === 'reading' ? <Trans>Reading the picture …</Trans> : progress}</p>
      <Unread picture={picture}>{wrong}</Unread>
      <div className="together">
        {camera.status !== 'open' && camera.status !== 'starting' && (
          <Button onClick={() => setAttempt(attempt + 1)}>
            <Trans>Try again</Trans>
          </Button>
        )}
        <FileInput accept="image/*" disabled={picture === 'reading'} onFile={(file) => void choose(file)}>
          <Image aria-hidden="true" /> <Trans>From a picture</Trans>
        </FileInput>
        <Button look="quiet" onClick={onClose}>
          <Trans>Back</Trans>
        </Button>
      </div>
    </section>
  )
}

/** Between two looks at what the camera sees, so that a slow tablet can still be touched. */
const pause = 120

interface ViewfinderProps {
  readonly stream: MediaStream
  readonly onCodes: (texts: readonly string[]) => Promise<void>
}

function Viewfinder({ stream, onCodes }: ViewfinderProps): ReactNode {
  const { t } = useLingui()
  const video = useRef<HTMLVideoElement>(null)
  const tell = useRef(onCodes)
  useEffect(() => {
    tell.current = onCodes
  }, [onCodes])
  useEffect(() => {
    const element = video.current
    if (!element) return undefined
    let [here, timer] = [true, undefined as ReturnType<typeof setTimeout> | undefined]
    const look = async () => {
      await tell.current(await codesInFrame(element))
      if (here) timer = setTimeout(() => void look(), pause)
    }
    element.srcObject = stream
    // It is refused where the camera was taken away at once; then there is nothing to see.
    void element.play().then(look, () => undefined)
    return () => {
      here = false
      clearTimeout(timer)
      element.srcObject = null
    }
  }, [stream])
  return <video className="viewfinder" ref={video} muted playsInline aria-label={t`What the camera sees`} />
}

function CameraLine({ camera }: { readonly camera: Camera }): ReactNode {
  if (camera.status === 'open') return null
  if (camera.status === 'starting')
    return (
      <p>
        <Trans>The camera is starting …</Trans>
      </p>
    )
  return (
    <Notice>
      {camera.status === 'refused' && (
        <Trans>
          The camera may not be used here. Allow it for this page in the settings of the browser, or choose a picture of
          the code.
        </Trans>
      )}
      {camera.status === 'none' && (
        <Trans>No camera was found. Take a picture of the code with another device and choose it here.</Trans>
      )}
      {camera.status === 'busy' && (
        <Trans>
          The camera did not start. Another app may be using it: close that one and try again, or choose a picture of
          the code.
        </Trans>
      )}
    </Notice>
  )
}

/** What is wrong with a picture that was chosen, or else with the codes that were read. */
function Unread({ picture, children }: { readonly picture: Picture | undefined; readonly children: ReactNode }) {
  const sentence = sentenceFor(picture) ?? children
  return (
    sentence && (
      <Notice look="must" live="alert">
        {sentence}
      </Notice>
    )
  )
}

function sentenceFor(picture: Picture | undefined): ReactNode {
  if (picture === 'no-picture')
    return <Trans>This file is no picture that the browser can read. Choose a photograph or a screenshot.</Trans>
  if (picture === 'no-code')
    return (
      <Trans>
        No code could be read in this picture. Take it from straight above, in good light, with whole squares in it.
      </Trans>
    )
  return undefined
}
