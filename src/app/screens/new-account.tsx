import { Trans, useLingui } from '@lingui/react/macro'
import { type FormEvent, type ReactNode, useState } from 'react'
import { utf8 } from '../../seal/bytes.ts'
import { fold } from '../../seal/fold.ts'
import { Button } from '../../ui/button.tsx'
import { Notice } from '../../ui/notice.tsx'
import { OptionRow, Options } from '../../ui/option-row.tsx'
import { NumberInput, TextInput } from '../../ui/text-input.tsx'
import type { AccountWish, CircleKind, Created, SetupWish } from '../../vault/api.ts'
import { LanguageChoice } from '../language-choice.tsx'
import { PassphraseChoiceFields, usePassphraseChoice, type PassphraseWrong } from './passphrase-choice.tsx'

interface Props {
  readonly setup?: SetupWish
  /** Whose new cases are, where the organisation says it; asked otherwise. */
  readonly circle?: CircleKind
  /** Others have accounts on this tablet: one of them lets this one into the team. Gives the way back. */
  readonly onBack?: () => void
  readonly create: (wish: AccountWish) => Promise<Created>
}

/** An account of a tablet: a nickname, a passphrase that is offered or made up, and a PIN for the cover. */
export function NewAccount({ setup, circle, onBack, create }: Props): ReactNode {
  const { t } = useLingui()
  const another = onBack !== undefined
  const [label, setLabel] = useState('')
  const choice = usePassphraseChoice()
  const [pin, setPin] = useState('')
  const [shared, setShared] = useState<CircleKind>(circle ?? 'team')
  const [wrong, setWrong] = useState<Wrong>()
  const [busy, setBusy] = useState(false)

  const problem = async (): Promise<Wrong | undefined> => {
    if (label.trim() === '') return 'label'
    return (await choice.judge()) ?? (pin === '' || /^\d{6}$/.test(pin) ? undefined : 'pin')
  }
  const submit = async (event: FormEvent) => {
    event.preventDefault()
    setBusy(true)
    const found = await problem()
    setWrong(found)
    if (found) return setBusy(false)
    const made = await create({
      label: label.trim(),
      passphrase: utf8(fold(choice.chosen)),
      circle: shared,
      ...(pin !== '' && { pin }),
      ...(setup && { setup }),
    })
    if (made.status === 'created') return
    setBusy(false)
    setWrong(made.status === 'bad-setup' ? 'setup' : 'not-saved')
  }

  return (
    <main className="page narrow">
      <LanguageChoice />
      <header className="stack">
        <h1>
          <Trans>Your account on this tablet</Trans>
        </h1>
        <p>
          <Trans>
            It exists on this tablet only. Without the passphrase nobody can read what you record, not even we.
          </Trans>
        </p>
        {another && (
          <p>
            <Trans>The other accounts on this tablet and their cases stay as they are. You do not see them.</Trans>
          </p>
        )}
      </header>
      <form className="stack wide-gaps" onSubmit={(event) => void submit(event)}>
        <TextInput
          label={t`Nickname`}
          help={t`Shown on the lock screen, so no full names. At most 20 signs.`}
          value={label}
          maxLength={20}
          onChange={setLabel}
          wrong={wrong === 'label'}
        />
        <PassphraseChoiceFields
          choice={choice}
          legend={<Trans>Passphrase</Trans>}
          wrong={wrong === 'weak' || wrong === 'again' ? wrong : undefined}
        />
        <NumberInput
          label={t`PIN for the cover (6 digits, may be left out)`}
          help={t`Opens the screen again after a short pause. It does not protect what is stored; the passphrase does. Without a PIN every pause locks.`}
          value={pin}
          maxLength={6}
          type="password"
          onChange={(text) => setPin(text.replace(/\D/g, ''))}
          wrong={wrong === 'pin'}
        />
        {circle === undefined && <CircleQuestion shared={shared} onChange={setShared} />}
        {another && shared === 'team' && (
          <Notice>
            <Trans>
              A colleague who is in the team lets you in, on this tablet. Until then only you can open what you record;
              after it you see the cases of the team.
            </Trans>
          </Notice>
        )}
        {wrong && (
          <Notice look="must" live="alert">
            <WrongSentence wrong={wrong} />
          </Notice>
        )}
        <div className="together">
          <Button look="first" type="submit" disabled={busy}>
            {busy ? <Trans>Making the keys …</Trans> : <Trans>Make the account</Trans>}
          </Button>
          {onBack && (
            <Button disabled={busy} onClick={onBack}>
              <Trans>Back</Trans>
            </Button>
          )}
        </div>
      </form>
    </main>
  )
}

function CircleQuestion(props: {
  readonly shared: CircleKind
  readonly onChange: (kind: CircleKind) => void
}): ReactNode {
  const { t } = useLingui()
  return (
    <fieldset className="stack">
      <legend className="heading">
        <Trans>Who may open new cases?</Trans>
      </legend>
      <Options>
        <OptionRow
          type="radio"
          name="circle"
          label={t`The team of this tablet`}
          checked={props.shared === 'team'}
          onChange={() => props.onChange('team')}
        />
        <OptionRow
          type="radio"
          name="circle"
          label={t`Only me`}
          checked={props.shared === 'me'}
          onChange={() => props.onChange('me')}
        />
      </Options>
    </fieldset>
  )
}

type Wrong = PassphraseWrong | 'label' | 'pin' | 'setup' | 'not-saved'

function WrongSentence({ wrong }: { readonly wrong: Wrong }): ReactNode {
  switch (wrong) {
    case 'label':
      return <Trans>Choose a nickname for the lock screen.</Trans>
    case 'weak':
      return <Trans>This passphrase is too easy to guess. Make it longer, or use the six words.</Trans>
    case 'again':
      return <Trans>That is not the same passphrase. Nothing was made yet; type it once more.</Trans>
    case 'pin':
      return <Trans>A PIN has 6 digits. Leave it empty to have none.</Trans>
    case 'setup':
      return (
        <Trans>The settings of the organisation were refused. Nothing was made. Open the set-up link once more.</Trans>
      )
    case 'not-saved':
      return (
        <Trans>
          The account could not be stored. This tablet may be full. Nothing was made; free some space and try again.
        </Trans>
      )
  }
}
