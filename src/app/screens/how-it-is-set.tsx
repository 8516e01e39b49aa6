import { Trans } from '@lingui/react/macro'
import type { ReactNode } from 'react'
import type { OrganisationView } from '../../vault/api.ts'

/** Lines of a list of facts: which version an organisation has signed, or that nobody has. */
export function HowItIsSet({ organisation }: { readonly organisation: OrganisationView }): ReactNode {
  return (
    <>
      {organisation.byHand ? (
        <>
          <dt>
            <Trans>Settings</Trans>
          </dt>
          <dd>
            <Trans>Set by hand on this tablet. No organisation has signed them.</Trans>
          </dd>
        </>
      ) : (
        <>
          <dt>
            <Trans>Settings, version</Trans>
          </dt>
          <dd className="num">{organisation.configVersion}</dd>
        </>
      )}
      {!organisation.tellsOpened && (
        <>
          <dt>
            <Trans>Opened</Trans>
          </dt>
          <dd>
            <Trans>never shown: the key of the desk is not known here</Trans>
          </dd>
        </>
      )}
    </>
  )
}
