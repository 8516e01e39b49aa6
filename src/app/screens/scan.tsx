import { Trans } from '@lingui/react/macro'
import { type ReactNode, useRef, useState } from 'react'
import { formatList, formatNumber } from '../../i18n/format.ts'
import { type Scanned, withCodes } from '../scanned.ts'
import { CodeReader } from './code-reader.tsx'

interface Props {
  /** A set-up link, or what says the same: the way on is the same for both. */
  readonly onLink: (link: string) => void
  readonly onClose: () => void
}

/** Reads the codes of a set-up sheet, or of a link, by the camera or from pictures, with no network. */
export function Scan({ onLink, onClose }: Props): ReactNode {
  const [scanned, setScanned] = useState<Scanned>({ status: 'nothing' })
  const last = useRef(scanned)
  const add = async (texts: readonly string[]) => {
    if (last.current.status === 'link') return
    const now = await withCodes(last.current, texts)
    last.current = now
    setScanned(now)
    if (now.status === 'link') onLink(now.link)
  }
  return (
    <CodeReader progress={<Progress scanned={scanned} />} wrong={sentenceFor(scanned)} onCodes={add} onClose={onClose}>
      <Trans>
        Hold the camera over each numbered square of the set-up sheet, in any order, or over the code of a set-up link.
        No network is needed for a sheet.
      </Trans>
    </CodeReader>
  )
}

function Progress({ scanned }: { readonly scanned: Scanned }): ReactNode {
  if (scanned.status !== 'parts') return null
  const [read, of] = [formatNumber(scanned.parts.length), formatNumber(scanned.of)]
  const numbers = formatList(scanned.missing.map(formatNumber))
  return (
    <Trans>
      {read} of {of} read. Still missing: {numbers}
    </Trans>
  )
}

function sentenceFor({ status }: Scanned): ReactNode {
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
