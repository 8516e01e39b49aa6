import { Plural, Trans, useLingui } from '@lingui/react/macro'
import { ArrowLeft, RefreshCw } from 'lucide-react'
import { type ReactNode, useCallback, useEffect, useRef, useState, useSyncExternalStore } from 'react'
import { formatNumber, formatSize } from '../../i18n/format.ts'
import type { DeliveryCode } from '../../outbox/answers.ts'
import { costOf } from '../../outbox/network.ts'
import type { OutboxView } from '../../outbox/outbox.ts'
import { Button } from '../../ui/button.tsx'
import { Meter } from '../../ui/meter.tsx'
import { Notice } from '../../ui/notice.tsx'
import type { BoxList, OrganisationView } from '../../vault/api.ts'
import { useHouse } from '../house.tsx'
import { deliverySentences } from '../delivery-sentences.ts'
import { sending } from '../sending.ts'
import { TopBar } from '../top-bar.tsx'
import { momentOf } from '../when.ts'
import { ByHand, HandOver } from './outbox-by-hand.tsx'
import { needsALink, WaitingList } from './outbox-list.tsx'
import { WifiOnly } from './outbox-wifi.tsx'
import { SendsTo } from './sends-to.tsx'

const mendedByALink: ReadonlySet<DeliveryCode> = new Set(['device', 'endpoint', 'config', 'code-expired'])

/**
 * What waits to be sent, case by case: when it is tried next, why it is still here, and the ways to send it. Where there is
 * no receiver, files are the way, and nothing is tried.
 */
export function OutboxScreen(): ReactNode {
  const { outbox, organisation, go } = useHouse()
  const { list, readAgain } = useBoxes()
  const byFile = organisation !== undefined && organisation.endpointHost === undefined
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
            <Totals outbox={outbox} organisation={organisation} list={list} />
            <WhyItWaits outbox={outbox} list={list} />
            {byFile ? <HandOver list={list} onChanged={readAgain} /> : <Cost outbox={outbox} list={list} />}
          </>
        )}
        {!byFile && <Sending />}
        <div className="together">
          {!byFile && <SendNow />}
          <Button onClick={() => go({ name: 'home' })}>
            <ArrowLeft className="onward" aria-hidden="true" /> <Trans>All cases</Trans>
          </Button>
        </div>
        {outbox && organisation && (
          <>
            {list && list.boxes.length > 0 && <WaitingList boxes={list.boxes} outbox={outbox} byFile={byFile} />}
            {!byFile && outbox.waiting > 0 && (
              <p className="small">
                <Plural
                  value={outbox.waiting}
                  one="It is sealed: it can leave while Daybook is locked or closed, and nobody on the way can read it."
                  other="They are sealed: they can leave while Daybook is locked or closed, and nobody on the way can read them."
                />
              </p>
            )}
            {!byFile && (
              <>
                <ByHand list={list} onChanged={readAgain} />
                <WifiOnly outbox={outbox} />
              </>
            )}
          </>
        )}
      </main>
    </>
  )
}

/** Read anew whenever the outbox changed, one reading at a time: of many changes in a row the last one counts. */
function useBoxes(): { readonly list: BoxList | undefined; readonly readAgain: () => void } {
  const { vault, outbox, carried } = useHouse()
  const [list, setList] = useState<BoxList>()
  const wanted = useRef(false)
  const reading = useRef(false)
  const readAgain = useCallback(() => {
    const read = async () => {
      reading.current = true
      while (wanted.current) {
        wanted.current = false
        const next = await vault.boxes().catch(() => undefined)
        if (next) setList(next)
      }
      reading.current = false
    }
    wanted.current = true
    if (!reading.current) void read()
  }, [vault])
  const { waiting, received, opened, refused, nextAt, triedAt } = outbox ?? {}
  useEffect(readAgain, [readAgain, carried, waiting, received, opened, refused, nextAt, triedAt])
  return { list, readAgain }
}

interface TotalsProps {
  readonly outbox: OutboxView
  readonly organisation: OrganisationView
  readonly list: BoxList | undefined
}

function Totals({ outbox, organisation, list }: TotalsProps): ReactNode {
  // An opened box leaves the outbox; its case says so from then on.
  const opened = Math.max(outbox.opened, list?.opened ?? 0)
  const sends = organisation.endpointHost !== undefined
  return (
    <section className="card">
      <dl className="facts">
        <dt>{sends ? <Trans>Waiting to be sent</Trans> : <Trans>Waiting for a file, or for the answer</Trans>}</dt>
        <dd className="num">{outbox.waiting}</dd>
        {outbox.refused > 0 && (
          <>
            <dt>
              <Trans>Could not be accepted</Trans>
            </dt>
            <dd className="num">{outbox.refused}</dd>
          </>
        )}
        {sends && (
          <>
            <dt>
              <Trans>Received by {organisation.label}</Trans>
            </dt>
            <dd className="num">{outbox.received + opened}</dd>
          </>
        )}
        <dt>
          <Trans>Opened by {organisation.label}</Trans>
        </dt>
        <dd className="num">{opened}</dd>
        {list && sizeOf(list) > 0 && (
          <>
            <dt>
              <Trans>Size of what waits</Trans>
            </dt>
            <dd>{formatSize(sizeOf(list))}</dd>
          </>
        )}
        {list && list.copies.count > 0 && (
          <>
            <dt>
              <Trans>Safety copies of drafts among it</Trans>
            </dt>
            <dd className="num">{list.copies.count}</dd>
          </>
        )}
        <SendsTo receiver={organisation.endpointHost} />
        {sends && <Line outbox={outbox} />}
      </dl>
    </section>
  )
}

/** When the receiver was heard of last, and when it is tried. */
function Line({ outbox }: Pick<TotalsProps, 'outbox'>): ReactNode {
  return (
    <>
      <dt>
        <Trans>Last contact</Trans>
      </dt>
      <dd>{outbox.lastContactAt > 0 ? momentOf(outbox.lastContactAt) : <Trans>none yet</Trans>}</dd>
      {outbox.triedAt > 0 && (
        <>
          <dt>
            <Trans>Last try</Trans>
          </dt>
          <dd>{momentOf(outbox.triedAt)}</dd>
        </>
      )}
      {outbox.nextAt > 0 && (
        <>
          <dt>
            <Trans>Next try</Trans>
          </dt>
          <dd>{momentOf(outbox.nextAt)}</dd>
        </>
      )}
    </>
  )
}

const sizeOf = ({ boxes, copies }: BoxList): number => boxes.reduce((sum, { size }) => sum + size, copies.size)

/** What is wrong with the line as a whole, and whether new settings would mend it, or a single box. */
function WhyItWaits({ outbox, list }: Pick<TotalsProps, 'outbox' | 'list'>): ReactNode {
  const { t } = useLingui()
  const { go } = useHouse()
  if (outbox.lastCode === '') return null
  const link = mendedByALink.has(outbox.lastCode) || list?.boxes.some(needsALink)
  return (
    <Notice
      look="warn"
      live="status"
      acts={
        link && (
          <Button look="quiet" onClick={() => go({ name: 'settings' })}>
            <Trans>Take new settings or a new link</Trans>
          </Button>
        )
      }
    >
      {t(deliverySentences[outbox.lastCode])}
    </Notice>
  )
}

/** What sending would cost, where the platform says that it costs. */
function Cost({ outbox, list }: Pick<TotalsProps, 'outbox' | 'list'>): ReactNode {
  const size = list ? sizeOf(list) : 0
  if (size === 0 || costOf(navigator) !== 'metered') return null
  return (
    <Notice>
      <Trans>This connection may cost money. Sending what waits takes about {formatSize(size)} of it.</Trans>{' '}
      {outbox.wifiOnly && <Trans>Nothing leaves by itself before there is Wi-Fi. “Send now” sends all the same.</Trans>}
    </Notice>
  )
}

function SendNow(): ReactNode {
  const { organisation, sendNow } = useHouse()
  const [asked, setAsked] = useState(false)
  const busy = useSyncExternalStore(sending.watch, sending.now) !== undefined || asked
  const send = async () => {
    setAsked(true)
    await sendNow()
    setAsked(false)
  }
  return (
    <Button look="first" disabled={busy || !organisation} onClick={() => void send()}>
      <RefreshCw aria-hidden="true" /> {busy ? <Trans>Sending …</Trans> : <Trans>Send now</Trans>}
    </Button>
  )
}

/** How far the sender is; it goes on, and is right, when somebody leaves the screen and comes back. */
function Sending(): ReactNode {
  const { t } = useLingui()
  const progress = useSyncExternalStore(sending.watch, sending.now)
  if (!progress) return null
  const [done, of, size] = [formatNumber(progress.done), formatNumber(progress.of), formatSize(progress.bytes)]
  const text = t`${done} of ${of} boxes · ${size}`
  return (
    <div
      role="progressbar"
      aria-label={t`Sending`}
      aria-valuemin={0}
      aria-valuemax={progress.of}
      aria-valuenow={progress.done}
      aria-valuetext={text}
    >
      <Meter label={t`Sending`} value={progress.done} of={progress.of} text={text} />
    </div>
  )
}
