import { Trans, useLingui } from '@lingui/react/macro'
import { RefreshCw } from 'lucide-react'
import { type ReactNode, useEffect, useState } from 'react'
import { fold } from '../../seal/fold.ts'
import { Button } from '../../ui/button.tsx'
import { OptionRow, Options } from '../../ui/option-row.tsx'
import type { Strength } from '../strength.ts'
import { PassphraseInput } from './passphrase-input.tsx'

type Kind = 'offered' | 'own'

/** `weak`: too easy to guess, or not to be judged. `again`: what was typed once more is something else. */
export type PassphraseWrong = 'weak' | 'again'

export interface PassphraseChoice {
  readonly kind: Kind
  readonly setKind: (kind: Kind) => void
  readonly offered: string
  readonly another: () => void
  readonly own: string
  readonly setOwn: (text: string) => void
  readonly again: string
  readonly setAgain: (text: string) => void
  readonly strength: Judged | undefined
  readonly chosen: string
  /** Judged now, not as it stands on the screen: there it may be a moment behind what was typed. */
  readonly judge: () => Promise<PassphraseWrong | undefined>
  /** Forgets what was typed and offers other words. */
  readonly clear: () => void
}

/** A new passphrase: six words that are offered, or one that is made up and strong enough. */
export function usePassphraseChoice(): PassphraseChoice {
  const [kind, setKind] = useState<Kind>('offered')
  const [offered, another] = useOfferedPassphrase()
  const [own, setOwn] = useState('')
  const [again, setAgain] = useState('')
  const strength = useStrength(own)
  const chosen = kind === 'offered' ? offered : own
  return {
    kind,
    setKind,
    offered,
    another,
    own,
    setOwn,
    again,
    setAgain,
    strength,
    chosen,
    judge: async () => {
      if (kind === 'own' && (await judged(own)) !== 'strong') return 'weak'
      return fold(chosen) === '' || fold(chosen) !== fold(again) ? 'again' : undefined
    },
    clear: () => {
      setOwn('')
      setAgain('')
      another()
    },
  }
}

interface Props {
  readonly choice: PassphraseChoice
  readonly legend: ReactNode
  readonly wrong: PassphraseWrong | undefined
}

export function PassphraseChoiceFields({ choice, legend, wrong }: Props): ReactNode {
  const { t } = useLingui()
  const { kind, setKind, own, setOwn, again, setAgain, strength } = choice
  return (
    <fieldset className="stack">
      <legend className="heading">{legend}</legend>
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
        <OfferedWords choice={choice} />
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
  )
}

function OfferedWords({ choice: { offered, another } }: { readonly choice: PassphraseChoice }): ReactNode {
  const { t } = useLingui()
  return (
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
        <Trans>Write them on paper now and keep it with you until you know them. They are not shown again.</Trans>
      </p>
    </div>
  )
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
