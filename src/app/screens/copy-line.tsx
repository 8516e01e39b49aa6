import { Trans } from '@lingui/react/macro'
import { CopyCheck, TriangleAlert } from 'lucide-react'
import { type ReactNode, useEffect, useState } from 'react'
import type { CaseList, CopiesView } from '../../vault/api.ts'
import { useHouse } from '../house.tsx'
import { whenOf } from '../when.ts'
import { TooLongToCopy } from './too-long-to-copy.tsx'

const aWeek = 7 * 24 * 60 * 60_000

interface Props {
  /** How many cases are on this tablet. */
  readonly cases: number
  /** Those of which the organisation gets no safety copy. */
  readonly tooLong?: CaseList['tooLong'] | undefined
  readonly now: number
}

/** When the last copy was made; where no organisation has the cases, too, it presses. Above it what has no safety copy. */
export function CopyLine({ cases, tooLong, now }: Props): ReactNode {
  const { vault, practising, settingsChanged, go, organisation } = useHouse()
  const [copies, setCopies] = useState<CopiesView>()
  useEffect(() => {
    let here = true
    if (!practising)
      void vault.copies().then(
        (view) => here && setCopies(view),
        () => undefined,
      )
    return () => {
      here = false
    }
  }, [vault, practising, organisation])
  if (!copies || practising) return null
  const alone = !copies.organisation && !settingsChanged
  const old = copies.copiedAt === undefined || now - Date.parse(copies.copiedAt) > aWeek
  const due = alone && (!copies.drawer || (cases > 0 && old))
  return (
    <>
      <TooLongToCopy codes={tooLong} />
      <p className={due ? 'saved attention' : 'saved'}>
        {due ? <TriangleAlert aria-hidden="true" /> : <CopyCheck aria-hidden="true" />}
        <span>
          {alone && !copies.drawer ? (
            <>
              <Trans>There is no key for the drawer yet: if this tablet breaks or is lost, its cases are lost.</Trans>{' '}
              <button type="button" className="link" onClick={() => go({ name: 'drawer' })}>
                <Trans>Make the key for the drawer</Trans>
              </button>
            </>
          ) : (
            <>
              {copies.copiedAt === undefined ? (
                <Trans>No copy was made yet.</Trans>
              ) : (
                <Trans>Last copy: {whenOf(copies.copiedAt)}.</Trans>
              )}{' '}
              <button type="button" className="link" onClick={() => go({ name: 'copies' })}>
                <Trans>Copy to a stick or another device</Trans>
              </button>
            </>
          )}
        </span>
      </p>
    </>
  )
}
