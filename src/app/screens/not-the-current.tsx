import { Trans } from '@lingui/react/macro'
import type { ReactNode } from 'react'

/** Why the vault did not take the passphrase that opens the account now. */
export type NotCurrent = 'wrong' | 'wait' | 'key-slot'

export function NotTheCurrent({ why }: { readonly why: NotCurrent }): ReactNode {
  switch (why) {
    case 'wrong':
      return <Trans>That is not your passphrase. Nothing was changed.</Trans>
    case 'wait':
      return <Trans>Too many tries in a row: please wait a moment. Nothing was changed.</Trans>
    case 'key-slot':
      return (
        <Trans>
          The key of this account is missing or damaged. Nothing was changed or deleted. Do not end your shift before
          you have sent what is finished, and contact your lead.
        </Trans>
      )
  }
}
