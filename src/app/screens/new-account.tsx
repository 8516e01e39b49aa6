import { Trans, useLingui } from '@lingui/react/macro'
import { RefreshCw } from 'lucide-react'
import { type FormEvent, type ReactNode, useEffect, useState } from 'react'
import { utf8 } from '../../seal/bytes.ts'
import { fold } from '../../seal/fold.ts'
import { Button } from '../../ui/button.tsx'
import { Notice } from '../../ui/notice.tsx'
import { OptionRow, Options } from '../../ui/option-row.tsx'
import { NumberInput, TextInput } from '../../ui/text-input.tsx'
import type { AccountWish, CircleKind, Created, SetupWish } from '../../vault/api.ts'
import { LanguageChoice } from '../language-choice.tsx'
import { PassphraseInput } from './passphrase-input.tsx'
import type { Strength } from '../strength.ts'

interface Props {
  readonly setup?: SetupWish
  /** Whose new cases are, where the organisation says it; asked otherwise. */
  readonly circle?: CircleKind
  readonly create: (wish: AccountWish) => Promise<Created>
}

type Kind = 'offered' | 'own'

/** The first account of a tablet: a nickname, a passphrase that is offered or made up, and a PIN for the cover. */
export function NewAccount({ setup, circle, create }: Props): ReactNode {
  const { t } = useLingui()
  const [label, setLabel] = useState('')
  const [kind, setKind] = useState<Kind>('offered')
  const [offered, another] = useOfferedPassphrase()
  const [own, setOwn] = useState('')
  const [again, setAgain] = useState('')
  const [pin, setPin] = useState('')
  const [shared, setShared] = useState<CircleKind>(circle ?? 'team')
  const [wrong, setWrong] = useState<Wrong>()
  const [busy, setBusy] = useState(false)
  const strength = useStrength(own)
  const chosen = kind === 'offered' ? offered : own

  const submit = async (event: FormEvent) => {
    event.preventDefault()
    setBusy(true)
    // Judged now, not as it stands on the screen: there it may be a moment behind what was typed.
    const problem = problemOf({
      label,
      chosen,
      again,
      pin,
      kind,
      strength: kind === 'own' ? await judged(own) : undefined,
    })
    setWrong(problem)
    if (problem) return setBusy(false)
    const made = await create({
      label: label.trim(),
      passphrase: utf8(fold(chosen)),
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
            It exists on this tablet only. Without the passphrase nobody can read what you record, we neither.
          </Trans>
        </p>
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
        <fieldset className="stack">
          <legend className="heading">
            <Trans>Passphrase</Trans>
          </legend>
          <Options>
            <OptionRow
              type="radio"
              name="passphrase-kind"
              label={t`Use these six words`}
              hint={t`Strong enough, and easy to write down`}
              checked={kind === 'offered'}
              onChange={() => setKind('offered')}
            />
            <OptionRow
              type="radio"
              name="passphrase-kind"
              label={t`Make up my own`}
              hint={t`At least 14 signs, not easy to guess`}
              checked={kind === 'own'}
              onChange={() => setKind('own')}
            />
          </Options>
          {kind === 'offered' ? (
            <div className="card stack">
              <ol className="word-list" aria-label={t`Your six words`}>
                {offered.split(' ').map((word, at) => (
                  <li key={`${at}-${word}`}>
                    <bdi lang="en">{word}</bdi>
                  </li>
                ))}
              </ol>
              <Button look="quiet" className="at-start" onClick={another}>
                <RefreshCw aria-hidden="true" /> <Trans>Other words</Trans>
              </Button>
              <p className="small">
                <Trans>
                  Write them on paper now and keep it with you until you know them. They are not shown again.
                </Trans>
              </p>
            </div>
          ) : (
            <>
              <PassphraseInput label={t`Own passphrase`} value={own} onChange={setOwn} wrong={wrong === 'weak'} />
              {own !== '' && strength && <StrengthLine strength={strength} />}
            </>
          )}
          <PassphraseInput
            label={t`Type the passphrase once`}
            help={t`Capitals, accents and punctuation do not matter.`}
            value={again}
            onChange={setAgain}
            wrong={wrong === 'again'}
          />
        </fieldset>
        <NumberInput
          label={t`PIN for the cover (6 digits, may be left out)`}
          help={t`Opens the screen again after a short pause. It does not protect what is stored; the passphrase does. Without a PIN every pause locks.`}
          value={pin}
          maxLength={6}
          type="password"
          onChange={(text) => setPin(text.replace(/\D/g, ''))}
          wrong={wrong === 'pin'}
        />
        {circle === undefined && (
          <fieldset className="stack">
            <legend className="heading">
              <Trans>Who may open new cases?</Trans>
            </legend>
            <Options>
              <OptionRow
                type="radio"
                name="circle"
                label={t`The team of this tablet`}
                checked={shared === 'team'}
                onChange={() => setShared('team')}
              />
              <OptionRow
                type="radio"
                name="circle"
                label={t`Only me`}
                checked={shared === 'me'}
                onChange={() => setShared('me')}
              />
            </Options>
          </fieldset>
        )}
        {wrong && (
          <Notice look="must" live="alert">
            <WrongSentence wrong={wrong} />
          </Notice>
        )}
        <Button look="first" type="submit" disabled={busy}>
          {busy ? <Trans>Making the keys …</Trans> : <Trans>Make the account</Trans>}
        </Button>
      </form>
    </main>
  )
}

type Wrong = 'label' | 'weak' | 'again' | 'pin' | 'setup' | 'not-saved'

interface Entered {
  readonly label: string
  readonly chosen: string
  readonly again: string
  readonly pin: string
  readonly kind: Kind
  readonly strength: Judged | undefined
}

function problemOf({ label, chosen, again, pin, kind, strength }: Entered): Wrong | undefined {
  if (label.trim() === '') return 'label'
  if (kind === 'own' && strength !== 'strong') return 'weak'
  if (fold(chosen) === '' || fold(chosen) !== fold(again)) return 'again'
  return pin === '' || /^\d{6}$/.test(pin) ? undefined : 'pin'
}

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

function StrengthLine({ strength }: { readonly strength: Judged }): ReactNode {
  return (
    <p className="small" role="status">
      {strength === 'short' && <Trans>Too short: at least 14 signs.</Trans>}
      {strength === 'weak' && (
        <Trans>Too easy to guess. Other scripts than Latin cannot be judged yet: use the six words.</Trans>
      )}
      {strength === 'strong' && <Trans>Strong.</Trans>}
      {strength === 'unjudged' && (
        <Trans>Without a network an own passphrase cannot be judged. Use the six words.</Trans>
      )}
    </p>
  )
}

function useOfferedPassphrase(): [string, () => void] {
  const [words, setWords] = useState('')
  const another = () => {
    void import('../../seal/passphrase.ts').then(({ generatePassphrase }) => setWords(generatePassphrase(6)))
  }
  useEffect(another, [])
  return [words, another]
}

/** `unjudged`: the judge is loaded from the network when it is first wanted, and there is none. */
type Judged = Strength | 'unjudged'

function judged(passphrase: string): Promise<Judged> {
  return import('../strength.ts').then(
    ({ strengthOf }): Judged => strengthOf(passphrase),
    (): Judged => 'unjudged',
  )
}

function useStrength(passphrase: string): Judged | undefined {
  const [strength, setStrength] = useState<Judged>()
  useEffect(() => {
    let here = true
    if (passphrase === '') setStrength(undefined)
    else void judged(passphrase).then((judgement) => here && setStrength(judgement))
    return () => {
      here = false
    }
  }, [passphrase])
  return strength
}
