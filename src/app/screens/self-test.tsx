import { Trans, useLingui } from '@lingui/react/macro'
import { HardDrive, PlugZap } from 'lucide-react'
import { type ReactNode, useCallback, useEffect, useRef, useState } from 'react'
import { formatSpan } from '../../i18n/format.ts'
import type { DeliveryCode } from '../../outbox/answers.ts'
import { codeOfRow } from '../../outbox/settle.ts'
import { Button } from '../../ui/button.tsx'
import { Notice } from '../../ui/notice.tsx'
import { storageIsKept } from '../browser-check.ts'
import { deliverySentences } from '../delivery-sentences.ts'
import { type House, useHouse } from '../house.tsx'
import { type Space, spaceNow } from '../space.ts'
import { RoomLeft } from './room-left.tsx'

interface Found {
  /** What came of a test box; absent where there is no receiver to send one to. */
  readonly line?: 'received' | DeliveryCode
  /** Milliseconds by which this clock is ahead; known from a signed receipt alone. */
  readonly clockOff?: number
  readonly space: Space
  readonly kept: boolean | undefined
}

interface Props {
  /** Asked once it is shown: whether it begins by itself. What it then sends must cost nothing. */
  readonly byItself?: () => boolean
}

/** Whether what is recorded here will be kept, dated right and received: looked at now, with an empty box for the line. */
export function SelfTest({ byItself }: Props): ReactNode {
  const { organisation } = useHouse()
  const sends = organisation?.endpointHost !== undefined
  const { found, look } = useLook(byItself)
  return (
    <section className="card stack">
      <h2>
        <Trans>Check this tablet</Trans>
      </h2>
      <p>
        {sends ? (
          <Trans>
            Sends an empty box to the receiver, and looks at the clock, the room and the storage. Cases are not touched.
          </Trans>
        ) : (
          <Trans>Looks at the room and the storage. Cases are not touched.</Trans>
        )}
      </p>
      <Button className="at-start" disabled={found === 'looking'} onClick={() => void look('person')}>
        {sends ? <PlugZap aria-hidden="true" /> : <HardDrive aria-hidden="true" />}{' '}
        {found === 'looking' ? (
          <Trans>Trying …</Trans>
        ) : sends ? (
          <Trans>Try the connection</Trans>
        ) : (
          <Trans>Check this tablet</Trans>
        )}
      </Button>
      {typeof found === 'object' && <Findings {...found} />}
    </section>
  )
}

/** What was found, and how to look. Ends with the screen: what is under way is then broken off, and nobody hears of it. */
function useLook(byItself: (() => boolean) | undefined) {
  const house = useHouse()
  const [found, setFound] = useState<Found | 'looking'>()
  const gone = useRef<AbortController>(undefined)
  useEffect(() => {
    const leaving = (gone.current = new AbortController())
    return () => leaving.abort()
  }, [])
  const look = useCallback(
    async (asked: 'person' | 'nobody') => {
      const { signal } = gone.current ?? {}
      setFound('looking')
      // What is locked or covered meanwhile answers no more; otherwise the button offers it again.
      const next = await lookedAt(house, asked, signal).catch(() => undefined)
      if (!signal?.aborted) setFound(next)
    },
    [house],
  )
  useEffect(() => {
    // After the first picture: nobody who begins at once waits for it.
    const timer = setTimeout(() => byItself?.() === true && void look('nobody'))
    return () => clearTimeout(timer)
  }, [byItself, look])
  return { found, look }
}

async function lookedAt(
  { vault, delivery, organisation }: House,
  asked: 'person' | 'nobody',
  signal: AbortSignal | undefined,
): Promise<Found> {
  const [space, kept] = await Promise.all([spaceNow(), storageIsKept()])
  const tablet = { space, kept }
  const line = delivery()
  if (organisation?.endpointHost === undefined) return tablet
  if (asked === 'nobody' && line && !(await line.mayByItself())) return tablet
  const box = await vault.sealTest()
  if (box.status !== 'sealed') return { ...tablet, line: 'config' }
  const tried = await line?.tryLine({ boxId: box.boxId, bytes: box.bytes }, undefined, signal)
  if (tried?.status === 'received') return { ...tablet, line: 'received', clockOff: tried.clockOff }
  return { ...tablet, line: tried?.code ?? 'net' }
}

/** Dates in cases are of a day: so much is no matter. */
const clockMay = 5 * 60_000

function Findings({ line, clockOff, space, kept }: Found): ReactNode {
  return (
    <div className="stack" role="status">
      {line !== undefined && (
        <Notice look={line === 'received' ? 'derived' : 'warn'}>
          {line === 'received' ? (
            <Trans>The test box has arrived: the receiver has signed for it.</Trans>
          ) : (
            <NotReceived code={line} />
          )}
        </Notice>
      )}
      {clockOff !== undefined && <ClockLine off={clockOff} />}
      {space === 'enough' ? (
        <Notice look="derived">
          <Trans>There is room for many more cases.</Trans>
        </Notice>
      ) : (
        <RoomLeft space={space} refused={false} />
      )}
      <Notice look={kept ? 'derived' : 'warn'}>
        {kept ? (
          <Trans>This browser keeps what Daybook stores until you remove it.</Trans>
        ) : (
          <Trans>
            This browser has not promised to keep what Daybook stores. Installing Daybook as an app usually helps.
          </Trans>
        )}
      </Notice>
    </div>
  )
}

/** The sentence of a code, and the code itself, to be read out to a lead. */
export function NotReceived({ code }: { readonly code: DeliveryCode }): ReactNode {
  const { t } = useLingui()
  return (
    <>
      {t(deliverySentences[code])} <bdi className="small">{codeOfRow[code]}</bdi>
    </>
  )
}

function ClockLine({ off }: { readonly off: number }): ReactNode {
  const span = formatSpan(Math.abs(off))
  if (Math.abs(off) < clockMay)
    return (
      <Notice look="derived">
        <Trans>The clock of this tablet agrees with that of the receiver.</Trans>
      </Notice>
    )
  return (
    <Notice look="warn">
      {off > 0 ? (
        <Trans>The clock of this tablet is ahead of that of the receiver: {span}.</Trans>
      ) : (
        <Trans>The clock of this tablet is behind that of the receiver: {span}.</Trans>
      )}{' '}
      <Trans>The dates of cases come from it. Set it right in the settings of the tablet.</Trans>
    </Notice>
  )
}
