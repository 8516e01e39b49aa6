import { Plural, Trans, useLingui } from '@lingui/react/macro'
import { CircleHelp, Send } from 'lucide-react'
import { type ReactNode, useState } from 'react'
import { formatDay, formatNumber } from '../../i18n/format.ts'
import { showCaseCode } from '../../record/ids.ts'
import { Button } from '../../ui/button.tsx'
import { Notice } from '../../ui/notice.tsx'
import type { CaseSummary } from '../../vault/api.ts'
import { useHouse } from '../house.tsx'
import { decideAfter } from '../to-decide.ts'
import { Missing, OldCase } from './old-case.tsx'
import { RemoveButton } from './remove-case.tsx'

interface Props {
  readonly cases: readonly CaseSummary[]
  readonly onPutOff: () => void
  readonly onRemoved: () => void
}

const askedAtOnce = 3

/** Asks what becomes of cases that nobody sent for 90 days. Each way out is a person's own act, and waiting is one of them. */
export function ToDecide({ cases, onPutOff, onRemoved }: Props): ReactNode {
  const left = cases.length - askedAtOnce
  return (
    <section className="card old-drafts" aria-labelledby="to-decide">
      <h2 id="to-decide">
        <CircleHelp aria-hidden="true" />{' '}
        <Trans>Not sent for more than {formatNumber(decideAfter)} days: what is to become of it?</Trans>
      </h2>
      <p className="small">
        <Trans>Nothing is deleted by itself, and whatever you choose can wait: you are asked again in 30 days.</Trans>
      </p>
      <ul>
        {cases.slice(0, askedAtOnce).map((one) => (
          <Decision key={one.id} one={one} onPutOff={onPutOff} onRemoved={onRemoved} />
        ))}
      </ul>
      {left > 0 && (
        <p className="small">
          <Plural
            value={left}
            one="# more case is asked about afterwards."
            other="# more cases are asked about afterwards."
          />
        </p>
      )}
    </section>
  )
}

interface DecisionProps {
  readonly one: CaseSummary
  readonly onPutOff: () => void
  readonly onRemoved: () => void
}

function Decision({ one, onPutOff, onRemoved }: DecisionProps): ReactNode {
  const { t } = useLingui()
  const { vault, go } = useHouse()
  const [step, setStep] = useState<'asked' | 'keeping' | 'failed'>('asked')
  const code = showCaseCode(one.code)
  const putOff = () => {
    setStep('keeping')
    void vault.note('put-off', one.id).then(onPutOff, () => setStep('failed'))
  }
  return (
    <li aria-label={t`Case ${code}`}>
      <div className="grow">
        <OldCase one={one} />
        <p className="small">
          <Missing one={one} />
        </p>
      </div>
      {step === 'failed' && (
        <Notice look="must" live="alert">
          <Trans>It was not put off: the tablet is full or its storage did not answer. Try again.</Trans>
        </Notice>
      )}
      <div className="decision">
        <Button look="first" onClick={() => go({ name: 'case', id: one.id, section: 'send' })}>
          <Send aria-hidden="true" /> <Trans>Finish and send</Trans>
        </Button>
        <Button onClick={() => go({ name: 'case', id: one.id })}>
          <Trans>Go on</Trans>
        </Button>
        <Button disabled={step === 'keeping'} onClick={putOff}>
          <Trans>Ask again in 30 days</Trans>
        </Button>
        <RemoveButton id={one.id} code={code} onRemoved={onRemoved} />
      </div>
    </li>
  )
}

interface JumpedProps {
  /** The last date that was believed. */
  readonly from: number
  readonly now: number
  readonly onRight: () => void
}

/** Said before anything is reckoned with a date that does not follow from the last one. */
export function JumpedClock({ from, now, onRight }: JumpedProps): ReactNode {
  const { vault } = useHouse()
  const [failed, setFailed] = useState(false)
  if (from === now) return null
  const right = () => void vault.note('clock').then(onRight, () => setFailed(true))
  return (
    <Notice
      look="warn"
      acts={
        <Button look="quiet" onClick={right}>
          <Trans>The date is right</Trans>
        </Button>
      }
    >
      <Trans>
        This tablet says that today is {formatDay(now)}; Daybook was last used on {formatDay(from)}. If that is wrong,
        set the date in the tablet's settings. Until then nobody is asked about cases that wait long.
      </Trans>
      {failed && (
        <>
          {' '}
          <Trans>That was not kept: the tablet is full or its storage did not answer. Try again.</Trans>
        </>
      )}
    </Notice>
  )
}
