import { Trans, useLingui } from '@lingui/react/macro'
import { UsersRound } from 'lucide-react'
import { type FormEvent, type ReactNode, useState } from 'react'
import { Button } from '../../ui/button.tsx'
import { Notice } from '../../ui/notice.tsx'
import { NumberInput } from '../../ui/text-input.tsx'
import { LockHead } from '../lock-head.tsx'

interface Props {
  readonly label: string
  readonly check: (pin: string) => Promise<'right' | 'wrong' | 'lock'>
  readonly onOpen: () => void
  readonly onLock: () => void
  readonly onAnother: () => void
}

/**
 * Covers the screen after a pause: the PIN uncovers, three wrong ones lock; locking, or another person, is one tap
 * away.
 */
export function Cover({ label, check, onOpen, onLock, onAnother }: Props): ReactNode {
  const { t } = useLingui()
  const [pin, setPin] = useState('')
  const [wrong, setWrong] = useState(false)
  const attempt = async (typed: string) => {
    const answer = await check(typed)
    if (answer === 'right') return onOpen()
    if (answer === 'lock') return onLock()
    setPin('')
    setWrong(true)
  }
  const typed = (text: string) => {
    const digits = text.replace(/\D/g, '').slice(0, 6)
    setPin(digits)
    setWrong(false)
    if (digits.length === 6) void attempt(digits)
  }
  return (
    <main className="lock">
      <LockHead title={<Trans>Covered</Trans>}>
        <bdi>{label}</bdi>
      </LockHead>
      <form
        className="stack"
        onSubmit={(event: FormEvent) => {
          event.preventDefault()
          if (pin.length === 6) void attempt(pin)
        }}
      >
        <NumberInput
          label={t`PIN`}
          type="password"
          value={pin}
          maxLength={6}
          onChange={typed}
          wrong={wrong}
          autoFocus
        />
        {wrong && (
          <Notice look="must" live="alert">
            <Trans>That is not the PIN. After three wrong ones the passphrase is asked for. Nothing is lost.</Trans>
          </Notice>
        )}
        <Button wide onClick={onAnother}>
          <UsersRound aria-hidden="true" /> <Trans>Another person</Trans>
        </Button>
        <Button wide onClick={onLock}>
          <Trans>End my shift</Trans>
        </Button>
      </form>
    </main>
  )
}
