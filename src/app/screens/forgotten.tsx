import { Plural, Trans, useLingui } from '@lingui/react/macro'
import type { ReactNode } from 'react'
import { Button } from '../../ui/button.tsx'
import { Dialog } from '../../ui/dialog.tsx'

interface Props {
  readonly configured: boolean
  readonly waiting: number
  readonly onClose: () => void
  readonly onNewAccount: () => void
}

/** What is safe although the passphrase is forgotten, what nobody can open any more, and what to do now. */
export function Forgotten({ configured, waiting, onClose, onNewAccount }: Props): ReactNode {
  const { t } = useLingui()
  return (
    <Dialog
      title={t`The passphrase is forgotten`}
      open
      onClose={onClose}
      footer={
        <Button look="first" wide onClick={onNewAccount}>
          <Trans>Make another account</Trans>
        </Button>
      }
    >
      <h3>
        <Trans>What is safe</Trans>
      </h3>
      <ul className="plain-list">
        {configured && (
          <li>
            <Trans>What was sent. Your organisation opens it with its own key, not with your passphrase.</Trans>
          </li>
        )}
        {waiting > 0 && (
          <li>
            <Plural
              value={waiting}
              one="# case waits to be sent. It leaves without your passphrase, too."
              other="# cases wait to be sent. They leave without your passphrase, too."
            />
          </li>
        )}
        <li>
          <Trans>Cases of the team: a colleague in the team opens them with their own passphrase.</Trans>
        </li>
        <li>
          <Trans>Everything else stays on this tablet, closed. Wrong tries delete nothing.</Trans>
        </li>
      </ul>
      <h3>
        <Trans>What nobody can open without it</Trans>
      </h3>
      <p>
        <Trans>
          Drafts and cases that only you could open. There is no second way in: not for your lead, not for the makers of
          Daybook.
        </Trans>
      </p>
      <h3>
        <Trans>What you can do</Trans>
      </h3>
      <ol className="plain-list numbered">
        <li>
          <Trans>
            Look for the paper with the six words and enter them word by word. Capitals, accents and punctuation do not
            matter.
          </Trans>
        </li>
        <li>
          <Trans>Tell your lead. If a copy was made, its 24 words bring the cases back into another account.</Trans>
        </li>
        <li>
          <Trans>Make another account beside this one and go on working. This one stays, should it come to you.</Trans>
        </li>
        <li>
          <Trans>
            To begin anew, your lead can erase the whole tablet, under “My account”. What waits to be sent is gone then,
            so send it first.
          </Trans>
        </li>
      </ol>
    </Dialog>
  )
}
