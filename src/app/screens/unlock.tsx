import { Plural, Trans, useLingui } from '@lingui/react/macro'
import { CircleCheck } from 'lucide-react'
import { type FormEvent, type ReactNode, useEffect, useRef, useState } from 'react'
import { withWords } from '../../i18n/with-words.ts'
import { utf8 } from '../../seal/bytes.ts'
import { fold } from '../../seal/fold.ts'
import { Button } from '../../ui/button.tsx'
import { later } from '../../ui/later.tsx'
import { Notice } from '../../ui/notice.tsx'
import type { AccountView, StartView, Unlocked } from '../../vault/api.ts'
import { LanguageChoice } from '../language-choice.tsx'
import { LockHead } from '../lock-head.tsx'
import { PassphraseInput } from './passphrase-input.tsx'

interface Props {
  readonly start: StartView
  readonly waiting: number
  /** `undefined` where the storage failed; another screen says so. */
  readonly unlock: (accountId: string, passphrase: Uint8Array<ArrayBuffer>) => Promise<Unlocked | undefined>
  readonly onNewAccount: () => void
  /** Accounts that are open and covered: a PIN leads back to them. */
  readonly covered: ReadonlySet<string>
  readonly onCovered: (accountId: string) => void
}

type Missed = Exclude<Unlocked, { session: unknown }>

const WordEntry = later(async () => (await withWords(import('./word-entry.tsx'))).WordEntry)
const Forgotten = later(async () => (await withWords(import('./forgotten.tsx'))).Forgotten)

/** Who is working: the accounts of this tablet and the passphrase of one of them. */
export function UnlockScreen({ start, waiting, unlock, covered, onCovered, onNewAccount }: Props): ReactNode {
  const { t } = useLingui()
  const [account, setAccount] = useState<AccountView | undefined>(
    start.accounts.length === 1 && covered.size === 0 ? start.accounts[0] : undefined,
  )
  const [passphrase, setPassphrase] = useState('')
  const [byWords, setByWords] = useState(false)
  const [forgotten, setForgotten] = useState(false)
  const [missed, setMissed] = useState<Missed>()
  const [busy, setBusy] = useState(false)
  const [waitOf, restartWait] = useWaits(start.accounts)
  const waitMs = account ? waitOf(account.accountId) : 0
  const area = useRef<HTMLFormElement>(null)

  const begin = (chosen: AccountView | undefined, words: boolean) => {
    setAccount(chosen)
    setByWords(words)
    setPassphrase('')
    setMissed(undefined)
  }
  const submit = async (event: FormEvent) => {
    event.preventDefault()
    if (!account || passphrase === '' || waitMs > 0) return
    const bytes = utf8(fold(passphrase))
    setPassphrase('')
    setBusy(true)
    setMissed(undefined)
    const answer = await unlock(account.accountId, bytes)
    if (!answer || 'session' in answer) return
    setBusy(false)
    setMissed(answer)
    if ('waitMs' in answer) restartWait(account.accountId, answer.waitMs)
    area.current?.querySelector('input')?.focus()
  }

  return (
    <main className="lock">
      <LockHead title={<Trans>Who is working?</Trans>} />
      <div className="people" role="group" aria-label={t`Accounts on this tablet`}>
        {start.accounts.map((one) => (
          <Button
            key={one.accountId}
            className="person"
            aria-pressed={one.accountId === account?.accountId}
            disabled={busy}
            onClick={() => (covered.has(one.accountId) ? onCovered(one.accountId) : begin(one, byWords))}
          >
            <span className="face" aria-hidden="true">
              {[...one.label][0]?.toLocaleUpperCase()}
            </span>
            <bdi>{one.label}</bdi>
            {covered.has(one.accountId) && (
              <small className="at-end">
                <Trans>covered: PIN</Trans>
              </small>
            )}
            {start.accounts.length > 1 && waitOf(one.accountId) > 0 && (
              <small className="at-end">
                <WaitText waitMs={waitOf(one.accountId)} />
              </small>
            )}
          </Button>
        ))}
      </div>
      {account && (
        <form className="stack" ref={area} onSubmit={(event) => void submit(event)}>
          {byWords ? (
            <WordEntry
              key={account.accountId}
              value={passphrase}
              onChange={setPassphrase}
              wrong={missed?.status === 'wrong'}
            />
          ) : (
            <PassphraseInput
              key={account.accountId}
              label={t`Passphrase`}
              value={passphrase}
              onChange={setPassphrase}
              wrong={missed?.status === 'wrong'}
              focused
            />
          )}
          {missed && (
            <Notice look="must" live="alert">
              <MissedSentence missed={missed} />
            </Notice>
          )}
          <Button look="first" wide type="submit" disabled={busy || waitMs > 0}>
            {busy ? <Trans>Opening …</Trans> : waitMs > 0 ? <WaitText waitMs={waitMs} /> : <Trans>Unlock</Trans>}
          </Button>
          <div className="together">
            <Button look="quiet" disabled={busy} onClick={() => begin(account, !byWords)}>
              {byWords ? <Trans>Type it as a whole</Trans> : <Trans>Enter word by word</Trans>}
            </Button>
            <Button look="quiet" onClick={() => setForgotten(true)}>
              <Trans>I forgot it</Trans>
            </Button>
          </div>
        </form>
      )}
      <footer className="stack lock-foot">
        {start.device.problem && (
          <Notice look="warn">
            <Trans>
              Settings have been changed or are not from your organisation. Sending is stopped. Cases stay here.
            </Trans>
          </Notice>
        )}
        <p className="saved">
          <CircleCheck aria-hidden="true" />
          <span>
            {waiting === 0 ? (
              <Trans>Nothing waits to be sent.</Trans>
            ) : (
              <Plural
                value={waiting}
                one="# case waits to be sent and is safe."
                other="# cases wait to be sent and are safe."
              />
            )}
          </span>
        </p>
        <div className="together">
          {start.device.problem !== 'device' && (
            <Button look="quiet" disabled={busy} onClick={onNewAccount}>
              <Trans>New account</Trans>
            </Button>
          )}
          <LanguageChoice />
        </div>
      </footer>
      {forgotten && (
        <Forgotten
          configured={start.device.configured}
          waiting={waiting}
          onClose={() => setForgotten(false)}
          onNewAccount={onNewAccount}
        />
      )}
    </main>
  )
}

function WaitText({ waitMs }: { readonly waitMs: number }): ReactNode {
  const seconds = Math.ceil(waitMs / 1000)
  return <Plural value={seconds} one="Try again in # second" other="Try again in # seconds" />
}

function MissedSentence({ missed }: { readonly missed: Missed }): ReactNode {
  switch (missed.status) {
    case 'wrong':
      return <Trans>That is not the passphrase of this account. Nothing was changed or deleted.</Trans>
    case 'wait':
      return <Trans>Too many tries in a row: please wait a moment. Nothing was changed or deleted.</Trans>
    case 'key-slot':
      return (
        <Trans>
          The key of this account is missing or damaged. Nothing was deleted. Keep the tablet and contact your lead.
        </Trans>
      )
  }
}

/**
 * How long each account still waits. Counts down on the monotonic clock; a reload starts the wait again, because it is
 * asked of the vault.
 */
function useWaits(
  accounts: readonly AccountView[],
): [(accountId: string) => number, (accountId: string, waitMs: number) => void] {
  const [now, setNow] = useState(() => performance.now())
  const [ends, setEnds] = useState<ReadonlyMap<string, number>>(
    () => new Map(accounts.map(({ accountId, waitMs }) => [accountId, now + waitMs])),
  )
  useEffect(() => {
    if ([...ends.values()].every((end) => end <= now)) return
    const timer = setTimeout(() => setNow(performance.now()), 250)
    return () => clearTimeout(timer)
  }, [ends, now])
  return [
    (accountId) => Math.max(0, (ends.get(accountId) ?? 0) - now),
    (accountId, waitMs) => {
      const from = performance.now()
      setNow(from)
      setEnds((before) => new Map(before).set(accountId, from + waitMs))
    },
  ]
}
