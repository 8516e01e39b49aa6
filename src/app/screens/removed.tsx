import { Trans } from '@lingui/react/macro'
import type { ReactNode } from 'react'
import { Button } from '../../ui/button.tsx'
import { Notice } from '../../ui/notice.tsx'
import { LanguageChoice } from '../language-choice.tsx'
import { LockHead } from '../lock-head.tsx'

/** There were accounts here, and the browser's storage is empty: not a first start. */
export function Removed({ onContinue }: { readonly onContinue: () => void }): ReactNode {
  return (
    <main className="lock">
      <LockHead title={<Trans>This browser has removed what Daybook kept here</Trans>} />
      <Notice look="must">
        <Trans>
          Cases that your organisation received are not affected. What was on this tablet alone is gone from this
          browser. Tell your lead before you go on.
        </Trans>
      </Notice>
      <p>
        <Trans>
          Browsers do this when a tablet is full, when somebody clears the data of websites, or when an app was not used
          for a long time. Installing Daybook as an app makes it less likely.
        </Trans>
      </p>
      <Button look="first" wide onClick={onContinue}>
        <Trans>Set this tablet up again</Trans>
      </Button>
      <footer className="lock-foot">
        <LanguageChoice />
      </footer>
    </main>
  )
}
