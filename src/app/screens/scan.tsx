import { Trans, useLingui } from '@lingui/react/macro'
import { Image } from 'lucide-react'
import { type ReactNode, useCallback, useEffect, useRef, useState } from 'react'
import { Button } from '../../ui/button.tsx'
import { FileInput } from '../../ui/file-input.tsx'
import { Notice } from '../../ui/notice.tsx'
import { codesInFrame, codesInPicture } from '../read-codes.ts'
import { type Scanned, withCodes } from '../scanned.ts'
import { type Camera, useCamera } from '../use-camera.ts'

interface Props {
  /** A set-up link, or what says the same: the way on is the same for both. */
  readonly onLink: (link: string) => void
  readonly onClose: () => void
}

/** How a picture that was chosen was read. */
type Picture = 'reading' | 'no-picture' | 'no-code'

/** Reads the codes of a set-up sheet, or of a link, by the camera or from pictures, with no network. */
export function Scan({ onLink, onClose }: Props): ReactNode {
  const [attempt, setAttempt] = useState(0)
  const camera = useCamera(attempt)
  const [scanned, setScanned] = useState<Scanned>({ status: 'nothing' })
  const [picture, setPicture] = useState<Picture>()
  const last = useRef(scanned)
  const add = useCallback(
    async (texts: readonly string[]) => {
      if (texts.length === 0 || last.current.status === 'link') return
      const now = await withCodes(last.current, texts)
      last.current = now
      setScanned(now)
      setPicture(undefined)
      if (now.status === 'link') onLink(now.link)
    },
    [onLink],
  )
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
      <p>
        <Trans>
          Hold the camera over each numbered square of the set-up sheet, in any order, or over the code of a set-up
          link. No network is needed for a sheet.
        </Trans>
      </p>
      {camera.status === 'open' && <Viewfinder stream={camera.stream} onCodes={add} />}
      <CameraLine camera={camera} />
      <p role="status">
        <Progress scanned={scanned} reading={picture === 'reading'} />
      </p>
      <Wrong scanned={scanned} picture={picture} />
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
          the sheet.
        </Trans>
      )}
      {camera.status === 'none' && (
        <Trans>No camera was found. Take a picture of the sheet with another device and choose it here.</Trans>
      )}
      {camera.status === 'busy' && (
        <Trans>
          The camera did not start. Another app may be using it: close that one and try again, or choose a picture of
          the sheet.
        </Trans>
      )}
    </Notice>
  )
}

function Progress({ scanned, reading }: { readonly scanned: Scanned; readonly reading: boolean }): ReactNode {
  const { i18n } = useLingui()
  if (reading) return <Trans>Reading the picture …</Trans>
  if (scanned.status !== 'parts') return null
  const { parts, of, missing } = scanned
  const numbers = new Intl.ListFormat(i18n.locale).format(missing.map(String))
  const read = parts.length
  return (
    <Trans>
      {read} of {of} read. Still missing: {numbers}
    </Trans>
  )
}

function Wrong({ scanned, picture }: { readonly scanned: Scanned; readonly picture: Picture | undefined }): ReactNode {
  const sentence = sentenceFor(scanned, picture)
  return (
    sentence && (
      <Notice look="must" live="alert">
        {sentence}
      </Notice>
    )
  )
}

function sentenceFor({ status }: Scanned, picture: Picture | undefined): ReactNode {
  if (picture === 'no-picture')
    return <Trans>This file is no picture that the browser can read. Choose a photograph or a screenshot.</Trans>
  if (picture === 'no-code')
    return (
      <Trans>
        No code could be read in this picture. Take it from straight above, in good light, with whole squares in it.
      </Trans>
    )
  if (status === 'changed')
    return (
      <Trans>
        The codes of this sheet do not belong together. Nothing was set up. Scan it again, or ask for a new one.
      </Trans>
    )
  if (status === 'strange')
    return <Trans>This is another code. It belongs to no set-up sheet and no set-up link.</Trans>
  return undefined
}
