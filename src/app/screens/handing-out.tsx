import { Trans } from '@lingui/react/macro'
import { Download, Share2 } from 'lucide-react'
import { type ReactNode, useState } from 'react'
import { Button } from '../../ui/button.tsx'
import { Notice } from '../../ui/notice.tsx'
import { copyName, download, mayShare, share } from '../hand-out.ts'

interface Props {
  readonly bytes: Uint8Array<ArrayBuffer>
  /** That of a copy where it is left out. */
  readonly name?: string
  /** The person has seen the file where it should be. */
  readonly onThere: () => void
}

/** Hands a sealed file out, and asks whether it arrived: the browser cannot know. */
export function HandingOut({ bytes, name, onThere }: Props): ReactNode {
  const [fileName] = useState(() => name ?? copyName(new Date()))
  const [handed, setHanded] = useState(false)
  const [sharing] = useState(mayShare)
  const save = () => {
    download(new Blob([bytes], { type: 'application/octet-stream' }), fileName)
    setHanded(true)
  }
  const send = async () => {
    if (await share(bytes, fileName)) setHanded(true)
    else save()
  }
  return (
    <div className="stack">
      <p>
        <bdi dir="ltr">{fileName}</bdi>
      </p>
      <div className="together">
        <Button {...(!handed && { look: 'first' as const })} onClick={save}>
          <Download aria-hidden="true" /> {handed ? <Trans>Save it once more</Trans> : <Trans>Save the file</Trans>}
        </Button>
        {sharing && (
          <Button onClick={() => void send()}>
            <Share2 aria-hidden="true" /> <Trans>Hand it to another app</Trans>
          </Button>
        )}
      </div>
      {handed && (
        <>
          <Notice look="hint" live="status">
            <Trans>Is the file where it should be? Look for it on the stick or the other device.</Trans>
          </Notice>
          <Button look="first" className="at-start" onClick={onThere}>
            <Trans>Yes, it is there</Trans>
          </Button>
        </>
      )}
    </div>
  )
}
