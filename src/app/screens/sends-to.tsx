import { Trans } from '@lingui/react/macro'
import type { ReactNode } from 'react'

/** Line of a list of facts: the receiver, as an address or a host, or that there is none. */
export function SendsTo({ receiver }: { readonly receiver: string | undefined }): ReactNode {
  return (
    <>
      <dt>
        <Trans>Sends to</Trans>
      </dt>
      <dd>
        {receiver === undefined ? (
          <Trans>no receiver: sealed files are handed over by stick or mail</Trans>
        ) : (
          <bdi dir="ltr">{receiver}</bdi>
        )}
      </dd>
    </>
  )
}
