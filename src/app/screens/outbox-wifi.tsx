import { Trans, useLingui } from '@lingui/react/macro'
import type { ReactNode } from 'react'
import { costOf } from '../../outbox/network.ts'
import type { OutboxView } from '../../outbox/outbox.ts'
import { OptionRow } from '../../ui/option-row.tsx'
import { useHouse } from '../house.tsx'

/** A wish of this tablet: nothing leaves by itself over a connection that costs. Offered where it can be kept. */
export function WifiOnly({ outbox }: { readonly outbox: OutboxView }): ReactNode {
  const { t } = useLingui()
  const { delivery } = useHouse()
  const told = costOf(navigator) !== 'unknown'
  return (
    <section className="card stack">
      <h2>
        <Trans>Connections that cost</Trans>
      </h2>
      {(told || outbox.wifiOnly) && (
        <OptionRow
          type="checkbox"
          name="wifi-only"
          label={t`Send by itself only on Wi-Fi`}
          hint={t`For everybody on this tablet. “Send now” still sends.`}
          checked={outbox.wifiOnly}
          onChange={(only) => void delivery()?.setWifiOnly(only)}
        />
      )}
      {!told && (
        <p className="small">
          <Trans>
            This browser does not tell whether the connection is Wi-Fi or costs money, so sending cannot wait for Wi-Fi.
          </Trans>
        </p>
      )}
    </section>
  )
}
