import { Trans, useLingui } from '@lingui/react/macro'
import { type FormEvent, type ReactNode, useState } from 'react'
import { utf8 } from '../../seal/bytes.ts'
import { fold } from '../../seal/fold.ts'
import { Button } from '../../ui/button.tsx'
import { Notice } from '../../ui/notice.tsx'
import { useHouse } from '../house.tsx'
import { NotTheCurrent, type NotCurrent } from './not-the-current.tsx'
import { PassphraseInput } from './passphrase-input.tsx'

type Said = 'set' | 'none' | 'same' | 'short' | 'again' | 'not-saved' | NotCurrent

const shortest = 8

/** A second passphrase that erases the account when it is typed at the lock screen. Only where the organisation asks. */
export function WipePassphraseCard(): ReactNode {
  const { t } = useLingui()
  const { vault, session, sessionChanged } = useHouse()
  const [wipe, setWipe] = useState('')
  const [again, setAgain] = useState('')
  const [current, setCurrent] = useState('')
  const [said, setSaid] = useState<Said>()
  const [busy, setBusy] = useState(false)

  const keep = async (next: string) => {
    setBusy(true)
    try {
      const answer = await vault.setWipePassphrase(utf8(fold(current)), utf8(fold(next)))
      setSaid(answer.status)
      if (answer.status === 'set' || answer.status === 'none') {
        await sessionChanged()
        setWipe('')
        setAgain('')
        setCurrent('')
      }
    } catch {
      setSaid('not-saved')
    }
    setBusy(false)
  }
  const submit = (event: FormEvent) => {
    event.preventDefault()
    if (fold(wipe).length < shortest) return setSaid('short')
    if (fold(wipe) !== fold(again)) return setSaid('again')
    return void keep(wipe)
  }
  return (
    <section className="card stack">
      <h2>
        <Trans>Wipe passphrase</Trans>
      </h2>
      <p>
        <Trans>
          For the moment when somebody forces you to open this account. Typed at the lock screen instead of your
          passphrase it erases the account at once, without asking, and the screen says what it says of any wrong
          passphrase. Nobody brings the cases back that only you could open.
        </Trans>
      </p>
      <p className="small">
        <Trans>
          Whoever searches the tablet can still find that something was stored here. In some places it is unlawful to
          erase what may be evidence.
        </Trans>
      </p>
      {session.hasWipePassphrase && (
        <p>
          <Trans>One is set.</Trans>
        </p>
      )}
      <form className="stack" onSubmit={submit}>
        <PassphraseInput
          label={t`Passphrase that erases`}
          help={t`At least 8 signs, and not by chance what somebody would try.`}
          value={wipe}
          onChange={setWipe}
          wrong={said === 'short' || said === 'same'}
        />
        <PassphraseInput label={t`Type it once more`} value={again} onChange={setAgain} wrong={said === 'again'} />
        <PassphraseInput
          label={t`Passphrase that opens`}
          value={current}
          onChange={setCurrent}
          wrong={said === 'wrong'}
        />
        {said && (
          <Notice
            look={said === 'set' || said === 'none' ? 'derived' : 'must'}
            live={said === 'set' || said === 'none' ? 'status' : 'alert'}
          >
            <SaidOfWipe said={said} />
          </Notice>
        )}
        <div className="together">
          <Button type="submit" disabled={busy}>
            <Trans>Set the wipe passphrase</Trans>
          </Button>
          {session.hasWipePassphrase && (
            <Button look="quiet" disabled={busy} onClick={() => void keep('')}>
              <Trans>Take it away</Trans>
            </Button>
          )}
        </div>
      </form>
    </section>
  )
}

function SaidOfWipe({ said }: { readonly said: Said }): ReactNode {
  switch (said) {
    case 'set':
      return <Trans>The wipe passphrase is set.</Trans>
    case 'none':
      return <Trans>There is no wipe passphrase any more.</Trans>
    case 'same':
      return <Trans>That is the passphrase that opens. Choose quite another one; nothing was changed.</Trans>
    case 'short':
      return <Trans>A wipe passphrase has at least 8 signs. Nothing was changed.</Trans>
    case 'again':
      return <Trans>The two are not the same. Nothing was changed.</Trans>
    case 'not-saved':
      return <Trans>The wipe passphrase could not be stored. This tablet may be full.</Trans>
    default:
      return <NotTheCurrent why={said} />
  }
}
