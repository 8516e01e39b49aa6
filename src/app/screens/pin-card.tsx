import { Trans, useLingui } from '@lingui/react/macro'
import { type FormEvent, type ReactNode, useState } from 'react'
import { Button } from '../../ui/button.tsx'
import { Notice } from '../../ui/notice.tsx'
import { NumberInput } from '../../ui/text-input.tsx'
import { useHouse } from '../house.tsx'

type Said = 'set' | 'none' | 'short' | 'not-saved'

/** The PIN of the cover: a convenience, and said to be no more. */
export function PinCard(): ReactNode {
  const { t } = useLingui()
  const { vault, session, sessionChanged } = useHouse()
  const [pin, setPin] = useState('')
  const [said, setSaid] = useState<Said>()
  const keep = async (next: string) => {
    try {
      await vault.setPin(next)
      await sessionChanged()
      setPin('')
      setSaid(next === '' ? 'none' : 'set')
    } catch {
      setSaid('not-saved')
    }
  }
  const submit = (event: FormEvent) => {
    event.preventDefault()
    if (pin.length === 6) void keep(pin)
    else setSaid('short')
  }
  return (
    <section className="card stack">
      <h2>
        <Trans>PIN for the cover</Trans>
      </h2>
      <p>
        <Trans>
          Opens the screen again after a short pause. It protects nothing that is stored; only the passphrase does.
          Without a PIN every pause locks.
        </Trans>
      </p>
      <form className="stack" onSubmit={submit}>
        <NumberInput
          label={session.hasPin ? t`New PIN, 6 digits` : t`PIN, 6 digits`}
          value={pin}
          maxLength={6}
          type="password"
          onChange={(text) => setPin(text.replace(/\D/g, ''))}
          wrong={said === 'short'}
        />
        {said && (
          <Notice
            look={said === 'set' || said === 'none' ? 'derived' : 'must'}
            live={said === 'set' || said === 'none' ? 'status' : 'alert'}
          >
            <SaidOfPin said={said} />
          </Notice>
        )}
        <div className="together">
          <Button type="submit">{session.hasPin ? <Trans>Change the PIN</Trans> : <Trans>Set the PIN</Trans>}</Button>
          {session.hasPin && (
            <Button look="quiet" onClick={() => void keep('')}>
              <Trans>Take the PIN away</Trans>
            </Button>
          )}
        </div>
      </form>
    </section>
  )
}

function SaidOfPin({ said }: { readonly said: Said }): ReactNode {
  switch (said) {
    case 'set':
      return <Trans>The PIN is set.</Trans>
    case 'none':
      return <Trans>There is no PIN any more: every pause locks.</Trans>
    case 'short':
      return <Trans>A PIN has 6 digits. Nothing was changed.</Trans>
    case 'not-saved':
      return <Trans>The PIN could not be stored. It is as it was; this tablet may be full.</Trans>
  }
}
