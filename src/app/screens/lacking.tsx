import { Trans, useLingui } from '@lingui/react/macro'
import type { ReactNode } from 'react'
import { Notice } from '../../ui/notice.tsx'
import type { Lack } from '../browser-check.ts'
import { LockHead } from '../lock-head.tsx'
import { lackSentences } from '../sentences.ts'

/** Said before an account exists: this browser cannot keep what is recorded safely. */
export function Lacking({ lacks }: { readonly lacks: readonly Lack[] }): ReactNode {
  const { t } = useLingui()
  return (
    <main className="lock">
      <LockHead title={<Trans>Daybook does not work in this browser window</Trans>} />
      <ul className="stack">
        {lacks.map((lack) => (
          <li key={lack}>
            <Notice look="must">{t(lackSentences[lack])}</Notice>
          </li>
        ))}
      </ul>
      <p>
        <Trans>
          Nothing was recorded and nothing was changed. Open Daybook in an ordinary window of a current Chrome, Edge or
          Firefox.
        </Trans>
      </p>
    </main>
  )
}
