import { Trans, useLingui } from '@lingui/react/macro'
import { ScanLine } from 'lucide-react'
import { lazy, type ReactNode, Suspense, useState } from 'react'
import { withWords } from '../../i18n/with-words.ts'
import { Button } from '../../ui/button.tsx'
import { Notice } from '../../ui/notice.tsx'
import { TextInput } from '../../ui/text-input.tsx'
import { LanguageChoice } from '../language-choice.tsx'
import { LockHead } from '../lock-head.tsx'

/** The reader of codes is fetched by who scans one. */
const Scan = lazy(async () => ({ default: (await withWords(import('./scan.tsx'))).Scan }))

interface Props {
  readonly onLink: (link: string) => void
  readonly onAlone: () => void
}

/** The very first screen of a tablet: a link from the organisation, or a beginning without one. */
export function Welcome({ onLink, onAlone }: Props): ReactNode {
  const { t } = useLingui()
  const [link, setLink] = useState('')
  const [wrong, setWrong] = useState(false)
  const [scanning, setScanning] = useState(false)
  const use = () => {
    const at = link.indexOf('#/setup/')
    if (at < 0) setWrong(true)
    else onLink(link.slice(at).trim())
  }
  return (
    <main className="lock">
      <LockHead title={<Trans>Daybook</Trans>}>
        <Trans>Records cases on this tablet, without a network, for nobody else to read.</Trans>
      </LockHead>
      {scanning ? (
        <Suspense>
          <Scan onLink={onLink} onClose={() => setScanning(false)} />
        </Suspense>
      ) : (
        <>
          <form
            className="stack"
            onSubmit={(event) => {
              event.preventDefault()
              use()
            }}
          >
            <TextInput
              label={t`Set-up link from your organisation`}
              help={t`Open the link itself in this browser, or paste it here.`}
              value={link}
              onChange={(text) => {
                setLink(text)
                setWrong(false)
              }}
              wrong={wrong}
            />
            {wrong && (
              <Notice look="must" live="alert">
                <Trans>
                  This is not a set-up link. It ends with “<bdi dir="ltr">#/setup/</bdi>” and a long line of letters.
                  Copy all of it.
                </Trans>
              </Notice>
            )}
            <Button look="first" wide type="submit" disabled={link.trim() === ''}>
              <Trans>Continue</Trans>
            </Button>
          </form>
          <Button wide onClick={() => setScanning(true)}>
            <ScanLine aria-hidden="true" /> <Trans>Scan a code</Trans>
          </Button>
          <section className="stack">
            <Button wide onClick={onAlone}>
              <Trans>Begin without an organisation</Trans>
            </Button>
            <p className="small">
              <Trans>Finished cases then stay on this tablet. An organisation can be added later.</Trans>
            </p>
          </section>
        </>
      )}
      <footer className="lock-foot">
        <LanguageChoice />
      </footer>
    </main>
  )
}
