import { Trans, useLingui } from '@lingui/react/macro'
import type { ReactNode } from 'react'
import { Button } from '../../ui/button.tsx'
import { Notice } from '../../ui/notice.tsx'
import type { Lack } from '../browser-check.ts'
import { KeptLanguage, LanguageChoice } from '../language-choice.tsx'
import { LockHead } from '../lock-head.tsx'
import { lackSentences } from '../lack-sentences.ts'

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
      <Button look="first" onClick={() => location.reload()}>
        <Trans>Try again</Trans>
      </Button>
      <footer className="lock-foot">
        <KeptLanguage value={keptNowhere}>
          <LanguageChoice />
        </KeptLanguage>
      </footer>
    </main>
  )
}

/** To keep it would make the device's row. */
const keptNowhere = async (): Promise<void> => undefined
