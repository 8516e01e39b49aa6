import { Trans, useLingui } from '@lingui/react/macro'
import { type ReactNode, useEffect, useState } from 'react'
import { Details } from '../../ui/details.tsx'
import { Notice } from '../../ui/notice.tsx'
import { useHouse } from '../house.tsx'
import { momentOf } from '../when.ts'
import { WordsEntry } from '../words-entry.tsx'

const count = 6

/** Whether the place that the organisation was told of stands in this log: a log cut short does not hold it. */
export function LogCompared(): ReactNode {
  const { t } = useLingui()
  const [open, setOpen] = useState(false)
  const [words, setWords] = useState<readonly string[]>([])
  return (
    <Details title={t`Compare with the organisation`} open={open} onToggle={setOpen}>
      <div className="stack">
        <p>
          <Trans>
            Each box that leaves says where this list ended. The report of the organisation shows that place of each
            account as six words. If they are found here, nothing before them was cut off.
          </Trans>
        </p>
        <WordsEntry words={words} count={count} onChange={setWords} />
        {words.length === count && <Answer words={words} />}
      </div>
    </Details>
  )
}

type Found = { readonly time: string | undefined } | 'failed'

function Answer({ words }: { readonly words: readonly string[] }): ReactNode {
  const { vault } = useHouse()
  const [found, setFound] = useState<Found>()
  useEffect(() => {
    let here = true
    vault.standsInLog(words).then(
      (time) => here && setFound({ time }),
      () => here && setFound('failed'),
    )
    return () => {
      here = false
    }
  }, [vault, words])
  if (found === undefined) return null
  if (found === 'failed') return <NotRead />
  if (found.time === undefined)
    return (
      <Notice look="warn" live="alert">
        <Trans>
          These words are not in this list. They belong to another tablet, or to a team that you are not in; or a part
          of the list was cut off. Compare each word once more, then tell your lead. The cases are not affected.
        </Trans>
      </Notice>
    )
  const when = momentOf(Date.parse(found.time))
  return (
    <Notice look="derived" live="status">
      <Trans>They are in this list: {when}. Nothing before that was cut off.</Trans>
    </Notice>
  )
}

export function NotRead(): ReactNode {
  return (
    <Notice look="warn" live="alert">
      <Trans>This list could not be read. The cases on this tablet were not changed.</Trans>
    </Notice>
  )
}
