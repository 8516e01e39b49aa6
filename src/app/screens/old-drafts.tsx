import { Plural, Trans, useLingui } from '@lingui/react/macro'
import { Clock } from 'lucide-react'
import { type ReactNode, useEffect, useState } from 'react'
import { formatNumber } from '../../i18n/format.ts'
import { withWords } from '../../i18n/with-words.ts'
import { showCaseCode } from '../../record/ids.ts'
import { Button } from '../../ui/button.tsx'
import { later } from '../../ui/later.tsx'
import type { CaseSummary, LongWaits } from '../../vault/api.ts'
import { daysUnsent, remindAfter, standsFirst } from '../case-list.ts'
import { useHouse } from '../house.tsx'
import { decideAfter, isToDecide } from '../to-decide.ts'
import { Missing, OldCase } from './old-case.tsx'
import { WhereLeft } from './where-left.tsx'

const ToDecide = later(async () => (await withWords(import('./to-decide.tsx'))).ToDecide)
const JumpedClock = later(async () => (await withWords(import('./to-decide.tsx'))).JumpedClock)

interface Props {
  readonly cases: readonly CaseSummary[]
  readonly now: number
  /** The case that was written in last: it stands here instead of in a card of its own. */
  readonly last?: string | undefined
  /** The list is not as it was any more. */
  readonly onChanged: () => void
}

const shownAtFirst = 3

/**
 * What waits to be sent for long: the case of last, then the oldest first, each with what is missing to send it. After 30
 * days it is said how many wait so long, and after 90 it is asked what becomes of each; not by a clock that jumped.
 */
export function OldDrafts({ cases, now, last, onChanged }: Props): ReactNode {
  const old = cases
    .filter((one) => standsFirst(one, now))
    .toSorted((a, b) => Number(b.id === last) - Number(a.id === last) || daysUnsent(b, now) - daysUnsent(a, now))
  const long = old.filter((one) => daysUnsent(one, now) > remindAfter)
  const [known, look] = useLongWaits(long.length > 0, now)
  if (old.length === 0 || (long.length > 0 && known === undefined)) return null
  const jumpedFrom = known?.jumpedFrom
  const toDecide = known && jumpedFrom === undefined ? long.filter((one) => isToDecide(one, now, known)) : []
  return (
    <>
      {jumpedFrom !== undefined && <JumpedClock from={jumpedFrom} now={now} onRight={look} />}
      {toDecide.length > 0 && <ToDecide cases={toDecide} onPutOff={look} onRemoved={onChanged} />}
      <Waiting
        old={old.filter((one) => !toDecide.includes(one))}
        long={jumpedFrom === undefined ? long.length - toDecide.length : 0}
        last={last}
      />
    </>
  )
}

/** What the vault says, and a way to ask it again; undefined while it was not asked. */
function useLongWaits(wanted: boolean, now: number): readonly [LongWaits | undefined, () => void] {
  const { vault } = useHouse()
  const [known, setKnown] = useState<LongWaits>()
  const [nth, setNth] = useState(0)
  useEffect(() => {
    let here = true
    // Where the log does not open nobody is asked anything, and the cases stand there all the same.
    const nothing: LongWaits = { putOff: {}, jumpedFrom: now }
    if (wanted)
      void vault.longWaits(now).then(
        (found) => here && setKnown(found),
        () => here && setKnown(nothing),
      )
    return () => {
      here = false
    }
  }, [vault, wanted, now, nth])
  return [known, () => setNth(nth + 1)]
}

interface WaitingProps {
  readonly old: readonly CaseSummary[]
  /** How many of them wait for more than 30 days. */
  readonly long: number
  readonly last: string | undefined
}

function Waiting({ old, long, last }: WaitingProps): ReactNode {
  const [all, setAll] = useState(false)
  if (old.length === 0) return null
  const left = old.length - shownAtFirst
  return (
    <section className="card old-drafts" aria-labelledby="old-drafts">
      <h2 id="old-drafts">
        <Clock aria-hidden="true" /> <Trans>Not sent for more than 14 days</Trans>
      </h2>
      {long > 0 && (
        <p className="small">
          <Plural
            value={long}
            one="# case has waited for more than 30 days."
            other="# cases have waited for more than 30 days."
          />{' '}
          <Trans>
            Nothing is deleted by itself. After {formatNumber(decideAfter)} days you are asked what is to become of it.
          </Trans>
        </p>
      )}
      <ul>
        {(all ? old : old.slice(0, shownAtFirst)).map((one) => (
          <OldDraft key={one.id} one={one} last={one.id === last} />
        ))}
      </ul>
      {!all && left > 0 && (
        <Button look="quiet" className="at-start" onClick={() => setAll(true)}>
          <Trans>Show {formatNumber(left)} more</Trans>
        </Button>
      )}
    </section>
  )
}

function OldDraft({ one, last }: { readonly one: CaseSummary; readonly last: boolean }): ReactNode {
  const { t } = useLingui()
  const { go } = useHouse()
  const code = showCaseCode(one.code)
  const goOn = () => go({ name: 'case', id: one.id })
  return (
    <li>
      <div className="grow">
        <OldCase one={one} />
        {last && (
          <span className="small">
            <WhereLeft id={one.id} changedAt={one.changedAt} />
          </span>
        )}
        <p className="small">
          <Missing one={one} />
        </p>
      </div>
      {last ? (
        <Button look="first" onClick={goOn}>
          <Trans>Continue</Trans>
        </Button>
      ) : (
        <Button aria-label={t`Finish case ${code}`} onClick={goOn}>
          <Trans>Go on</Trans>
        </Button>
      )}
    </li>
  )
}
