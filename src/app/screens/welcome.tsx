import { Trans, useLingui } from '@lingui/react/macro'
import { BookText } from 'lucide-react'
import { type ReactNode, useState } from 'react'
import { Button } from '../../ui/button.tsx'
import { Notice } from '../../ui/notice.tsx'
import { TextInput } from '../../ui/text-input.tsx'
import { LanguageChoice } from '../language-choice.tsx'

/** The very first screen of a tablet: nothing is set up, and a link from the organisation is wanted. */
export function Welcome({ onLink }: { readonly onLink: (link: string) => void }): ReactNode {
  const { t } = useLingui()
  const [link, setLink] = useState('')
  const [wrong, setWrong] = useState(false)
  const use = () => {
    const at = link.indexOf('#/setup/')
    if (at < 0) setWrong(true)
    else onLink(link.slice(at).trim())
  }
  return (
    <main className="lock">
      <header>
        <div className="emblem">
          <BookText aria-hidden="true" />
        </div>
        <h1>
          <Trans>Daybook</Trans>
        </h1>
        <p className="small">
          <Trans>Records cases on this tablet, without a network, for nobody else to read.</Trans>
        </p>
      </header>
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
              This is not a set-up link. It ends with “#/setup/” and a long line of letters. Copy all of it.
            </Trans>
          </Notice>
        )}
        <Button look="first" wide type="submit" disabled={link.trim() === ''}>
          <Trans>Continue</Trans>
        </Button>
      </form>
      <footer className="lock-foot">
        <LanguageChoice />
      </footer>
    </main>
  )
}
