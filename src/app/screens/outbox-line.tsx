import { Plural, Trans, useLingui } from '@lingui/react/macro'
import { CircleCheck, FileInput, Send, TriangleAlert } from 'lucide-react'
import type { ReactNode } from 'react'
import type { OutboxView } from '../../outbox/outbox.ts'
import { deliverySentences } from '../delivery-sentences.ts'
import { useHouse } from '../house.tsx'
import { whenOf } from '../when.ts'

/** What waits, when there was contact last, and why not now: proven words only. */
export function OutboxLine(): ReactNode {
  const { t } = useLingui()
  const { outbox, organisation, go } = useHouse()
  if (!outbox || !organisation) return null
  const sends = organisation.endpointHost !== undefined
  const { waiting, refused, lastCode } = outbox
  // Who is not recognised any more has to know before there is something to send.
  const wrong = lastCode !== '' && (waiting > 0 || refused > 0 || lastCode === 'device')
  const Icon = wrong ? TriangleAlert : waiting === 0 ? CircleCheck : sends ? Send : FileInput
  return (
    <p className={wrong ? 'saved attention' : 'saved'}>
      <Icon aria-hidden="true" />
      <span>
        {sends ? <ToBeSent outbox={outbox} /> : <ToBeHandedOver outbox={outbox} />}{' '}
        {wrong && t(deliverySentences[lastCode])}{' '}
        {sends && outbox.lastContactAt > 0 && (
          <Trans>Last contact: {whenOf(new Date(outbox.lastContactAt).toISOString())}.</Trans>
        )}{' '}
        <button type="button" className="link" onClick={() => go({ name: 'outbox' })}>
          <Trans>Details</Trans>
        </button>
      </span>
    </p>
  )
}

interface Props {
  readonly outbox: OutboxView
}

function ToBeSent({ outbox }: Props): ReactNode {
  if (outbox.waiting === 0) return <Trans>Nothing waits to be sent.</Trans>
  return <Plural value={outbox.waiting} one="# case waits to be sent." other="# cases wait to be sent." />
}

/** Without a receiver: a saved file moves nothing, only the organisation's answer does. */
function ToBeHandedOver({ outbox }: Props): ReactNode {
  if (outbox.waiting === 0) return <Trans>Nothing waits to be handed over as a file.</Trans>
  return (
    <Plural
      value={outbox.waiting}
      one="# case waits to be handed over as a file, or for the answer."
      other="# cases wait to be handed over as a file, or for the answer."
    />
  )
}
