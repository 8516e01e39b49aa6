import { Plural, Trans, useLingui } from '@lingui/react/macro'
import { ArrowLeft, RefreshCw } from 'lucide-react'
import { type ReactNode, useState } from 'react'
import { formatDayAndTime, formatTime } from '../../i18n/format.ts'
import type { DeliveryCode } from '../../outbox/answers.ts'
import { Button } from '../../ui/button.tsx'
import { Notice } from '../../ui/notice.tsx'
import { useHouse } from '../house.tsx'
import { deliverySentences } from '../delivery-sentences.ts'
import { TopBar } from '../top-bar.tsx'

const mendedByALink: ReadonlySet<DeliveryCode> = new Set(['device', 'endpoint', 'config', 'code-expired'])

/** What waits to be sent, when it is tried next, and why it is still here. */
export function OutboxScreen(): ReactNode {
  const { t } = useLingui()
  const { outbox, organisation, sendNow, go } = useHouse()
  const [busy, setBusy] = useState(false)
  const send = async () => {
    setBusy(true)
    await sendNow()
    setBusy(false)
  }
  return (
    <>
      <TopBar title={<Trans>What waits to be sent</Trans>} />
      <main className="page narrow">
        {!organisation && (
          <Notice>
            <Trans>No organisation is set up. Finished cases stay on this tablet only.</Trans>
          </Notice>
        )}
        {outbox && organisation && (
          <>
            <section className="card">
              <dl className="facts">
                <dt>
                  <Trans>Waiting to be sent</Trans>
                </dt>
                <dd className="num">{outbox.waiting}</dd>
                <dt>
                  <Trans>Received by {organisation.label}</Trans>
                </dt>
                <dd className="num">{outbox.received + outbox.opened}</dd>
                <dt>
                  <Trans>Opened by {organisation.label}</Trans>
                </dt>
                <dd className="num">{outbox.opened}</dd>
                {outbox.refused > 0 && (
                  <>
                    <dt>
                      <Trans>Could not be accepted</Trans>
                    </dt>
                    <dd className="num">{outbox.refused}</dd>
                  </>
                )}
                <dt>
                  <Trans>Sends to</Trans>
                </dt>
                <dd>
                  <bdi dir="ltr">{organisation.endpointHost}</bdi>
                </dd>
                <dt>
                  <Trans>Last contact</Trans>
                </dt>
                <dd>{outbox.lastContactAt > 0 ? moment(outbox.lastContactAt) : <Trans>none yet</Trans>}</dd>
                {outbox.nextAt > 0 && (
                  <>
                    <dt>
                      <Trans>Next try</Trans>
                    </dt>
                    <dd>{moment(outbox.nextAt)}</dd>
                  </>
                )}
              </dl>
            </section>
            {outbox.lastCode !== '' && (
              <Notice
                look="warn"
                live="status"
                acts={
                  mendedByALink.has(outbox.lastCode) && (
                    <Button look="quiet" onClick={() => go({ name: 'settings' })}>
                      <Trans>Take new settings or a new link</Trans>
                    </Button>
                  )
                }
              >
                {t(deliverySentences[outbox.lastCode])}
              </Notice>
            )}
            {outbox.waiting > 0 && (
              <p className="small">
                <Plural
                  value={outbox.waiting}
                  one="It is sealed: it can leave while Daybook is locked or closed, and nobody on the way can read it."
                  other="They are sealed: they can leave while Daybook is locked or closed, and nobody on the way can read them."
                />
              </p>
            )}
          </>
        )}
        <div className="together">
          <Button look="first" disabled={busy || !organisation} onClick={() => void send()}>
            <RefreshCw aria-hidden="true" /> {busy ? <Trans>Sending …</Trans> : <Trans>Send now</Trans>}
          </Button>
          <Button onClick={() => go({ name: 'home' })}>
            <ArrowLeft className="onward" aria-hidden="true" /> <Trans>All cases</Trans>
          </Button>
        </div>
      </main>
    </>
  )
}

const moment = (at: number): string =>
  new Date(at).toDateString() === new Date().toDateString() ? formatTime(at) : formatDayAndTime(at)
