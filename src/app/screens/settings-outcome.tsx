import { Plural, Trans } from '@lingui/react/macro'
import type { ReactNode } from 'react'
import { Notice } from '../../ui/notice.tsx'
import type { ConfigurationSet } from '../../vault/api.ts'

/** What came of new settings. */
export function Outcome({ outcome }: { readonly outcome: ConfigurationSet }): ReactNode {
  if (outcome.status === 'set')
    return (
      <Notice look="derived" live="status">
        <Trans>The settings are in use.</Trans>{' '}
        {outcome.boxed > 0 && (
          <Plural
            value={outcome.boxed}
            one="# version that was finished before is now sealed and waits to be sent."
            other="# versions that were finished before are now sealed and wait to be sent."
          />
        )}
      </Notice>
    )
  return (
    <Notice look="must" live="alert">
      <Refusal outcome={outcome} />
    </Notice>
  )
}

function Refusal({ outcome }: { readonly outcome: Exclude<ConfigurationSet, { status: 'set' }> }): ReactNode {
  if (outcome.status === 'not-saved')
    return (
      <Trans>
        The settings could not be stored: the tablet is full or its storage did not answer. Nothing was changed.
      </Trans>
    )
  switch (outcome.reason) {
    case 'older':
      return (
        <Trans>
          These settings are older than those of this tablet. Nothing was changed. Ask your organisation for its newest
          link.
        </Trans>
      )
    case 'foreign':
      return (
        <Trans>
          These settings are signed by somebody else than the organisation of this tablet. Nothing was changed, and
          cases go only where they went before. Tell your lead.
        </Trans>
      )
    case 'bad-configuration':
      return (
        <Trans>
          These settings are damaged, or nobody has signed them. Nothing was changed. Ask your organisation for a new
          link.
        </Trans>
      )
    case 'profile':
      return (
        <Trans>
          The name in this link does not belong to its settings. Nothing was changed. Ask your organisation for a new
          link.
        </Trans>
      )
    case 'untried':
      return (
        <Trans>
          The receiver has not signed for the test box, so these settings are not in use. Nothing was changed.
        </Trans>
      )
  }
}
